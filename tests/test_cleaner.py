"""The loop: which filters run, which of their edits are applied, and when removals are withheld."""

import pickle
import re
from typing import Any

import pytest
from modules import BROKEN, CONFIGURABLE, EAGER, GROWING, GUARDED, SLOW, SWINGING, UNSURE, module

import cleanr
from cleanr import Cleaner, EditError, filters
from cleanr.cleaner import MAX_PASSES
from cleanr.filters import CHAIN

PROSE = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
MORE = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."


def names(cleaner: Cleaner) -> list[str]:
    return [found.name for found in cleaner.chain]


# Presets


@pytest.mark.parametrize(
    ("preset", "chain", "safety", "max_removed"),
    [
        pytest.param("repair", CHAIN[:5], "likely", 0.0, id="repair"),
        pytest.param("standard", CHAIN, "likely", 0.9, id="standard"),
        pytest.param("strict", CHAIN, "guess", 0.95, id="strict"),
    ],
)
def test_presets(preset: str, chain: tuple[str, ...], safety: str, max_removed: float) -> None:
    cleaner = Cleaner(preset)
    assert names(cleaner) == list(chain)
    assert (str(cleaner.safety), cleaner.max_removed) == (safety, max_removed)


def test_the_chain_is_the_one_of_the_design() -> None:
    assert " → ".join(CHAIN) == (
        "markup → encoding → controls → line_breaks → spaces → quotes → boilerplate → joins → blank_lines"
    )


def test_standard_is_the_default() -> None:
    assert names(Cleaner()) == names(Cleaner("standard"))
    assert Cleaner().safety == Cleaner("standard").safety


def test_repair_never_removes_a_word() -> None:
    raw = f"“{PROSE}”\n\n\nShare Button\n\n{MORE}\n"
    assert Cleaner("repair").clean(raw) == raw


def test_strict_does_what_standard_only_guesses() -> None:
    raw = f"{PROSE}\n\nUpdated 3 hours ago\n\n{MORE}\n"
    assert Cleaner().clean(raw) == raw
    assert Cleaner("strict").clean(raw) == f"{PROSE}\n\n{MORE}\n"


# Which filters run


def test_filters_by_name_are_a_chain_of_just_these() -> None:
    cleaner = Cleaner(filters=["quotes", "markup"])
    assert names(cleaner) == ["quotes", "markup"]
    assert cleaner.clean("“a”  &ldquo;b") == '"a"  "b'


def test_no_filters_do_nothing() -> None:
    assert Cleaner(filters=[]).clean("“a”  &eacute;") == "“a”  &eacute;"


def test_a_module_is_a_filter() -> None:
    cleaner = Cleaner(filters=["quotes", SLOW])
    assert names(cleaner) == ["quotes", "slow"]
    assert cleaner.clean("“1”") == '""'


def test_a_filters_guard_saves_its_work() -> None:
    assert Cleaner(filters=[GUARDED]).clean("text") == "text"


def test_select_one_rule() -> None:
    cleaner = Cleaner(select=["quotes.single"])
    assert names(cleaner) == ["quotes"]
    assert cleaner.clean("“it’s”  ") == "“it's”  "


def test_ignore_a_filter_takes_it_out() -> None:
    assert names(Cleaner(ignore=["quotes", "boilerplate"])) == [
        name for name in CHAIN if name not in ("quotes", "boilerplate")
    ]


def test_ignore_all_rules_of_a_filter_takes_it_out() -> None:
    rules = list(filters.load("quotes").rules)
    assert "quotes" not in names(Cleaner(ignore=rules))


def test_ignore_a_rule() -> None:
    assert Cleaner(ignore=["quotes.single"]).clean("“it’s”") == '"it’s"'


def test_the_longest_prefix_wins() -> None:
    cleaner = Cleaner(select=["quotes.double"], ignore=["quotes"])
    assert cleaner.clean("“it’s”  ") == '"it’s"  '
    raw = f"{PROSE}\n\nShare Button\n\nLeave a Reply\n\n{MORE}\n"
    left = Cleaner(select=["boilerplate", "blank_lines"], ignore=["boilerplate.share"]).clean(raw)
    assert left == f"{PROSE}\n\nShare Button\n\n{MORE}\n"


def test_ignored_edits_leave_the_others_of_their_filter() -> None:
    raw = f"{PROSE}\n\nShare Button\n\nLeave a Reply\n\n{MORE}\n"
    cleaned = Cleaner(ignore=["boilerplate.share"]).explain(raw)
    assert {change.rule for change in cleaned.changes} == {"boilerplate.comments", "blank_lines.runs"}


# Unknown names


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param({"preset": "fast"}, ["preset", "'fast'", "repair, standard, strict"], id="preset"),
        pytest.param({"filters": ["quote"]}, ["filter", "'quote'", *CHAIN], id="filter"),
        pytest.param({"select": ["quote"]}, ["rule", "'quote'", "quotes.double", "markup.tags"], id="select"),
        pytest.param({"ignore": ["quotes.duoble"]}, ["rule", "'quotes.duoble'", "quotes.double"], id="ignore"),
        pytest.param({"ignore": [""]}, ["rule", "''"], id="ignore-nothing"),
        pytest.param({"safety": "sure"}, ["safety", "'sure'", "guess", "likely", "certain"], id="safety"),
        pytest.param({"options": {"quote": {}}}, ["filter", "'quote'", "quotes"], id="options-of-no-filter"),
        pytest.param({"options": {"quotes": {"stile": "keep"}}}, ["'stile'", "'quotes'", "style"], id="option"),
        pytest.param(
            {"options": {"blank_lines": {"most": 2}}}, ["'most'", "'blank_lines'", "none"], id="option-of-none"
        ),
        pytest.param(
            {"options": {"quotes": {"style": 1}}}, ["'style'", "'quotes'", "1", "str"], id="type-of-an-option"
        ),
        pytest.param({"options": {"quotes": {"style": None}}}, ["'style'", "None", "str"], id="none-is-no-string"),
        pytest.param({"options": {"quotes": {"style": "kepp"}}}, ["'style'", "'kepp'", "straight", "keep"], id="value"),
        pytest.param(
            {"preset": "repair", "options": {"quotes": {"stile": "keep"}}},
            ["'stile'", "style"],
            id="option-of-a-filter-that-does-not-run",
        ),
        pytest.param(
            {"ignore": ["quotes"], "options": {"quotes": {"stile": "keep"}}},
            ["'stile'", "style"],
            id="option-of-a-filter-that-is-ignored",
        ),
        pytest.param({"max_removed": 1.5}, ["1.5"], id="share-above-one"),
        pytest.param({"max_removed": -0.1}, ["-0.1"], id="share-below-zero"),
        pytest.param(
            {"filters": [CONFIGURABLE], "options": {"configurable": {"count": True}}},
            ["'count'", "True", "int"],
            id="a-bool-is-no-number",
        ),
    ],
)
def test_what_is_unknown_is_named_with_what_is_known(arguments: dict[str, Any], says: list[str]) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        Cleaner(**arguments)
    message = str(caught.value)
    assert [word for word in says if word not in message] == []


@pytest.mark.parametrize("missing", ["find", "RULES", "SCOPE"])
def test_a_module_that_is_no_filter(missing: str) -> None:
    other = module("incomplete", lambda text: ())
    delattr(other, missing)
    with pytest.raises(ValueError, match=rf"filters_of_tests\.incomplete .*no {missing}"):
        Cleaner(filters=[other])


# Options


def test_options() -> None:
    assert Cleaner(options={"quotes": {"style": "keep"}}).clean("“a”") == "“a”"
    assert Cleaner(options={"quotes": {"style": "straight"}}).clean("“a”") == '"a"'
    assert Cleaner(options={"quotes": {}}).clean("“a”") == '"a"'


def test_options_of_a_module() -> None:
    assert Cleaner(filters=[CONFIGURABLE]).clean("aab") == "?ab"
    options = {"configurable": {"old": "b", "count": 3, "loud": True}}
    assert Cleaner(filters=[CONFIGURABLE], options=options).clean("aab") == "aa!"


def test_the_callers_options_are_not_kept_by_reference() -> None:
    options = {"quotes": {"style": "keep"}}
    cleaner = Cleaner(options=options)
    options["quotes"]["style"] = "straight"
    assert cleaner.clean("“a”") == "“a”"


# Safety


@pytest.mark.parametrize(("safety", "expected"), [("guess", ""), ("likely", "1"), ("certain", "12")])
def test_least_safety(safety: str, expected: str) -> None:
    assert Cleaner(filters=[UNSURE], safety=safety).clean("123") == expected


def test_safety_takes_the_place_of_the_presets() -> None:
    raw = f"{PROSE}\n\nShare Button\n\n{MORE}\n"
    assert Cleaner(safety="certain").clean(raw) == raw
    assert Cleaner("strict", safety="likely").safety == Cleaner("standard").safety


# What is cleaned


@pytest.mark.parametrize("value", [b"bytes", None, 1, ["text"]], ids=["bytes", "none", "int", "list"])
def test_only_str(value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        Cleaner().clean(value)
    with pytest.raises(TypeError, match=type(value).__name__):
        Cleaner().explain(value)
    with pytest.raises(TypeError, match=type(value).__name__):
        cleanr.clean(value)


def test_a_subclass_of_str_is_a_str() -> None:
    class Name(str):
        pass

    assert Cleaner().clean(Name("“a”")) == '"a"'


def test_clean_is_the_text_of_explain() -> None:
    raw = f"“{PROSE}”\n\nShare Button\n"
    assert Cleaner().clean(raw) == Cleaner().explain(raw).text == cleanr.clean(raw) == cleanr.explain(raw).text


def test_kind_and_language_reach_the_filters() -> None:
    seen = []

    def find(text: cleanr.Text) -> tuple[()]:
        seen.append((text.language, text.kind))
        return ()

    Cleaner(filters=[module("listening", find)]).clean("x", language="fr", kind="markdown")
    Cleaner(filters=[module("listening", find)]).clean("x")
    assert seen == [("fr", "markdown"), ("und", "text")]


def test_protected_spans_are_not_touched() -> None:
    raw = "“a” `“b”` https://example.org/a1 1"
    assert Cleaner(filters=["quotes"]).clean(raw, kind="markdown") == '"a" `“b”` https://example.org/a1 1'
    assert Cleaner(filters=["quotes"]).clean(raw) == '"a" `"b"` https://example.org/a1 1'
    assert Cleaner(filters=[UNSURE], safety="guess").clean(raw) == "“a” `“b”` https://example.org/a1 "


def test_filters_never_hide_a_filters_bug() -> None:
    with pytest.raises(EditError, match=r"broken\.rule"):
        Cleaner(filters=[BROKEN]).clean("text")


# The fixed point


def test_the_chain_runs_until_nothing_changes() -> None:
    cleaned = Cleaner(filters=[SLOW]).explain("a1b2c3")
    assert (cleaned.text, cleaned.flagged) == ("abc", ())
    assert len(cleaned.steps) == 3
    assert cleaned.restore() == "a1b2c3"


@pytest.mark.parametrize("found", [GROWING, SWINGING], ids=["growing", "swinging"])
def test_what_never_settles_is_passed_through_and_flagged(found: Any) -> None:
    raw = "“aab”"
    cleaner = Cleaner(filters=["quotes", found])
    cleaned = cleaner.explain(raw)
    assert (cleaned.text, cleaned.steps, cleaned.changes) == (raw, (), ())
    (flag,) = cleaned.flagged
    assert re.search(r"still changing after 8 passes", flag)
    assert cleaner.clean(cleaned.text) == cleaned.text
    assert cleaner.explain(cleaned.text).flagged == cleaned.flagged
    assert cleaned.restore() == raw


def test_what_needs_too_many_passes_is_passed_through() -> None:
    assert Cleaner(filters=[SLOW]).clean("1234567") == ""
    raw = "1" * (MAX_PASSES**2 + 1)  # in each pass a filter is asked as often as there may be passes
    cleaned = Cleaner(filters=[SLOW]).explain(raw)
    assert cleaned.text == raw
    assert cleaned.flagged


def test_a_document_that_does_not_settle_leaves_the_next_alone() -> None:
    cleaner = Cleaner(filters=["quotes", SWINGING])
    cleaner.clean("a")
    assert cleaner.clean("“x”") == '"x"'


# The budget

FURNITURE = "Share Button\n\nLeave a Reply\n\nYour email address will not be published.\n\nSkip to content\n"


def test_a_document_that_is_all_furniture_is_kept_and_flagged() -> None:
    cleaned = Cleaner().explain(FURNITURE)
    assert cleaned.text == FURNITURE
    (flag,) = cleaned.flagged
    assert flag.startswith("removals withheld")
    assert Cleaner().clean(cleaned.text) == cleaned.text
    assert Cleaner().explain(cleaned.text).flagged == cleaned.flagged


def test_repairs_still_apply_where_removals_are_withheld() -> None:
    raw = "\n\n" + FURNITURE.replace("Share", "“Share”").replace("Leave a", "Leave&nbsp;a ").replace("\n", "\r\n")
    cleaned = Cleaner().explain(raw)
    assert cleaned.text == FURNITURE.replace("Share", '"Share"')
    assert cleaned.flagged
    assert cleaned.restore() == raw
    assert {step.filter for step in cleaned.steps} == {"markup", "line_breaks", "spaces", "quotes", "blank_lines"}


def test_a_document_with_one_sentence_keeps_it() -> None:
    raw = "Words without an end\n" * 9 + "Your email address will not be published.\n"
    kept = Cleaner().explain(raw)
    assert kept.text == raw
    assert kept.flagged == ("removals withheld: no sentence would be left",)
    with_another = raw + PROSE + "\n"
    assert "Your email address" not in Cleaner().clean(with_another)
    assert Cleaner().explain(with_another).flagged == ()


def test_a_document_within_the_budget_is_not_flagged() -> None:
    raw = f"{PROSE}\n\n{FURNITURE}"
    cleaned = Cleaner().explain(raw)
    assert (cleaned.text, cleaned.flagged) == (f"{PROSE}\n", ())


@pytest.mark.parametrize(
    ("max_removed", "expected"),
    [
        pytest.param(0.0, "- one two\nthree four\n", id="nothing-may-go"),
        pytest.param(0.49, "- one two\nthree four\n", id="less-than-half"),
        pytest.param(0.5, "three four\n", id="just-half"),
        pytest.param(1.0, "three four\n", id="everything"),
    ],
)
def test_max_removed(max_removed: float, expected: str) -> None:
    cleaned = Cleaner(filters=[EAGER], max_removed=max_removed).explain("- one two\nthree four\n")
    assert cleaned.text == expected
    assert bool(cleaned.flagged) is (expected != "three four\n")


def test_strict_may_remove_more() -> None:
    raw = "one two\n" + "- gone gone\n" * 12  # 24 of 26 words: 92 %
    assert Cleaner("standard", filters=[EAGER]).clean(raw) == raw
    assert Cleaner("strict", filters=[EAGER]).clean(raw) == "one two\n"


def test_only_filters_that_remove_count() -> None:
    assert Cleaner(filters=[SLOW], max_removed=0.0).clean("1 2 3") == "  "


def test_without_removals_a_repaired_text_is_looked_at_again() -> None:
    """A repair that makes removals fit the budget lets them pass at once: twice is once."""

    def find(text: cleanr.Text) -> Any:
        if text.raw.startswith("-") and text.raw.endswith("!"):  # too late behind the removal
            yield cleanr.Edit(len(text.raw) - 1, len(text.raw), "\nfour words are here", "adding.rule")

    cleaner = Cleaner(filters=[EAGER, module("adding", find)], max_removed=0.4)
    cleaned = cleaner.explain("- one two\nx!")
    assert cleaned.text == "x\nfour words are here"
    assert cleaned.flagged == ()
    assert cleaner.clean(cleaned.text) == cleaned.text
    assert cleaned.restore() == "- one two\nx!"


def test_a_document_that_is_over_budget_and_never_settles() -> None:
    raw = "- one two three a\n"
    cleaned = Cleaner(filters=[EAGER, SWINGING], max_removed=0.1).explain(raw)
    assert cleaned.text == raw
    assert any("still changing" in flag for flag in cleaned.flagged)


# Pickling


def test_a_cleaner_pickles() -> None:
    cleaner = Cleaner("strict", ignore=["quotes.single"], options={"quotes": {"style": "straight"}}, max_removed=0.5)
    again = pickle.loads(pickle.dumps(cleaner))
    assert names(again) == names(cleaner)
    assert (again.safety, again.max_removed, again.selection) == (cleaner.safety, 0.5, cleaner.selection)
    raw = f"“{PROSE} It’s late.”\n\nShare Button\n"
    assert again.explain(raw).changes == cleaner.explain(raw).changes


def test_a_cleaner_pickles_with_a_module_filter() -> None:
    cleaner = Cleaner(filters=["quotes", CONFIGURABLE], options={"configurable": {"loud": True}}, safety="certain")
    again = pickle.loads(pickle.dumps(cleaner))
    assert names(again) == ["quotes", "configurable"]
    assert again.clean("a“") == cleaner.clean("a“") == '!"'


def test_a_pickle_of_a_pickle() -> None:
    cleaner = Cleaner(filters=[CONFIGURABLE, "quotes"])
    assert pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(cleaner)))).clean("a“") == '?"'


def test_cleaners_hold_no_state() -> None:
    cleaner = Cleaner()
    first = cleaner.explain(f"“{PROSE}”\n\nShare Button\n")
    cleaner.clean(FURNITURE)
    second = cleaner.explain(f"“{PROSE}”\n\nShare Button\n")
    assert (first.text, first.steps) == (second.text, second.steps)


@pytest.mark.parametrize("name", ["filters", "select", "ignore", "packs"])
def test_a_string_is_no_list_of_strings(name: str) -> None:
    with pytest.raises(TypeError, match=rf"{name} is 'quotes', but must be a list of strings: \['quotes'\]"):
        Cleaner(**{name: "quotes"})  # type: ignore[arg-type]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind 'md'; known: text, markdown"):
        Cleaner().clean("a", kind="md")  # type: ignore[arg-type]
