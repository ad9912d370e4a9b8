"""The removals that somebody should look at: the most frequent, ``29 × Leave a Reply``, and the riskiest.

A removal is riskier the more words it took, the less certain it was, and the less often the same line was removed:
what went from a thousand documents is furniture, what went from one may have been a sentence.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.edits import Change, Safety
from cleanr.report.stages import is_removal, removals
from cleanr.report.tally import Highest, Tally, Thing, folded
from cleanr.report.terminal import Places, fitted, paint, visible

SHOWN = 8  # of the most frequent, as text
RISKIEST = 5  # of the riskiest, as text
LISTED = 100  # of each table, as JSON
RISKY = 1_000  # removals that are held as risky
CLIPPED = 300  # characters of a removed line that are held
BESIDE = 120  # characters of the lines above and below
NEAR = 5  # lines among which these are looked for
WEIGHT = {Safety.CERTAIN: 1, Safety.LIKELY: 2, Safety.GUESS: 4}
LETTERS = 6  # of a script without spaces, that count as a word
UNNUMBERED = -1  # of a record: its name says where it stands
WIDTH = 100  # columns of a row, and of these for the removed line:
LEAST, MOST = 24, 60


class Removed:
    """Tables of removed lines. They add up, they pickle, and they hold a bounded number of lines."""

    def __init__(self) -> None:
        self.frequent = Tally()
        self.risky = Highest(RISKY)

    def count(self, cleaned: Cleaned, raw: str, name: str, record: int) -> None:
        """Add the removals of one document."""
        placed: list[tuple[Places, list[int]]] = []  # the lines of the removals, known when one is asked for

        def details(number: int, n: int, change: Change, text: str) -> tuple[Any, ...]:
            if not placed:
                places = Places(raw)
                placed.append((places, [places.at(each.start).line for each in removals(cleaned)]))
            places, lines = placed[0]
            line = lines[number] + n
            return line, change.reason[:CLIPPED], text.strip()[:CLIPPED], *_neighbours(raw, places, line)

        going = (change for step in cleaned.steps for change in filter(is_removal, step.changes))
        for number, change in enumerate(going):
            for n, text in enumerate(change.old.split("\n")):
                if not text.strip():
                    continue
                words, safety = max(len(text.split()), len(text) // LETTERS), change.safety
                line, place = folded(text), (name, record, number, n)
                shown = partial(details, number, n, change, text)
                self.frequent.add((change.rule, int(safety), line), place, shown)
                self.risky.add((words * WEIGHT[safety], change.rule, int(safety), line), place, shown)

    def update(self, other: "Removed") -> None:
        """Add the removals of other documents."""
        self.frequent.update(other.frequent)
        self.risky.update(other.risky)

    def riskiest(self, number: int) -> list[Thing]:
        """The riskiest, the riskiest first."""

        def risk(each: Thing) -> tuple[float, Any]:
            return -each.key[0] / each.times, each.key

        return [each._replace(key=each.key[1:]) for each in sorted(self.risky.all(), key=risk)[:number]]

    def text(self, *, colour: bool = False) -> Iterator[str]:
        """The two tables, in lines of 100 columns, if the names of files are not long."""
        if not self.frequent:
            return
        every = f" (estimated: one of {self.frequent.every} was counted)" if self.frequent.every > 1 else ""
        yield paint(f"removed most often{every}", "bold", colour)
        frequent = self.frequent.most(SHOWN)
        rule, where = (max(map(len, texts)) for texts in zip(*map(_beside, frequent), strict=True))
        text = min(max(WIDTH - 20 - rule - where, LEAST), MOST)  # 20: the count, the safety, and what lies between
        yield from (_row(each, text, rule, colour) for each in frequent)
        yield from self.warnings(colour=colour)
        yield f"why one was removed: cleanr explain {visible(place(self.riskiest(1)[0]))}"

    def warnings(self, *, colour: bool = False) -> Iterator[str]:
        """The riskiest removals, if there are removals."""
        if self.frequent:
            yield paint("riskiest removals: long, rare, uncertain", "bold", colour)
        for each in self.riskiest(RISKIEST):
            rule, where = (paint(text, name, colour) for text, name in zip(_beside(each), ("cyan", "dim"), strict=True))
            yield f"{each.times:>6} × {rule}  {_sure(each, colour)} {where}"
            yield f"         {paint(fitted(each.example[2], WIDTH - 9), 'red', colour)}"

    def json(self) -> dict[str, Any]:
        """The two tables, for machines."""
        tables = {"most_frequent": self.frequent.most(LISTED), "riskiest": self.riskiest(LISTED)}
        rows = {name: [_object(each) for each in table] for name, table in tables.items()}
        return {"one_counted_of": self.frequent.every} | rows


def place(each: Thing) -> str:
    """Where an example stands, as `cleanr explain` takes it: a line of a text, a record of a shard.

    >>> place(Thing((), 1, ("a.txt", 0), (7,))), place(Thing((), 1, ("b.jsonl", 3), (1,)))
    ('a.txt:7', 'b.jsonl:3')
    """
    name, record = each.place[:2]
    return str(name) if record == UNNUMBERED else f"{name}:{record or each.example[0]}"


def _neighbours(raw: str, places: Places, line: int) -> tuple[str, str]:
    """The lines above and below one, without those that are blank, as far as they are near."""
    starts = [*places.starts, len(raw) + 1]

    def first(numbers: range) -> str:
        texts = (raw[starts[n - 1] : starts[n] - 1][:BESIDE].strip() for n in numbers if 0 < n < len(starts))
        return next(filter(None, texts), "")

    return first(range(line - 1, line - NEAR, -1)), first(range(line + 1, line + NEAR))


def _beside(each: Thing) -> tuple[str, str]:
    """What stands beside a removed line: its rule, and where it stood."""
    return visible(each.key[0]), visible(place(each))


def _row(each: Thing, text: int, rule: int, colour: bool) -> str:
    """A row, of which the line and the rule take so many columns."""
    name, where = _beside(each)
    line = paint(fitted(each.example[2], text, pad=True), "red", colour)
    name, where = paint(f"{name:{rule}}", "cyan", colour), paint(where, "dim", colour)
    return f"{each.times:>6} × {line}  {name} {_sure(each, colour)} {where}"


def _sure(each: Thing, colour: bool) -> str:
    safety = Safety(each.key[1])
    return paint(f"{safety!s:7}", "yellow" if safety < Safety.CERTAIN else "dim", colour)


def _object(each: Thing) -> dict[str, Any]:
    (name, record, *_), (line, reason, text, above, below) = each.place, each.example
    rule, safety, _ = each.key
    example = {"path": name, "record": record, "line": line, "reason": reason, "text": text}
    example |= {"above": above, "below": below}
    return {"count": each.times, "rule": rule, "safety": str(Safety(safety)), "example": example}
