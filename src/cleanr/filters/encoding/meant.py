"""Text that is about broken characters, where each is meant as it stands: ``The sequence Ã© was é once``."""

import re
from collections.abc import Sequence
from functools import cache

from cleanr.code import is_code
from cleanr.edits import Edit

# Parts of words that only a text about broken characters uses, and names of encodings, for the line that holds one.
ABOUT = ("ojibake", "文字化け", "eichensalat", "uchstabensalat", "ракозябр", "rakozyabr", "rzaczk")
CODECS = (
    "UTF-8",
    "utf-8",
    "UTF8",
    "utf8",
    "indows-125",
    "cp125",
    "CP125",
    "atin-1",
    "ISO-8859",
    "iso-8859",
    "ISO 8859",
)


NEAR = 40  # characters: further away, å and y are words like others
MOST_EXPLAINED = 3  # broken places of a line: with more of them, it is a broken line


@cache
def _quoted() -> re.Pattern[str]:
    """A broken sequence in quotes or brackets of its own, with plain text around it."""
    return re.compile(r"[\"'“‘«`(„](?<![^\s(\[{=,:;].)[^\x00-\x7f]{1,5}[\"'”’»`)“](?![^\s.,;:!?)\]}])")


def is_about(text: str) -> bool:
    """Whether a text is about broken characters."""
    return any(word in text for word in ABOUT)


def is_meant(edits: Sequence[Edit], line: str) -> bool:
    """Whether a line is code, or speaks about the sequence that would be repaired."""
    return (
        any(name in line for name in CODECS)
        or _quoted().search(line) is not None
        or is_code(line)
        or _is_explained(edits, line)
    )


def _is_explained(edits: Sequence[Edit], line: str) -> bool:
    """Whether a repaired letter stands near it as a word of its own: ``Ã© was é``."""
    if len(edits) > MOST_EXPLAINED or any(len(edit.new.strip()) > 1 for edit in edits):  # a broken word says nothing
        return False
    for edit in edits:
        before, after = line[max(0, edit.start - NEAR) : edit.start], line[edit.end : edit.end + NEAR]
        letter = edit.new.strip()
        if letter and not before[-1:].isalnum() and not after[:1].isalnum():
            words = f"{before} {after}".split()
            if letter in (word.strip(".,;:!?\"'()“”‘’") for word in words):
                return True
    return False
