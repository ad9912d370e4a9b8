"""The command line: ``cleanr clean SRC DST`` cleans a tree, ``cleanr explain a.txt:7`` says why line 7 changed."""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from cleanr.report.terminal import visible

# Commands in the order of the help, each with the module and the function that it is.
COMMANDS = {
    **{name: ("cleaning", name) for name in ("clean", "fix", "check", "explain")},
    **{name: ("keeping", name) for name in ("restore", "verify", "tag", "apply")},
    "try": ("looking", "try_"),
    "compare": ("looking", "compare"),
    "report": ("reporting", "report"),
    "learn": ("teaching", "learn"),
    "rules": ("looking", "rules"),
    "rule": ("looking", "rule"),
}


def app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with some of its commands: to set up those that nobody calls costs more than to clean a file."""
    found = typer.Typer(
        name="cleanr",
        help="Turns dirty plain text into clean text, and can prove what it did.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    found.callback(invoke_without_command=True)(top)
    for name in names:
        module, function = COMMANDS[name]
        found.command(name)(getattr(import_module(f"cleanr.{module}"), function))
    return found


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The console script. Ends the process: 0 all is well, 1 findings, 2 something was refused or failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal in another encoding than UTF-8 must not stop us
            stream.reconfigure(errors="backslashreplace")
    os.environ["PYTHONSAFEPATH"] = "1"  # worker processes that are spawned import nothing from the working directory
    given = sys.argv[1:] if argv is None else argv
    before = signal.getsignal(signal.SIGTERM)
    mine = before is signal.SIG_DFL and threading.current_thread() is threading.main_thread()
    try:
        if mine:  # by itself SIGTERM would leave drafts and workers behind
            signal.signal(signal.SIGTERM, _terminated)
        called = given[:1] if given and given[0] in COMMANDS else COMMANDS
        code = app(called)(args=given, prog_name="cleanr", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "show"):
            raise
        if given:  # else what it says is the help
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


def top(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        from cleanr import __version__

        print(f"cleanr {__version__}")
        raise typer.Exit
