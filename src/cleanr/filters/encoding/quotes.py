"""Closing quotes of which a byte is lost, or that became daggers: ``“Yes,†he said`` becomes ``“Yes,” he said``.

A quotation that is open, and that nothing else closes, is the proof.
"""

import re
from functools import cache
from typing import NamedTuple

LAST_BYTE = "“”‘’•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u0081\u008d\u008f\u0090\u009d\u00ad"


class Token(NamedTuple):
    """A quote of a line: ``open``, ``close``, or a ``lost``, ``scar`` or ``gone`` that may have been a closing one."""

    start: int
    end: int
    kind: str


@cache
def _quote() -> re.Pattern[str]:
    # A † behind Â to ß is the second byte of a letter; behind à to ô it is one where a third follows.
    lost = rf"(?P<lost>(?<=[^\s“„])â€(?:\ufffd|(?![{LAST_BYTE}\"?])))"
    scar = rf"(?P<scar>(?<=[^\s\d“„(*†Â-ß])†(?!†| ?\(?\d|(?<=[à-ô]†)[{LAST_BYTE}]))"
    gone = r"(?P<gone>(?<=[^\s\d“„(*\ufffd])\ufffd(?![\w\ufffd]))"
    # Behind â€, a quote is the last byte of a dash.
    return re.compile(
        r"(?=[“”„’â†\ufffd])(?:(?P<open>(?<!â€)“|â€œ)|(?P<low>(?<!â€)„|â€ž)|(?P<close>(?<!â€)”|’’|â€\u009d)"
        rf"|{lost}|{scar}|{gone})"
    )


def unmatched(line: str) -> list[Token]:
    """Lost closing quotes, each the proof of its own: a quotation is open, and nothing else closes it."""
    if "†" not in line and "â€" not in line and "\ufffd" not in line:
        return []
    found: list[Token] = []
    candidates: list[Token] = []
    is_open = low = False
    for match in _quote().finditer(line):
        token = Token(*match.span(), match.lastgroup or "")
        if token.kind == "open" and not low and line[token.start - 1 : token.start].isalnum() and token.start:
            continue  # “ is a byte of mojibake here, or closes a quotation that began elsewhere
        if token.kind == "open" and low:
            token, low = token._replace(kind="close"), False  # „German“ closes with what opens in English
        if token.kind in ("open", "low"):
            found += _closing(line, candidates) if is_open else ()
            is_open, low, candidates = True, token.kind == "low", []
        elif token.kind == "close":
            is_open, candidates = False, []
        elif is_open:
            candidates.append(token)
    return found + (_closing(line, candidates) if is_open else [])


def _closing(line: str, candidates: list[Token]) -> list[Token]:
    """Of the candidates in one open quotation, the one that closes it: the first behind a punctuation mark."""
    marked = [token for token in candidates if line[token.start - 1] in ",.!?…;:-–—'’"]
    return (marked or candidates)[:1]


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
