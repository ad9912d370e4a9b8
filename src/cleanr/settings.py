"""Which settings there are, and what may be their value: ``ignore = "quotes"`` is told that it must be a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleanr.cleaner import PRESETS, SAFETIES
from cleanr.selection import known

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STRING, STRINGS, FLAG = "a string", "a list of strings", "true or false"
CLEANING = {  # the keys that shape a cleaner: at the top, and in an override
    "preset": STRING,
    "filters": STRINGS,
    "select": STRINGS,
    "ignore": STRINGS,
    "packs": STRINGS,
    "plugins": STRINGS,
    "safety": STRING,
    "max-removed": "a number from 0 to 1",
    "language": STRING,
    "options": "a table of tables",
}
KEYS = CLEANING | {
    "text-key": STRING,
    "exclude": STRINGS,
    "force-exclude": FLAG,
    "jobs": "a whole number from 1",
    "max-document": "a whole number from 1",
    "max-unpacked": "a whole number from 1",
    "rules": STRING,
    "overrides": "tables",
}
OVERRIDE = CLEANING | {"paths": STRINGS}
FEW = 5  # names that are listed; of more, those are named that are like the one that was given
UNKNOWN = re.compile(r"(unknown [^']*'([^']*)'[^;]*); known[^:;]*: ([^;]*)(.*)", re.DOTALL)  # how the core says it


class ConfigError(ValueError):
    """A setting that cannot be: one line names the file, the key, the cause and what is known instead."""


class Layer(NamedTuple):
    """Settings of one origin (`where`). `base` is the directory that its paths count from; `paths` limits it."""

    where: str
    base: Path
    settings: Mapping[str, Any]
    paths: tuple[str, ...] | None = None


def layers(where: str, base: Path, table: Mapping[str, Any], keys: Mapping[str, str] = KEYS) -> Iterator[Layer]:
    """Check one table of settings, and give its layer and those of its overrides.

    Raises `ConfigError` for an unknown key and for a value that cannot be.

    >>> list(layers("cleanr.toml", Path(), {"ignore": "quotes"}))
    Traceback (most recent call last):
    cleanr.settings.ConfigError: cleanr.toml: ignore: 'quotes' is not a list of strings
    """
    for key, value in table.items():
        if key not in keys:
            raise ConfigError(f"{where}: {key}: unknown key; known: {', '.join(keys)}")
        if not _fits(keys[key], value):
            raise ConfigError(f"{where}: {key}: {value!r} is not {keys[key]}")
    own = dict(table)
    _check(where, own)
    overrides, paths = own.pop("overrides", ()), own.pop("paths", None)
    if "packs" in own:
        own["packs"] = [str(base / pack) for pack in own["packs"]]
    yield Layer(where, base, own, None if paths is None else tuple(paths))
    for n, override in enumerate(overrides, 1):
        if "paths" not in override:
            raise ConfigError(f"{where}: overrides[{n}]: paths is missing")
        yield from layers(f"{where}: overrides[{n}]", base, override, OVERRIDE)


def shortened(message: object) -> str:
    """A message about an unknown name, with the names that it may be meant for in place of all that there are.

    >>> shortened("unknown filter 'quote'; known: markup, encoding, controls, spaces, joins, quotes")
    "unknown filter 'quote'; did you mean quotes? `cleanr rules` lists all"
    """
    found = UNKNOWN.fullmatch(str(message))
    if not found or found[3].count(", ") < FEW:
        return str(message)
    from difflib import get_close_matches

    cause, name, known, rest = found.groups()
    ids = known.split(", ")
    close = get_close_matches(name, [*dict.fromkeys(each.partition(".")[0] for each in ids), *ids])
    meant = f"did you mean {' or '.join(dict.fromkeys(close))}? " if close else ""
    return f"{cause}; {meant}`cleanr rules` lists all{rest}"


def matches(patterns: Sequence[str], base: Path, path: str) -> bool:
    """Whether patterns in the manner of .gitignore, counted from `base`, name a path.

    >>> matches(["*.md"], Path("/a"), "/a/b/c.md"), matches(["/c.md"], Path("/a"), "/a/b/c.md")
    (True, False)
    """
    here = Path(path).absolute()
    relative = here.relative_to(base) if here.is_relative_to(base) else here.relative_to(here.anchor)
    return _spec(tuple(patterns)).match_file(relative.as_posix())


@cache
def _spec(patterns: tuple[str, ...]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _check(where: str, own: Mapping[str, Any]) -> None:
    for key, among in (("preset", PRESETS), ("safety", SAFETIES)):
        if key in own:
            try:
                known(key, own[key], among)
            except ValueError as error:
                raise ConfigError(f"{where}: {key}: {shortened(error)}") from error


def _fits(wanted: str, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        STRING: isinstance(value, str),
        FLAG: isinstance(value, bool),
        STRINGS: isinstance(value, list | tuple) and all(isinstance(each, str) for each in value),
        "a number from 0 to 1": number and 0 <= value <= 1,
        "a whole number from 1": number and isinstance(value, int) and value >= 1,
        "a table of tables": isinstance(value, dict) and all(isinstance(each, dict) for each in value.values()),
        "tables": isinstance(value, list) and all(isinstance(each, dict) for each in value),
    }[wanted]
