"""Boosted trees without walking them: each feature's value strikes out the leaves that a line cannot reach.

A tree's leaves are bits of one number, from left to right. A feature's value stands for the leaves, of all trees, that
it leaves open; what all features leave open is their intersection, and in each tree the first open leaf is the one that
the line falls into. All values are integers, so that results are the same everywhere.
"""

import struct
from collections.abc import Sequence
from functools import reduce
from operator import and_, getitem
from typing import Any

LEAVES = 16  # of a tree, at most: a field of as many bits
LOWEST, GREATEST = -128, 1000  # of any feature
UNIT = 1000  # of leaves: log odds in thousandths

Tree = Any  # a leaf's value, or [feature, greatest value of the left side, left tree, right tree]


class Trees:
    """Trees ready to score lines.

    >>> Trees([[0, 5, -700, [1, 2, 100, 900]], 50], 2)((9, 3))
    950
    """

    def __init__(self, trees: Sequence[Tree], features: int) -> None:
        self._leaves: list[dict[int, int]] = []
        # feature → [(greatest value that goes left, leaves of the left side)]
        splits: list[list[tuple[int, int]]] = [[] for _ in range(features)]
        for number, tree in enumerate(trees):
            values: list[int] = []
            _plant(tree, values, splits, number * LEAVES)
            self._leaves.append({1 << at: value for at, value in enumerate(values)})
        self._ones = sum(1 << number * LEAVES for number in range(len(trees)))
        everything = (1 << len(trees) * LEAVES) - 1
        self._all = everything
        self._open = [_opened(each, everything) for each in splits]
        self._unpack = struct.Struct(f"<{len(trees)}H").unpack
        self._size = 2 * len(trees)

    def __call__(self, features: Sequence[int]) -> int:
        """The sum of the leaves that a line falls into."""
        reached = reduce(and_, map(getitem, self._open, features))
        # In each field, only the lowest bit: no field is empty, so nothing is borrowed from the next one.
        first = reached & ((reached - self._ones) ^ self._all)
        return sum(map(getitem, self._leaves, self._unpack(first.to_bytes(self._size, "little"))))


def _plant(tree: Tree, values: list[int], splits: list[list[tuple[int, int]]], shift: int) -> None:
    """Number the leaves of a tree from the left, and note for each split those that a greater value rules out."""
    if isinstance(tree, int):
        values.append(tree)
        return
    feature, greatest, left, right = tree
    first = len(values)
    _plant(left, values, splits, shift)
    splits[feature].append((greatest, ((1 << len(values)) - (1 << first)) << shift))
    _plant(right, values, splits, shift)


def _opened(splits: Sequence[tuple[int, int]], everything: int) -> list[int]:
    """The leaves that each value of a feature leaves open. Negative values are looked up from the list's end."""
    by_value = sorted(splits)
    opened, at, now = [], 0, everything
    for value in range(LOWEST, GREATEST + 1):
        while at < len(by_value) and by_value[at][0] < value:
            now &= ~by_value[at][1]
            at += 1
        opened.append(now)
    return opened[-LOWEST:] + opened[:-LOWEST]
