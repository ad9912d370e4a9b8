"""Two texts, compared line by line: what differs is found, what is the same is left out, and the cost is bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import case

import cleanr
from cleanr.report.align import differing, paired
from cleanr.report.fates import fates

texts = st.lists(st.sampled_from("aabbcdef"), max_size=20)


class TestDiffering:
    @pytest.mark.parametrize(
        ("old", "new", "parts"),
        [
            case("the same", "abc", "abc", []),
            case("nothing", "", "", []),
            case("one changed", "abc", "axc", [(1, 2, 1, 2)]),
            case("one removed", "abc", "ac", [(1, 2, 1, 1)]),
            case("one added", "ac", "abc", [(1, 1, 1, 2)]),
            case("all removed", "abc", "", [(0, 3, 0, 0)]),
            case("all added", "", "abc", [(0, 0, 0, 3)]),
            case("at both ends", "xabcx", "abc", [(0, 1, 0, 0), (4, 5, 3, 3)]),
            case("repeated lines", "aabaac", "abac", [(1, 2, 1, 1), (4, 5, 3, 3)]),
            case("no line in common", "ab", "cd", [(0, 2, 0, 2)]),
        ],
    )
    def test_parts(self, old: str, new: str, parts: list[tuple[int, int, int, int]]) -> None:
        found = list(differing(old, new))
        assert sum(high - low for low, high, _, _ in found) == sum(high - low for low, high, _, _ in parts)
        assert sum(end - start for _, _, start, end in found) == sum(end - start for _, _, start, end in parts)

    @given(texts, texts)
    def test_what_lies_between_the_parts_is_the_same(self, old: list[str], new: list[str]) -> None:
        at = start_at = 0
        for low, high, start, end in [*differing(old, new), (len(old), len(old), len(new), len(new))]:
            assert old[at:low] == new[start_at:start]
            at, start_at = high, end

    @given(texts)
    def test_a_text_does_not_differ_from_itself(self, text: list[str]) -> None:
        assert list(differing(text, text)) == []

    def test_large_texts_that_have_nothing_in_common_cost_little(self) -> None:
        old, new = ["a", "b"] * 50_000, ["b", "c"] * 50_000
        started = time.monotonic()
        assert list(differing(old, new)) == [(0, 100_000, 0, 100_000)]
        assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        case("repaired", ["itâ€™s  unsafe and old"], ["it's unsafe and old"], [(0, 0)]),
        case("other spaces", ["a  b"], ["a b"], [(0, 0)]),
        case("another line", ["Leave a Reply"], ["Share this"], [(0, None), (None, 0)]),
        case("behind one that is new", ["one two three"], ["new words", "one two four"], [(None, 0), (0, 1)]),
        case("before one that went", ["Share", "one two"], ["one  two"], [(0, None), (1, 0)]),
    ],
)
def test_paired(old: list[str], new: list[str], pairs: list[tuple[int | None, int | None]]) -> None:
    expected = [(None if a is None else old[a], None if b is None else new[b]) for a, b in pairs]
    assert sorted(paired(old, new), key=str) == sorted(expected, key=str)


class TestFates:
    @pytest.mark.parametrize(
        ("raw", "fate"),
        [
            case("clean", "one\ntwo\n", ["one", "two"]),
            case("no last line end", "one\ntwo", ["one", "two"]),
            case("empty", "", []),
            case("repaired", "one  two\n“three”\n", ["one two", '"three"']),
            case("removed", "It rained. It poured.\nShare this:\n", ["It rained. It poured.", ""]),
            case("joined", "He met President\nTomas Vale in town.\n", ["He met President", "Tomas Vale in town."]),
            case("blank lines", "one\n\n\n\ntwo\n", ["one", "", "", "", "two"]),
        ],
    )
    def test_each_line_has_one(self, raw: str, fate: list[str]) -> None:
        assert [each.text for each in fates(cleanr.explain(raw), raw)] == fate

    @given(st.lists(st.sampled_from(["one  two", "\n", "“a”", "Share this:", "\n\n\n", "\r\n", " "])).map("".join))
    def test_together_they_are_the_clean_text(self, raw: str) -> None:
        cleaned = cleanr.explain(raw)
        found = fates(cleaned, raw)
        assert len(found) == raw.count("\n") + bool(raw and not raw.endswith("\n"))
        assert "".join("".join(each.text for each in found).split()) == "".join(cleaned.text.split())
