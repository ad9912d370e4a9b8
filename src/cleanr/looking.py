"""The commands that only look: ``cleanr rule quotes.double`` says what that rule does."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanr.config import Config, load_config
from cleanr.console import colour, say, show
from cleanr.flags import COMPARING, CONFIGURING, READING, Flags, command, wrong
from cleanr.trees import NOTHING, inputs

if TYPE_CHECKING:
    from cleanr.comparing import Outputs
    from cleanr.filters import Filter
    from cleanr.report.catalogue import Catalogue

PARALLEL_FROM = 1 << 20  # bytes: for less, starting workers costs more than they save


@command((*READING, "exclude", "output_format"))
def try_(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file or a tree; of shards only samples are read.")],
    number: Annotated[int, typer.Option("--number", "-n", min=1, metavar="N", help="How many documents to try.")] = 200,
    *,
    flags: Flags,
) -> int:
    """Show within seconds what cleaning would do, from a sample."""
    from cleanr.records.sample import sample
    from cleanr.trial import attempt

    config, found = inputs(flags, src)
    if not found.files:
        return 2  # why, was said
    chosen = sample(found.files, number)
    json = flags.output_format == "json"
    trial, outcome = attempt(chosen, config, flags.encoding, colour=colour() and not json)
    for message in outcome.messages:
        say(message)
    read = trial.totals.read + trial.totals.failed
    if not trial.totals.read and outcome.messages:
        return 2  # what was said above is all there is to say
    if json:
        show({"sample": {"documents": read, "of_about": max(trial.documents, read)}} | trial.json())
        return 0
    of = f" of {'about ' if chosen.shards else ''}{trial.documents:,}" if trial.documents > read else ""
    documents = "document" if read == 1 and not of else "documents"
    what = f"{src}: {read:,}{of} {documents}, preset {flags.preset or config.get('preset', 'standard')}"
    print(*trial.text(what, colour=colour()), sep="\n")
    return 0


@command(COMPARING)
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="An output, or with SRC a preset or a configuration file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, to compare OLD with.")],
    src: Annotated[Path | None, typer.Argument(metavar="[SRC]", help="What both clean.", show_default=False)] = None,
    *,
    flags: Flags,
) -> int:
    """Show what two outputs, or two configurations, do differently."""
    from cleanr.comparing import Result, by_configuration, by_output
    from cleanr.records.parallel import in_order
    from cleanr.report.comparison import Comparison
    from cleanr.report.progress import Progress

    comparison = Comparison()
    work: Callable[[Any], Result]
    jobs: list[Any]
    if src is None:
        config = flags.over(Config())
        jobs, comparison.alone["OLD"], comparison.alone["NEW"] = _outputs(old, new)
        size, work = sum(job.old.stat().st_size for job in jobs), partial(by_output, config, flags.encoding)
    else:
        config, other = _named(new, flags), _named(old, flags)
        jobs, size = _inputs(src, config)
        work = partial(by_configuration, other, config, flags.encoding)
    failed = False
    workers = config.get("jobs") or os.cpu_count() or 1
    with closing(in_order(work, jobs, min(workers, len(jobs)) if size > PARALLEL_FROM else 1)) as results:
        progress = Progress(sys.stderr, len(jobs), not flags.quiet and sys.stderr.isatty())
        for done, (job, result) in enumerate(zip(jobs, results, strict=True)):
            progress.show(done)
            if not isinstance(result, Result):
                say(f"{job}: {result.cause}")
                failed = True
                continue
            for message in result.outcome.messages:
                progress.clear()
                say(message)
            failed = failed or bool(result.outcome.totals.failed)
            comparison.update(result.comparison)
        progress.clear()
    if flags.output_format == "json":
        show(comparison.json())
    elif not flags.quiet:
        print(*comparison.text(colour=colour()), sep="\n")
    return 2 if failed else int(not comparison.same)


def _named(name: str, flags: Flags) -> Config:
    """The configuration that a name means: a preset, or a file; the flags on top."""
    from cleanr.cleaner import PRESETS

    if name in PRESETS:
        return flags.over(Config().with_settings("command line", {"preset": name}))
    if not Path(name).is_file():
        wrong(f"{name}: is neither a preset ({', '.join(PRESETS)}) nor a configuration file")
    return flags.over(load_config(name))


def _inputs(src: Path, config: Config) -> tuple[list[Path], int]:
    """The files that both configurations are to clean, and their size."""
    from cleanr.records.walk import find

    force = config.get("force-exclude", False)
    found = find([src], config.excludes, force_exclude=force)
    if found.refused or not found.files:
        wrong(found.refused[0] if found.refused else f"{src}: {NOTHING}")
    return [file.path for file in found.files], sum(file.size for file in found.files)


def _outputs(old: str, new: str) -> "tuple[list[Outputs], list[str], list[str]]":
    """The files that two outputs have in common, and those that only one of them has."""
    from cleanr.cleaner import PRESETS
    from cleanr.comparing import Outputs
    from cleanr.records.walk import find

    roots = Path(old), Path(new)
    for root in roots:
        if not root.exists():
            hint = "; to compare presets, name SRC too" if str(root) in PRESETS else ""
            wrong(f"{root}: No such file or directory{hint}")
        if root.suffix == ".toml":
            wrong(f"{root}: is a configuration: name SRC too, which it is to clean")
    if roots[0].is_dir() != roots[1].is_dir():
        wrong(f"{old}, {new}: one is a directory, the other is not")
    if not roots[0].is_dir():
        return [Outputs(*roots, roots[0].parent, roots[1].parent)], [], []
    names = []
    for root in roots:
        found = find([root], lambda path, root: False)
        if found.refused:
            wrong(found.refused[0])
        names.append({file.path.relative_to(root).as_posix() for file in found.files})
    both = [Outputs(roots[0] / name, roots[1] / name, *roots) for name in sorted(names[0] & names[1])]
    return both, sorted(names[0] - names[1]), sorted(names[1] - names[0])


@command(CONFIGURING)
def rules(*, flags: Flags) -> int:
    """List all rules, and what the packs know in each language."""
    from cleanr.report.catalogue import table
    from cleanr.report.rules import listing

    print(*listing(_loaded(flags), colour=colour()), sep="\n")
    print("", "entries of the rule packs, by family (a rule boilerplate.FAMILY) and language:", sep="\n")
    print(*table(_catalogue(flags), colour=colour()), sep="\n")
    return 0


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
        lines = description(name, _loaded(flags), _catalogue(flags), colour=colour())
    except ValueError as error:
        wrong(shortened(error))
    print(*lines, sep="\n")
    return 0


def _catalogue(flags: Flags) -> "Catalogue":
    """What the packs know: the built-in ones, and those that the configuration names."""
    from cleanr.report.catalogue import catalogue

    return catalogue(flags.configuration().get("packs", ()))


def _loaded(flags: Flags) -> "list[Filter]":
    """The filters of the built-in chain, then those that the configuration adds."""
    from cleanr import filters

    known = {found.name: found for found in map(filters.load, filters.CHAIN)}
    return list((known | {found.name: found for found in flags.configuration().cleaner().chain}).values())
