"""Whether an edit that calls itself certain is proven: ``é``, encoded as UTF-8 and read as cp1252, is ``Ã©`` again.

Shares no code with the filter. A proof breaks the new text again as the rule says, and gets the old text.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from cleanr.edits import Change, Safety

CODECS = (
    "latin-1", "cp1252", "cp1250", "cp1251", "mac_roman", "cp437", "cp1253", "cp1254", "cp1257", "iso8859-2", "cp1255",
    "cp1256", "cp1258", "cp874", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic", "cp850", "cp852", "iso8859-7",
    "iso8859-15",
)  # fmt: skip
LAYERED = CODECS[:10]  # those that ftfy looks for
LAYERS = 4
READ_AS = "encoding.utf8-as-"
SPACES = str.maketrans({"\u00a0": " "})  # A0 is lost as often as a space is taken for it
SIGNS = "“”‘’–—…•€™š›œžŸŠŒŽ‹„‚ˆ˜†‡‰ƒ"


def proven(change: Change) -> bool:
    """Whether a certain edit of the filter ``encoding`` follows from its old text."""
    old, new, rule = change.old, change.new, change.rule
    if rule == "encoding.c1":
        return [*new] == [bytes([ord(char)]).decode("cp1252", "replace") for char in old if "\x80" <= char <= "\x9f"]
    if rule == "encoding.scar":
        return old == "†" and new in ("”", "” ")
    if rule == "encoding.lost-byte":
        return new == "”" and old in ("â€", "â€\ufffd")
    if rule == "encoding.replaced":
        return old == "\ufffd" and new == "”"
    if rule == "encoding.escape":
        return any(same(escaped(new, kind), old) for kind in ("json", "hex", "percent"))
    if rule == "encoding.mojibake":
        return any(equal(old, broken) for broken in layers(new, LAYERS))
    name = rule.removeprefix(READ_AS)
    return rule.startswith(READ_AS) and any(equal(old, each) for each in (read(new, name), read(new, name).lower()))


def read(text: str, codec: str) -> str:
    """UTF-8 read as a code page; a byte without a character is the control of its number."""
    table = _table(codec)
    return "".join(table[byte] for byte in text.encode("utf-8", "surrogatepass"))


@cache
def _table(codec: str) -> tuple[str, ...]:
    return tuple(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256))


def equal(old: str, broken: str) -> bool:
    return old.translate(SPACES).rstrip() == broken.translate(SPACES).rstrip()


def layers(text: str, depth: int) -> Iterator[str]:
    """What a text may become by being read wrongly up to `depth` times: a layer in parts, too, piece by piece."""
    here = {text}
    for _ in range(depth):
        here = {other for each in here for other in _once(each)}
        yield from here


def _once(text: str) -> Iterator[str]:
    for codec in LAYERED:
        broken = read(text, codec)
        if len(broken) < 4000:
            yield broken


def pieces(old: str, new: str) -> bool:
    """Whether each run of foreign characters of a text is broken from the run at its place, with its own code page."""
    before, after = re.split(r"([!-~]+)", old), re.split(r"([!-~]+)", new)
    return len(before) == len(after) and all(
        one == two or any(equal(one, broken) for broken in layers(two, 2)) or mixed(one, two)
        for one, two in zip(before, after, strict=True)
    )


def mixed(old: str, new: str) -> bool:
    """Whether an old run is the new one with some characters broken and others not; each may have its own page."""
    ends = {0}
    for char in new:
        ways = {char, *(broken for broken in layers(char, 2))}
        if "\u00a0" in char or char == " ":
            ways |= {f"{lead}{end}" for lead in ("", "Â", *layers("Â", 2)) for end in (" ", "\u00a0")} | {""}
        if char in SIGNS:
            control = chr(char.encode("cp1252")[0])
            ways |= {control, *layers(control, 2)}
        ends = {
            end + len(way)
            for end in ends
            for way in ways
            if equal_at(old, end, way) or way[-1:] == "\u00a0" and old[end:] == way[:-1]
        } | ({end for end in ends if char == " "})
        if not ends:
            return False
    return any(not old[end:].strip() for end in ends)


def equal_at(old: str, at: int, way: str) -> bool:
    return old[at : at + len(way)].translate(SPACES) == way.translate(SPACES)


def escaped(text: str, kind: str) -> str:
    if kind == "json":
        data = text.encode("utf-16-be")
        return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))
    mark = "%" if kind == "percent" else "\\x"
    return "".join(f"{mark}{byte:02x}" for byte in text.encode())


def same(one: str, two: str) -> bool:
    return one.lower() == two.lower()


def unproven(changes: Iterable[Change]) -> list[Change]:
    """The certain edits that nothing proves."""
    found = []
    for change in changes:
        if change.safety != Safety.CERTAIN or not change.rule.startswith("encoding.") or proven(change):
            continue
        # An edit may end before a space that stays: "Â\xa0" loses its Â.
        if change.rule != "encoding.mojibake" or not any(
            pieces(change.old + behind, change.new + behind) for behind in ("", "\u00a0")
        ):
            found.append(change)
    return found


if __name__ == "__main__":
    sys.exit("import it")
