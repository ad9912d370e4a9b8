"""What became of a file: its counts, what it printed, ``a.jsonl:2: not valid JSON`` and nine more of the kind."""

import re
from dataclasses import dataclass, field

from cleanr.report.findings import Finding
from cleanr.report.removed import Removed
from cleanr.report.terminal import visible
from cleanr.report.totals import Totals, counted

ALIKE = 10  # messages of one cause that a file may have: a wrong line may be a million wrong lines
DETAIL = re.compile(r" at |: byte |: \d")  # where the cause ends, and what differs from line to line begins


@dataclass
class Outcome:
    """What became of a file: counts, lines and findings for stdout, messages for stderr."""

    totals: Totals = field(default_factory=Totals)
    removed: Removed = field(default_factory=Removed)
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    alike: dict[str, int] = field(default_factory=dict)  # messages by cause
    altered: bool = False  # the output differs from the input
    most: int = ALIKE  # messages of one cause
    written: bool = False
    stopped: bool = False
    kinds: list[str] = field(default_factory=list)  # the causes of the first messages, one each

    def fail(self, where: object, cause: object) -> None:
        self.totals.failed += 1
        self.note(where, cause)

    def note(self, where: object, cause: object) -> None:
        """A message, unless there are enough of its cause: the rest is counted."""
        kind = ": ".join(DETAIL.split(str(cause), maxsplit=1)[0].split(": ")[:2])
        self.alike[kind] = self.alike.get(kind, 0) + 1
        if self.alike[kind] <= self.most:
            self.messages.append(visible(f"{where}: {cause}"))
            self.kinds.append(kind)

    def update(self, other: "Outcome") -> None:
        """Add what became of the next part of the file."""
        self.totals.add(other.totals)
        self.removed.update(other.removed)
        self.lines += other.lines
        self.findings += other.findings
        seen = dict(self.alike)
        for kind, message in zip(other.kinds, other.messages, strict=False):
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] <= self.most:
                self.messages.append(message)
                self.kinds.append(kind)
        for kind, count in other.alike.items():
            self.alike[kind] = self.alike.get(kind, 0) + count
        self.altered |= other.altered
        self.stopped |= other.stopped

    def sum_up(self, name: str) -> None:
        """A message for those that were only counted."""
        for kind, count in self.alike.items():
            if count > self.most:
                self.messages.append(visible(f"{name}: … and {counted(count - self.most, 'more record')}: {kind}"))
