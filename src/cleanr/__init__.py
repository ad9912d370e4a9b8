"""Dirty plain text in, clean text out, every edit explained: ``“Yes,†he said`` becomes ``"Yes," he said``."""

from functools import cache

from cleanr.cleaned import Cleaned, Step
from cleanr.cleaner import Cleaner
from cleanr.config import Config, load_config
from cleanr.edits import Change, Edit, EditError, Safety, Span
from cleanr.text import Kind, Line, Text

__version__ = "0.1.0"

__all__ = [
    "Change",
    "Cleaned",
    "Cleaner",
    "Config",
    "Edit",
    "EditError",
    "Kind",
    "Line",
    "Safety",
    "Span",
    "Step",
    "Text",
    "clean",
    "explain",
    "load_config",
]


def clean(text: str, *, language: str = "und", kind: Kind = "text") -> str:
    """The clean text, by the preset ``standard``.

    `language` is a hint (BCP 47); `kind` is ``"text"`` or ``"markdown"``. Raises `TypeError` for anything that is
    no `str`.

    >>> clean("“It rained,†she said.")
    '"It rained," she said.'
    """
    return _standard().clean(text, language=language, kind=kind)


def explain(text: str, *, language: str = "und", kind: Kind = "text") -> Cleaned:
    """The clean text, with every change that was made. Arguments and errors are those of `clean`.

    >>> [change.rule for change in explain("“It rained,†she said.").changes]
    ['encoding.scar', 'quotes.double', 'quotes.double']
    """
    return _standard().explain(text, language=language, kind=kind)


@cache
def _standard() -> Cleaner:
    return Cleaner()
