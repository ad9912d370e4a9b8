"""What cleaning would do, from some documents: ``boilerplate.share  19 edits in 12 documents``, and two of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.report.diff import diff
from cleanr.report.inline import around, inline
from cleanr.report.removed import CLIPPED, Removed
from cleanr.report.stages import is_removal, stages
from cleanr.report.terminal import Places, fitted, paint, visible
from cleanr.report.totals import Totals, counted

RULES = 8  # that are shown
EXAMPLES = 2  # of each
EXCERPTS = 3
ROWS = 8  # of an excerpt
WIDTH = 100


@dataclass
class Rule:
    """What a rule did: how often, in how many documents, and where, for example."""

    edits: int = 0
    documents: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Trial:
    """What was done to the documents of a sample."""

    documents: int = 0  # that there are, about
    totals: Totals = field(default_factory=Totals)
    removed: Removed = field(default_factory=Removed)
    words: int = 0
    gone: int = 0  # words that went
    rules: dict[str, Rule] = field(default_factory=dict)
    excerpts: list[tuple[int, str, list[str]]] = field(default_factory=list)
    most: int = EXCERPTS

    def count(self, cleaned: Cleaned, raw: str, name: str, record: int, *, colour: bool = False) -> None:
        """Add a document: record 0 is all of a file, `UNNUMBERED` the document that is named."""
        where = f"{name}:{record}" if record > 0 else name
        self.totals.count(cleaned, cleaned.text != raw)
        self.removed.count(cleaned, raw, name, record)
        self.words += len(raw.split())
        self.gone += sum(len(change.old.split()) for change in cleaned.changes if is_removal(change))
        for change in cleaned.changes:
            self.rules.setdefault(change.rule, Rule()).edits += 1
        for rule in {change.rule for change in cleaned.changes}:
            self.rules[rule].documents += 1
        self._examples(cleaned, raw, where, record)
        if cleaned.text != raw and self.most:
            rows = list(diff(cleaned, raw, where, colour=colour))[2:]
            excerpt = (-len({change.rule for change in cleaned.changes}), where, _shortened(rows))
            if all(rows != excerpt[2] for _, _, rows in self.excerpts):
                self.excerpts = sorted([*self.excerpts, excerpt])[: self.most]

    def _examples(self, cleaned: Cleaned, raw: str, where: str, record: int) -> None:
        """A place for each rule that has not enough of them; of one document only one, and none a second time."""
        wanted = {change.rule for change in cleaned.changes if len(self.rules[change.rule].examples) < EXAMPLES}
        places = Places(raw)
        for before, step in stages(cleaned) if wanted else ():
            for change in step.changes:
                known = self.rules[change.rule]
                said = {"old": change.old[:CLIPPED], "new": change.new[:CLIPPED]}
                again = is_removal(change) and any(said.items() <= each.items() for each in known.examples)
                if again or change.rule not in wanted:
                    continue
                start = before.origin(change.start)
                lead, trail = around(raw, start, max(start, before.origin(change.start + len(change.old))))
                line = "" if record else f":{places.at(start).line}"
                known.examples.append({"place": f"{where}{line}", "before": lead, **said, "after": trail})
                wanted.discard(change.rule)

    def text(self, what: str, *, colour: bool = False) -> Iterator[str]:
        """All of it, in lines of 100 columns, if names are not long; `what` says of what it is a sample."""
        totals = self.totals
        yield paint(fitted(what, WIDTH), "bold", colour)
        parts = [f"{totals.changed} would change", f"{totals.unchanged} would not"]
        parts += [f"{count} {name}" for name in ("failed", "flagged") if (count := getattr(totals, name))]
        share = f"{100 * self.gone / self.words:.1f} %" if self.words else "none"
        yield f"{', '.join(parts)}; {share} of {self.words:,} words would go"
        for rule in self._top():
            seen = self.rules[rule]
            yield ""
            count = f"{counted(seen.edits, 'edit')} in {counted(seen.documents, 'document')}"
            yield f"{paint(visible(rule), 'cyan', colour)}  {count}"
            yield from (_example(each, colour) for each in seen.examples)
        others = sorted(self.rules.keys() - set(self._top()))
        if others:
            yield ""
            yield f"{counted(len(others), 'other rule')} with {sum(self.rules[rule].edits for rule in others)} edits"
        risky = list(self.removed.warnings(colour=colour))
        yield from ["", *risky] if risky else []
        for _, where, rows in self.excerpts:
            yield ""
            yield f"{paint('before (-) and after (+)', 'bold', colour)}  {visible(where)}"
            yield from rows
        if self.excerpts:
            yield ""
            yield "all of a file: cleanr check --diff FILE; why: cleanr explain FILE:LINE; do it: cleanr clean SRC DST"

    def json(self) -> dict[str, Any]:
        """All of it, for machines."""
        rules = {rule: vars(self.rules[rule]) for rule in sorted(self.rules, key=self._rank)}
        words = {"words": {"read": self.words, "removed": self.gone}}
        return self.totals.json() | words | {"rules": rules} | self.removed.json()

    def _rank(self, rule: str) -> tuple[int, str]:
        return -self.rules[rule].edits, rule

    def _top(self) -> list[str]:
        return sorted(self.rules, key=self._rank)[:RULES]


def _example(each: dict[str, Any], colour: bool) -> str:
    where = visible(each["place"])
    width = max(WIDTH - 4 - len(where), 50)
    shown = inline(each["before"], each["old"], each["new"], each["after"], width, colour=colour)
    return f"  {shown}  {paint(where, 'dim', colour)}"


def _shortened(rows: list[str]) -> list[str]:
    """The first rows of a diff, without its ranges and blank lines."""
    rows = [row for row in rows if row.strip() and "@@ -" not in row[:12]]
    return rows if len(rows) <= ROWS else [*rows[: ROWS - 1], f" … and {len(rows) - ROWS + 1} more rows"]
