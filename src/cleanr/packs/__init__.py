"""Rule packs: what page furniture says, by language, as data: ``Leave a Reply »`` is a line of family ``comments``.

A pack is one TOML file. A phrase is compared with whole folded lines and is never a regular expression by
accident; its slots ``{n}`` (a number), ``{x}`` (one to six words), ``{date}`` and ``{time}`` stand for what varies.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

Strength = Literal["strong", "weak", "head"]

STRIPPED = " *:….,;!?|•·»«›‹><→←▶►▼▲↓↑+-–—_#=~()[]{}\"'©×✕✓✔☰/\\"
LONGEST = 300  # characters of a folded line that can be furniture by its words
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'})

SLOTS = {
    "n": r"\d[\d.,\u00a0' ]{0,12}[km]?",
    "x": r"\S{1,40}(?: \S{1,40}){0,5}",
    "date": r"(?:\w{1,12}\.?,? ){0,2}\d{1,4}(?:st|nd|rd|th)?[\w./,: -]{0,24}|an? \w{1,8} ago|yesterday|today|just now",
    "time": r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m)?",
}
FIELDS = ("about", "default", "phrases", "weak", "heads", "patterns", "weak_patterns", "keeps")
GRAMMAR = ("cannot_end", "titles", "agencies")


class PackError(ValueError):
    """A rule pack that is not valid: the message names file, family and cause."""


class Hit(NamedTuple):
    """What a pack knows of a line: its family, how strong the words are alone, and which entry matched."""

    family: str
    strength: Strength
    entry: str


class Family(NamedTuple):
    """A kind of page furniture, as the packs in use describe it together."""

    about: str
    default: bool
    keeps: tuple[str, ...]


class Bucket(NamedTuple):
    """All patterns that begin with one character (``"0"``: a digit; ``""``: unknown), as one alternation.

    Each alternative ends in an empty group, whose number tells which one matched.
    """

    pattern: re.Pattern[str]
    hits: tuple[Hit, ...]


class Rules(NamedTuple):
    """The packs in use, compiled for look-up. `match` is all that a filter needs."""

    families: Mapping[str, Family]
    phrases: Mapping[str, Hit]
    patterns: Mapping[str, "Bucket"]
    grammar: Mapping[str, frozenset[str]]

    def match(self, folded: str) -> Hit | None:
        """What the packs know of a folded line, strong entries before weak ones."""
        if not folded or len(folded) > LONGEST:
            return None
        hit = self.phrases.get(folded)
        if hit and hit.strength != "weak":
            return hit
        for first in (folded[0], "0" if folded[0].isdigit() else "", ""):
            bucket = self.patterns.get(first)
            match = bucket and bucket.pattern.fullmatch(folded)
            if bucket and match and match.lastindex:
                found = bucket.hits[match.lastindex - 1]
                return hit if hit and found.strength == "weak" else found
        return hit


def fold(line: str) -> str:
    """A line as packs compare it: without case, curly quotes, doubled spaces, and signs at its ends.

    >>> fold("  Leave a  Reply »")
    'leave a reply'
    """
    return " ".join(line.translate(STRAIGHT).split()).casefold().strip(STRIPPED)


@cache
def load(paths: tuple[str, ...] = ()) -> Rules:
    """The built-in packs and those at `paths`, compiled.

    Raises `PackError` for a file that cannot be read or is not a valid pack.

    >>> load().match("leave a reply").family
    'comments'
    """
    built_in = resources.files(__name__)
    names = sorted(entry.name for entry in built_in.iterdir() if entry.name.endswith(".toml"))
    sources = [(name, (built_in / name).read_text(encoding="utf-8")) for name in names]
    for path in paths:
        try:
            sources.append((path, Path(path).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(f"{path}: {error}") from error
    return _compiled([_parsed(name, source) for name, source in sources])


class Pack(NamedTuple):
    """One pack as its file says it."""

    name: str
    families: Mapping[str, Mapping[str, Any]]
    grammar: Mapping[str, Sequence[str]]


def _parsed(name: str, source: str) -> Pack:
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
            elif not isinstance(value, str if field == "about" else bool):
                raise PackError(
                    f"{name}: {family}.{field}: must be {'a string' if field == 'about' else 'true or false'}"
                )
    return Pack(name, tables, grammar)


def _compiled(packs: Iterable[Pack]) -> Rules:
    families: dict[str, Family] = {}
    phrases: dict[str, Hit] = {}
    patterns: list[tuple[str, Hit]] = []
    grammar: dict[str, set[str]] = {name: set() for name in GRAMMAR}
    strengths: tuple[tuple[str, Strength], ...] = (("phrases", "strong"), ("heads", "head"), ("weak", "weak"))
    for pack in packs:
        for family, table in pack.families.items():
            known = families.get(family, Family("", True, ()))
            families[family] = Family(
                known.about or table.get("about", ""),
                known.default and table.get("default", True),
                known.keeps + tuple(table.get("keeps", ())),
            )
            for field, strength in strengths:
                for entry in table.get(field, ()):
                    hit = Hit(family, strength, entry)
                    if "{" in entry:
                        patterns.append((_pattern(pack, family, _template(entry)), hit))
                    elif not (folded := fold(entry)):
                        raise PackError(f"{pack.name}: {family}.{field}: {entry!r} has no letter or digit to compare")
                    elif folded not in phrases or phrases[folded].strength == "weak":
                        phrases[folded] = hit
            for entry in table.get("patterns", ()):
                patterns.append((_pattern(pack, family, entry), Hit(family, "strong", entry)))
            for entry in table.get("weak_patterns", ()):
                patterns.append((_pattern(pack, family, entry), Hit(family, "weak", entry)))
        for name, words in pack.grammar.items():
            grammar[name].update(words)
    return Rules(families, phrases, _buckets(patterns), {name: frozenset(words) for name, words in grammar.items()})


def _buckets(patterns: Iterable[tuple[str, Hit]]) -> dict[str, Bucket]:
    buckets: dict[str, list[tuple[str, Hit]]] = {}
    for source, hit in sorted(patterns, key=lambda item: item[1].strength == "weak"):
        literal = source[0].isalpha() and source[1:2] not in ("?", "*", "{", "|") and "|" not in _outside_groups(source)
        first = source[0] if literal else "0" if source.startswith(r"\d") and "|" not in _outside_groups(source) else ""
        buckets.setdefault(first, []).append((source, hit))
    return {
        first: Bucket(re.compile("|".join(f"(?:{source})()" for source, _ in found)), tuple(hit for _, hit in found))
        for first, found in buckets.items()
    }


def _outside_groups(source: str) -> str:
    """What of a pattern stands outside of parentheses and brackets."""
    depth, outside = 0, []
    for char in re.sub(r"\\.|\[[^\]]*\]", "", source):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            outside.append(char)
    return "".join(outside)


def _template(phrase: str) -> str:
    """A phrase with slots, as a regular expression."""
    parts = re.split(r"\{(\w+)\}", phrase)
    return "".join(f"(?:{SLOTS[part]})" if i % 2 and part in SLOTS else re.escape(part) for i, part in enumerate(parts))


def _pattern(pack: Pack, family: str, source: str) -> str:
    try:
        groups = re.compile(source).groups
    except re.error as error:
        raise PackError(f"{pack.name}: {family}: pattern {source!r}: {error}") from error
    if groups or not source:
        raise PackError(f"{pack.name}: {family}: pattern {source!r}: must have no capturing group; write (?:…)")
    return source
