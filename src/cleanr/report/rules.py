"""The rules, for people: ``spaces.runs`` with what it does, what its filter can be told, how to switch it off."""

import textwrap
from collections.abc import Iterator, Sequence

from cleanr.filters import Filter
from cleanr.report.terminal import paint, visible
from cleanr.selection import covers

WIDTH = 100


def listing(loaded: Sequence[Filter], *, colour: bool = False) -> Iterator[str]:
    """A line for each filter, and one for each of its rules."""
    width = max(len(rule) for found in loaded for rule in found.rules) + 2
    for found in loaded:
        yield f"{paint(found.name, 'bold', colour)}  {paint(_plain(found.help), 'dim', colour)}"
        for rule, about in found.rules.items():
            yield f"  {paint(rule, 'cyan', colour)}{' ' * (width - len(rule))}{visible(about)}"


def _plain(help: str) -> str:
    """A line of a docstring, for readers who do not know its markup."""
    return visible(help.replace("``", "`"))


def description(name: str, loaded: Sequence[Filter], *, colour: bool = False) -> list[str]:
    """What a rule does, or the rules that a prefix covers. Raises `ValueError` for a name that covers none."""
    for found in loaded:
        named = {rule: about for rule, about in found.rules.items() if covers(name, rule)}
        if named or name == found.name:
            return [*_described(name, named, found, colour)]
    known = ", ".join(rule for found in loaded for rule in found.rules)
    raise ValueError(f"unknown rule {name!r}; known: {known}")


def _described(name: str, named: dict[str, str], found: Filter, colour: bool) -> Iterator[str]:
    for rule, about in named.items():
        yield paint(rule, "bold", colour)
        yield from textwrap.wrap(visible(about), WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield f"filter   {paint(found.name, 'cyan', colour)}"
    yield from textwrap.wrap(_plain(found.help), WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9)
    yield f"evidence within one {found.scope}" + ("; takes whole words, within the budget" if found.removes else "")
    for option, default in found.defaults.items():
        yield f"option   {found.name}.{option} = {visible(repr(default))}"
    yield f'off      ignore = ["{name}"], or --ignore {name}'
