r"""Characters that no reader sees: ``"so\u00adft\u200b\x07"`` becomes ``"soft"``; joiners that a script needs stay."""

import re
from collections.abc import Iterator
from functools import cache

from cleanr.edits import Edit
from cleanr.text import Text

RULES = {
    "controls.ansi": r'Terminal escape sequences: "\x1b[31mred\x1b[0m" becomes "red".',
    "controls.c0": r'Control characters but tab and line breaks: "bel\x07l" becomes "bell".',
    "controls.c1": r'C1 control characters that no encoding repair explains: "a\x9db" becomes "ab".',
    "controls.soft-hyphen": r'Soft hyphens: "hy\u00adphen" becomes "hyphen".',
    "controls.zero-width": r'Zero-width characters without effect: "zero\u200bwidth" becomes "zerowidth".',
    "controls.bidi": r'Marks and overrides of text direction: "\u202eabc\u202c" becomes "abc".',
    "controls.tags": r"Unicode tag characters outside of flags: text that only a program reads goes.",
    "controls.variation": "Variation selectors that select nothing: runs of them, and those behind a space.",
    "controls.surrogates": r'Halves of characters: "\ud83d\ude00" as two code points becomes "😀", a lone half goes.',
}
SCOPE = "line"

# Scripts in which a joiner or non-joiner changes what is read (The Unicode Standard, sections 9.2 and 12.1).
JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
UNSPACED = "\u0e00-\u109f\u1780-\u17ff"  # here a zero-width space divides words
PICTURE = "\u00a9\u00ae\u203c\u2049\u20e3\u2122-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"


@cache
def _invisible() -> re.Pattern[str]:
    # An alternative is named as its rule; what stands before it has already been refused.
    return re.compile(
        r"(?P<keep>(?<=[" + JOINING + r"])[\u200c\u200d](?![\u200c\u200d])"
        r"|(?<=[" + PICTURE + r"])\u200d(?=[" + PICTURE + r"])"
        r"|(?<=[" + UNSPACED + r"])\u200b(?=[" + UNSPACED + r"])"
        r"|\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f"
        r"|(?<![\s" + SELECTOR + r"])(?<!^)[" + SELECTOR + r"])"
        r"|(?P<ansi>\x1b\[[0-?]*[ -/]*[@-~])"
        r"|(?P<c0>[\x00-\x08\x0e-\x1f\x7f]+)"
        r"|(?P<c1>[\x80-\x84\x86-\x9f]+)"
        r"|(?P<soft_hyphen>\u00ad+)"
        r"|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+)"
        r"|(?P<zero_width>[\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb])"
        r"|(?P<tags>[\U000e0000-\U000e007f]+)"
        r"|(?P<variation>[" + SELECTOR + r"])"
        r"|(?P<surrogates>[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff])",
        re.MULTILINE,
    )


@cache
def _candidate() -> re.Pattern[str]:
    # Beyond the BMP a class is slow to search: those characters are looked for apart.
    return re.compile(
        "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
        "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    )


@cache
def _supplementary() -> re.Pattern[str]:
    return re.compile("[\U000e0000-\U000e0fff]")


def guard(text: Text) -> bool:
    return bool(_candidate().search(text.raw) or not text.is_ascii and _supplementary().search(text.raw))


def find(text: Text) -> Iterator[Edit]:
    """Propose to drop what is invisible and changes nothing that is read."""
    for match in _invisible().finditer(text.raw):
        kind = match.lastgroup or ""
        if kind == "keep":
            continue
        new = ""
        if kind == "surrogates" and len(match[0]) == 2:
            high, low = map(ord, match[0])
            new = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        yield Edit(match.start(), match.end(), new, f"controls.{kind.replace('_', '-')}")
