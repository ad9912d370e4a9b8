"""What changed from one output to another: ``newly removed: 12 × By Jane Doe``, with the lines above and below."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cleanr.report.inline import inline
from cleanr.report.removed import CLIPPED, place
from cleanr.report.tally import FOLDED, Tally, Thing, folded
from cleanr.report.terminal import fitted, paint, visible
from cleanr.report.totals import counted, ranked

SHOWN = 8  # lines of a kind
LISTED = 200  # of a kind, as JSON
WIDTH = 100
NAMED = 66  # columns of the rules of a kind
FILES = 10  # names of files that only one side has
Kind = Literal["newly removed", "newly kept", "newly rewritten"]
KINDS: tuple[Kind, ...] = ("newly removed", "newly kept", "newly rewritten")
COLOURS = {"newly removed": "red", "newly kept": "green", "newly rewritten": "yellow"}
UNKNOWN = "no record"  # in place of a rule


@dataclass
class Comparison:
    """Differences between two results, line by line. They add up, they pickle, and they are bounded."""

    documents: int = 0
    differing: int = 0
    blank: int = 0  # documents that differ in blank lines only
    lines: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    rules: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    alone: dict[str, list[str]] = field(default_factory=lambda: {"OLD": [], "NEW": []})  # files of one side

    def line(
        self, where: tuple[str, int, int], rule: str, old: str | None, new: str | None, near: Sequence[str]
    ) -> None:
        """Count a line that is `old` in one result and `new` in the other; None: it is not there."""
        kind: Kind = "newly removed" if new is None else "newly kept" if old is None else "newly rewritten"
        said = (old or "")[:FOLDED], (new or "")[:FOLDED]
        key = (rule, *said) if kind == "newly rewritten" else (rule, folded(old or new or ""))
        texts = tuple(text[:CLIPPED] for text in (old or "", new or "", *near))
        self.lines[kind].add(key, where, lambda: (where[2], *texts))
        self.rules[kind][rule] += 1

    def document(self, equal: bool, before: int) -> None:
        """Count a document; `before` is `total` before its lines were counted."""
        self.documents += 1
        self.differing += not equal
        self.blank += not equal and before == self.total

    @property
    def total(self) -> int:
        return sum(counts.total() for counts in self.rules.values())

    @property
    def same(self) -> bool:
        return not self.differing and not any(self.alone.values())

    def update(self, other: "Comparison") -> None:
        """Add the differences of other documents."""
        self.documents += other.documents
        self.differing += other.differing
        self.blank += other.blank
        for kind in KINDS:
            self.lines[kind].update(other.lines[kind])
            self.rules[kind].update(other.rules[kind])
        for side, names in other.alone.items():
            self.alone[side] += names

    def text(self, *, colour: bool = False) -> Iterator[str]:
        """All of it, in lines of 100 columns, if names are not long."""
        blank = f", {self.blank} in blank lines only" if self.blank else ""
        differ = "1 differs" if self.differing == 1 else f"{self.differing} differ"
        yield f"{counted(self.documents, 'document')} compared: {differ}{blank}"
        for side, names in self.alone.items():
            for name in names[:FILES]:
                yield f"only in {side}: {visible(name)}"
            if len(names) > FILES:
                yield f"only in {side}: … and {counted(len(names) - FILES, 'more file')}"
        for kind in KINDS:
            yield from self._kind(kind, colour)

    def _kind(self, kind: Kind, colour: bool) -> Iterator[str]:
        counts = self.rules[kind]
        if not counts:
            return
        names = [f"{rule} {count}" for rule, count in ranked(counts) if rule != UNKNOWN]
        while len(", ".join(names)) > NAMED:
            names[-2:] = ["…"]
        by = f": {visible(', '.join(names))}" if names else ""
        every = f" (one of {self.lines[kind].every} is listed)" if self.lines[kind].every > 1 else ""
        yield ""
        head = paint(f"{kind}, {counted(counts.total(), 'line')}", COLOURS[kind], colour)
        yield f"{head}{by}{every}"
        shown = self.lines[kind].most(SHOWN)
        for each in shown:
            yield from _rows(each, colour)
        left = counts.total() - sum(each.times for each in shown)
        if left > 0:
            yield f"    … and {counted(left, 'more line')}: --output-format json lists them"

    def json(self) -> dict[str, Any]:
        """All of it, for machines."""
        value: dict[str, Any] = {"documents": self.documents, "differing": self.differing, "blank_lines": self.blank}
        value["only_in_old"], value["only_in_new"] = self.alone["OLD"], self.alone["NEW"]
        for kind in KINDS:
            lines = [_object(each) for each in self.lines[kind].most(LISTED)]
            counts = dict(self.rules[kind].most_common())
            every = self.lines[kind].every
            name = kind.replace(" ", "_")
            value[name] = {"lines": self.rules[kind].total(), "rules": counts, "one_counted_of": every, "most": lines}
        return value


def _rows(each: Thing, colour: bool) -> Iterator[str]:
    rule, (_, old, new, above, below) = each.key[0], each.example
    where = paint(visible(place(each)), "dim", colour)
    yield f"{each.times:>5} × {paint(fitted(rule, 60), 'cyan', colour)}  {where}"
    lead, trail = (f"{above}\n" if above else ""), (f"\n{below}" if below else "")
    if old and new:  # what both have at their ends is not what changed
        low = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        lead, old, new = lead + old[:low], old[low:], new[low:]
        tails = zip(reversed(old), reversed(new), strict=False)
        high = next((n for n, (a, b) in enumerate(tails) if a != b), min(len(old), len(new)))
        trail = (old[len(old) - high :]) + trail
        old, new = old[: len(old) - high], new[: len(new) - high]
    yield f"        {inline(lead, old, new, trail, WIDTH - 8, colour=colour).rstrip()}"


def _object(each: Thing) -> dict[str, Any]:
    (name, record, _), (line, old, new, above, below) = each.place, each.example
    example = {"path": name, "record": record, "line": line, "old": old, "new": new, "above": above, "below": below}
    return {"count": each.times, "rule": each.key[0], "example": example}
