"""The one scan: which lines may be damaged, told by rare characters, ``Ã©`` by its ``©``."""

import re
from functools import cache

from cleanr.text import Text
from cleanr.writing import members


@cache
def _signs() -> frozenset[str]:
    """The characters of which each sequence that ftfy calls bad has one."""
    return members("".join(_classes()) + "ŒœЂ")


def _classes() -> tuple[str, str, str]:
    """Controls, signs and quotes, as character classes."""
    from ftfy.badness import MOJIBAKE_CATEGORIES

    of = MOJIBAKE_CATEGORIES
    signs = of["bad"] + of["law"] + of["currency"] + of["numeric"] + of["box"] + of["upper_accented"] + "°Ù"
    return of["c1"], signs, of["start_punctuation"] + of["end_punctuation"]


@cache
def suspect() -> re.Pattern[str]:
    """A superset of ftfy's badness, told by the rare sign of each of its sequences; a test holds it to that.

    Every sequence that ftfy calls bad has two neighbours that are no ASCII, one of them a sign or an accented capital
    (or is Œ, œ or Ã, Â before a space). Quotes are common: beside them only what ftfy puts beside them counts.
    """
    from ftfy.badness import MOJIBAKE_CATEGORIES

    controls, signs, quotes = _classes()
    beside = quotes + signs + MOJIBAKE_CATEGORIES["lower_accented"] + controls + "ŒœΒΓΞΟВГРС"
    # One class in front, so that the scan is a look-up for each character; what else must hold is asked behind it.
    return re.compile(
        rf"[{controls}{signs}{quotes}ŒœЂ](?:(?<=[{controls}])"
        rf"|(?<=[{signs}])(?:(?=[^\x00-\x7f])|(?<=[^\x00-\x7f][{signs}]))"
        rf"|(?<=[{quotes}])(?:(?=[{beside}])|(?<=[{beside}][{quotes}]))"
        r"|(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )|(?<=вЂ)|(?<=ГўВЂ)|(?<=â€))"
    )


FOREIGN_SIGN = "[^\\x00-\\u02ff\\u1e00-\\u2bff]"  # neither Latin nor punctuation


@cache
def hurt() -> re.Pattern[str]:
    """A byte without those that belong to it: before a mark, between letters of another script, or in English."""
    return re.compile(
        rf"\ufffd|[À-ß](?:[?]|(?={FOREIGN_SIGN}))|(?<={FOREIGN_SIGN})[À-ß]"
        r"|â(?:(?<=[A-Za-z]â)(?:s|t|re|ve|ll|d|m)\b|(?<=\sâ)(?=\s|[A-Z])|(?<=[.,!?]â)(?!\w)|\?\?)"
        r"|Г(?:(?<=[a-z]Г)\S|(?<=\bГ)\S[a-z])"  # in Windows-1251, the lead byte of Latin letters
    )


def suspicious(text: Text) -> list[int]:
    """The rows that may be damaged."""
    raw, end, found = text.raw, 0, []
    for place in text.places(text.signs & (_signs() | {"\ufffd", "â", "Г", "⌠"})):
        if place >= end and (raw[place] in "†⌠" or suspect().match(raw, place) or hurt().match(raw, place)):
            found.append(place)
            end = raw.find("\n", place) + 1 or len(raw) + 1
    return text.lines_at(found)
