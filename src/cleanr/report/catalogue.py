"""What the packs know, by family and language: ``share`` has 190 entries in ``en``, ``share this`` among them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from cleanr.report.terminal import paint, visible

ENTRIES = ("phrases", "heads", "patterns", "weak", "weak_patterns")
COLUMN = 8  # of a language
WIDTH = 100


class Shelf(NamedTuple):
    """The entries of a family in a language: how many, and those that are plain words; lines that must stay."""

    entries: int
    words: Sequence[str]
    keeps: Sequence[str]


Catalogue = Mapping[str, Mapping[str, Shelf]]  # family → language → shelf


def catalogue(paths: Sequence[str | Path] = ()) -> Catalogue:
    """The built-in packs, and those at `paths`, which were read before and are valid. Takes some tenths of a second."""
    import tomllib

    builtin = sorted((e for e in resources.files("cleanr.packs").iterdir() if e.name.endswith(".toml")), key=_name)
    found: dict[str, dict[str, Shelf]] = {}
    for source in (*(each.read_text("utf-8") for each in builtin), *(Path(path).read_text("utf-8") for path in paths)):
        tables = tomllib.loads(source)
        language = tables.pop("language")
        for family, table in tables.items():
            if family == "grammar":
                continue
            before = found.setdefault(family, {}).get(language, Shelf(0, (), ()))
            entries = sum(len(table.get(field, ())) for field in ENTRIES)
            words = [entry for field in ("phrases", "heads", "weak") for entry in table.get(field, ())]
            keeps = [*before.keeps, *table.get("keeps", ())]
            found[family][language] = Shelf(before.entries + entries, [*before.words, *words], keeps)
    return found


def _name(each: object) -> str:
    return str(getattr(each, "name", each))


def table(known: Catalogue, *, colour: bool = False) -> Iterator[str]:
    """How many entries each family has in each language, in as many blocks of columns as a terminal needs.

    >>> print(*table({"share": {"en": Shelf(3, (), ()), "de": Shelf(2, (), ())}, "ads": {"de": Shelf(1, (), ())}}),
    ...       sep="\\n")
    family      de      en
    ads          1       ·
    share        2       3
    """
    languages = sorted({language for shelves in known.values() for language in shelves})
    first = max((len(visible(family)) for family in known), default=0)
    first = max(first, len("family"))
    many = max((WIDTH - first) // COLUMN, 1)
    for start in range(0, len(languages), many):
        part = languages[start : start + many]
        if start:
            yield ""
        heads = "".join(f"{visible(each):>{COLUMN}}" for each in part)
        yield paint(f"{'family':{first}}{heads}", "bold", colour)
        for family in sorted(known):
            shelves = known[family]
            counts = (str(shelves[each].entries) if each in shelves else "·" for each in part)
            cells = "".join(f"{count:>{COLUMN}}" for count in counts)
            yield f"{paint(f'{visible(family):{first}}', 'cyan', colour)}{cells}"


def samples(shelves: Mapping[str, Shelf], languages: int, words: int) -> Iterator[tuple[str, str]]:
    """Some words of the languages that know most of a family."""
    ranked = sorted(shelves, key=lambda language: (-shelves[language].entries, language))
    for language in ranked[:languages]:
        plain = [word for word in shelves[language].words if not re.search(r"\{\w+\}", word)]
        if plain:
            yield language, ", ".join(plain[:words])
