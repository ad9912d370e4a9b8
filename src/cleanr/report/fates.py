"""What became of each line of a raw text: of ``one``, ``Share this:``, ``two`` the second became nothing."""

from typing import NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.report.marked import LINE, pieces


class Fate(NamedTuple):
    """What a line became, without line ends, and the rules that had a part in it."""

    text: str
    rules: tuple[str, ...] = ()


def fates(cleaned: Cleaned, raw: str) -> list[Fate]:
    """The fate of each line; what several lines became counts to the first of them.

    >>> import cleanr
    >>> raw = "“One.” Two.\\nShare this:\\n"
    >>> fates(cleanr.explain(raw), raw)
    [Fate(text='"One." Two.', rules=('quotes.double',)), Fate(text='', rules=('boilerplate.share',))]
    """
    rows: list[tuple[list[str], dict[str, None]]] = [([], {})]
    for piece in pieces(raw, cleaned.spans()):
        if piece.rules:
            rows[-1][0].append(piece.new)
        for part in LINE.findall(piece.old) or [""]:
            texts, rules = rows[-1]
            rules |= dict.fromkeys(piece.rules)
            if not piece.rules:
                texts.append(part)
            if part.endswith("\n"):
                rows.append(([], {}))
    if not raw or raw.endswith("\n"):
        last = rows.pop()
        if rows and last[0]:  # something was put behind the last line
            rows[-1][0].extend(last[0])
    return [Fate("".join(texts).replace("\n", " ").strip(" "), tuple(rules)) for texts, rules in rows]
