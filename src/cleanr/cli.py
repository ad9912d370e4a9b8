"""The command line: ``cleanr clean SRC DST`` cleans a tree, ``cleanr explain a.txt:7`` says why line 7 changed."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cleanr.console import colour, tell
from cleanr.flags import CONFIGURING, READING, WALKING, Flags, command, wrong

if TYPE_CHECKING:
    from cleanr.filters import Filter
    from cleanr.run import Settings, Show

app = typer.Typer(
    name="cleanr",
    help="Turns dirty plain text into clean text, and can prove what it did.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
Paths = Annotated[
    list[Path], typer.Argument(metavar="PATHS|-", help="Files and trees; - is stdin.", show_default=False)
]
STDIN = Path("-")


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The console script. Ends the process: 0 all is well, 1 findings, 2 something was refused or failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal in another encoding than UTF-8 must not stop us
            stream.reconfigure(errors="backslashreplace")
    before = signal.getsignal(signal.SIGTERM)
    mine = before is signal.SIG_DFL and threading.current_thread() is threading.main_thread()
    try:
        if mine:  # by itself SIGTERM would leave drafts and workers behind
            signal.signal(signal.SIGTERM, _terminated)
        app(args=argv, prog_name="cleanr")
    finally:
        if mine:
            signal.signal(signal.SIGTERM, before)
    raise SystemExit(0)


def _terminated(number: int, frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    raise SystemExit(128 + number)


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        from cleanr import __version__

        print(f"cleanr {__version__}")
        raise typer.Exit


@app.command()
@command((*WALKING, "on_error"))
def clean(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file, or a tree of .txt, .md and .jsonl files.")],
    dst: Annotated[Path, typer.Argument(metavar="DST", help="Where the clean files go, under the same names.")],
    *,
    flags: Flags,
) -> int:
    """Clean a file or a tree into another place."""
    tree = src.is_dir()
    into = dst if tree or not dst.is_dir() else dst / src.name
    source, target = src.resolve(), into.resolve()
    if source == target or source in target.parents or (tree and target in source.parents):
        wrong(f"{dst}: SRC and DST must not be the same, nor lie in each other; SRC is {src}")
    if tree and dst.exists() and not dst.is_dir():
        wrong(f"{dst}: is not a directory, but SRC is: {src}")
    settings = _settings(flags, "nothing", outside=src)._replace(write="UTF-8")
    return _files(flags, settings, [src], lambda path: (into / path.relative_to(src), into) if tree else (into, None))


@app.command()
@command((*WALKING, "stdin_filename", "on_error"))
def fix(
    paths: Paths,
    exit_non_zero_on_fix: Annotated[bool, typer.Option("--exit-non-zero-on-fix", help="1 if a file changed.")] = False,
    *,
    flags: Flags,
) -> int:
    """Clean files in place; with -, stdin to stdout."""
    # In place, a record that is left out would be lost: it stays, unless somebody says otherwise.
    settings = _settings(flags, "nothing")._replace(on_error=flags.on_error or "keep", write="as read")
    if _is_stdin(paths):
        return _stdin(flags, settings, findings=exit_non_zero_on_fix)
    findings = exit_non_zero_on_fix
    return _files(flags, settings, paths, lambda path: (path, None), links=False, findings=findings)


@app.command()
@command((*WALKING, "stdin_filename"))
def check(
    paths: Paths,
    diff: Annotated[bool, typer.Option("--diff", help="Show a diff, with the rule at each changed line.")] = False,
    *,
    flags: Flags,
) -> int:
    """Report what cleaning would change, and change nothing."""
    settings = _settings(flags, "diff" if diff else "findings")
    if _is_stdin(paths):
        return _stdin(flags, settings, findings=True)
    return _files(flags, settings, paths, lambda path: (None, None), findings=True)


@app.command()
@command((*READING, "stdin_filename"))
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE[:LINE]", help="A file; - is stdin. LINE counts from 1.")],
    *,
    flags: Flags,
) -> int:
    """Say why a file changes, rule by rule, before and after."""
    path, _, line = file.rpartition(":")
    if not path or not line.isdecimal() or os.path.lexists(file):
        path, line = file, ""
    settings = _settings(flags, "explanation")._replace(line=int(line) if line else None)
    if path == "-":
        return _stdin(flags, settings)
    if Path(path).is_dir():
        wrong(f"{path}: is a directory: name a file")
    return _files(flags, settings, [Path(path)], lambda path: (None, None), summary=False)


@app.command()
@command(CONFIGURING)
def rules(*, flags: Flags) -> int:
    """List all rules, in the order in which their filters run."""
    from cleanr.report.rules import listing

    print(*listing(_loaded(flags), colour=colour()), sep="\n")
    return 0


@app.command()
@command(CONFIGURING)
def rule(
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule, as in quotes.double, or a filter.")],
    *,
    flags: Flags,
) -> int:
    """Say what a rule does and how to switch it off."""
    from cleanr.report.rules import description
    from cleanr.settings import shortened

    try:
        lines = description(name, _loaded(flags), colour=colour())
    except ValueError as error:
        wrong(shortened(error))
    print(*lines, sep="\n")
    return 0


def _settings(flags: Flags, show: "Show", outside: Path | None = None) -> "Settings":
    from cleanr.run import Settings

    return Settings(flags.configuration(outside), flags.encoding, flags.on_error or "drop", show, colour=colour())


def _files(
    flags: Flags,
    settings: "Settings",
    paths: Sequence[Path],
    target: Callable[[Path], tuple[Path | None, Path | None]],
    *,
    links: bool = True,
    findings: bool = False,
    summary: bool = True,
) -> int:
    """Clean files and trees; `target` says where a file's clean text goes."""
    from cleanr.records.walk import find
    from cleanr.run import Job, run

    config = settings.config
    force = config.get("force-exclude", False) and settings.show != "explanation"
    found = find(paths, lambda path, root: config.excludes(str(path), str(root)), links=links, force_exclude=force)
    jobs = [Job(file.path, *target(file.path), file.size) for file in found.files]
    workers = config.get("jobs") or os.cpu_count() or 1
    return tell(
        run(settings, jobs, workers),
        len(jobs),
        refused=found.refused,
        ignored=found.ignored,
        findings=findings,
        quiet=flags.quiet,
        summary=summary,
    )


def _stdin(flags: Flags, settings: "Settings", *, findings: bool = False) -> int:
    """Clean stdin, to stdout if it is to be written."""
    from cleanr.records import UNKNOWN, format_of
    from cleanr.run import stream

    name, config = flags.stdin_filename, settings.config
    target = sys.stdout.buffer if settings.write != "nothing" else None
    if name != "-" and config.get("force-exclude", False) and config.excludes(name, "."):
        if target:
            import shutil

            shutil.copyfileobj(sys.stdin.buffer, target)
        return tell([], 0, ignored=1, quiet=flags.quiet)
    if name != "-" and not format_of(name):
        wrong(f"--stdin-filename: {name}: {UNKNOWN}")
    outcome = stream(settings, name, sys.stdin.buffer, target)
    return tell([outcome], 1, findings=findings, quiet=flags.quiet, summary=settings.show != "explanation")


def _is_stdin(paths: Sequence[Path]) -> bool:
    if STDIN in paths and len(paths) > 1:
        wrong("- stands alone: stdin cannot be mixed with files")
    return STDIN in paths


def _loaded(flags: Flags) -> "list[Filter]":
    """The filters of the built-in chain, then those that the configuration adds."""
    from cleanr import filters

    known = {found.name: found for found in map(filters.load, filters.CHAIN)}
    return list((known | {found.name: found for found in flags.configuration().cleaner().chain}).values())
