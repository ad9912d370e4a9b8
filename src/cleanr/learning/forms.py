"""The form of a line, by which it is known again: ``Posted on 14 March 2017`` is ``posted on {date}``.

It is folded as packs fold lines, and what varies is a slot of theirs.
"""

import re

from cleanr.packs import fold
from cleanr.writing import END_MARKS as MARKS

LONGEST = 200  # characters of a line that can be learned
NAMED_WORDS = 9  # of a line that may hold a name
END_MARKS = tuple(MARKS)
NAME = "\ue001"  # stands for a name while a line is folded
LETTER = re.compile(r"[^\W\d_]")

# Months, as they are abbreviated in the languages of Europe, by their beginnings; and the years of the web.
MONTHS = (
    r"(?:jan|feb|febr|f[eé]v|mar|m[äa]r|mrz|apr|avr|abr|ma[iyjg]|mei|jun|juin|giu|jul|juil|lug|aug|ago|ao[uû]|sep|set"
    r"|oct|okt|ott|out|nov|dec|dez|dic|d[eé]c|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,7}\.?"
)
YEAR = r"(?:19|20)\d{2}"
DAY = r"\d{1,2}(?:st|nd|rd|th|\.|º)?"
DATE = re.compile(
    rf"(?<![\w.])(?:{DAY}(?: de)? {MONTHS},?(?: de)? {YEAR}|{MONTHS} {DAY},? {YEAR}|{MONTHS} {YEAR}"
    rf"|{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{YEAR}|\d{{2}})|{YEAR}年\d{{1,2}}月\d{{1,2}}日)"
    r"(?![\w.]\w)"
)
UPPER_DATE = re.compile(DATE.pattern, re.IGNORECASE)
TIME = re.compile(r"(?<![\w.:])\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m)?(?![\w:])")
NUMBER = re.compile(r"(?<!\w)\d(?:[\d.,']{0,11}\d)?(?:[km](?!\w))?")


def form(line: str) -> str:
    """The form of a line, or "" for what cannot be learned: too long, or nothing but signs.

    A pack's entry must not begin with a date: a line that does keeps its month.

    >>> form("Posted on March 14, 2017 at 9:30 am"), form("1,204 comments"), form("Share »"), form("***")
    ('posted on {date} at {time}', '{n} comments', 'share', '')
    >>> form("March 14, 2017"), form("95 %")
    ('march {n}, {n}', '{n} %')
    """
    if len(line) > LONGEST:
        return ""
    folded = fold(line)
    if not folded.isprintable() or "{" in folded or "}" in folded:
        return ""
    folded = _slotted(folded)
    return folded if LETTER.search(folded) else ""  # the letter may be that of a slot


def named(line: str) -> str:
    """The form of a short line whose words with a capital, but the first, are names; "" where there are none.

    >>> named("By Jane Doe, Staff Writer"), named("Posted on May 3, 2017 by Jane in News"), named("Share this")
    ('by {x}', 'posted on {date} by {x} in {x}', '')
    """
    words = UPPER_DATE.sub(lambda date: date[0].lower(), line).split()
    if not form(line) or not 2 <= len(words) <= NAMED_WORDS or line.endswith(END_MARKS):
        return ""
    parts: list[str] = words[:1]
    for word in words[1:]:
        if not word[0].isupper():
            parts.append(word)
        elif parts[-1] != NAME:
            parts.append(NAME)
    if parts.count(NAME) not in (1, 2):
        return ""
    return _slotted(fold(" ".join(parts))).replace(NAME, "{x}")


def _slotted(folded: str) -> str:
    """A folded line with slots for dates, times and numbers."""
    if any(map(str.isdigit, folded)):
        dated = DATE.sub("{date}", folded)
        if not dated.startswith("{date}"):
            folded = dated
        folded = TIME.sub("{time}", folded)
        parts = re.split(r"(\{\w+\})", folded)
        folded = "".join(part if part.startswith("{") else NUMBER.sub("{n}", part) for part in parts)
    return folded


def is_number(form: str) -> bool:
    """Whether a form says nothing beside a number or a date.

    >>> is_number("{n} %"), is_number("march {n}, {n}"), is_number("{n} comments")
    (True, True, False)
    """
    rest = re.sub(r"\{\w+\}", "", form)
    return "{n}" in form and not LETTER.search(re.sub(rf"(?<!\w){MONTHS}(?!\w)", "", rest))
