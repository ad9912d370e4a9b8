"""Trees that strike out leaves give what walking them gives."""

from hypothesis import given
from hypothesis import strategies as st

from cleanr.filters.boilerplate.model_trees import GREATEST, LEAVES, LOWEST, Tree, Trees

FEATURES = 4
LEAF = st.integers(-5000, 5000)
VALUES = st.integers(LOWEST, GREATEST)
SPLITS = st.tuples(st.integers(0, FEATURES - 1), st.integers(LOWEST - 5, GREATEST + 5))


@st.composite
def trees(draw: st.DrawFn, leaves: int = LEAVES) -> Tree:
    if leaves == 1 or draw(st.booleans()):
        return draw(LEAF)
    left = draw(st.integers(1, leaves - 1))
    return [*draw(SPLITS), draw(trees(left)), draw(trees(leaves - left))]


def walk(tree: Tree, features: tuple[int, ...]) -> int:
    while not isinstance(tree, int):
        feature, greatest, left, right = tree
        tree = left if features[feature] <= greatest else right
    return int(tree)


@given(st.lists(trees(), min_size=1, max_size=6), st.tuples(*[VALUES] * FEATURES))
def test_every_line_falls_into_the_leaf_that_walking_finds(given: list[Tree], features: tuple[int, ...]) -> None:
    assert Trees(given, FEATURES)(features) == sum(walk(tree, features) for tree in given)
