"""Rule packs from their files to phrases and patterns: ``"{n} shares"`` becomes a pattern that begins with a digit.

The built-in packs are compiled when the wheel is built: to read them as TOML costs seconds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cleanr.packs.entries import Compiled, Family, Hit, PackError, Strength
from cleanr.packs.folding import fold
from cleanr.packs.shapes import heads, shape

SLOTS = {
    "n": r"\d[\d.,' ]{0,12}[km]?",
    "x": r"\S{1,40}(?: \S{1,40}){0,5}",
    "date": r"(?:\w{1,12}\.?,? ){0,2}\d{1,4}(?:st|nd|rd|th)?[\w./,: -]{0,24}|an? \w{1,8} ago|yesterday|today|just now",
    "time": r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m)?",
}
SLOT = "\ue000"  # stands for a slot while a phrase is folded
FIELDS = ("about", "default", "phrases", "weak", "heads", "patterns", "weak_patterns", "keeps")
GRAMMAR = ("cannot_end", "titles", "agencies", "buttons")
STRENGTHS: tuple[tuple[str, Strength], ...] = (("phrases", "strong"), ("heads", "head"), ("weak", "weak"))


class Pack(NamedTuple):
    """One pack as its file says it."""

    name: str
    families: Mapping[str, Mapping[str, Any]]
    grammar: Mapping[str, Sequence[str]]


def parsed(name: str, source: str, *, check: bool) -> Pack:
    """A pack from its TOML; `check`: whether its patterns are tried one by one.

    Raises `PackError` where it is not valid.
    """
    import tomllib  # not at the top: `import cleanr` should stay cheap

    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name}: {error}") from error
    if not isinstance(tables.pop("language", None), str):
        raise PackError(f'{name}: language: missing; a pack begins with a line like language = "en"')
    grammar = tables.pop("grammar", {})
    for family, table in (*tables.items(), ("grammar", grammar)):
        fields = GRAMMAR if family == "grammar" else FIELDS
        if not isinstance(table, dict):
            raise PackError(f"{name}: {family}: must be a table, a family of furniture")
        for field, value in table.items():
            if field not in fields:
                raise PackError(f"{name}: {family}.{field}: unknown field; known: {', '.join(fields)}")
            if field not in ("about", "default"):
                if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
                    raise PackError(f"{name}: {family}.{field}: must be a list of strings")
                if check and field.endswith("patterns"):
                    for pattern in value:
                        _check(f"{name}: {family}.{field}", pattern)
            elif not isinstance(value, str if field == "about" else bool):
                raise PackError(
                    f"{name}: {family}.{field}: must be {'a string' if field == 'about' else 'true or false'}"
                )
    return Pack(name, tables, grammar)


def compiled(packs: Iterable[Pack]) -> Compiled:
    """Packs put together: of phrases that several know, the first stays, but a strong one wins over a weak one.

    Raises `PackError` for a phrase with nothing to compare.
    """
    families: dict[str, Family] = {}
    phrases: dict[str, Hit] = {}
    patterns: list[tuple[str, Hit]] = []
    grammar: dict[str, dict[str, None]] = {name: {} for name in GRAMMAR}
    for pack in packs:
        for family, table in pack.families.items():
            own = Family(table.get("about", ""), table.get("default", True))
            families[family] = families.get(family, Family()).joined(own)
            for field, strength in STRENGTHS:
                for entry in table.get(field, ()):
                    hit = Hit(family, strength, entry)
                    if re.search(r"\{\w+\}", entry):
                        patterns.append((_template(f"{pack.name}: {family}.{field}", entry), hit))
                    elif not (folded := fold(entry)):
                        raise PackError(f"{pack.name}: {family}.{field}: {entry!r} has no letter or digit to compare")
                    elif folded not in phrases or phrases[folded].strength == "weak":
                        phrases[folded] = hit
            for field, strength in (("patterns", "strong"), ("weak_patterns", "weak")):
                patterns += [(entry, Hit(family, strength, entry)) for entry in table.get(field, ())]
        for name, words in pack.grammar.items():
            grammar[name].update(dict.fromkeys(words))
    found = [(source, hit, shape(source)) for source, hit in patterns]
    lists = {name: list(words) for name, words in grammar.items()}
    return Compiled(families, phrases, found, lists)


def _template(where: str, phrase: str) -> str:
    """A phrase with slots, as a regular expression."""
    slots = re.findall(r"\{(\w+)\}", phrase)
    if phrase.startswith(("{x}", "{date}")):
        raise PackError(f"{where}: {phrase!r}: must begin with a word, not with what varies")
    for slot in slots:
        if slot not in SLOTS:
            raise PackError(f"{where}: {phrase!r}: unknown slot {{{slot}}}; known: {', '.join(SLOTS)}")
    literals = fold(re.sub(r"\{\w+\}", SLOT, phrase)).split(SLOT)
    filled = [
        part
        for pair in zip(map(re.escape, literals), [*(f"(?:{SLOTS[slot]})" for slot in slots), ""], strict=True)
        for part in pair
    ]
    return "".join(filled)


def _check(where: str, pattern: str) -> None:
    try:
        groups = re.compile(f"(?:{pattern})()").groups - 1
    except re.error as error:
        raise PackError(f"{where}: {pattern!r}: {error}") from error
    if groups or not pattern:
        raise PackError(f"{where}: {pattern!r}: must have no capturing group; write (?:…)")
    if "" in heads(pattern):
        raise PackError(f"{where}: {pattern!r}: must begin with a letter, a digit or another sign that is fixed")
