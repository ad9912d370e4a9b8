"""Filters written outside of cleanr, for tests: each is a module object, as a newcomer's file would be."""

import sys
from collections.abc import Iterator
from types import ModuleType

from cleanr.edits import Edit, Safety
from cleanr.filters import Find
from cleanr.text import Text


def module(name: str, find: Find, **stated: object) -> ModuleType:
    """A module that is a filter, findable by its name as one that was imported is."""
    made = ModuleType(f"filters_of_tests.{name}", f"{name}: a filter of a test.")
    vars(made).update({"find": find, "RULES": {f"{name}.rule": "does."}, "SCOPE": "document", **stated})
    sys.modules[made.__name__] = made
    return made


def _growing(text: Text) -> Iterator[Edit]:
    yield Edit(0, 0, "x", "growing.rule")


def _swinging(text: Text) -> Iterator[Edit]:
    for at, char in enumerate(text.raw):
        if char in "ab":
            yield Edit(at, at + 1, "b" if char == "a" else "a", "swinging.rule")


def _slow(text: Text) -> Iterator[Edit]:
    """Settles after as many passes as there are digits: one goes at a time."""
    for at, char in enumerate(text.raw):
        if char.isdigit():
            yield Edit(at, at + 1, "", "slow.rule")
            return


def _unsure(text: Text) -> Iterator[Edit]:
    for at, char in enumerate(text.raw):
        if char in "123":
            yield Edit(at, at + 1, "", "unsure.rule", Safety(int(char)))


def _broken(text: Text) -> Iterator[Edit]:
    yield Edit(2, 3, "", "broken.rule")
    yield Edit(0, 1, "", "broken.rule")


def _eager(text: Text) -> Iterator[Edit]:
    """Takes each line that begins with ``-``."""
    for line in text.lines:
        if line.text.startswith("-"):
            yield Edit(line.start, line.stop, "", "eager.rule")


def _configurable(text: Text, *, old: str = "a", count: int = 1, loud: bool = False) -> Iterator[Edit]:
    for at, char in enumerate(text.raw[:count]):
        if char == old:
            yield Edit(at, at + 1, "!" if loud else "?", "configurable.rule")


def _guarded(text: Text) -> Iterator[Edit]:
    raise AssertionError("the guard says that there is nothing to find")
    yield


GROWING = module("growing", _growing)
SWINGING = module("swinging", _swinging)
SLOW = module("slow", _slow)
UNSURE = module("unsure", _unsure)
BROKEN = module("broken", _broken)
EAGER = module("eager", _eager, REMOVES=True)
CONFIGURABLE = module("configurable", _configurable)
GUARDED = module("guarded", _guarded, guard=lambda text: False)
