"""What `check` finds: ``a.txt:3:8: spaces.runs: ·· → ·``, one for each place that cleaning would change."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.report.reasons import Reasoned, reasoned
from cleanr.report.terminal import Place, Places, paint, shown, visible

NEAR = 16  # characters on each side, within the line, by which a place is known again


class Finding(NamedTuple):
    """A place that cleaning would change. `record` is the line of a shard, or 0 where the text is all of the file;
    places count from 1 in the text, characters from 0."""

    path: str
    record: int
    begin: Place
    end: Place
    old: str
    change: Reasoned
    near: tuple[str, str]

    @property
    def where(self) -> str:
        return f"{self.path}:{self.record}" if self.record else self.path

    @property
    def mark(self) -> str:
        """By what it is known again when lines above it come or go: what changes, by which rules, between what."""
        said = repr((self.change.rules, self.old, self.change.new, self.near))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def json(self) -> dict[str, Any]:
        """All of it, for machines."""
        change, places = self.change, {"line": self.begin.line, "column": self.begin.column}
        places |= {"end_line": self.end.line, "end_column": self.end.column, "start": change.start, "end": change.end}
        said = {"rules": list(change.rules), "safety": str(change.safety), "reasons": list(change.reasons)}
        return {"path": self.path, "record": self.record} | places | said | {"old": self.old, "new": change.new}

    def text(self, *, colour: bool = False) -> str:
        """One line for people."""
        rules = paint(visible(", ".join(self.change.rules)), "yellow", colour)
        old, new = paint(shown(self.old), "red", colour), paint(shown(self.change.new), "green", colour)
        return f"{paint(visible(self.where), 'bold', colour)}:{self.begin}: {rules}: {old} → {new}"


def findings(cleaned: Cleaned, raw: str, path: str, record: int = 0) -> Iterator[Finding]:
    """One for each span of the raw text that changes; changes of several rules at one place share it.

    >>> import cleanr
    >>> raw = "one  two"
    >>> [each.text() for each in findings(cleanr.explain(raw), raw, "a.txt")]
    ['a.txt:1:4: spaces.runs: ·· → ·']
    """
    places: Places | None = None
    for change in reasoned(cleaned):
        places = places or Places(raw)
        start, end = change.start, change.end
        lead = raw[max(start - NEAR, 0) : start].rpartition("\n")[2]
        trail = "" if raw[start:end].endswith("\n") else raw[end : end + NEAR].partition("\n")[0]
        yield Finding(path, record, places.at(start), places.at(end), raw[start:end], change, (lead, trail))
