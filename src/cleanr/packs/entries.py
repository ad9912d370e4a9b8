"""What packs know of a line: ``leave a reply`` is an entry of the family ``comments``, and strong."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Strength = Literal["strong", "weak", "head"]

HEAD_SIZES = (12, 8, 6, 5, 4, 3, 2, 1)  # of a head; "the" begins many lines of prose, "the latest n" few
# In the head of a line that begins with a number: for all of the number with the signs and spaces in and behind it, or
# for each run of digits.
ANY_NUMBER, ANY_DIGITS = "0", "1"
END = "\n"  # in a head: here the line ends
LONGEST = 300  # characters of a folded line that can be furniture by its words


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

    def joined(self, other: "Family") -> "Family":
        """What two packs say of it: the first description, and off by default if one of them says so."""
        return Family(self.about or other.about, self.default and other.default)


class Shape(NamedTuple):
    """The lines that a pattern matches begin with one of the `heads`, hold one of each of the `needs`, and have `least`
    to `longest` characters.
    """

    heads: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    least: int
    longest: int


class Compiled(NamedTuple):
    """What some packs say together, as plain data; a pattern is its source, what it knows, and its shape."""

    families: Mapping[str, Family]
    phrases: Mapping[str, Hit]
    patterns: Sequence[tuple[str, Hit, Shape]]
    grammar: Mapping[str, Sequence[str]]
