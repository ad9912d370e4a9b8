"""The command line: ``cleanr clean SRC DST`` cleans a tree, ``cleanr explain a.txt:7`` says why line 7 changed."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from cleanr import cleaning, keeping, looking, reporting, teaching
from cleanr.report.terminal import visible

app = typer.Typer(
    name="cleanr",
    help="Turns dirty plain text into clean text, and can prove what it did.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The console script. Ends the process: 0 all is well, 1 findings, 2 something was refused or failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal in another encoding than UTF-8 must not stop us
            stream.reconfigure(errors="backslashreplace")
    os.environ["PYTHONSAFEPATH"] = "1"  # worker processes that are spawned import nothing from the working directory
    before = signal.getsignal(signal.SIGTERM)
    mine = before is signal.SIG_DFL and threading.current_thread() is threading.main_thread()
    try:
        if mine:  # by itself SIGTERM would leave drafts and workers behind
            signal.signal(signal.SIGTERM, _terminated)
        code = app(args=argv, prog_name="cleanr", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "show"):
            raise
        if sys.argv[1:] if argv is None else argv:  # else what it says is the help
            error.message = visible(error.message)  # type: ignore[attr-defined]
        error.show()
        code = 2
    finally:
        if mine:
            signal.signal(signal.SIGTERM, before)
    raise SystemExit(code)


def _terminated(number: int, frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    raise SystemExit(128 + number)


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        from cleanr import __version__

        print(f"cleanr {__version__}")
        raise typer.Exit


COMMANDS = (
    *(cleaning.clean, cleaning.fix, cleaning.check, cleaning.explain),
    *(keeping.restore, keeping.verify, keeping.tag, keeping.apply),
    *(looking.try_, looking.compare, reporting.report, teaching.learn, looking.rules, looking.rule),
)
for each in COMMANDS:
    app.command(each.__name__.rstrip("_"))(each)
