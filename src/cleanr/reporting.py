"""The command `report`: ``cleanr report SRC -o report.html`` makes a page of what cleaning does to a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleanr.console import colour, say, show
from cleanr.flags import READING, Flags, command, wrong
from cleanr.trees import inputs

if TYPE_CHECKING:
    from cleanr.config import Config
    from cleanr.report.study import Study

NUMBER = 2_000


@command((*READING, "exclude", "output_format", "quiet"))
def report(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file or a tree; of many documents a sample is read.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The page to write, as in report.html.")
    ] = None,
    preview: Annotated[
        str, typer.Option(metavar="FILTERS", help="Count what c4, gopher or fineweb would drop, before and after.")
    ] = "",
    number: Annotated[
        int, typer.Option("--number", "-n", min=1, metavar="N", help="How many documents to read.")
    ] = NUMBER,
    *,
    flags: Flags,
) -> int:
    """Show what cleaning does to a corpus, on a page of HTML."""
    from cleanr.records.sample import sample
    from cleanr.report.preview import RULES
    from cleanr.studying import study

    names = list(dict.fromkeys(name.strip() for name in preview.split(",") if name.strip()))
    for name in names:
        if name not in RULES:
            wrong(f"--preview: unknown filter {name!r}; known: {', '.join(RULES)}")
    config, found = inputs(flags, src)
    if not found.files:
        return 2  # why, was said
    chosen = sample(found.files, number)
    studied, outcome = study(chosen, config, flags.encoding, names)
    for message in outcome.messages:
        say(message)
    if not studied.trial.totals.read and outcome.messages:
        return 2
    if output:
        _write(output, studied, config, str(src), exact=not chosen.shards)
    if flags.output_format == "json":
        parts = {"forensics": studied.forensics.json(), "preview": studied.preview.json()}
        documents = {"documents": studied.trial.totals.read, "of_about": studied.trial.documents}
        show({"sample": documents} | studied.trial.json() | parts)
    elif not flags.quiet:
        print(*_text(studied), sep="\n")
    return 0


def _text(studied: "Study") -> list[str]:
    rows = list(studied.trial.totals.summary())
    for part in (studied.forensics.text(colour=colour()), studied.preview.text(colour=colour())):
        lines = list(part)
        rows += ["", *lines] if len(lines) > 1 else []
    return rows


def _write(output: Path, studied: "Study", config: "Config", source: str, *, exact: bool) -> None:
    from cleanr import __version__
    from cleanr.records.atomic import Draft
    from cleanr.report.page import About, page

    totals = studied.trial.totals
    read = totals.read + totals.failed
    about = About(
        source,
        config.get("preset", "standard"),
        __version__,
        read,
        max(studied.trial.documents, read),
        exact,
        config.get("ignore", ()),
        {rule: text for found in config.cleaner().chain for rule, text in found.rules.items()},
    )
    with Draft(output) as draft:
        draft.write(page(studied, about))
        draft.commit()
