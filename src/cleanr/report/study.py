"""All that the report shows of a corpus, gathered document by document, in bounded memory."""

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from cleanr.cleaned import Cleaned
from cleanr.edits import Span
from cleanr.report.forensics import Forensics
from cleanr.report.languages import guessed
from cleanr.report.preview import Preview
from cleanr.report.reasons import Told, told
from cleanr.report.removed import LETTERS, WEIGHT
from cleanr.report.stages import is_removal
from cleanr.report.trial import Trial

VIEWS = 16  # documents that are shown for each of the reasons to show one
LONGEST = 60_000  # characters of a document that is shown
FLAGGED = 200
BINS = tuple(10**n * m for n in range(6) for m in (1, 2, 5))  # words of a document, and more
LINE_BINS = tuple(range(0, 200, 10))  # characters of a line
SHARE_BINS = (0.0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7)  # words that went


@dataclass(frozen=True)
class View:
    """A document that is shown side by side; `why` it was chosen."""

    where: str
    raw: str
    spans: Sequence[Span]
    edits: Sequence[Told]
    flagged: Sequence[str]
    why: str


@dataclass
class Study:
    """What was done to the documents of a sample, for a page."""

    preview: Preview
    trial: Trial = field(default_factory=lambda: Trial(most=0))
    forensics: Forensics = field(default_factory=Forensics)
    languages: Counter[str] = field(default_factory=Counter)  # documents
    removals: Counter[tuple[str, str]] = field(default_factory=Counter)  # by rule and language
    words: Counter[int] = field(default_factory=Counter)  # documents by their least words
    shares: Counter[float] = field(default_factory=Counter)  # documents by the least share of words that went
    lines: tuple[Counter[int], Counter[int]] = field(default_factory=lambda: (Counter(), Counter()))
    flagged: list[tuple[str, str]] = field(default_factory=list)
    _views: dict[str, list[tuple[int, int, str, str, Cleaned]]] = field(default_factory=dict)

    def count(self, cleaned: Cleaned, raw: str, name: str, record: int, language: str) -> None:
        """Add a document; `language` is ``und`` where nobody said it."""
        where = f"{name}:{record}" if record > 0 else name
        language = guessed(cleaned.text) if language == "und" else language
        self.trial.count(cleaned, raw, name, record)
        self.forensics.count(cleaned, raw, where, shard=record != 0)
        self.preview.count(raw, cleaned.text)
        self.languages[language] += 1
        gone = [change for change in cleaned.changes if is_removal(change)]
        self.removals.update((change.rule, language) for change in gone)
        words = len(raw.split())
        self.words[max((each for each in BINS if each <= words), default=0)] += 1
        share = sum(len(change.old.split()) for change in gone) / words if words else 0.0
        self.shares[max(each for each in SHARE_BINS if each <= share)] += 1
        for text, counts in zip((raw, cleaned.text), self.lines, strict=True):
            lengths = Counter(len(line) // 10 * 10 for line in text.split("\n") if line.strip())
            for length, count in lengths.items():
                counts[min(length, LINE_BINS[-1])] += count
        for flag in cleaned.flagged:
            if len(self.flagged) < FLAGGED:
                self.flagged.append((where, flag))
        if (cleaned.steps or cleaned.flagged) and len(raw) <= LONGEST:
            self._show(cleaned, raw, where)

    def _show(self, cleaned: Cleaned, raw: str, where: str) -> None:
        """Keep the document, if there are reasons to show it."""
        risks = (_risk(change.old) * WEIGHT[change.safety] for change in cleaned.changes if is_removal(change))
        chance = int.from_bytes(blake2b(where.encode("utf-8", "surrogatepass"), digest_size=8).digest())
        reasons = {
            "it is flagged": int(bool(cleaned.flagged)),
            "of its risky removals": max(risks, default=0),
            "of its many rules": len({change.rule for change in cleaned.changes}),
            "it was picked at random": 1,
        }
        for why, rank in reasons.items():
            heap = self._views.setdefault(why, [])
            if rank and len(heap) < VIEWS:
                heapq.heappush(heap, (rank, chance, where, raw, cleaned))
            elif rank:
                heapq.heappushpop(heap, (rank, chance, where, raw, cleaned))

    def views(self) -> list[View]:
        """The documents to show: one of each reason in turn, none twice."""
        ranked = {why: sorted(heap, key=lambda each: (-each[0], each[2])) for why, heap in self._views.items()}
        found: dict[str, View] = {}
        for turn in range(VIEWS):
            for why, heap in ranked.items():
                if turn < len(heap):
                    _, _, where, raw, cleaned = heap[turn]
                    if where not in found:
                        found[where] = View(where, raw, cleaned.spans(), told(cleaned), cleaned.flagged, why)
        return list(found.values())


def _risk(text: str) -> int:
    return max(len(text.split()), len(text) // LETTERS)
