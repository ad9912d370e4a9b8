"""What was done to many documents, in numbers: ``2 documents: 1 changed, 1 unchanged``."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.report.stages import is_removal
from cleanr.report.terminal import visible

SHOWN = 8  # rules with the most removals


@cache
def _private() -> re.Pattern[str]:
    return re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")


@dataclass
class Totals:
    """Counts of documents, of edits by filter, and of removals by rule. They add up, and they pickle.

    A document is a file, or a record of one. A removal is a change that takes a letter or digit and leaves nothing.
    """

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    flagged: int = 0
    ignored: int = 0  # files that were passed over
    done: int = 0  # files that an earlier run did
    private: int = 0  # private-use characters that were kept: what they say, only a font knows
    edits: Counter[str] = field(default_factory=Counter)
    removals: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        return self.changed + self.unchanged

    def count(self, cleaned: Cleaned, changed: bool) -> None:
        """Add one document."""
        self.changed += changed
        self.unchanged += not changed
        self.flagged += bool(cleaned.flagged)
        self.private += private(cleaned.text)
        for step in cleaned.steps:
            self.edits[step.filter] += len(step.changes)
            self.removals.update(change.rule for change in filter(is_removal, step.changes))

    def add(self, other: "Totals") -> None:
        """Add the counts of other documents.

        >>> totals = Totals(changed=1)
        >>> totals.add(Totals(changed=1, failed=1))
        >>> totals.changed, totals.failed
        (2, 1)
        """
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.failed += other.failed
        self.flagged += other.flagged
        self.ignored += other.ignored
        self.done += other.done
        self.private += other.private
        self.edits.update(other.edits)
        self.removals.update(other.removals)

    def json(self) -> dict[str, Any]:
        """All counts, for machines."""
        names = ("read", "changed", "unchanged", "failed", "flagged", "ignored")
        done = {"done_before": self.done} if self.done else {}
        counts: dict[str, Any] = {"private_use_characters": self.private}
        counts |= {"edits": dict(self.edits.most_common()), "removals": dict(self.removals.most_common())}
        return {"documents": {name: getattr(self, name) for name in names} | done} | counts

    def summary(self) -> Iterator[str]:
        """Up to four lines: documents, edits by filter, removals by rule, the most frequent first, and what was kept.

        >>> print(*Totals(changed=1, unchanged=2, edits=Counter(spaces=7)).summary(), sep="\\n")
        3 documents read: 1 changed, 2 unchanged
        edits: 7 spaces
        """
        parts = [f"{self.changed} changed", f"{self.unchanged} unchanged"]
        parts += [f"{count} {name}" for name in ("failed", "flagged") if (count := getattr(self, name))]
        ignored = f"; {counted(self.ignored, 'file')} ignored" if self.ignored else ""
        done = f"; {counted(self.done, 'file')} done before" if self.done else ""
        yield f"{counted(self.read, 'document')} read: {', '.join(parts)}{ignored}{done}"
        for what, counts in (("edits", self.edits), ("removals", self.removals)):
            if counts:
                most = ranked(counts)
                rest = f", {sum(count for _, count in most[SHOWN:])} by others" if len(most) > SHOWN else ""
                yield f"{what}: {', '.join(f'{count} {visible(name)}' for name, count in most[:SHOWN])}{rest}"
        if self.private:
            yield f"{counted(self.private, 'private-use character')} kept: what they say, only a font knows"


def private(text: str) -> int:
    """The number of private-use characters.

    >>> private("a\\ue000\\ue000 b"), private("漢字, “quoted”")
    (2, 0)
    """
    data = b"" if text.isascii() else text.encode("utf-8", "surrogatepass")
    # In UTF-8 they begin with one of these bytes, which are found faster than the characters.
    if not any(byte in data for byte in (b"\xee", b"\xef", b"\xf3", b"\xf4")):
        return 0
    return sum(map(len, _private().findall(text)))


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; of equally frequent ones in the order of their names.

    >>> ranked(Counter(b=1, a=1, c=2))
    [('c', 2), ('a', 1), ('b', 1)]
    """
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def counted(count: int, thing: str) -> str:
    """A number of things, in English.

    >>> counted(1, "file"), counted(2, "file")
    ('1 file', '2 files')
    """
    return f"{count} {thing}{'' if count == 1 else 's'}"
