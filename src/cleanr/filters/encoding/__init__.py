"""Mojibake, and the scars of earlier repairs: ``“cafÃ©,†she said`` becomes ``“café,” she said``.

Whole sequences are repaired as ftfy repairs them, and those of code pages that it does not know. Where bytes are lost,
the context decides: an open quotation proves a closing quote (certain); a table of how letters follow each other knows
what ``человеÑ`` was (likely). No repair makes a † or U+FFFD, eats a space or joins words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from operator import attrgetter

from cleanr.code import is_code
from cleanr.edits import Edit, Safety
from cleanr.filters.encoding import escapes as left_over
from cleanr.filters.encoding import lost, pictures
from cleanr.filters.encoding import single_byte as single_bytes
from cleanr.filters.encoding.lost import FOREIGN_LETTER, Repair
from cleanr.filters.encoding.meant import is_about, is_meant
from cleanr.filters.encoding.pages import READ_AS, names_of
from cleanr.filters.encoding.quotes import DASHES, lost_before_a_dash, unmatched
from cleanr.filters.encoding.reading import Voice, contracts, expected
from cleanr.filters.encoding.strict import whole
from cleanr.filters.encoding.suspects import suspicious
from cleanr.text import Text

RULES = {
    "encoding.mojibake": "UTF-8 that was read as another encoding, more than once or in parts: ÃƒÂ© becomes é.",
    **{
        f"encoding.utf8-as-{name}": f"UTF-8 that was read as {name}: caf{read_as} becomes café."
        for name, read_as in READ_AS.items()
    },
    "encoding.c1": r'C1 controls that are characters of Windows-1252: "it\x92s" becomes "it’s".',
    "encoding.lost-byte": "A character of which bytes were lost: “Yes,â€ becomes “Yes,”, and вмеÑте вместе.",
    "encoding.replaced": "A character that became U+FFFD, where the letters around it tell which: it�s becomes it’s.",
    "encoding.escape": r"An escape that was left over (option escapes): caf\u00e9 becomes café.",
    "encoding.single-byte": "One code page read as another (option single_byte): Ïðèâåò becomes Привет.",
    "encoding.scar": "A closing quote that ftfy turned into a dagger: “Yes,†he said becomes “Yes,” he said.",
}
SCOPE = "document"

BEHIND_QUOTES = ".,;:!?…)]}”’'\"»"  # what follows a closing quote without a space
LEAST_COMPLETE = 5.0  # doublings by which a whole sequence must be likelier than what stands there
LEAST_LOST = 7.0  # the same where bytes are supplied
LIKE_LATIN = ("cp1252", "cp1252:lower", "cp1254", "cp1257", "cp1258", "iso8859-2", "iso8859-15")
COMMON = -22.0  # doublings: what letters cost that some language uses often
STRONG = 12.0
LEAST_SURE = 0.0  # the same where a document shows three strong ones
ALONE = 14.0  # the same for the only damaged place of a document


def guard(text: Text) -> bool:
    return not text.is_ascii or "\\" in text.raw or "%" in text.raw


def find(text: Text, *, certain_only: bool = False, escapes: bool = False, single_byte: bool = False) -> Iterator[Edit]:
    """Propose what the damaged characters were. A text about broken characters is left alone, and so is code.

    - `certain_only`: nothing that only the letters around it tell, and no emoji of which a byte is lost;
    - `escapes`: left-over escapes too, in prose: ``caf\\u00e9``, ``caf\\xc3\\xa9``, ``caf%C3%A9``;
    - `single_byte`: also text of one single-byte code page that was read as another: ``Ïðèâåò`` for ``Привет``.
    """
    found = list(_mended(text, certain_only=certain_only))
    if not found and (escapes or single_byte) and not is_about(text.raw):
        found = list(_optional(text, escapes=escapes, single_byte=single_byte and not certain_only))
    yield from found


def _optional(text: Text, *, escapes: bool, single_byte: bool) -> Iterator[Edit]:
    """What is only looked for on request, where nothing else was found."""
    voice = Voice(())
    for start, row in zip(text.starts, text.rows, strict=False):
        edits = [*left_over.find(row)] if escapes else []
        if not edits and single_byte and not row.isascii() and not is_code(row):
            edits = [*single_bytes.find(row, voice)]
        if edits and not is_meant(edits, row):
            for edit in edits:
                yield Edit(start + edit.start, start + edit.end, *edit[2:])


def _mended(text: Text, *, certain_only: bool) -> Iterator[Edit]:
    numbers = suspicious(text)
    if not numbers or is_about(text.raw):
        return
    proposed: dict[int, list[Edit]] = {}
    open_rows, settled = list[int](), set[int]()
    for number in numbers:
        edits, done = _strict(text.rows[number], certain_only=certain_only)
        if is_meant(edits, text.rows[number]):
            continue
        proposed[number] = edits
        if done:
            settled.add(number)
        else:
            open_rows.append(number)
    if open_rows:
        shown = any(proposed.values())
        for number, repairs in _read(text, open_rows, settled, shown=shown, certain_only=certain_only):
            proposed[number] = _merged(text.rows[number], proposed.get(number, []), repairs)
    for number, edits in sorted(proposed.items()):
        start = text.starts[number]
        if edits and not is_meant(edits, text.rows[number]):
            for edit in edits:
                yield Edit(start + edit.start, start + edit.end, *edit[2:])


def _strict(line: str, *, certain_only: bool) -> tuple[list[Edit], bool]:
    """What a strict decoding, open quotations and emoji prove, and whether it settles the line."""
    edits, settled = whole(line, 0, len(line))
    if settled and not lost_before_a_dash(line):
        return edits, True
    proofs = sorted([*_proofs(line), *(() if certain_only else pictures.find(line))])
    if not proofs:
        return edits, settled
    last, found = 0, []
    for proof in proofs:
        found += whole(line, last, proof.start)[0]
        found.append(proof)
        last = proof.end
    return [*found, *whole(line, last, len(line))[0]], False


def _proofs(line: str) -> Iterator[Edit]:
    for token in unmatched(line):
        after = line[token.end : token.end + 1]
        space = token.kind == "scar" and bool(after.strip()) and after not in BEHIND_QUOTES
        rule = {"scar": "encoding.scar", "gone": "encoding.replaced"}.get(token.kind, "encoding.lost-byte")
        yield Edit(token.start, token.end, "” " if space else "”", rule, reason="closes the quotation that is open")


def _read(
    text: Text, rows: Sequence[int], settled: Set[int], *, shown: bool, certain_only: bool
) -> Iterator[tuple[int, list[Repair]]]:
    """What the language reads in damaged rows, where the document shows enough of it; `shown`: it has other damage.

    `settled`: the rows that a strict decoding read, and nothing else may.
    """
    if not shown and not any(lost.is_more_than_leads(text.rows[number]) for number in rows):
        return  # lead bytes alone would not do, and need not be read
    read = lost.repairs(text.rows, rows, settled)
    found = [(number, repairs) for number, repairs in read if not is_meant((), text.rows[number])]
    gains = [repair.gain for _, repairs in found for repair in repairs] + [STRONG] * len(settled)
    least = LEAST_SURE if sum(gain >= STRONG for gain in gains) >= 3 else LEAST_LOST
    several = sum(gain >= LEAST_LOST for gain in gains) > 1
    shown = shown or _shows_damage(text.rows, found)
    for number, repairs in found:
        kept = [
            repair
            for repair in repairs
            if repair.gain >= (least if repair.lost else LEAST_COMPLETE)
            and (several or _stands_alone(repair))
            and (shown or not repair.bare)
            and not (repair.lost and certain_only)
        ]
        if kept:
            yield number, kept


def _shows_damage(rows: Sequence[str], found: Sequence[tuple[int, list[Repair]]]) -> bool:
    """Whether a document shows damage beside lead bytes alone, which are letters too: Ã, Å and â are.

    More than a lead byte, one beside a letter of another script, one where only a quote can stand (``said,â``,
    ``âThis``), or two of English endings: ``itâs``, ``donât``.
    """
    english = 0
    for number, repairs in found:
        for repair in repairs:
            if repair.gain < LEAST_LOST:
                continue
            before, after = rows[number][max(0, repair.start - 8) : repair.start], rows[number][repair.end :][:3]
            beside = before[-1:] + after[:1]
            if not repair.bare or any(char > "\u02ff" and char.isalpha() for char in beside):
                return True
            if repair.new == "”" and before[-1:] in (",", ".", "!", "?") and not after[:1].isalnum():
                return True
            if repair.new == "“" and not before[-1:].strip() and after[:1].isupper() and not repair.old.isupper():
                return True
            english += repair.new == "’" and contracts(before, after)
    return english >= 2


def _stands_alone(repair: Repair) -> bool:
    """Whether the only damaged place of a document is proof enough: in Latin-1 or Windows-1252, it looks like text."""
    if repair.replaced:  # it is no text as it stands
        return repair.gain >= LEAST_LOST and repair.lost < FOREIGN_LETTER and repair.new not in DASHES
    if repair.gain < ALONE or not repair.new or not repair.old[0].isalpha():
        return False
    if repair.new == "’" or (repair.new == lost.HYPHEN and not repair.bare):  # nothing else of E2 80 links words
        return True
    return repair.seen or (repair.page not in LIKE_LATIN and not repair.lost and expected("", repair.new[0]) > COMMON)


def _merged(line: str, edits: list[Edit], repairs: Sequence[Repair]) -> list[Edit]:
    """Proofs, what the language reads, and what a strict decoding repairs where the language reads less."""
    ends = [repair.end for repair in repairs]
    taken: list[Edit] = []
    for edit in edits:
        inside = repairs[bisect_right(ends, edit.start) : bisect_left(repairs, edit.end, key=attrgetter("start"))]
        read = sum(repair.end - repair.start for repair in inside)
        foreign = sum(1 for char in line[edit.start : edit.end] if not char.isascii())
        if edit.reason or not inside or (read < foreign and not any(repair.lost for repair in inside)):
            taken.append(edit)
    found, ends = list(taken), [edit.end for edit in taken]
    for repair in repairs:
        behind = bisect_right(ends, repair.start)
        if behind < len(taken) and taken[behind].start < repair.end:
            continue
        if repair.replaced:
            rule = "encoding.replaced"
        elif repair.lost:
            rule = "encoding.lost-byte"
        else:
            rule = f"encoding.utf8-as-{names_of(repair.page)}"
        safety = Safety.LIKELY if repair.lost else Safety.CERTAIN
        missing = f", {repair.lost} bytes lost" if repair.lost else ""
        found.append(Edit(repair.start, repair.end, repair.new, rule, safety, f"UTF-8 read as {repair.page}{missing}"))
    return sorted(found)


__all__ = ["RULES", "SCOPE", "find", "guard"]
