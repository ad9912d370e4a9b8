"""Places and spans, from raw to clean text and back: an annotation stays on its words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts
from test_edits import rounds

from cleanr import Change, Cleaned, Cleaner, Safety, Step
from cleanr.offsets import Offsets

#        0    5     10        19   24     31
RAW = "\n“One”  caf&eacute; two \nShare\n\n\nend"
TEXT = '"One" café two\nShare\n\nend'


@pytest.fixture(scope="module")
def cleaned() -> Cleaned:
    return Cleaner(ignore=["boilerplate"]).explain(RAW)


def made(text: str, *changes: tuple[int, str, str]) -> Cleaned:
    """A text of which one filter replaced (start in what it was given, old, new)."""
    return Cleaned(text, (Step("f", tuple(Change(*change, "f.rule", Safety.CERTAIN) for change in changes)),))


@pytest.mark.parametrize(
    ("position", "clean"),
    [
        pytest.param(0, 0, id="what-went-is-where-the-text-begins"),
        pytest.param(1, 0, id="replaced-one-for-one"),
        pytest.param(2, 1, id="behind-it"),
        pytest.param(6, 5, id="first-of-a-gap"),
        pytest.param(7, 5, id="rest-of-a-gap"),
        pytest.param(8, 6, id="behind-the-gap"),
        pytest.param(11, 9, id="the-entity"),
        pytest.param(18, 9, id="the-end-of-the-entity"),
        pytest.param(19, 10, id="behind-the-entity"),
        pytest.param(23, 14, id="a-space-that-went-is-where-the-text-closed"),
        pytest.param(24, 14, id="behind-it"),
        pytest.param(RAW.index("end"), TEXT.index("end"), id="last-word"),
        pytest.param(len(RAW), len(TEXT), id="the-end"),
    ],
)
def test_locate(cleaned: Cleaned, position: int, clean: int) -> None:
    assert cleaned.locate(position) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("“One”", '"One"'),
        ("One", "One"),
        ("\n“One”", '"One"'),  # what went at an end is not there any more
        ("caf&eacute;", "café"),
        ("eacute", "é"),  # a replacement counts as a whole
        ("f&e", "fé"),
        (" two \nShare", " two\nShare"),
        ("two ", "two"),
        ("  ", " "),
        (RAW, TEXT),
    ],
)
def test_clean_span(cleaned: Cleaned, raw: str, clean: str) -> None:
    at = RAW.index(raw)
    start, end = cleaned.clean_span(at, at + len(raw))
    assert cleaned.text[start:end] == clean


@pytest.mark.parametrize(
    ("clean", "raw"),
    [
        ('"One"', "“One”"),
        ("One", "One"),
        ("é", "&eacute;"),
        ("fé ", "f&eacute; "),
        (" two\nShare", " two \nShare"),  # between the ends, what went belongs to it
        ("two", "two"),  # at the ends it does not
        ('" c', "”  c"),
        (TEXT, RAW[1:]),
    ],
)
def test_raw_span(cleaned: Cleaned, clean: str, raw: str) -> None:
    at = TEXT.index(clean)
    start, end = cleaned.raw_span(at, at + len(clean))
    assert RAW[start:end] == raw


def test_a_span_of_which_nothing_is_left() -> None:
    cleaned = made("ad", (1, "bc", ""))
    assert [cleaned.clean_span(*span) for span in ((1, 3), (1, 2), (2, 3), (2, 2))] == [(1, 1)] * 4
    assert cleaned.clean_span(0, 2) == (0, 1)
    assert cleaned.clean_span(2, 4) == (1, 2)


def test_half_of_a_replacement_is_made_of_all_of_it() -> None:
    cleaned = made("aWXYZd", (1, "bc", "WXYZ"))
    assert cleaned.raw_span(2, 3) == (1, 3)
    assert cleaned.clean_span(2, 3) == (1, 5)
    assert [cleaned.locate(at) for at in range(5)] == [0, 1, 2, 5, 6]


def test_text_that_was_put_in_was_made_of_nothing() -> None:
    cleaned = made("aXYb", (1, "", "XY"))
    assert cleaned.raw_span(1, 3) == (1, 1)
    assert cleaned.raw_span(0, 4) == (0, 2)
    assert cleaned.raw_span(2, 4) == (1, 2)
    assert [cleaned.locate(at) for at in range(3)] == [0, 3, 4]
    assert cleaned.clean_span(0, 2) == (0, 4)
    assert cleaned.clean_span(1, 2) == (3, 4)


def test_an_empty_span_stays_one(cleaned: Cleaned) -> None:
    assert cleaned.raw_span(9, 9) == (11, 11)
    assert cleaned.clean_span(12, 12) == (9, 9)
    assert cleaned.clean_span(len(RAW), len(RAW)) == (len(TEXT), len(TEXT))


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ((-1, 2), "position -1 lies outside the text of 4 characters"),
        ((0, 5), "position 5 lies outside the text of 4 characters"),
        ((5, 5), "position 5 lies outside the text of 4 characters"),
        ((3, 2), r"span 3\.\.2 ends before it starts"),
    ],
)
def test_spans_that_cannot_be(span: tuple[int, int], says: str) -> None:
    for move in (made("ad", (1, "bc", "")).clean_span, made("aXYd", (1, "", "XY")).raw_span):
        with pytest.raises(IndexError, match=says):
            move(*span)
    with pytest.raises(IndexError, match="position -1"):
        Offsets([], [], 0).place(-1)


def check(raw: str, cleaned: Cleaned, ends: list[int]) -> None:
    """The laws of places and spans; `ends` are any numbers, of which places are made."""
    spans, text = cleaned.spans(), cleaned.text
    touched = {at for span in spans for at in range(span.start, span.end)}
    kept = [at for at in range(len(raw)) if at not in touched]
    assert len(kept) == len(text) - sum(len(span.new) for span in spans)
    for at in kept:  # a character that nobody touched is found, and found again
        assert text[cleaned.locate(at)] == raw[at]
        assert cleaned.origin(cleaned.locate(at)) == at
        assert cleaned.raw_span(*cleaned.clean_span(at, at + 1)) == (at, at + 1)
    for places, size in (
        ([cleaned.locate(at) for at in range(len(raw) + 1)], len(text)),
        ([cleaned.origin(at) for at in range(len(text) + 1)], len(raw)),
    ):
        assert places == sorted(places)
        assert places[-1] == size
        assert places[0] >= 0
    for first, second in itertools.combinations(sorted(end % (len(kept) + 1) for end in ends), 2):
        if first < second:  # between untouched ends, there and back is the same span
            start, end = kept[first], kept[second - 1] + 1
            there = cleaned.clean_span(start, end)
            assert cleaned.raw_span(*there) == (start, end)
            assert cleaned.clean_span(start, end) == there
    for first, second in itertools.combinations(sorted(end % (len(text) + 1) for end in ends), 2):
        start, end = cleaned.raw_span(first, second)
        assert 0 <= start <= end <= len(raw)
        low, high = cleaned.clean_span(start, end)
        if first < second and not _put_in(cleaned, first) and not _put_in(cleaned, second - 1):
            assert low <= first <= second <= high  # the raw span has all that the clean one was made of


def _put_in(cleaned: Cleaned, position: int) -> bool:
    """Whether a character of the clean text was made of nothing."""
    start, end = cleaned.raw_span(position, position + 1)
    return start == end


PLACES = st.lists(st.integers(0, 500), max_size=5)


@given(rounds(), PLACES)
def test_spans_of_any_edits(case: tuple[str, list[tuple[Change, ...]], str], ends: list[int]) -> None:
    raw, applied, text = case
    check(raw, Cleaned(text, tuple(Step("f", changes) for changes in applied)), ends)


@pytest.mark.parametrize("preset", ["repair", "standard", "strict"])
@given(raw=texts(), ends=PLACES)
def test_spans_of_real_edits(preset: str, raw: str, ends: list[int]) -> None:
    check(raw, Cleaner(preset).explain(raw), ends)
