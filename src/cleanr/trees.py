"""Work on all files of a tree as they are found: ``in/sub/a.txt`` goes to ``out/sub/a.txt``, on whichever machine."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanr.console import colour, say, tell
from cleanr.flags import Flags, wrong

if TYPE_CHECKING:
    from cleanr.config import Config
    from cleanr.records.walk import File, Found
    from cleanr.run import Settings, Show

NOTHING = "no document that cleanr reads is there"


def settings_of(flags: Flags, show: "Show", outside: Path | None = None) -> "Settings":
    """What holds for all files, as flags and configuration say."""
    from cleanr.records import Limits
    from cleanr.run import Settings

    config = flags.configuration(outside)
    limits = Limits()
    limits = Limits(config.get("max-document", limits.document), config.get("max-unpacked", limits.unpacked))
    return Settings(config, flags.encoding, flags.on_error or "drop", show, colour=colour(), limits=limits)


def inputs(flags: Flags, src: Path) -> "tuple[Config, Found]":
    """The configuration and the files of SRC. What is refused is said; where nothing is there at all, it ends."""
    from cleanr.records.walk import find

    config = flags.configuration(src)
    found = find([src], config.excludes)
    for message in found.refused:
        say(message)
    if not found.files and not found.refused:
        wrong(f"{src}: {NOTHING}")
    return config, found


def over_tree(
    flags: Flags,
    src: Path,
    dst: Path,
    changed: "Callable[[Settings], Settings]",
    job: Callable[[str], dict[str, Any]],
) -> int:
    """Work on a file, or on all files of a tree as they are found; `job` says what is peculiar to one of that name."""
    from cleanr.engines import engine_of
    from cleanr.records.atomic import sweep
    from cleanr.records.marker import STATE, below
    from cleanr.records.walk import File, walk
    from cleanr.run import Job, run

    source, target = src.resolve(), dst.resolve()
    base = src if src.is_dir() else src.parent
    if STATE in source.parts:
        wrong(f"{src}: lies in {STATE}, where cleanr keeps its records: never read as input")
    apart(src, dst, source, target)
    if target == base.resolve() or (base == src and target in source.parents):
        apart(src, dst, source, source)
    if dst.exists() and not dst.is_dir():
        wrong(f"{dst}: is not a directory, but SRC is: {src}")
    part = _part(flags.shard)
    settings = settings_of(flags, "nothing", outside=src)
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

    workers = settings.config.get("jobs")
    with engine_of(flags.engine, flags.ray_address, workers) as engine:
        return tell(
            run(settings, jobs(), workers or os.cpu_count() or 1, engine),
            None,
            refused=refused,
            ignored=lambda: ignored,
            quiet=flags.quiet,
            output_format=flags.output_format,
        )


def elsewhere(flags: Flags, src: Path, dst: Path) -> int:
    """Clean a tree of which source or target lies elsewhere."""
    try:
        import fsspec  # noqa: F401
    except ImportError:
        wrong("addresses need the extra `remote`: pip install 'cleanr[remote]'")
    if flags.engine != "local":
        wrong(f"--engine {flags.engine}: cleans trees that lie here, not at addresses")
    from cleanr.elsewhere import Trees, address_of, files, process_elsewhere
    from cleanr.outcome import Outcome
    from cleanr.records.parallel import Pool
    from cleanr.records.walk import File, walk

    trees = Trees(address_of(src) or str(src), address_of(dst) or str(dst))
    if trees.target == trees.source or trees.target.startswith(trees.source.rstrip("/") + "/"):
        wrong(f"{trees.target}: SRC and DST must not be the same, nor lie in each other; SRC is {trees.source}")
    part = _part(flags.shard)
    settings = settings_of(flags, "nothing", outside=None if address_of(src) else src)
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


def apart(src: Path, dst: Path, source: Path, target: Path) -> None:
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
