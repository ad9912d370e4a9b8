"""Rule packs: what page furniture says, by language, as data: ``Leave a Reply »`` is a line of family ``comments``.

A pack is one TOML file. A phrase is compared with whole folded lines and is never a regular expression by
accident; its slots ``{n}`` (a number), ``{x}`` (one to six words), ``{date}`` and ``{time}`` stand for what varies.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cleanr.packs.matching import Matcher, heads

Strength = Literal["strong", "weak", "head"]

STRIPPED = " *:….,;!?|•·»«›‹><→←▶►▼▲↓↑+-–—_#=~()[]{}\"'©×✕✓✔☰/\\"
REMEMBERED = 20_000  # short lines
BEGINNING = 16  # characters of a line that are folded first, to see whether more is needed
SHORTEST = 6  # of them that must be left then, to tell
LONGEST = 300  # characters of a folded line that can be furniture by its words
STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}

SLOTS = {
    "n": r"\d[\d.,\u00a0' ]{0,12}[km]?",
    "x": r"\S{1,40}(?: \S{1,40}){0,5}",
    "date": r"(?:\w{1,12}\.?,? ){0,2}\d{1,4}(?:st|nd|rd|th)?[\w./,: -]{0,24}|an? \w{1,8} ago|yesterday|today|just now",
    "time": r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m)?",
}
SLOT = "\ue000"  # stands for a slot while a phrase is folded
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


class Rules(NamedTuple):
    """The packs in use, compiled for look-up. `recognise` is all that a filter needs."""

    families: Mapping[str, Family]
    phrases: Mapping[str, Hit]
    beginnings: frozenset[str]  # of phrases
    longest: int  # of phrases, in characters
    patterns: Matcher[Hit]
    grammar: Mapping[str, frozenset[str]]
    short: Callable[[str], Hit | None]  # what is known of a short line, remembered: menus say the same on every page

    def recognise(self, line: str) -> Hit | None:
        """What the packs know of a line: an entry that says just this, or else the first pattern that matches it.

        Most lines begin like no entry: their first characters are folded, and no more.
        """
        if len(line) <= 2 * BEGINNING:
            return self.short(line)
        core = line.strip(STRIPPED)
        begins = fold(core[:BEGINNING])[:SHORTEST]
        if len(begins) == SHORTEST and not self.patterns.may_match(begins):
            # Folding shortens a line by nothing but its doubled spaces, and no phrase is longer than the longest.
            too_long = len(core) > self.longest and "  " not in core and core.isprintable()
            if too_long or begins not in self.beginnings:
                return None
        return self.match(fold(line))

    def match(self, folded: str) -> Hit | None:
        """What the packs know of a line that is folded already."""
        return _matched(self.phrases, self.patterns, folded)


def _matched(phrases: Mapping[str, Hit], patterns: Matcher[Hit], folded: str) -> Hit | None:
    if not folded or len(folded) > LONGEST:
        return None
    return phrases.get(folded) or patterns(folded)


def fold(line: str) -> str:
    """A line as packs compare it: without case, curly quotes, doubled spaces, and signs at its ends.

    >>> fold("  Leave a  Reply »")
    'leave a reply'
    """
    if not line.isascii():
        for curly, straight in STRAIGHT.items():
            if curly in line:
                line = line.replace(curly, straight)
        return " ".join(line.casefold().split()).strip(STRIPPED)
    line = line.lower()
    return (" ".join(line.split()) if "  " in line or "\t" in line else line).strip(STRIPPED)


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
    # Compiling a thousand patterns takes a second: those of the built-in packs are checked by the tests instead.
    return _compiled([_parsed(name, source, check=name in paths) for name, source in sources])


class Pack(NamedTuple):
    """One pack as its file says it."""

    name: str
    families: Mapping[str, Mapping[str, Any]]
    grammar: Mapping[str, Sequence[str]]


def _parsed(name: str, source: str, *, check: bool) -> Pack:
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
                    if re.search(r"\{\w+\}", entry):
                        patterns.append((_template(f"{pack.name}: {family}.{field}", entry), hit))
                    elif not (folded := fold(entry)):
                        raise PackError(f"{pack.name}: {family}.{field}: {entry!r} has no letter or digit to compare")
                    elif folded not in phrases or phrases[folded].strength == "weak":
                        phrases[folded] = hit
            for entry in table.get("patterns", ()):
                patterns.append((entry, Hit(family, "strong", entry)))
            for entry in table.get("weak_patterns", ()):
                patterns.append((entry, Hit(family, "weak", entry)))
        for name, words in pack.grammar.items():
            grammar[name].update(words)
    matcher = Matcher(sorted(patterns, key=lambda item: item[1].strength == "weak"))
    return Rules(
        families,
        phrases,
        frozenset(phrase[:SHORTEST] for phrase in phrases),
        max(map(len, phrases), default=0),
        matcher,
        {name: frozenset(words) for name, words in grammar.items()},
        lru_cache(REMEMBERED)(lambda line: _matched(phrases, matcher, fold(line))),
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
