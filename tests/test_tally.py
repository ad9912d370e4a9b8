"""Bounded tables: what they hold depends on what was added, never on the order or on who added it."""

import pickle
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanr.report.tally import Highest, Tally, Thing, folded

# (line, place) pairs: places differ, lines repeat.
occurrences = st.lists(st.integers(0, 30), max_size=120).map(
    lambda lines: [((f"line {line}",), ("a.txt", n)) for n, line in enumerate(lines)]
)


def tally(pairs: list[tuple[tuple[str], tuple[str, int]]], distinct: int) -> Tally:
    table = Tally(distinct)
    for key, example in pairs:
        table.add(key, example)
    return table


class TestTally:
    @given(occurrences, st.integers(1, 40), st.randoms(use_true_random=False))
    def test_the_order_does_not_matter(self, pairs: list, distinct: int, dice: random.Random) -> None:  # type: ignore[type-arg]
        other = list(pairs)
        dice.shuffle(other)
        assert tally(pairs, distinct) == tally(other, distinct)

    @given(occurrences, st.integers(1, 40), st.integers(0, 120))
    def test_tables_of_parts_add_up_to_that_of_the_whole(self, pairs: list, distinct: int, cut: int) -> None:  # type: ignore[type-arg]
        whole = tally(pairs, distinct)
        first, second = tally(pairs[:cut], distinct), tally(pairs[cut:], distinct)
        second.update(pickle.loads(pickle.dumps(first)))
        assert second == whole
        assert second.most(99) == whole.most(99)

    @given(occurrences)
    def test_counts_are_exact_where_there_is_room(self, pairs: list) -> None:  # type: ignore[type-arg]
        table = tally(pairs, 31)
        assert {each.key: each.times for each in table.all()} == Counter(key for key, _ in pairs)
        assert table.every == 1

    @given(occurrences, st.integers(1, 10))
    def test_never_more_than_there_is_room_for(self, pairs: list, distinct: int) -> None:  # type: ignore[type-arg]
        assert len(list(tally(pairs, distinct).all())) <= distinct

    def test_what_is_frequent_outlives_what_is_rare(self) -> None:
        pairs = [(f"rare {n}", ("a", n)) for n in range(5_000)] + [("frequent", ("b", n)) for n in range(2_000)]
        table = Tally(100)
        for text, example in pairs:
            table.add((text,), example)
        (first, *_) = table.most(3)
        assert first.key == ("frequent",)
        assert first.times == pytest.approx(2_000, rel=0.3)
        assert table.every >= 64

    def test_the_least_example_is_kept(self) -> None:
        table = tally([(("a",), ("b.txt", 1)), (("a",), ("a.txt", 9)), (("a",), ("a.txt", 10))], 5)
        assert table.most(1) == [Thing(("a",), 3, ("a.txt", 9))]

    def test_the_most_frequent_come_first(self) -> None:
        table = tally([((key,), ("a", n)) for n, key in enumerate("cabbcc")], 5)
        assert [(each.key, each.times) for each in table.most(2)] == [(("c",), 3), (("b",), 2)]


class TestHighest:
    @given(st.lists(st.integers(0, 50), max_size=200), st.integers(1, 10), st.integers(0, 200))
    def test_the_highest_are_counted_exactly_however_they_come(self, ranks: list[int], number: int, cut: int) -> None:
        tables = [Highest(number), Highest(number)]
        for n, rank in enumerate(ranks):
            tables[n < cut].add((rank,), ("a", n))
        tables[0].update(pickle.loads(pickle.dumps(tables[1])))
        counts = Counter(ranks)
        assert [(each.key, each.times) for each in tables[0].all()] == [
            ((rank,), counts[rank]) for rank in sorted(counts, reverse=True)[:number]
        ]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Share  This:", "share this:"),
        ("12 Comments", "0 comments"),
        ("7 May 2019, 10:05", "0 may 0, 0:0"),
        ("٣ تعليقات", "0 تعليقات"),
        ("STRASSE Straße", "strasse strasse"),
        ("x" * 500, "x" * 160),
    ],
)
def test_a_line_is_known_again(line: str, known: str) -> None:
    assert folded(line) == known
