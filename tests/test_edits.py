"""Edits, changes and spans: arithmetic that must be right for every text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanr.edits import Change, Edit, EditError, Safety, Span, apply, compose, replay, undo

SURE = Safety.CERTAIN


def change(start: int, old: str, new: str, rule: str) -> Change:
    return Change(start, old, new, rule, SURE)


def test_safety_is_ordered_and_named() -> None:
    assert sorted(Safety) == [Safety.GUESS, Safety.LIKELY, Safety.CERTAIN]
    assert [str(safety) for safety in sorted(Safety)] == ["guess", "likely", "certain"]


def test_an_edit_is_certain_unless_it_says_otherwise() -> None:
    edit = Edit(0, 1, "", "a.b")
    assert (edit.safety, edit.reason) == (Safety.CERTAIN, "")


def test_no_edits_give_the_text_back() -> None:
    assert apply("text", []) == ("text", ())
    assert undo("text", ()) == "text"
    assert replay("text", []) == "text"


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        pytest.param("a  b", [Edit(1, 3, " ", "r")], "a b", id="replace"),
        pytest.param("abc", [Edit(0, 1, "", "r")], "bc", id="delete-at-start"),
        pytest.param("abc", [Edit(2, 3, "", "r")], "ab", id="delete-at-end"),
        pytest.param("abc", [Edit(0, 3, "", "r")], "", id="delete-all"),
        pytest.param("abc", [Edit(0, 0, "x", "r")], "xabc", id="insert-at-start"),
        pytest.param("abc", [Edit(3, 3, "x", "r")], "abcx", id="insert-at-end"),
        pytest.param("", [Edit(0, 0, "x", "r")], "x", id="insert-into-nothing"),
        pytest.param("abc", [Edit(0, 1, "", "r"), Edit(1, 2, "", "r")], "c", id="neighbours"),
        pytest.param("abc", [Edit(1, 1, "x", "r"), Edit(1, 1, "y", "r")], "axybc", id="two-insertions-at-one-place"),
        pytest.param("abc", [Edit(0, 1, "", "r"), Edit(1, 1, "x", "r")], "xbc", id="insert-behind-a-deletion"),
        pytest.param("abc", [Edit(1, 1, "x", "r"), Edit(1, 2, "", "r")], "axc", id="insert-before-a-deletion"),
        pytest.param("\ud83d!", [Edit(0, 1, "", "r")], "!", id="lone-surrogate"),
    ],
)
def test_apply_and_undo(text: str, edits: list[Edit], expected: str) -> None:
    new, changes = apply(text, edits)
    assert new == expected
    assert undo(new, changes) == text
    assert replay(text, compose([], changes)) == expected


def test_a_change_keeps_what_the_edit_said() -> None:
    _, changes = apply("one  two", iter([Edit(3, 5, " ", "spaces.runs", Safety.LIKELY, "because")]))
    assert changes == (Change(3, "  ", " ", "spaces.runs", Safety.LIKELY, "because"),)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 2, "x", "r.one"), Edit(1, 3, "y", "r.two")], id="overlap"),
        pytest.param([Edit(2, 3, "x", "r.one"), Edit(0, 1, "y", "r.two")], id="order"),
        pytest.param([Edit(0, 5, "x", "r.two")], id="outside"),
        pytest.param([Edit(5, 5, "x", "r.two")], id="insertion-outside"),
        pytest.param([Edit(-1, 1, "x", "r.two")], id="before-the-start"),
        pytest.param([Edit(2, 1, "x", "r.two")], id="end-before-start"),
        pytest.param([Edit(0, 1, "a", "r.two")], id="changes-nothing"),
        pytest.param([Edit(1, 1, "", "r.two")], id="inserts-nothing"),
    ],
)
def test_apply_refuses_what_breaks_law_1(edits: list[Edit]) -> None:
    with pytest.raises(EditError, match=r"^r\.two: "):
        apply("abcd", edits)


def test_an_edit_error_is_a_value_error() -> None:
    assert issubclass(EditError, ValueError)


@pytest.mark.parametrize(
    ("raw", "first", "second", "expected"),
    [
        pytest.param("abc", [], [], [], id="nothing"),
        pytest.param("abc", [Span(0, 1, "x", ("a",))], [], [Span(0, 1, "x", ("a",))], id="nothing-second"),
        pytest.param("abc", [], [change(1, "b", "y", "b")], [Span(1, 2, "y", ("b",))], id="nothing-first"),
        pytest.param(
            "abc",
            [Span(2, 3, "x", ("a",))],
            [change(0, "a", "y", "b")],
            [Span(0, 1, "y", ("b",)), Span(2, 3, "x", ("a",))],
            id="apart-second-before-first",
        ),
        pytest.param(
            "abcd",
            [Span(0, 1, "", ("a",))],
            [change(1, "c", "y", "b")],
            [Span(0, 1, "", ("a",)), Span(2, 3, "y", ("b",))],
            id="apart-first-before-second",
        ),
        pytest.param(
            "abcd",
            [Span(0, 1, "x", ("a",))],
            [change(1, "b", "y", "b")],
            [Span(0, 1, "x", ("a",)), Span(1, 2, "y", ("b",))],
            id="only-touching-stays-apart",
        ),
        pytest.param(
            "abcd",
            [Span(1, 2, "x", ("a",))],
            [change(0, "a", "y", "b")],
            [Span(0, 1, "y", ("b",)), Span(1, 2, "x", ("a",))],
            id="only-touching-the-other-way",
        ),
        pytest.param(
            "one\ntwo\nthree",
            [Span(0, 4, "", ("a",))],
            [change(0, "two\n", "", "b")],
            [Span(0, 4, "", ("a",)), Span(4, 8, "", ("b",))],
            id="removed-neighbours-keep-a-rule-each",
        ),
        pytest.param(
            "abc",
            [Span(0, 3, "xyz", ("a",))],
            [change(1, "y", "", "b")],
            [Span(0, 3, "xz", ("a", "b"))],
            id="inside-what-is-new",
        ),
        pytest.param(
            "a&b",
            [Span(1, 2, "xy", ("a",))],
            [change(0, "ax", "z", "b")],
            [Span(0, 2, "zy", ("a", "b"))],
            id="over-the-left-edge",
        ),
        pytest.param(
            "a&b",
            [Span(1, 2, "xy", ("a",))],
            [change(2, "yb", "z", "b")],
            [Span(1, 3, "xz", ("a", "b"))],
            id="over-the-right-edge",
        ),
        pytest.param(
            "abcde",
            [Span(1, 2, "x", ("a",)), Span(3, 4, "y", ("b",))],
            [change(0, "axcye", "", "c")],
            [Span(0, 5, "", ("a", "b", "c"))],
            id="over-two-spans",
        ),
        pytest.param(
            "abcde",
            [Span(1, 4, "xyz", ("a",))],
            [change(0, "ax", "", "b"), change(3, "ze", "", "c")],
            [Span(0, 5, "y", ("a", "b", "c"))],
            id="two-changes-meet-in-one-span",
        ),
        pytest.param(
            "abcdefg",
            [Span(1, 3, "xy", ("a",)), Span(5, 6, "z", ("b",))],
            [change(1, "x", "", "c"), change(2, "ydez", "", "d")],
            [Span(1, 6, "", ("a", "b", "c", "d"))],
            id="rules-in-the-order-in-which-they-were-applied",
        ),
        pytest.param(
            "abc",
            [Span(1, 2, "xy", ("a",))],
            [change(2, "", "-", "b")],
            [Span(1, 2, "x-y", ("a", "b"))],
            id="insertion-inside-what-is-new",
        ),
        pytest.param(
            "abc",
            [Span(1, 2, "", ("a",))],
            [change(0, "ac", "", "b")],
            [Span(0, 3, "", ("a", "b"))],
            id="deletion-over-a-deletion",
        ),
        pytest.param(
            "abc",
            [Span(1, 2, "x", ("a",))],
            [change(1, "x", "b", "b")],
            [Span(1, 2, "b", ("a", "b"))],
            id="back-to-what-it-was",
        ),
        pytest.param(
            "abc",
            [Span(1, 2, "xy", ("a", "b"))],
            [change(1, "xy", "z", "a")],
            [Span(1, 2, "z", ("a", "b"))],
            id="a-rule-is-named-once",
        ),
    ],
)
def test_compose(raw: str, first: list[Span], second: list[Change], expected: list[Span]) -> None:
    assert compose(first, second) == expected
    after = replay(raw, first)
    parts: list[str] = []
    last = 0
    for start, old, new, *_ in second:
        assert after[start : start + len(old)] == old
        parts += after[last:start], new
        last = start + len(old)
    assert replay(raw, expected) == "".join(parts) + after[last:]


@pytest.mark.parametrize("new", ["x", ""])
def test_an_insertion_just_behind_a_span_belongs_to_it(new: str) -> None:
    """There it may have been made for what the span made; and the span before the next one stays itself."""
    spans = [Span(0, 2, new, ("a",)), Span(4, 5, "z", ("c",))]
    assert compose(spans, [change(len(new), "", "y", "b")]) == [Span(0, 2, f"{new}y", ("a", "b")), spans[1]]


@pytest.mark.parametrize("at", [1, 2], ids=["before-it", "behind-it"])
def test_an_insertion_beside_new_text_lands_where_it_was_made(at: int) -> None:
    spans = compose([Span(1, 2, "x", ("a",))], [change(at, "", "-", "b")])
    assert replay("abc", spans) == {1: "a-xc", 2: "ax-c"}[at]


def test_an_insertion_where_something_went() -> None:
    spans = compose([Span(1, 2, "", ("a",))], [change(1, "", "-", "b")])
    assert replay("abc", spans) == "a-c"
    assert [rule for span in spans for rule in span.rules] == ["a", "b"]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[tuple[Change, ...]], str]:
    """A text, up to six rounds of edits that were applied to it, and what became of it. Every rule is another."""
    raw = text = draw(st.text("ab\n\ud83dé", max_size=14))
    applied = []
    for nth in range(draw(st.integers(0, 6))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
        edits = [
            Edit(start, end, new, f"{nth}.{start}.{k}")
            for k, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False))
            if (new := draw(st.text("xyz", max_size=3))) != text[start:end]
        ]
        text, changes = apply(text, edits)
        applied.append(changes)
    return raw, applied, text


@given(rounds())
def test_undo_gives_the_raw_text_back(case: tuple[str, list[tuple[Change, ...]], str]) -> None:
    raw, applied, text = case
    for changes in reversed(applied):
        text = undo(text, changes)
    assert text == raw


@given(rounds())
def test_composed_spans_do_what_all_rounds_did(case: tuple[str, list[tuple[Change, ...]], str]) -> None:
    raw, applied, text = case
    spans: list[Span] = []
    for changes in applied:
        spans = compose(spans, changes)
    assert replay(raw, spans) == text
    assert all(0 <= span.start <= span.end <= len(raw) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    # Every change is told exactly once, and the last round's behind those of the rounds before it.
    told = [rule for span in spans for rule in span.rules]
    assert sorted(told) == sorted(made.rule for changes in applied for made in changes)
    latest = {made.rule for made in applied[-1]} if applied else set()
    for span in spans:
        is_latest = [rule in latest for rule in span.rules]
        assert is_latest == sorted(is_latest)


@given(rounds())
def test_far_changes_stay_apart(case: tuple[str, list[tuple[Change, ...]], str]) -> None:
    """Composing with one round keeps a span for each of its changes: changes of one round are disjoint."""
    _, applied, _ = case
    for changes in applied:
        spans = compose([], changes)
        inserted = [made for made in changes if not made.old]
        assert len(spans) <= len(changes)
        assert len(spans) >= len(changes) - len(inserted)
