"""The laws of docs/how-it-flows.md, for every filter of the chain and for the chain itself.

A filter of `CHAIN` needs no test of its own to be held to them: it is here because it is there.
"""

import html
import itertools
import pickle
import random
import unicodedata

import ftfy
import hypothesis
import pytest
from corpus import CLEAN, DIRTY, Sample
from hypothesis import example, given
from strategies import texts

from cleanr import Cleaner, edits, filters
from cleanr.cleaned import Step
from cleanr.edits import Change, Edit
from cleanr.filters import CHAIN, Filter
from cleanr.text import Kind, Text

CLEANERS = {
    **{name: Cleaner(filters=[name]) for name in CHAIN},
    **{preset: Cleaner(preset) for preset in ("repair", "standard", "strict")},
    # What a cleaner leaves out, its filters must not count on.
    "without-share": Cleaner(ignore=["boilerplate.share"]),
    "without-repairs": Cleaner(ignore=["markup", "controls.c0", "spaces.runs", "boilerplate.repeats"]),
    "certain": Cleaner(safety="certain"),
    "boilerplate-of-all-sorts": Cleaner(filters=["boilerplate"], safety="guess"),
    "strict-without-some": Cleaner("strict", ignore=["boilerplate.byline", "boilerplate.related", "joins"]),
    "bylines-only": Cleaner("strict", select=["boilerplate.byline", "boilerplate.dateline", "blank_lines"]),
}
FILTERS = {name: filters.load(name) for name in CHAIN}
KINDS: tuple[Kind, ...] = ("text", "markdown")
MARKS = (
    "`",
    "~~~",
    "|",
    "---",
    "+++",
    "    ",
    "\t",
    "#",
    "- ",
    "* ",
    ">",
    "<",
    "$$",
    "]:",
)  # without them, no Markdown
QUOTES = "\"'“”„‟‘’‚‛"
# Rules that decode characters, or take letters away; no other does.
TAKING = ("markup", "encoding", "boilerplate", "controls.ansi", "controls.overstrike")

# Found by hand or by an earlier run; each broke a law once, or breaks other tools.
TRAPS = (
    "&acirc;&euro;&trade;s",
    "a&#8203;b",
    "&am&#8203;p;lt;",
    "&amp;lt;",
    "Ã&copy;",
    "a\u00a0Â b",
    "Leave a\nReply",
    "the\nShare Button\nmayor",
    "Reuters\nAP\nThe mayor of the small town opened the new bridge on a rainy Tuesday in March.",
    "“Yes,†he said. “No.â€",
    "&&#35;39;",
    "&lt&semi;",
    "S\ufffdo Paulo costs Â£5.",
    "cafÃ© and \ufffdx",
    "N\bNA\bA _\bf a\x1fb",
    "For 1<p and q>1 the inequality holds.",
    "It rained all day.\n\n- item\n\nShare this article\n\n    a\u200bb\n\nNobody came to the harbour.",
    "The bridge opens in May for everyone\nPosted by Anna on May 3\nThe bridge opens in May for everyone\n",
    "It rained all day.\nShare Button\nIt rained all day.\n",
    "> ```\n> x  =  “1”\n\n- item\n\n      code  “x”\n",
    "\n---\n```\n---\n“x”  y\n```\n",
    "a \u00a0\u0085    return  “x”;\n",
)


def check_edits(found: Filter, text: Text) -> None:
    """Law 1: edits are ordered, inside the text, disjoint; none changes nothing; its rule is a known one."""
    last = 0
    for edit in found.find(text):
        assert last <= edit.start <= edit.end <= len(text.raw)
        assert text.raw[edit.start : edit.end] != edit.new
        assert edit.rule in found.rules
        last = edit.end


def check_guard(found: Filter, text: Text) -> None:
    """Law 6: where a guard says that there is nothing to do, there is nothing to do."""
    if found.guard and not found.guard(text):
        assert not list(found.find(text))


def check_wakes(found: Filter, text: Text) -> None:
    """Law 3, for a filter that says so: its edits give only those before it that it names anything to find."""
    if found.wakes is not None and text.kind == "text":
        left = Text(edits.apply(text.raw, found.find(text))[0], text.language, text.kind)
        for name in CHAIN[: CHAIN.index(found.name)]:
            if name not in found.wakes and not list(FILTERS[name].find(text)):
                assert not list(FILTERS[name].find(left)), name


def check_steps(raw: str, steps: tuple[Step, ...], kind: Kind) -> None:
    """Laws 1 and 10, for each step: no change touches what is protected in the text that it was made in."""
    for step in steps:
        regions = Text(raw, kind=kind).protected
        for change in step.changes:
            end = change.start + len(change.old)
            assert raw[change.start : end] == change.old
            touched = [raw[region.start : region.end] for region in regions if region.touched_by(change.start, end)]
            assert not touched, change
            check_change(step.filter, change)
        made = (Edit(change.start, change.start + len(change.old), change.new, change.rule) for change in step.changes)
        raw = edits.apply(raw, made)[0]


def check_change(name: str, change: Change) -> None:
    """Law 10: only what decodes makes characters, and only what removes words takes any that are seen."""
    old, new = change.old, change.new
    if name not in FILTERS:
        return  # a filter of somebody's own declares its map of characters elsewhere
    if name == "encoding":
        assert all(new.count(char) <= old.count(char) for char in "\ufffd\x1a"), change
    elif name == "markup":
        assert set(new) <= {*old, *html.unescape(html.unescape(html.unescape(old))), "\n"}, change
        assert old.startswith(("<", "&")), change
        assert old.endswith((">", ";")), change
    elif FILTERS[name].removes or change.rule == "controls.ansi":
        assert not visible(new), change
    elif change.rule == "controls.overstrike":
        assert "\b" in old, change
        assert visible(new) in visible(old), change
    elif name == "quotes":
        assert [char for char in visible(new) if char not in QUOTES] == [c for c in visible(old) if c not in QUOTES]
    else:
        assert visible(new) == visible(old), change


def visible(text: str) -> str:
    """The letters, digits, signs and punctuation of a text; two halves of a character are one."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return "".join(char for char in joined if unicodedata.category(char)[0] in "LNPS")


def check_cleaned(cleaner: Cleaner, raw: str, kind: Kind) -> None:
    """Laws 1 (protected spans), 2, 3, 4 and 10."""
    cleaned = cleaner.explain(raw, kind=kind)
    assert cleaned.restore() == raw
    check_steps(raw, cleaned.steps, kind)
    spans = cleaned.spans()
    assert edits.replay(raw, spans) == cleaned.text
    assert all(raw[span.start : span.end] != span.new for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    origins = [cleaned.origin(at) for at in range(0, len(cleaned.text) + 1, 7)]
    assert origins == sorted(origins)
    assert all(0 <= origin <= len(raw) for origin in origins)

    assert cleaner.clean(cleaned.text, kind=kind) == cleaned.text
    assert cleaner.clean(raw, kind=kind) == cleaned.text

    named = html.unescape(html.unescape(raw))
    assert cleaned.text.count("†") <= max(raw.count("†"), named.count("†") + raw.count("&dagger;"))
    assert cleaned.text.count("\ufffd") <= raw.count("\ufffd")
    rules = {change.rule for change in cleaned.changes}
    ours = all(step.filter in FILTERS for step in cleaned.steps)
    if ours and not any(rule.startswith(TAKING) for rule in rules):
        assert cleaned.text.count("\ufffd") == raw.count("\ufffd")
        assert list(filter(str.isalnum, visible(cleaned.text))) == list(filter(str.isalnum, visible(raw)))


@pytest.mark.parametrize("name", CHAIN)
@given(raw=texts())
@example(raw="\n".join(TRAPS))
def test_filters_keep_the_laws(name: str, raw: str) -> None:
    found = FILTERS[name]
    for kind in KINDS:
        text = Text(raw, kind=kind)
        check_edits(found, text)
        check_guard(found, text)
        check_wakes(found, text)


@pytest.mark.parametrize("name", CLEANERS)
@given(raw=texts())
@example(raw="\n".join(TRAPS))
def test_cleaners_keep_the_laws(name: str, raw: str) -> None:
    check_cleaned(CLEANERS[name], raw, "text")
    if any(mark in raw for mark in MARKS):
        check_cleaned(CLEANERS[name], raw, "markdown")


@pytest.mark.parametrize("name", CLEANERS)
@pytest.mark.parametrize("trap", TRAPS)
def test_traps_keep_the_laws(name: str, trap: str) -> None:
    for kind in KINDS:
        check_cleaned(CLEANERS[name], trap, kind)


@pytest.mark.parametrize("name", CLEANERS)
@pytest.mark.parametrize("sample", [*DIRTY, *CLEAN], ids=lambda sample: sample.name)
def test_samples_keep_the_laws(name: str, sample: Sample) -> None:
    check_cleaned(CLEANERS[name], sample.text, sample.kind)


@pytest.mark.parametrize("name", CHAIN)
@given(raw=texts())
def test_filters_are_local(name: str, raw: str) -> None:
    """Law 5: within a filter's scope, proposing for the parts is proposing for the whole."""
    scope = FILTERS[name].scope
    if scope == "document":
        return
    whole = [tuple(edit[:3]) for edit in FILTERS[name].find(Text(raw))]
    found, start = [], 0
    for part in _parts(raw, scope):
        found += [(edit.start + start, edit.end + start, edit.new) for edit in FILTERS[name].find(Text(part))]
        start += len(part)
    assert found == whole


def _parts(raw: str, scope: str) -> list[str]:
    lines = raw.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + lines[-1:]
    if scope == "line":
        return lines
    parts = [""]
    for line in lines:
        parts[-1] += line
        if not line.strip():
            parts.append("")
    return parts


@given(raws=hypothesis.strategies.lists(texts(), min_size=2, max_size=4))
@hypothesis.settings(max_examples=max(50, hypothesis.settings().max_examples // 10))
def test_documents_do_not_depend_on_each_other(raws: list[str]) -> None:
    """Law 4: neither the documents before nor their order matter, and a cleaner pickles."""
    alone = [pickle.loads(pickle.dumps(CLEANERS["standard"])).clean(raw) for raw in raws]
    assert [CLEANERS["standard"].clean(raw) for raw in raws] == alone
    assert [CLEANERS["standard"].clean(raw) for raw in reversed(raws)] == alone[::-1]


@pytest.mark.parametrize("sample", CLEAN, ids=lambda sample: sample.name)
def test_clean_text_comes_back(sample: Sample) -> None:
    """Law 7."""
    assert CLEANERS["repair"].clean(sample.text, kind=sample.kind) == sample.text
    cleaned = CLEANERS["standard"].explain(sample.text, kind=sample.kind)
    assert {step.filter for step in cleaned.steps} <= {"quotes"}, cleaned.changes


def test_the_strategy_is_sharp() -> None:
    """It finds, within 2,000 examples, that `ftfy.fix_text` twice is not `ftfy.fix_text` once."""
    hypothesis.find(
        texts(),
        lambda raw: ftfy.fix_text(ftfy.fix_text(raw)) != ftfy.fix_text(raw),
        settings=hypothesis.settings(max_examples=2_000, database=None),
        random=random.Random(0),
    )
