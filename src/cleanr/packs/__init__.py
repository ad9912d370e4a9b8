"""Rule packs: what page furniture says, by language, as data: ``Leave a Reply »`` is a line of family ``comments``.

A pack is one TOML file. A phrase is compared with whole folded lines and is never a regular expression by
accident; its slots ``{n}`` (a number), ``{x}`` (one to six words), ``{date}`` and ``{time}`` stand for what varies.
"""

import hashlib
import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from cleanr.packs.compiling import (
    KEY,
    LONGEST,
    Beginning,
    Compiled,
    Family,
    Hit,
    PackError,
    compiled,
    dumped,
    loaded,
    parsed,
    together,
)
from cleanr.packs.folding import STRAIGHT, STRIPPED, fold
from cleanr.packs.matching import Matcher

COMPILED = "compiled.json"  # the built-in packs as the wheel has them, behind a line that tells of which files
ENDS = STRIPPED + "".join(STRAIGHT) + string.whitespace + "\xa0\u2028\u2029\u202f\u3000"  # what folding takes
REMEMBERED = 50_000  # beginnings of lines


class Rules(NamedTuple):
    """The packs in use, ready for look-up. `recognise` is all that a filter needs."""

    families: Mapping[str, Family]
    phrases: Mapping[str, Hit]
    patterns: Matcher[Hit]
    grammar: Mapping[str, frozenset[str]]
    beginning: Callable[[str], Beginning]  # of four characters that are not folded yet; remembered

    def recognise(self, lines: Sequence[str]) -> dict[int, Hit]:
        """What the packs know of lines: an entry that says just this, or else the first pattern that matches it.

        Most lines begin like no entry, or are longer than all that begin like them: then they are not folded.
        """
        hits: dict[int, Hit] = {}
        phrases, beginning = self.phrases, self.beginning
        for at, line in enumerate(lines):
            core = line.strip(ENDS)
            longest, heads = beginning(core[:KEY])
            if not longest or (len(core) > longest and "  " not in core and core.isprintable()):
                continue
            plain = core.isascii() and "  " not in core and "\t" not in core
            folded = core.lower() if plain else fold(line)
            hit = phrases.get(folded)
            if hit is None and folded and folded.startswith(heads) and len(folded) <= LONGEST:
                hit = self.patterns(folded)
            if hit is not None:
                hits[at] = hit
        return hits

    def match(self, folded: str) -> Hit | None:
        """What the packs know of a line that is folded already."""
        if not folded or len(folded) > LONGEST:
            return None
        return self.phrases.get(folded) or self.patterns(folded)


@cache
def load(paths: tuple[str, ...] = ()) -> Rules:
    """The built-in packs and those at `paths`, ready for look-up.

    Raises `PackError` for a file that cannot be read or is not a valid pack.

    >>> load().match("leave a reply").family
    'comments'
    """
    sources = []
    for path in paths:
        try:
            sources.append((path, Path(path).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(f"{path}: {error}") from error
    own = compiled(parsed(name, source, check=True) for name, source in sources)
    return ready(together(built_in(), own))


@cache
def built_in() -> Compiled:
    """The packs that come with cleanr: as they were compiled when the wheel was built, or from their files."""
    files = _files()
    try:
        made_of, data = (resources.files(__name__) / COMPILED).read_text("utf-8").split("\n", 1)
    except OSError:
        made_of = data = ""
    if made_of == _digest(files):
        return loaded(data)
    # Compiling a thousand patterns takes a second: those of the built-in packs are checked by the tests instead.
    return compiled(parsed(file.name, file.read_text("utf-8"), check=False) for file in files)


def compile_built_in() -> str:
    """What the file `COMPILED` must hold: written when the wheel is built."""
    built_in.cache_clear()
    return f"{_digest(_files())}\n{dumped(built_in())}"


def _files() -> list[Traversable]:
    found = (entry for entry in resources.files(__name__).iterdir() if entry.name.endswith(".toml"))
    return sorted(found, key=lambda entry: entry.name)


def _digest(files: Sequence[Traversable]) -> str:
    """What tells whether the files, or what compiles them, are others than before."""
    package = resources.files(__name__)
    code = [package / f"{name}.py" for name in ("compiling", "folding", "matching")]
    digest = hashlib.blake2b(digest_size=16)
    for file in (*files, *code):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def ready(packs: Compiled) -> Rules:
    """Compiled packs, ready for look-up."""
    patterns = sorted(packs.patterns, key=lambda pattern: pattern.hit.strength == "weak")
    matcher = Matcher(patterns)
    grammar = {name: frozenset(words) for name, words in packs.grammar.items()}
    return Rules(
        packs.families, packs.phrases, matcher, grammar, lru_cache(REMEMBERED)(partial(_beginning, packs.beginnings))
    )


UNTOLD = Beginning(LONGEST, ("",))
NOTHING = Beginning(0, ())


def _beginning(beginnings: Mapping[str, Beginning], raw: str) -> Beginning:
    """What begins like a line with these characters at its head."""
    if not raw.isprintable() or "  " in raw or raw[:1] in STRAIGHT:
        return UNTOLD  # how the folded line begins cannot be told from these characters
    key = fold(f"{raw}x")[:KEY]
    if key[0].isdigit():
        return beginnings.get("0", NOTHING)
    return next((beginnings[key[:size]] for size in range(KEY, 0, -1) if key[:size] in beginnings), NOTHING)


__all__ = ["LONGEST", "Family", "Hit", "PackError", "Rules", "built_in", "compile_built_in", "fold", "load"]
