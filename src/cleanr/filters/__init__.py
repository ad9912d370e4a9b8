"""The chain: which filters there are, and why they run in this order.

A filter is one module of this package. Its name is the first part of its rule ids; the first line of its
docstring is its help; the keyword-only arguments of its `find` are its options. Beside `find` it states

- ``RULES``: rule id → what the rule does, in one line with a literal before and after;
- ``SCOPE``: ``"line"``, ``"paragraph"`` or ``"document"``: how far the evidence for an edit may lie away;
- optionally ``guard(text) -> bool``: a cheap test that is false only where `find` would find nothing;
- optionally ``REMOVES = True``: its deletions take whole words, so they count against the budget;
- optionally ``WAKES = frozenset({…})``: the only filters before it to which its edits, in plain text, may give anything
  new to find.

`tests/test_laws.py` holds every filter of `CHAIN` to the laws of docs/how-it-flows.md; nothing else registers a filter.
"""

import functools
import importlib
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from cleanr.edits import Edit
from cleanr.text import Text

Find = Callable[..., Iterable[Edit]]
Scope = Literal["line", "paragraph", "document"]

CHAIN: tuple[str, ...] = (
    "markup",  # first: an entity may spell a byte of mojibake, a control, a quote
    "encoding",  # before controls: C1 controls are the bytes that a repair needs
    "controls",  # before everything that compares or measures words
    "line_breaks",  # behind encoding: U+0085 is a byte of mojibake before it is a line break
    "spaces",  # lines are trimmed before they are recognised
    "quotes",  # behind encoding, which needs an open “ as evidence; before boilerplate, so that “a” repeats "a"
    "boilerplate",  # sees lines whose characters are right
    "joins",  # behind boilerplate: what stood between two halves of a sentence is gone
    "blank_lines",  # last: removals leave gaps
)


class Filter(NamedTuple):
    """A filter, read off its module."""

    name: str
    find: Find
    guard: Callable[[Text], bool] | None
    scope: Scope
    removes: bool
    wakes: frozenset[str] | None  # filters before it that its edits may give something to find; None: any
    rules: Mapping[str, str]
    help: str
    defaults: Mapping[str, Any]  # option → default


def load(spec: str | ModuleType) -> Filter:
    """The filter that a name of `CHAIN` stands for, or that a module written elsewhere is.

    Raises `ValueError` for an unknown name, and for a module without `find` and ``RULES``.

    >>> load("quotes").scope
    'line'
    """
    if isinstance(spec, str):
        if spec not in CHAIN:
            raise ValueError(f"unknown filter {spec!r}; known filters: {', '.join(CHAIN)}")
        spec = importlib.import_module(f"cleanr.filters.{spec}")
    for needed in ("find", "RULES", "SCOPE"):
        if not hasattr(spec, needed):
            raise ValueError(f"module {spec.__name__} is no filter: it has no {needed}")
    return Filter(
        name=spec.__name__.rpartition(".")[2],
        find=spec.find,
        guard=getattr(spec, "guard", None),
        scope=spec.SCOPE,
        removes=getattr(spec, "REMOVES", False),
        wakes=getattr(spec, "WAKES", None),
        rules=spec.RULES,
        help=(spec.__doc__ or "").partition("\n")[0],
        defaults=spec.find.__kwdefaults__ or {},
    )


def configured(found: Filter, options: Mapping[str, Any]) -> Filter:
    """The filter with these options set.

    Raises `ValueError` for an option that the filter has not, and for a value of another type than its default.

    >>> configured(load("blank_lines"), {"most": 2})
    Traceback (most recent call last):
    ValueError: unknown option 'most' of filter 'blank_lines'; known: none
    """
    for name, value in options.items():
        if name not in found.defaults:
            names = ", ".join(found.defaults) or "none"
            raise ValueError(f"unknown option {name!r} of filter {found.name!r}; known: {names}")
        default, choices = found.defaults[name], get_args(get_type_hints(found.find).get(name))
        if get_origin(get_type_hints(found.find).get(name)) is Literal and value not in choices:
            known = ", ".join(map(str, choices))
            raise ValueError(f"option {name!r} of filter {found.name!r} is {value!r}; known: {known}")
        if type(value) is not type(default):
            wanted = type(default).__name__
            raise ValueError(f"option {name!r} of filter {found.name!r} is {value!r}, but must be of type {wanted}")
    if not options:
        return found
    return found._replace(find=functools.partial(found.find, **options))
