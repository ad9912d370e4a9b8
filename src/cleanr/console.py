"""What a run prints, as it goes: findings to stdout; messages, progress and the summary to stderr."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from cleanr.run import Outcome


def say(message: object) -> None:
    """One line to stderr, with nothing in it that a terminal would obey."""
    from cleanr.report.terminal import visible

    print(f"cleanr: {visible(str(message))}", file=sys.stderr)


def show(value: object) -> None:
    """A result to stdout, as JSON that is ASCII: no terminal obeys it, and every parser reads it."""
    import json

    print(json.dumps(value, indent=2))


def colour(stream: TextIO | None = None) -> bool:
    """Whether a stream, else stdout, takes colours."""
    from cleanr.report.terminal import wants_colour

    return wants_colour(stream or sys.stdout)


def tell(
    outcomes: Iterable["Outcome"],
    files: int,
    *,
    refused: Iterable[str] = (),
    ignored: int = 0,
    findings: bool = False,
    quiet: bool = False,
    summary: bool = True,
    output_format: str = "text",
) -> int:
    """Print what became of `files` files; give the exit code. With `findings`, a change makes it 1."""
    from cleanr.report.progress import Progress
    from cleanr.report.removed import Removed
    from cleanr.report.totals import Totals

    totals, removed = Totals(ignored=ignored), Removed()
    for message in refused:
        totals.failed += 1
        say(message)
    altered = False
    progress = Progress(sys.stderr, files, not quiet and sys.stderr.isatty())
    for done, outcome in enumerate(outcomes, 1):
        if outcome.lines or outcome.messages:
            progress.clear()
        for line in outcome.lines:
            print(line)
        if outcome.messages:
            sys.stdout.flush()  # on a terminal, a message stands behind what it is about
        for message in outcome.messages:
            say(message)
        totals.add(outcome.totals)
        removed.update(outcome.removed)
        altered = altered or outcome.altered
        progress.show(done)
    progress.clear()
    sys.stdout.flush()
    if output_format == "json":
        show(totals.json() | removed.json())
    elif summary and not quiet:
        for line in (*totals.summary(), *removed.text(colour=colour(sys.stderr))):
            print(line, file=sys.stderr)
    return 2 if totals.failed else int(findings and altered)
