"""The rules, for people: ``spaces.runs`` with what it does, an example, what it keeps, how to switch it off."""

import textwrap
from collections.abc import Iterator, Sequence

from cleanr.cleaner import Cleaner
from cleanr.filters import Filter
from cleanr.report.catalogue import Catalogue, samples
from cleanr.report.examples import EXAMPLES
from cleanr.report.terminal import fitted, paint, visible
from cleanr.selection import covers

WIDTH = 100
LANGUAGES = 3  # of which a family shows words
WORDS = 6  # of each
KEEPS = 3
HEAD = 9  # columns of what stands before a row


def listing(loaded: Sequence[Filter], *, colour: bool = False) -> Iterator[str]:
    """A line for each filter, and one for each of its rules."""
    width = max(len(rule) for found in loaded for rule in found.rules) + 2
    for found in loaded:
        yield f"{paint(found.name, 'bold', colour)}  {paint(_plain(found.help), 'dim', colour)}"
        for rule, about in found.rules.items():
            yield f"  {paint(visible(rule), 'cyan', colour)}{' ' * (width - len(rule))}{visible(about)}"


def _plain(help: str) -> str:
    """A line of a docstring, for readers who do not know its markup."""
    return visible(help.replace("``", "`"))


def description(
    name: str, loaded: Sequence[Filter], known: Catalogue | None = None, *, colour: bool = False
) -> list[str]:
    """What a rule does, or the rules that a prefix covers. Raises `ValueError` for a name that covers none."""
    for found in loaded:
        named = {rule: about for rule, about in found.rules.items() if covers(name, rule)}
        if named or name == found.name:
            return [*_described(name, named, found, known or {}, colour)]
    names = ", ".join(rule for found in loaded for rule in found.rules)
    raise ValueError(f"unknown rule {name!r}; known: {names}")


def _described(name: str, named: dict[str, str], found: Filter, known: Catalogue, colour: bool) -> Iterator[str]:
    for rule, about in named.items():
        yield paint(visible(rule), "bold", colour)
        yield from textwrap.wrap(visible(about), WIDTH, initial_indent="  ", subsequent_indent="  ")
        if len(named) == 1:
            yield ""
            yield from _example(rule, found, colour)
            if found.name == "boilerplate":
                yield from _family(rule.partition(".")[2], known)
    if len(named) > 1:
        yield ""
    yield f"filter   {paint(found.name, 'cyan', colour)}"
    yield from textwrap.wrap(_plain(found.help), WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9)
    yield f"evidence within one {found.scope}" + ("; takes whole words, within the budget" if found.removes else "")
    for option, default in found.defaults.items():
        yield f"option   {found.name}.{option} = {visible(repr(default))}"
    yield f'off      ignore = ["{name}"], or --ignore {name}'


def _example(rule: str, found: Filter, colour: bool) -> Iterator[str]:
    """A text that the rule changes, as its filter changes it now, and one that stays."""
    example = EXAMPLES.get(rule)
    if example is None:
        return
    cleaned = Cleaner("strict", [found.name], select=[rule]).clean(example.changes)
    rows = (("example", example.changes, "red"), ("becomes", cleaned, "green"), ("keeps", example.keeps, ""))
    for head, text, name in rows:
        for n, row in enumerate(textwrap.wrap(visible(text, spaces=True), WIDTH - HEAD) if text else ()):
            yield f"{'' if n else head:{HEAD}}{paint(row, name, colour and bool(name))}"


def _family(family: str, known: Catalogue) -> Iterator[str]:
    """The words of a family of page furniture, and lines like them that stay."""
    shelves = known.get(family, {})
    if not shelves:
        return
    counts = sorted((-shelf.entries, language) for language, shelf in shelves.items())
    named = ", ".join(f"{visible(language)} {-count}" for count, language in counts)
    lead = f"{'entries':{HEAD}}"
    yield from textwrap.wrap(named, WIDTH, initial_indent=lead, subsequent_indent=" " * HEAD)
    for n, (language, words) in enumerate(samples(shelves, LANGUAGES, WORDS)):
        yield f"{'' if n else 'phrases':{HEAD}}{visible(language):8}{fitted(words, WIDTH - HEAD - 8)}"
    keeps = [line for _, language in counts for line in shelves[language].keeps][:KEEPS]
    for n, line in enumerate(keeps):
        yield f"{'' if n else 'keeps':{HEAD}}{fitted(line, WIDTH - HEAD)}"
