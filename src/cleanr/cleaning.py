"""The commands that clean: ``clean SRC DST`` into another place, `fix` in place; `check` and `explain` only say how."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cleanr.console import tell
from cleanr.flags import LIMITS, READING, WALKING, Flags, command, wrong
from cleanr.trees import apart, elsewhere, over_tree, settings_of

if TYPE_CHECKING:
    from cleanr.checking import Checked
    from cleanr.run import Settings

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATHS|-", help="Files and trees; - is stdin.", show_default=False)
]
STDIN = Path("-")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:/")  # s3://bucket/in, which a path spells with one slash


@command((*WALKING, *LIMITS, "on_error", "record", "meta", "shard", "engine", "ray_address", "output_format"))
def clean(
    src: Annotated[
        Path, typer.Argument(metavar="SRC", help="A file, or a tree of files of the formats that it reads.")
    ],
    dst: Annotated[Path, typer.Argument(metavar="DST", help="Where the clean files go, under the same names.")],
    *,
    flags: Flags,
) -> int:
    """Clean a file or a tree into another place."""
    if any(ELSEWHERE.match(str(path)) for path in (src, dst)):
        return elsewhere(flags, src, dst)
    if src.is_dir():
        return over_tree(flags, src, dst, lambda settings: settings, lambda name: {})
    from cleanr.records.atomic import is_draft, sweep

    if flags.engine != "local":
        wrong(f"--engine {flags.engine}: cleans the files of a tree; SRC is a file: {src}")
    inside = dst.is_dir()
    into = dst / src.name if inside else dst
    apart(src, dst, src.resolve(), into.resolve())
    settings = settings_of(flags, "nothing", outside=src)
    settings = settings._replace(write="UTF-8", record=flags.record, meta=flags.meta)
    if into.parent.is_dir():
        sweep(path for path in into.parent.iterdir() if is_draft(path.name))
    job = {"target": into, "records": into.parent, "name": into.name, "marked": inside}
    if inside:
        settings = settings._replace(rules=settings.config.rules())
    return _files(flags, settings, [src], lambda path: job)


@command((*WALKING, *LIMITS, "stdin_filename", "on_error"))
def fix(
    paths: Paths,
    exit_non_zero_on_fix: Annotated[bool, typer.Option("--exit-non-zero-on-fix", help="1 if a file changed.")] = False,
    *,
    flags: Flags,
) -> int:
    """Clean files in place; with -, stdin to stdout."""
    # In place, a record that is left out would be lost: it stays, unless somebody says otherwise.
    settings = settings_of(flags, "nothing")._replace(on_error=flags.on_error or "keep", write="as read")
    if _is_stdin(paths):
        return _stdin(flags, settings, findings=exit_non_zero_on_fix)
    findings = exit_non_zero_on_fix
    _swept(paths)
    return _files(flags, settings, paths, lambda path: {"target": path}, links=False, findings=findings)


@command((*WALKING, *LIMITS, "stdin_filename"))
def check(
    paths: Paths,
    diff: Annotated[bool, typer.Option("--diff", help="Show a diff, with the rule at each changed line.")] = False,
    output_format: Annotated[
        Literal["text", "json", "github", "sarif"], typer.Option(help="How findings are shown.")
    ] = "text",
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings that are known: only others are shown, and fail.")
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write all findings into the file that --baseline names.")
    ] = False,
    *,
    flags: Flags,
) -> int:
    """Report what cleaning would change, and change nothing."""
    if diff and (baseline or output_format != "text"):
        wrong("--diff: shows all changes, as text: it cannot go with --baseline nor with --output-format")
    if write_baseline and not baseline:
        wrong("--write-baseline: needs --baseline FILE, which it writes")
    settings = settings_of(flags, "diff" if diff else "findings")
    piped = _is_stdin(paths)
    checked = None if diff else _checked(settings, output_format, baseline, write_baseline)
    if piped:
        return _stdin(flags, settings, findings=True, checked=checked)
    return _files(flags, settings, paths, lambda path: {}, findings=True, checked=checked)


@command((*READING, *LIMITS, "stdin_filename"))
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE[:LINE]", help="A file; - is stdin. LINE counts from 1.")],
    *,
    flags: Flags,
) -> int:
    """Say why a file changes, rule by rule, before and after."""
    path, _, line = file.rpartition(":")
    if not path or not line.isdecimal() or os.path.lexists(file):
        path, line = file, ""
    settings = settings_of(flags, "explanation")._replace(line=int(line) if line else None)
    if path == "-":
        return _stdin(flags, settings)
    if Path(path).is_dir():
        wrong(f"{path}: is a directory: name a file")
    return _files(flags, settings, [Path(path)], lambda path: {}, summary=False)


def _checked(settings: "Settings", output_format: str, baseline: Path | None, write: bool) -> "Checked":
    from cleanr.baseline import BaselineError
    from cleanr.checking import Checked
    from cleanr.report.styles import style

    rules = {rule: about for found in settings.config.cleaner().chain for rule, about in found.rules.items()}
    try:
        return Checked(style(output_format, rules, colour=settings.colour), sys.stdout, baseline, write=write)
    except BaselineError as error:
        wrong(str(error))


def _files(
    flags: Flags,
    settings: "Settings",
    paths: Sequence[Path],
    job: Callable[[Path], dict[str, Any]],
    *,
    links: bool = True,
    findings: bool = False,
    summary: bool = True,
    checked: "Checked | None" = None,
) -> int:
    """Clean files and trees; `job` says where a file's clean text goes."""
    from cleanr.records.atomic import sweep
    from cleanr.records.walk import find
    from cleanr.run import Job, run

    config = settings.config
    force = config.get("force-exclude", False) and settings.show != "explanation"
    found = find(paths, config.excludes, links=links, force_exclude=force)
    jobs = [Job(file.path, size=file.size, **job(file.path)) for file in found.files]
    if settings.write == "as read":
        sweep(found.drafts)
    workers = config.get("jobs") or os.cpu_count() or 1
    return tell(
        run(settings, jobs, workers),
        len(jobs),
        refused=found.refused,
        ignored=lambda: found.ignored,
        findings=findings,
        checked=checked,
        quiet=flags.quiet,
        summary=summary,
        output_format=flags.output_format,
    )


def _stdin(flags: Flags, settings: "Settings", *, findings: bool = False, checked: "Checked | None" = None) -> int:
    """Clean stdin, to stdout if it is to be written."""
    from cleanr.records import UNKNOWN, format_of
    from cleanr.run import stream

    name, config = flags.stdin_filename, settings.config
    target = sys.stdout.buffer if settings.write != "nothing" else None
    if name != "-" and config.get("force-exclude", False) and config.excludes(name, "."):
        if target:
            import shutil

            shutil.copyfileobj(sys.stdin.buffer, target)
        return tell([], 0, ignored=lambda: 1, checked=checked, quiet=flags.quiet)
    if name != "-" and not format_of(name):
        wrong(f"--stdin-filename: {name}: {UNKNOWN}")
    outcome = stream(settings, name, sys.stdin.buffer, target)
    return tell(
        [outcome],
        1,
        findings=findings,
        checked=checked,
        quiet=flags.quiet,
        summary=settings.show != "explanation",
    )


def _swept(paths: Sequence[Path]) -> None:
    """Take away the drafts that a run before left beside files that are named; those in trees are met on the way."""
    from cleanr.records.atomic import is_draft, sweep

    for directory in {path.parent for path in paths if path.is_file()}:
        sweep(path for path in directory.iterdir() if is_draft(path.name))


def _is_stdin(paths: Sequence[Path]) -> bool:
    if STDIN in paths and len(paths) > 1:
        wrong("- stands alone: stdin cannot be mixed with files")
    return STDIN in paths
