"""What `check` prints: ``a.txt:3:8: spaces.runs: ·· → ·``, a line for each place that cleaning would change."""

from collections.abc import Iterator

from cleanr.cleaned import Cleaned
from cleanr.report.terminal import Places, paint, shown, visible


def findings(cleaned: Cleaned, raw: str, where: str, *, colour: bool = False) -> Iterator[str]:
    """One line for each span of the raw text that changes; changes of several rules at one place share it.

    >>> import cleanr
    >>> raw = "one  two"
    >>> list(findings(cleanr.explain(raw), raw, "a.txt"))
    ['a.txt:1:4: spaces.runs: ·· → ·']
    """
    places = Places(raw)
    where = paint(visible(where), "bold", colour)
    for span in cleaned.spans():
        rules = paint(visible(", ".join(span.rules)), "yellow", colour)
        old, new = shown(raw[span.start : span.end]), shown(span.new)
        yield f"{where}:{places.at(span.start)}: {rules}: {paint(old, 'red', colour)} → {paint(new, 'green', colour)}"
