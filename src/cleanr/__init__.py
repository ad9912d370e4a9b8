"""Dirty plain text in, clean text out, every edit explained: ``“Yes,†he said`` becomes ``"Yes," he said``."""

import os
import sys

# Under ``python -m cleanr``, Python looks for modules in the working directory first, where anything may lie: a json.py
# there is no module of ours. (While a module is looked up, "-m" stands for its name.)
_is_run = sys.argv[:1] == ["-m"] and sys.orig_argv[-len(sys.argv)].endswith("cleanr") and not sys.flags.safe_path
if _is_run and sys.path[0] != os.path.dirname(os.path.dirname(__file__)):
    del sys.path[0]

from functools import cache
from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, the import of which costs as much as Python's own start
if TYPE_CHECKING:
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

# Public names by the module that they come from, once they are asked for: who wants the version need not wait.
_HOMES = {
    "cleaned": ("Cleaned", "Step"),
    "cleaner": ("Cleaner",),
    "config": ("Config", "load_config"),
    "edits": ("Change", "Edit", "EditError", "Safety", "Span"),
    "text": ("Kind", "Line", "Text"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"cleanr.{home}"), name)
            return value
    raise AttributeError(f"module 'cleanr' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def clean(text: str, *, language: str = "und", kind: "Kind" = "text") -> str:
    """The clean text, by the preset ``standard``.

    `language` is a hint (BCP 47); `kind` is ``"text"`` or ``"markdown"``. Raises `TypeError` for anything that is
    no `str`.

    >>> clean("“It rained,†she said.")
    '"It rained," she said.'
    """
    return _standard().clean(text, language=language, kind=kind)


def explain(text: str, *, language: str = "und", kind: "Kind" = "text") -> "Cleaned":
    """The clean text, with every change that was made. Arguments and errors are those of `clean`.

    >>> [change.rule for change in explain("“It rained,†she said.").changes]
    ['encoding.scar', 'quotes.double', 'quotes.double']
    """
    return _standard().explain(text, language=language, kind=kind)


@cache
def _standard() -> "Cleaner":
    from cleanr.cleaner import Cleaner

    return Cleaner()
