"""Rule packs from their files to what look-ups need: ``"{n} shares"`` becomes a pattern that begins with a digit.

The built-in packs are compiled when the wheel is built: to read them as TOML costs seconds.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from cleanr.packs.folding import fold
from cleanr.packs.matching import Shape, heads, shape

Strength = Literal["strong", "weak", "head"]

SLOTS = {
    "n": r"\d[\d.,' ]{0,12}[km]?",
    "x": r"\S{1,40}(?: \S{1,40}){0,5}",
    "date": r"(?:\w{1,12}\.?,? ){0,2}\d{1,4}(?:st|nd|rd|th)?[\w./,: -]{0,24}|an? \w{1,8} ago|yesterday|today|just now",
    "time": r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m)?",
}
KEY = 4  # characters that a line shares with all entries it is compared with
LONGEST = 300  # characters of a folded line that can be furniture by its words
SLOT = "\ue000"  # stands for a slot while a phrase is folded
FIELDS = ("about", "default", "phrases", "weak", "heads", "patterns", "weak_patterns", "keeps")
GRAMMAR = ("cannot_end", "titles", "agencies")
STRENGTHS: tuple[tuple[str, Strength], ...] = (("phrases", "strong"), ("heads", "head"), ("weak", "weak"))


class PackError(ValueError):
    """A rule pack that is not valid: the message names file, family and cause."""


class Hit(NamedTuple):
    """What a pack knows of a line: its family, how strong the words are alone, and which entry matched."""

    family: str
    strength: Strength
    entry: str


class Family(NamedTuple):
    """A kind of page furniture, as the packs in use describe it together."""

    about: str = ""
    default: bool = True
    keeps: tuple[str, ...] = ()

    def joined(self, other: "Family") -> "Family":
        """What two packs say of it: the first description, and off by default if one of them says so."""
        return Family(self.about or other.about, self.default and other.default, self.keeps + other.keeps)


class Pattern(NamedTuple):
    """A regular expression for whole folded lines."""

    source: str
    hit: Hit
    shape: Shape


class Beginning(NamedTuple):
    """What begins with the same four characters: how long it is at most, and the heads of the patterns among it."""

    longest: int
    heads: tuple[str, ...]


class Compiled(NamedTuple):
    """Packs, ready to be put together for look-up; plain data, so that a file can hold it."""

    families: Mapping[str, Family]
    phrases: Mapping[str, Hit]
    patterns: Sequence[Pattern]
    grammar: Mapping[str, Sequence[str]]
    beginnings: Mapping[str, Beginning]  # by the four folded characters with which entries begin, or by fewer


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
            own = Family(table.get("about", ""), table.get("default", True), tuple(table.get("keeps", ())))
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
    found = [Pattern(source, hit, shape(source)) for source, hit in patterns]
    lists = {name: list(words) for name, words in grammar.items()}
    return Compiled(families, phrases, found, lists, _beginnings(phrases, found))


def _beginnings(phrases: Iterable[str], patterns: Iterable[Pattern]) -> dict[str, Beginning]:
    """Entries by the four folded characters with which they begin, or by fewer where no more are fixed."""
    longest: dict[str, int] = {}
    begun: dict[str, set[str]] = {}
    entries = [(len(phrase), phrase, "") for phrase in phrases if len(phrase) <= LONGEST]
    for _, _, known in patterns:
        entries += [(min(known.longest, LONGEST), head, head) for head in known.heads]
    for length, text, head in entries:
        key = "0" if text[0].isdigit() else text[:KEY]
        longest[key] = max(longest.get(key, 0), length)
        if head:
            begun.setdefault(key, set()).add("" if key == "0" else head)
    # What begins with fewer characters may be meant by each key that begins with them.
    return {
        key: Beginning(
            max(longest.get(key[:size], 0) for size in range(1, len(key) + 1)),
            tuple(sorted(head for size in range(1, len(key) + 1) for head in begun.get(key[:size], ()))),
        )
        for key in longest
    }


def together(first: Compiled, second: Compiled) -> Compiled:
    """Two sets of packs as one, as if they had been compiled together."""
    if not second.families and not any(second.grammar.values()):
        return first
    families = dict(first.families)
    for name, family in second.families.items():
        families[name] = families.get(name, Family()).joined(family)
    phrases = dict(second.phrases)
    for phrase, hit in first.phrases.items():
        if phrase not in phrases or hit.strength != "weak":
            phrases[phrase] = hit
    grammar = {name: [*first.grammar[name], *second.grammar[name]] for name in GRAMMAR}
    patterns = [*first.patterns, *second.patterns]
    return Compiled(families, phrases, patterns, grammar, _beginnings(phrases, patterns))


def dumped(packs: Compiled) -> str:
    """Compiled packs as a file holds them."""
    return json.dumps(packs, ensure_ascii=False, separators=(",", ":"))


def loaded(data: str) -> Compiled:
    """What `dumped` wrote."""
    families, phrases, patterns, grammar, beginnings = json.loads(data)
    return Compiled(
        {name: Family(about, default, tuple(keeps)) for name, (about, default, keeps) in families.items()},
        {phrase: Hit(*hit) for phrase, hit in phrases.items()},
        [
            Pattern(source, Hit(*hit), Shape(tuple(begins), tuple(needs), *size))
            for source, hit, (begins, needs, *size) in patterns
        ],
        grammar,
        {key: Beginning(longest, tuple(begins)) for key, (longest, begins) in beginnings.items()},
    )


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
