"""The budget: when removals go too far."""

import pytest
from growth import LINEAR, growth

from cleanr.budget import overdrawn

NINE = "one two three four five six seven eight nine\n"


@pytest.mark.parametrize(
    ("kept", "removed", "limit"),
    [
        pytest.param("", [], 0.0, id="nothing-went"),
        pytest.param("", [""], 0.0, id="empty-pieces-went"),
        pytest.param("kept", [NINE], 0.9, id="just-as-much-as-may-go"),
        pytest.param("kept", ["gone\n"], 0.5, id="half-of-it"),
        pytest.param("All of this is kept.\nmore", ["gone\n"], 0.5, id="a-sentence-is-left"),
        pytest.param("All of this is kept.", ["And this sentence is gone.\n"], 0.9, id="one-of-two-sentences"),
        pytest.param("no sentence here", ["nor here\n"], 0.9, id="a-text-that-has-no-sentence"),
        pytest.param("kept\n" * 3, ["Share\n", "Tweet\n"], 0.5, id="labels-only"),
    ],
)
def test_within_the_budget(kept: str, removed: list[str], limit: float) -> None:
    assert overdrawn(kept, removed, limit) is None


@pytest.mark.parametrize(
    ("kept", "removed", "limit", "says"),
    [
        pytest.param("", [NINE], 0.9, "9 of 9 words is more than 90%", id="everything"),
        pytest.param("kept", [NINE, "ten"], 0.9, "10 of 11 words is more than 90%", id="one-word-too-many"),
        pytest.param(
            "All of this is kept.", [NINE], 0.5, "9 of 14 words is more than 50%", id="sentence-left-all-the-same"
        ),
        pytest.param("a\n" * 9, ["gone"], 0.0, "1 of 10 words is more than 0%", id="nothing-may-go"),
        pytest.param("a\n" * 99, ["The only sentence of it.\n"], 0.9, "no sentence", id="the-only-sentence"),
        pytest.param("a\n" * 99, ["Share\nThe only sentence of it.\n"], 0.9, "no sentence", id="inside-a-piece"),
    ],
)
def test_over_the_budget(kept: str, removed: list[str], limit: float, says: str) -> None:
    why = overdrawn(kept, iter(removed), limit)
    assert why is not None
    assert why.startswith("removals withheld: ")
    assert says in why


def test_cost_is_linear() -> None:
    assert growth(lambda raw: overdrawn(raw, [raw], 0.1), lambda n: "a b c d e\n" * n, 500) < LINEAR
