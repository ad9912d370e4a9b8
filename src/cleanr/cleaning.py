"""The commands that clean: ``clean SRC DST`` into another place, `fix` in place; `check` and `explain` only say how."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanr.console import colour, tell
from cleanr.flags import READING, WALKING, Flags, command, wrong

if TYPE_CHECKING:
    from cleanr.run import Settings, Show

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATHS|-", help="Files and trees; - is stdin.", show_default=False)
]
STDIN = Path("-")


@command((*WALKING, "on_error", "record", "output_format"))
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
    settings = _settings(flags, "nothing", outside=src)._replace(write="UTF-8", record=flags.record)

    def job(path: Path) -> dict[str, Any]:
        if not tree:
            return {"target": into, "records": into.parent, "name": into.name}
        name = path.relative_to(src)
        return {"target": into / name, "root": into, "records": into, "name": name.as_posix()}

    return _files(flags, settings, [src], job)


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
    return _files(flags, settings, paths, lambda path: {"target": path}, links=False, findings=findings)


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
    return _files(flags, settings, paths, lambda path: {}, findings=True)


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
    return _files(flags, settings, [Path(path)], lambda path: {}, summary=False)


def _settings(flags: Flags, show: "Show", outside: Path | None = None) -> "Settings":
    from cleanr.run import Settings

    return Settings(flags.configuration(outside), flags.encoding, flags.on_error or "drop", show, colour=colour())


def _files(
    flags: Flags,
    settings: "Settings",
    paths: Sequence[Path],
    job: Callable[[Path], dict[str, Any]],
    *,
    links: bool = True,
    findings: bool = False,
    summary: bool = True,
) -> int:
    """Clean files and trees; `job` says where a file's clean text goes."""
    from cleanr.records.walk import find
    from cleanr.run import Job, run

    config = settings.config
    force = config.get("force-exclude", False) and settings.show != "explanation"
    found = find(paths, config.excludes, links=links, force_exclude=force)
    jobs = [Job(file.path, size=file.size, **job(file.path)) for file in found.files]
    workers = config.get("jobs") or os.cpu_count() or 1
    return tell(
        run(settings, jobs, workers),
        len(jobs),
        refused=found.refused,
        ignored=found.ignored,
        findings=findings,
        quiet=flags.quiet,
        summary=summary,
        output_format=flags.output_format,
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
