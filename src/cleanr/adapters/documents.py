"""One document, whatever becomes of it: a text on which a filter breaks stays ``"a  b"``, and the reason is told.

Engines take documents by the block, and one exception costs them all of it; a fault must cost its document only.
"""

from typing import NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.cleaner import Cleaner
from cleanr.text import Kind

ERROR = "cleanr_error"  # the column, or the key, that says what was wrong with a document


class Attempt(NamedTuple):
    """What was made of a document; with an `error`, it is the document as it was."""

    cleaned: Cleaned
    error: str | None = None


class Documents:
    """Cleans documents of one language and kind, by a cleaner that raises nothing.

    `cleaner` is that of the preset ``standard`` where none is given. Raises `ValueError` for an unknown kind: settings
    that cannot be are no fault of a document.

    >>> Documents()("one  two").cleaned.text
    'one two'
    """

    def __init__(self, cleaner: Cleaner | None = None, language: str = "und", kind: Kind = "text") -> None:
        self.cleaner = cleaner or Cleaner()
        self.language = language
        self.kind = kind
        self.cleaner.explain("", language=language, kind=kind)

    def __call__(self, text: str) -> Attempt:
        try:
            return Attempt(self.cleaner.explain(text, language=self.language, kind=self.kind))
        except Exception as error:  # of a filter, whatever it is
            return Attempt(Cleaned(text), fault(error))


def fault(error: Exception) -> str:
    """How an exception is told, in one line.

    >>> fault(IndexError("no such\\nline"))
    'IndexError: no such line'
    """
    return " ".join(f"{type(error).__name__}: {error}".split())
