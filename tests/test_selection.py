"""Selection: which rule ids a set of prefixes admits."""

import pytest

from cleanr.selection import Selection, covers, known


@pytest.mark.parametrize(
    ("prefix", "rule", "expected"),
    [
        pytest.param("quotes", "quotes", True, id="same"),
        pytest.param("quotes.double", "quotes.double", True, id="same-id"),
        pytest.param("quotes", "quotes.double", True, id="first-part"),
        pytest.param("quotes.double", "quotes.doubled", False, id="no-part-of-a-word"),
        pytest.param("quot", "quotes.double", False, id="part-of-a-name"),
        pytest.param("quotes.double", "quotes", False, id="longer-than-the-rule"),
        pytest.param("", "quotes.double", False, id="empty"),
        pytest.param("double", "quotes.double", False, id="last-part"),
    ],
)
def test_covers(prefix: str, rule: str, expected: bool) -> None:
    assert covers(prefix, rule) is expected


@pytest.mark.parametrize(
    ("select", "ignore", "accepted"),
    [
        pytest.param((), (), "a.x a.y b.x", id="all-by-default"),
        pytest.param(("a",), (), "a.x a.y", id="select-a-filter"),
        pytest.param(("a.x",), (), "a.x", id="select-a-rule"),
        pytest.param(("a.x", "b"), (), "a.x b.x", id="select-two"),
        pytest.param((), ("a",), "b.x", id="ignore-a-filter"),
        pytest.param((), ("a.x",), "a.y b.x", id="ignore-a-rule"),
        pytest.param(("a.x",), ("a",), "a.x", id="longest-wins-select"),
        pytest.param(("a",), ("a.x",), "a.y", id="longest-wins-ignore"),
        pytest.param(("a",), ("a",), "", id="ignore-on-a-tie"),
        pytest.param(("a.x",), ("a.x",), "", id="ignore-on-a-tie-of-rules"),
        pytest.param(("a", "a.x"), ("a.x", "b"), "a.y", id="mixed"),
        pytest.param(("b",), ("a.x",), "b.x", id="what-is-not-selected-stays-out"),
    ],
)
def test_accepts(select: tuple[str, ...], ignore: tuple[str, ...], accepted: str) -> None:
    selection = Selection(select, ignore)
    assert [rule for rule in ("a.x", "a.y", "b.x") if selection.accepts(rule)] == accepted.split()


def test_check_admits_prefixes_of_rules() -> None:
    Selection(("a", "a.x"), ("b.x",)).check(["a.x", "a.y", "b.x"])


@pytest.mark.parametrize("selection", [Selection(("c",), ()), Selection((), ("c",)), Selection(("a", "c"), ("b",))])
def test_check_names_the_prefix_and_the_rules(selection: Selection) -> None:
    with pytest.raises(ValueError, match=r"unknown rule 'c'; known: a\.x, b\.y$"):
        selection.check(["b.y", "a.x"])


def test_known() -> None:
    assert known("preset", "b", {"a": 1, "b": 2}) == 2
    with pytest.raises(ValueError, match=r"^unknown preset 'c'; known: a, b$"):
        known("preset", "c", {"a": 1, "b": 2})
