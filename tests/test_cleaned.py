"""What was done to a text: steps, changes, spans, and the way back."""

import pytest

from cleanr import Change, Cleaned, Cleaner, Safety, Span, Step

SURE = Safety.CERTAIN

#        0    5     10        19   24
RAW = "\n“One”  caf&eacute; two \nShare\n\n\nend"
# "\n" goes; ““”, “””, the gap, the entity and the last space change; one of two blank lines goes.
TEXT = '"One" café two\nShare\n\nend'


@pytest.fixture(scope="module")
def cleaned() -> Cleaned:
    return Cleaner(ignore=["boilerplate"]).explain(RAW)


def test_text(cleaned: Cleaned) -> None:
    assert cleaned.text == TEXT
    assert cleaned.flagged == ()


def test_steps_name_the_filters_in_order(cleaned: Cleaned) -> None:
    assert [step.filter for step in cleaned.steps] == ["markup", "spaces", "quotes", "blank_lines"]


def test_changes_are_those_of_all_steps(cleaned: Cleaned) -> None:
    assert cleaned.changes == tuple(change for step in cleaned.steps for change in step.changes)
    assert [(change.rule, change.old, change.new) for change in cleaned.changes] == [
        ("markup.entities", "&eacute;", "é"),
        ("spaces.runs", "  ", " "),
        ("spaces.trailing", " ", ""),
        ("quotes.double", "“", '"'),
        ("quotes.double", "”", '"'),
        ("blank_lines.ends", "\n", ""),
        ("blank_lines.runs", "\n", ""),
    ]


def test_restore(cleaned: Cleaned) -> None:
    assert cleaned.restore() == RAW


def test_spans_count_in_the_raw_text(cleaned: Cleaned) -> None:
    assert cleaned.spans()[:-1] == [
        Span(0, 1, "", ("blank_lines.ends",)),
        Span(1, 2, '"', ("quotes.double",)),
        Span(5, 6, '"', ("quotes.double",)),
        Span(6, 8, " ", ("spaces.runs",)),
        Span(11, 19, "é", ("markup.entities",)),
        Span(23, 24, "", ("spaces.trailing",)),
    ]
    last = cleaned.spans()[-1]
    assert (RAW[last.start : last.end], last.new, last.rules) == ("\n", "", ("blank_lines.runs",))


def test_spans_are_the_callers_to_change(cleaned: Cleaned) -> None:
    cleaned.spans().clear()
    assert len(cleaned.spans()) == 7


@pytest.mark.parametrize(
    ("position", "raw_position"),
    [
        pytest.param(0, 1, id="first-character-behind-what-went"),
        pytest.param(1, 2, id="behind-a-replaced-one"),
        pytest.param(4, 5, id="replaced-one-for-one"),
        pytest.param(5, 6, id="what-is-left-of-a-gap"),
        pytest.param(6, 8, id="behind-the-gap"),
        pytest.param(8, 10, id="before-the-entity"),
        pytest.param(9, 11, id="the-entity"),
        pytest.param(10, 19, id="behind-the-entity"),
        pytest.param(14, 24, id="line-end-behind-a-space-that-went"),
        pytest.param(TEXT.index("end"), RAW.index("end"), id="last-word"),
        pytest.param(len(TEXT), len(RAW), id="the-end"),
    ],
)
def test_origin(cleaned: Cleaned, position: int, raw_position: int) -> None:
    assert cleaned.origin(position) == raw_position


@pytest.mark.parametrize("position", [-1, len(TEXT) + 1, 10_000])
def test_origin_outside_the_text(cleaned: Cleaned, position: int) -> None:
    with pytest.raises(IndexError, match=rf"position {position} lies outside the text of {len(TEXT)} characters"):
        cleaned.origin(position)


def test_every_unchanged_character_comes_from_itself(cleaned: Cleaned) -> None:
    touched = {at for span in cleaned.spans() for at in range(span.start, span.end)}
    for position, char in enumerate(cleaned.text):
        origin = cleaned.origin(position)
        assert origin in touched or RAW[origin] == char


def test_a_text_that_was_clean() -> None:
    cleaned = Cleaner().explain("Clean.\n")
    assert (cleaned.text, cleaned.steps, cleaned.changes, cleaned.flagged) == ("Clean.\n", (), (), ())
    assert cleaned.spans() == []
    assert cleaned.restore() == "Clean.\n"
    assert [cleaned.origin(at) for at in range(8)] == list(range(8))


def test_an_empty_text() -> None:
    cleaned = Cleaner().explain("")
    assert (cleaned.text, cleaned.restore(), cleaned.origin(0)) == ("", "", 0)


def test_what_is_put_back_is_no_span() -> None:
    steps = (
        Step("one", (Change(1, "b", "x", "one.rule", SURE), Change(2, "c", "y", "one.rule", SURE))),
        Step("two", (Change(1, "x", "b", "two.rule", SURE),)),
    )
    cleaned = Cleaned("aby", steps)
    assert cleaned.restore() == "abc"
    assert cleaned.spans() == [Span(2, 3, "y", ("one.rule",))]
    assert [change.rule for change in cleaned.changes] == ["one.rule", "one.rule", "two.rule"]


def test_origin_inside_longer_new_text() -> None:
    """What is new maps into what it replaced, never behind it."""
    cleaned = Cleaned("aWXYZd", (Step("f", (Change(1, "bc", "WXYZ", "f.rule", SURE),)),))
    assert cleaned.restore() == "abcd"
    assert [cleaned.origin(at) for at in range(7)] == [0, 1, 2, 2, 2, 3, 4]


def test_origin_of_inserted_text_is_where_it_was_inserted() -> None:
    cleaned = Cleaned("aXYb", (Step("f", (Change(1, "", "XY", "f.rule", SURE),)),))
    assert [cleaned.origin(at) for at in range(5)] == [0, 1, 1, 1, 2]


def test_origin_behind_several_removals() -> None:
    changes = tuple(Change(at, old, "", "f.rule", SURE) for at, old in ((0, "aa"), (2, "b"), (4, "d")))
    cleaned = Cleaned("c", (Step("f", changes),))
    assert cleaned.restore() == "aabcd"
    assert [cleaned.origin(at) for at in range(2)] == [3, 5]


def test_repr_tells_what_matters_and_not_the_text() -> None:
    cleaned = Cleaned("secret", (), ("withheld",))
    assert "6 characters" in repr(cleaned)
    assert "withheld" in repr(cleaned)
    assert "secret" not in repr(cleaned)
