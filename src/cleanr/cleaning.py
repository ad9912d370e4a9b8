"""The commands that clean: ``clean SRC DST`` into another place, `fix` in place; `check` and `explain` only say how."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanr.console import colour, tell
from cleanr.flags import LIMITS, READING, WALKING, Flags, command, wrong

if TYPE_CHECKING:
    from cleanr.records.walk import File
    from cleanr.run import Settings, Show

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATHS|-", help="Files and trees; - is stdin.", show_default=False)
]
STDIN = Path("-")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:/")  # s3://bucket/in, which a path spells with one slash


@command((*WALKING, *LIMITS, "on_error", "record", "meta", "shard", "output_format"))
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
        return _elsewhere(flags, src, dst)
    if src.is_dir():
        return over_tree(flags, src, dst, lambda settings: settings, lambda name: {})
    from cleanr.records.atomic import is_draft, sweep

    inside = dst.is_dir()
    into = dst / src.name if inside else dst
    _apart(src, dst, src.resolve(), into.resolve())
    settings = _settings(flags, "nothing", outside=src)
    settings = settings._replace(write="UTF-8", record=flags.record, meta=flags.meta)
    if into.parent.is_dir():
        sweep(path for path in into.parent.iterdir() if is_draft(path.name))
    job = {"target": into, "records": into.parent, "name": into.name, "marked": inside}
    if inside:
        settings = settings._replace(rules=settings.config.rules())
    return _files(flags, settings, [src], lambda path: job)


def over_tree(
    flags: Flags,
    src: Path,
    dst: Path,
    changed: "Callable[[Settings], Settings]",
    job: Callable[[str], dict[str, Any]],
) -> int:
    """Work on a file, or on all files of a tree as they are found; `job` says what is peculiar to one of that name."""
    from cleanr.records.atomic import sweep
    from cleanr.records.marker import STATE, below
    from cleanr.records.walk import File, walk
    from cleanr.run import Job, run

    source, target = src.resolve(), dst.resolve()
    base = src if src.is_dir() else src.parent
    if STATE in source.parts:
        wrong(f"{src}: lies in {STATE}, where cleanr keeps its records: never read as input")
    _apart(src, dst, source, target)
    if target == base.resolve() or (base == src and target in source.parents):
        _apart(src, dst, source, source)
    if dst.exists() and not dst.is_dir():
        wrong(f"{dst}: is not a directory, but SRC is: {src}")
    part = _part(flags.shard)
    settings = _settings(flags, "nothing", outside=src)
    settings = settings._replace(write="UTF-8", record=flags.record, meta=flags.meta, rules=settings.config.rules())
    settings = changed(settings)
    sweep(below(dst))
    refused: list[str] = []
    ignored = 0

    def jobs() -> Iterator[Job]:
        nonlocal ignored
        for each in walk(src, settings.config.excludes) if base == src else _alone(src):
            if isinstance(each, str):
                refused.append(each)
            elif isinstance(each, int):
                ignored += each
            elif isinstance(each, File):
                name = each.path.relative_to(base).as_posix()
                if part is None or _falls(name, part):
                    usual: dict[str, Any] = {
                        "target": dst / name,
                        "root": dst,
                        "records": dst,
                        "name": name,
                        "marked": True,
                    }
                    yield Job(each.path, size=each.size, **usual | job(name))

    workers = settings.config.get("jobs") or os.cpu_count() or 1
    return tell(
        run(settings, jobs(), workers),
        None,
        refused=refused,
        ignored=lambda: ignored,
        quiet=flags.quiet,
        output_format=flags.output_format,
    )


def _elsewhere(flags: Flags, src: Path, dst: Path) -> int:
    """Clean a tree of which source or target lies elsewhere."""
    try:
        import fsspec  # noqa: F401
    except ImportError:
        wrong("addresses need the extra `remote`: pip install 'cleanr[remote]'")
    from cleanr.elsewhere import Trees, address_of, files, process_elsewhere
    from cleanr.outcome import Outcome
    from cleanr.records.parallel import Pool
    from cleanr.records.walk import File, walk

    trees = Trees(address_of(src) or str(src), address_of(dst) or str(dst))
    if trees.target == trees.source or trees.target.startswith(trees.source.rstrip("/") + "/"):
        wrong(f"{trees.target}: SRC and DST must not be the same, nor lie in each other; SRC is {trees.source}")
    part = _part(flags.shard)
    settings = _settings(flags, "nothing", outside=None if address_of(src) else src)
    settings = settings._replace(write="UTF-8", record=flags.record, meta=flags.meta, rules=settings.config.rules())
    refused: list[str] = []
    ignored = 0

    def names() -> Iterator[str]:
        nonlocal ignored
        if address_of(src):
            for name, _, known in files(trees.source):
                if not known or settings.config.excludes(f"/{name}", "/"):
                    ignored += 1
                elif part is None or _falls(name, part):
                    yield name
            return
        for each in walk(src, settings.config.excludes):
            if isinstance(each, str):
                refused.append(each)
            elif isinstance(each, int):
                ignored += each
            elif isinstance(each, File) and (part is None or _falls(each.path.relative_to(src).as_posix(), part)):
                yield each.path.relative_to(src).as_posix()

    def outcomes() -> Iterator[Outcome]:
        with Pool(settings.config.get("jobs") or os.cpu_count() or 1) as pool:
            for name, result in pool.pairs(partial(process_elsewhere, settings, trees), names()):
                outcome = result if isinstance(result, Outcome) else Outcome()
                if not isinstance(result, Outcome):
                    outcome.fail(f"{trees.source}/{name}", result.cause)
                yield outcome
                if outcome.stopped:
                    return

    return tell(
        outcomes(),
        None,
        refused=refused,
        ignored=lambda: ignored,
        quiet=flags.quiet,
        output_format=flags.output_format,
    )


def _alone(path: Path) -> "Iterator[File | str]":
    """A file that is named."""
    from cleanr.records.walk import find

    found = find([path], lambda path, root: False)
    yield from found.refused
    yield from found.files


def _apart(src: Path, dst: Path, source: Path, target: Path) -> None:
    if source == target or source in target.parents:
        wrong(f"{dst}: SRC and DST must not be the same, nor lie in each other; SRC is {src}")


def _part(given: str | None) -> tuple[int, int] | None:
    """Which part of how many ``--shard I/N`` means."""
    if given is None:
        return None
    first, slash, second = given.partition("/")
    if slash and first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second):
        return int(first), int(second)
    return wrong(f"--shard {given}: is not of the form I/N, with I from 1 to N")


def _falls(name: str, part: tuple[int, int]) -> bool:
    """Whether a file falls into a part. It depends on its name alone, so that no two machines need to agree."""
    from hashlib import blake2b

    number = int.from_bytes(blake2b(os.fsencode(name), digest_size=8).digest(), "big")
    return number % part[1] == part[0] - 1


@command((*WALKING, *LIMITS, "stdin_filename", "on_error"))
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
    _swept(paths)
    return _files(flags, settings, paths, lambda path: {"target": path}, links=False, findings=findings)


@command((*WALKING, *LIMITS, "stdin_filename"))
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
    settings = _settings(flags, "explanation")._replace(line=int(line) if line else None)
    if path == "-":
        return _stdin(flags, settings)
    if Path(path).is_dir():
        wrong(f"{path}: is a directory: name a file")
    return _files(flags, settings, [Path(path)], lambda path: {}, summary=False)


def _settings(flags: Flags, show: "Show", outside: Path | None = None) -> "Settings":
    from cleanr.records import Limits
    from cleanr.run import Settings

    config = flags.configuration(outside)
    limits = Limits()
    limits = Limits(config.get("max-document", limits.document), config.get("max-unpacked", limits.unpacked))
    return Settings(config, flags.encoding, flags.on_error or "drop", show, colour=colour(), limits=limits)


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
        return tell([], 0, ignored=lambda: 1, quiet=flags.quiet)
    if name != "-" and not format_of(name):
        wrong(f"--stdin-filename: {name}: {UNKNOWN}")
    outcome = stream(settings, name, sys.stdin.buffer, target)
    return tell([outcome], 1, findings=findings, quiet=flags.quiet, summary=settings.show != "explanation")


def _swept(paths: Sequence[Path]) -> None:
    """Take away the drafts that a run before left beside files that are named; those in trees are met on the way."""
    from cleanr.records.atomic import is_draft, sweep

    for directory in {path.parent for path in paths if path.is_file()}:
        sweep(path for path in directory.iterdir() if is_draft(path.name))


def _is_stdin(paths: Sequence[Path]) -> bool:
    if STDIN in paths and len(paths) > 1:
        wrong("- stands alone: stdin cannot be mixed with files")
    return STDIN in paths
