"""Which rules apply: with ``ignore = ["boilerplate.share"]``, ``boilerplate.comments`` still does."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

Value = TypeVar("Value")


def known(what: str, name: str, among: Mapping[str, Value]) -> Value:
    """The value of a name; raises `ValueError` with the names that there are.

    >>> known("preset", "fast", {"repair": 1, "standard": 2})
    Traceback (most recent call last):
    ValueError: unknown preset 'fast'; known: repair, standard
    """
    if name not in among:
        raise ValueError(f"unknown {what} {name!r}; known: {', '.join(map(str, among))}")
    return among[name]


class Selection(NamedTuple):
    """Prefixes of rule ids to apply (all, where none is named) and to leave out."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def accepts(self, rule: str) -> bool:
        """The longest prefix that matches decides, `ignore` on a tie.

        >>> Selection((), ("boilerplate",)).accepts("boilerplate.share")
        False
        >>> Selection(("boilerplate.share",), ("boilerplate",)).accepts("boilerplate.share")
        True
        """
        if not self.select and not self.ignore:
            return True
        chosen = max((len(prefix) for prefix in self.select if covers(prefix, rule)), default=-1)
        refused = max((len(prefix) for prefix in self.ignore if covers(prefix, rule)), default=-1)
        if chosen < 0 and refused < 0:
            return not self.select
        return chosen > refused

    def check(self, rules: Iterable[str]) -> None:
        """Raise `ValueError` for a prefix that covers no rule: a slip of the pen must not switch a rule on or off."""
        ids = sorted(rules)
        for prefix in (*self.select, *self.ignore):
            if not any(covers(prefix, rule) for rule in ids):
                raise ValueError(f"unknown rule {prefix!r}; known: {', '.join(ids)}")


def covers(prefix: str, rule: str) -> bool:
    """Whether a prefix names a rule: its whole id, or its first parts.

    >>> covers("boilerplate", "boilerplate.share"), covers("boiler", "boilerplate.share")
    (True, False)
    """
    return rule == prefix or rule.startswith(prefix + ".")
