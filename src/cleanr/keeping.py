"""The commands for a corpus that must not be lost: ``cleanr restore DST OUT`` gives the originals back."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanr.console import line as say_line
from cleanr.console import say
from cleanr.flags import LIMITS, WALKING, Flags, command, wrong
from cleanr.trees import over_tree

if TYPE_CHECKING:
    from cleanr.outcome import Outcome

Tree = Annotated[Path, typer.Argument(metavar="DST", help="A tree that cleanr clean wrote.")]


@command(("jobs", "quiet"))
def restore(
    dst: Tree,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the originals go, under the same names.")],
    *,
    flags: Flags,
) -> int:
    """Give the originals back, from what clean --record all kept."""
    from cleanr.records.walk import File, walk
    from cleanr.restoring import Restoring, records_of
    from cleanr.restoring import restore as restored

    apart(dst, out)
    swept(out)
    records = [Restoring(dst, path, out) for path in records_of(dst)]
    if not records:
        wrong(f"{dst}: it has no records that lead back: they come from clean --record all")
    names, failed, count = set(), 0, 0
    for name, outcome in _spread(restored, records, flags):
        names.add(name)
        failed += _told(outcome)
        count += outcome.totals.changed
    for each in walk(dst, lambda path, root: False):
        if isinstance(each, str) or (isinstance(each, File) and each.path.relative_to(dst).as_posix() not in names):
            say(each if isinstance(each, str) else f"{each.path}: has no record that leads back")
            failed += 1
    _sum_up(f"{count} restored, {failed} failed", flags)
    return 2 if failed else 0


@command(("jobs", "quiet"))
def verify(dst: Tree, *, flags: Flags) -> int:
    """Check that all outputs and records are as they were written."""
    from cleanr.records.marker import paths
    from cleanr.verifying import unmarked
    from cleanr.verifying import verify as verified

    if not dst.is_dir():
        wrong(f"{dst}: No such directory")
    markers = list(paths(dst))
    if not markers:
        wrong(f"{dst}: it has no markers: they come from cleanr clean")
    failed = count = 0
    for outcome in _spread(partial(verified, dst), markers, flags):
        failed += _told(outcome)
        count += outcome.totals.unchanged
    for line in unmarked(dst):
        say(line)
        failed += 1
    _sum_up(f"{count} verified, {failed} failed", flags)
    return 2 if failed else 0


@command((*WALKING, *LIMITS, "on_error", "shard", "output_format"))
def tag(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file or a tree.")],
    attributes: Annotated[Path, typer.Argument(metavar="ATTRIBUTES", help="Where a JSONL file for each file goes.")],
    *,
    flags: Flags,
) -> int:
    """Say what clean would cut, as spans beside the text."""
    from cleanr.convert import Settings

    def changed(settings: Settings) -> Settings:
        return settings._replace(give="tags", record="none")

    return over_tree(flags, src, attributes, changed, lambda name: {"target": attributes / attributes_of(name)})


@command((*WALKING, *LIMITS, "on_error", "shard", "record", "meta", "output_format"))
def apply(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file or a tree.")],
    attributes: Annotated[Path, typer.Argument(metavar="ATTRIBUTES", help="What cleanr tag wrote about it.")],
    dst: Annotated[Path, typer.Argument(metavar="DST", help="Where the clean files go, under the same names.")],
    *,
    flags: Flags,
) -> int:
    """Cut by spans: after tag, the same bytes as clean."""
    apart(attributes, dst)
    return over_tree(
        flags, src, dst, lambda settings: settings, lambda name: {"attributes": attributes / attributes_of(name)}
    )


def attributes_of(name: str) -> str:
    """The name of the attributes of a file: JSON lines have it in common, as Dolma wants it.

    >>> attributes_of("a.jsonl.gz"), attributes_of("a.txt")
    ('a.jsonl.gz', 'a.txt.tags.jsonl')
    """
    from cleanr.records import form_of

    return name if form_of(name).name == "jsonl" else f"{name}.tags.jsonl"


def apart(first: Path, second: Path) -> None:
    """Two trees must lie apart: what is written into the one would be read from the other."""
    a, b = first.resolve(), second.resolve()
    if a == b or a in b.parents or b in a.parents:
        wrong(f"{second}: must not be {first}, nor lie in it or around it")
    if not first.is_dir():
        wrong(f"{first}: No such directory")
    if second.exists() and not second.is_dir():
        wrong(f"{second}: is not a directory")


def swept(tree: Path) -> None:
    """Take away the drafts that a run before left in a tree."""
    from cleanr.records.atomic import sweep
    from cleanr.records.marker import below

    sweep(below(tree))


def _spread(function: Any, items: Iterable[Any], flags: Flags) -> Iterator[Any]:
    from cleanr.outcome import Outcome
    from cleanr.records.parallel import Died, Pool

    items = list(items)
    workers = min(flags.jobs or os.cpu_count() or 1, len(items))
    with Pool(workers) as pool:
        for item, result in pool.pairs(function, items):
            if isinstance(result, Died):
                outcome = Outcome()
                outcome.fail(item, result.cause)
                yield outcome
            else:
                yield result


def _told(outcome: "Outcome") -> int:
    for message in outcome.messages:
        say(message)
    return outcome.totals.failed


def _sum_up(line: str, flags: Flags) -> None:
    if not flags.quiet:
        say_line(line)
