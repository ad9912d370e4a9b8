"""Closing quotes of which a byte is lost, or that became daggers: ``“Yes,†he said`` becomes ``“Yes,” he said``.

A quotation that is open, and that nothing else closes, is the proof.
"""

import re
from functools import cache
from typing import NamedTuple

LAST_BYTE = "“”‘’•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u0081\u008d\u008f\u0090\u009d\u00ad"
DASHES = ("–", "—")  # they stand behind quotes; as last bytes they would make ‖ and ‗, which no prose has


class Token(NamedTuple):
    """A quote of a line: ``open``, ``low``, ``straight``, ``close``, or a ``lost``, ``scar`` or ``gone`` that may have
    been a closing one."""

    start: int
    end: int
    kind: str


@cache
def _quote() -> re.Pattern[str]:
    last = LAST_BYTE.translate(dict.fromkeys(map(ord, DASHES)))
    lost = rf"(?P<lost>(?:(?<=[^\s“„])|(?<=[^\s“„] ))â€(?:\ufffd|(?![{last}\"?])))"
    # A † behind Â to ß is the second byte of a letter; behind à to ô it is one where a third follows. Behind a digit,
    # and before years, it is a dagger, but where it took the space behind it.
    behind = r"(?:(?<=[^\s\d“„(*†Â-ß])|(?<=[^\s\d“„(*†] )|(?<=\d)(?=†[^\W\d_]))"
    scar = rf"(?P<scar>{behind}†(?!†| ?\d| \(\d|(?<=[à-ô]†)[{LAST_BYTE}]))"
    gone = r"(?P<gone>(?<=[^\s\d“„(*\ufffd])\ufffd(?![\w\ufffd]))"
    # Behind â€, a quote is the last byte of a dash.
    return re.compile(
        r"(?=[“”„’â†\ufffd\"])(?:(?P<open>(?<!â€)“|â€œ)|(?P<low>(?<!â€)„|â€ž)|(?P<close>(?<!â€)”|’’|â€\u009d)"
        rf"|(?P<straight>(?<![^\s(\[])\"(?=\w))|(?P<end>(?<!â€)\")|{lost}|{scar}|{gone})"
    )


def lost_before_a_dash(line: str) -> bool:
    """Whether a line may hold a lost quote that a strict decoding would read as one character with the dash behind."""
    return any(f"â€{dash}" in line for dash in DASHES)


def unmatched(line: str) -> list[Token]:
    """Lost closing quotes, each the proof of its own: a quotation is open, and nothing else closes it.

    >>> unmatched("“ Yes †he said")
    [Token(start=6, end=7, kind='scar')]
    """
    if "†" not in line and "â€" not in line and "\ufffd" not in line:
        return []
    found: list[Token] = []
    candidates: list[Token] = []
    opening: Token | None = None
    for match in _quote().finditer(line):
        token = Token(*match.span(), match.lastgroup or "")
        if token.kind == "open" and opening and opening.kind == "low":
            token = token._replace(kind="close")  # „German“ closes with what opens in English
        elif token.kind == "open" and token.start and line[token.start - 1].isalnum():
            continue  # “ is a byte of mojibake here, or closes a quotation that began elsewhere
        if token.kind in ("straight", "end") and opening:
            if opening.kind == "straight":
                opening, candidates = None, []
        elif token.kind in ("open", "low", "straight"):
            found += _closing(line, candidates) if opening else ()
            opening, candidates = token, []
        elif token.kind == "close":
            opening, candidates = None, []
        elif opening and token.kind != "end" and _may_close(line, opening, token):
            candidates.append(token)
    return found + (_closing(line, candidates) if opening else [])


def _may_close(line: str, opening: Token, token: Token) -> bool:
    """Behind a space only ``“ so ”``, and where a quotation within ends; what begins straight, behind a mark only."""
    before = line[token.start - 1]
    if before == " ":
        return line[opening.end : opening.end + 1] == " " or line[token.start - 2] == "’"
    return opening.kind != "straight" or before in ",.!?"


def _closing(line: str, candidates: list[Token]) -> list[Token]:
    """Of the candidates in one open quotation, the one that closes it: the first behind a punctuation mark."""
    marked = [token for token in candidates if _before(line, token) in ",.!?…;:-–—'’"]
    return (marked or candidates)[:1]


def _before(line: str, token: Token) -> str:
    """The character before a token, or before the space that stands there."""
    return line[max(token.start - 2, 0) : token.start].rstrip()[-1]


def opened(text: str, before: str) -> str:
    """The quotations that are open behind a text, the innermost last; `before` it, those were.

    >>> opened("“Yes, ‘no’", "")
    '“'
    """
    for char in text:
        if char in "“‘":
            before += char
        elif char == "”" and "“" in before:
            before = before[: before.rindex("“")]
        elif char == "’" and before.endswith("‘"):
            before = before[:-1]
    return before
