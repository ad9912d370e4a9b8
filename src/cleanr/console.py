"""What a run prints, as it goes: findings to stdout; messages, progress and the summary to stderr."""

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from cleanr.checking import Checked
    from cleanr.run import Outcome


def say(message: object) -> None:
    """One line to stderr, with nothing in it that a terminal would obey."""
    from cleanr.report.terminal import visible

    line(f"cleanr: {visible(str(message))}")


def line(text: str) -> None:
    """One line to stderr as it is. Where nobody can take it (a full disk), the work goes on: the exit code tells."""
    with suppress(OSError):
        print(text, file=sys.stderr)


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
    files: int | None,
    *,
    refused: Sequence[str] = (),
    ignored: Callable[[], int] = int,
    findings: bool = False,
    checked: "Checked | None" = None,
    quiet: bool = False,
    summary: bool = True,
    output_format: str = "text",
) -> int:
    """Print what became of `files` files; give the exit code. With `findings`, a change makes it 1; with `checked`,
    one that is new.

    `refused` may grow, and the number that `ignored` gives too, while the outcomes are taken.
    """
    from cleanr.report.progress import Progress
    from cleanr.report.removed import Removed
    from cleanr.report.totals import Totals

    totals, removed = Totals(), Removed()
    altered, said = False, _said(refused, 0)
    progress = Progress(sys.stderr, files, not quiet and sys.stderr.isatty())
    for done, outcome in enumerate(outcomes, 1):
        if outcome.lines or outcome.findings or outcome.messages:
            progress.clear()
        said = _said(refused, said)
        for text in outcome.lines:
            print(text)
        if checked:
            checked.take(outcome.findings)
        if outcome.messages:
            sys.stdout.flush()  # on a terminal, a message stands behind what it is about
        for message in outcome.messages:
            say(message)
        totals.add(outcome.totals)
        removed.update(outcome.removed)
        altered = altered or (bool(checked.new) if checked else outcome.altered)
        progress.show(done)
    progress.clear()
    said = _said(refused, said)
    totals.failed += said
    totals.ignored = ignored()
    if checked:
        checked.end()
    sys.stdout.flush()
    if output_format == "json":
        show(totals.json() | removed.json())
    elif summary and not quiet:
        about = checked.summary() if checked else ""
        for text in (*totals.summary(), *removed.text(colour=colour(sys.stderr)), *filter(None, [about])):
            line(text)
    return 2 if totals.failed else int(findings and altered)


def _said(messages: Sequence[str], begin: int) -> int:
    """Say the messages from one on; how many have been said."""
    for message in messages[begin:]:
        say(message)
    return len(messages)
