"""A rule pack that a person reads: each entry has counts and examples; what is doubtful stands behind a ``#``."""

from collections.abc import Iterator, Sequence

from cleanr.cleaner import Cleaner
from cleanr.learning import Learned
from cleanr.learning.evidence import Evidence
from cleanr.packs import PackError, fold, ready
from cleanr.packs.compiling import compiled, parsed
from cleanr.report.terminal import visible
from cleanr.report.totals import counted

FAMILY = "learned"
FIELDS = {
    "phrases": {
        "furniture": "These go wherever they stand.",
        "number": "Numbers and dates that stand alone. Delete these if the texts have tables or numbered parts.",
    },
    "weak": {"weak": "These go only beside other furniture: they stand between paragraphs too, or hold names."},
}
DOUBTS = {
    "prose": "sentences: a quotation, a notice, a text that several documents share",
    "refrain": "said again and again in a few documents: a refrain, a column of a table",
    "heading": "stands above paragraphs: a heading that many texts of the kind have",
}
BLOCK = 0.5  # of the documents of both lines in which one follows the other
ENTRIES = 5_000  # of each kind


def pack(learned: Learned, source: str) -> str:
    """The pack, as TOML. It is valid, also where nothing was learned."""
    good = [each for each in learned.evidence if _usable(each)]
    by_verdict: dict[str, list[Evidence]] = {}
    for each in good:
        by_verdict.setdefault(each.verdict, []).append(each)
    copies = f"; copies of others, {learned.copies}, were left out" if learned.copies else ""
    lines = [
        f"# Learned from {_said(source)}: {counted(learned.documents, 'document')} of"
        f" {counted(learned.sites, 'site')}{copies}.",
        "# Read it, delete what is content, and use it: cleanr clean --pack FILE SRC DST",
        "# Entries are whole lines, folded; {n}, {date} and {time} stand for what varies.",
        "",
        'language = "und"',
        "",
        f"[{FAMILY}]",
        f'about = "Lines that repeat in {_quoted(source)}."',
    ]
    for field, verdicts in FIELDS.items():
        rows: list[str] = []
        for verdict, about in verdicts.items():
            entries = by_verdict.get(verdict, [])[:ENTRIES]
            rows += [f"  # {about}", "", *_entries(entries)] if entries else []
        lines += ["", f"{field} = [", *rows, "]"] if rows else []
    for verdict, about in DOUBTS.items():
        entries = by_verdict.get(verdict, [])[:ENTRIES]
        if entries:
            rows = [row if row.lstrip().startswith("#") else f"# {row}" for row in _entries(entries)]
            lines += ["", f"# Not used: {about}.", *rows]
    return "\n".join([*lines, ""])


def _entries(entries: Sequence[Evidence]) -> Iterator[str]:
    """The entries, those of a block one behind the other."""
    for block in _blocks(entries):
        if len(block) > 1:
            yield f"  # a block of {len(block)} lines"
        for each in block:
            places = ", ".join(
                f"{name} the text {100 * each.positions[key] / each.times:.0f} %"
                for key, name in (("above", "above"), ("within", "within"), ("below", "below"))
                if each.positions[key]
            )
            share = f"{counted(each.documents, 'document')} ({_percent(each.share)}) of {counted(each.sites, 'site')}"
            yield f"  # {share}; {places}"
            for where, text in each.examples:
                yield f"  #   {_said(where)}  {_said(text)}"
            yield f'  "{_quoted(_entry(each))}",'


def _percent(share: float) -> str:
    """A share for people: of a small one, two digits.

    >>> _percent(1.0), _percent(0.0123)
    ('100 %', '1.2 %')
    """
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.2g} %"


def _blocks(entries: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    """Entries that follow one another in documents, together; blocks and single ones in order of their counts."""
    known = {each.form: each for each in entries}
    follower: dict[str, str] = {}
    for each in entries:
        for after, times in each.after.most_common(1):
            other = known.get(after)
            if other and other is not each and times >= BLOCK * max(each.times, other.times):
                follower[each.form] = after
    led = set(follower.values())
    done: set[str] = set()
    for each in [*(each for each in entries if each.form not in led), *entries]:
        block = []
        at: str | None = each.form
        while at is not None and at not in done:
            done.add(at)
            block.append(known[at])
            at = follower.get(at)
        if block:
            yield block


def _entry(each: Evidence) -> str:
    """What the line says when the filters before `boilerplate` have seen it."""
    return fold(REPAIR.clean(each.form)) if "{" not in each.form else each.form


REPAIR = Cleaner("repair")


def _usable(each: Evidence) -> bool:
    """Whether the entry is valid, and matches what it was learned from."""
    entry = _entry(each)
    try:
        own = compiled([parsed("entry", f'language = "und"\n[a]\nphrases = ["{_quoted(entry)}"]\n', check=False)])
    except PackError:
        return False
    rules = ready(own)
    return all(rules.match(fold(REPAIR.clean(text))) for _, text in each.examples if len(text) < 120)


def _said(text: str) -> str:
    """Untrusted text in a comment: in one line, and nothing in it that a terminal would obey."""
    return visible(text)


def _quoted(text: str) -> str:
    """Untrusted text in a string of TOML."""
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')


__all__ = ["pack"]
