"""Finding patterns fast: the same as asking each pattern in turn."""

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanr import packs
from cleanr.packs import LONGEST, Hit, Rules
from cleanr.packs.entries import Compiled, Family
from cleanr.packs.folding import is_even
from cleanr.packs.shapes import heads, needs, shape

BUILT_IN = [
    (entry, f"{family}.{field}")
    for pack in resources.files(packs).iterdir()
    if pack.name.endswith(".toml")
    for family, table in tomllib.loads(pack.read_text(encoding="utf-8")).items()
    if isinstance(table, dict)
    for field in ("patterns", "weak_patterns")
    for entry in table.get(field, ())
]


def matching_any(patterns: list[tuple[str, str]]) -> Rules:
    """Rules of nothing but these patterns; the entry of a hit is what was given beside the pattern."""
    entries = [(source, Hit("gnu", "strong", found), shape(source)) for source, found in patterns]
    return packs.ready(Compiled({"gnu": Family()}, {}, entries, {}))


def found_by(rules: Rules, line: str) -> str | None:
    hit = rules.match(line)
    return hit and hit.entry


def plain(patterns: list[tuple[str, str]], line: str) -> str | None:
    return next((found for source, found in patterns if len(line) <= LONGEST and re.fullmatch(source, line)), None)


@pytest.mark.parametrize(
    ("source", "matching"),
    [
        pytest.param("zebra", ["zebra"], id="literal"),
        pytest.param("ab", ["ab"], id="two-letters"),
        pytest.param("a", ["a"], id="one-letter"),
        pytest.param("an?y", ["any", "ay"], id="optional-letter"),
        pytest.param("a?b", ["ab", "b"], id="optional-first-letter"),
        pytest.param("a?2b", ["a2b", "2b"], id="optional-letter-before-a-digit"),
        pytest.param("a*,b", ["aa,b", ",b"], id="repeated-letter-before-a-comma"),
        pytest.param("a+b", ["ab", "aab"], id="repeated-letter"),
        pytest.param("ab+c", ["abc", "abbc"], id="repeated-second-letter"),
        pytest.param("ab{0,2}c", ["ac", "abbc"], id="counted-letter"),
        pytest.param("a{0,2}c", ["c", "aac"], id="counted-first-letter"),
        pytest.param(r"\d+ likes?", ["1 like", "٣ likes"], id="digits"),
        pytest.param(r"\d?x", ["1x", "x"], id="optional-digit"),
        pytest.param(r"\d*x", ["12x", "x"], id="any-digits"),
        pytest.param(r"\d{0,2}x", ["12x", "x"], id="counted-digits"),
        pytest.param(r"\d{,3}x", ["123x", "x"], id="counted-digits-without-least"),
        pytest.param("7 wonders", ["7 wonders"], id="literal-digit"),
        pytest.param(r"\d{1,3} ?(?:of|/) ?\d{1,4}", ["3/5", "3 of 5", "3 / 5"], id="number-and-sign"),
        pytest.param(r"\d+ .*", ["5 10 x", "5 x", "5 '7"], id="number-and-anything"),
        pytest.param(r"\d+(?: \d+)? x", ["5 x", "5 10 x"], id="two-numbers"),
        pytest.param(r"\d[\d.,]*[km]? x", ["5k x", "1,5 x", "1.m x"], id="number-with-signs"),
        pytest.param(r"\d+[.,x]y", ["5.y", "5xy"], id="sign-or-letter-behind-a-number"),
        pytest.param(r"\d\.\d", ["4.5"], id="decimal"),
        pytest.param("(?:sign|log) in", ["sign in", "log in"], id="group"),
        pytest.param("(?:the )?end", ["the end", "end"], id="optional-group"),
        pytest.param("(?:the )*end", ["the the end", "end"], id="repeated-group"),
        pytest.param("(?:the ){0,1}end", ["the end", "end"], id="counted-group"),
        pytest.param("(?:the ){1,2}end", ["the the end", "the end"], id="group-at-least-once"),
        pytest.param("(?:the )??end", ["the end", "end"], id="lazy-optional-group"),
        pytest.param("(?:a|)b", ["ab", "b"], id="empty-branch"),
        pytest.param("(?:a?)b", ["ab", "b"], id="optional-inside-a-group"),
        pytest.param("(?:(?:a|b)c|d)e", ["ace", "bce", "de"], id="nested-groups"),
        pytest.param("[ab]c", ["ac", "bc"], id="class"),
        pytest.param("[ab]?c", ["ac", "c"], id="optional-class"),
        pytest.param("[ab]*c", ["abac", "c"], id="repeated-class"),
        pytest.param("[ab]{0,3}c", ["aac", "c"], id="counted-class"),
        pytest.param("[ab]+c", ["abc"], id="class-at-least-once"),
        pytest.param("[1a]c", ["1c", "ac"], id="class-with-a-digit"),
        pytest.param("[^a]c", ["bc"], id="negated-class"),
        pytest.param("[a-c]d", ["bd"], id="range"),
        pytest.param("[|(]x", ["|x", "(x"], id="signs-in-a-class"),
        pytest.param(r"[\]a]x", ["]x", "ax"], id="bracket-in-a-class"),
        pytest.param(r"\w+[\.\-\/]x", ["a.x", "b-x", "c/x"], id="escapes-in-a-class"),
        pytest.param(r"\(c\) .{1,9}", ["(c) 2024"], id="escaped-brackets"),
        pytest.param(r"\$5|€5", ["$5", "€5"], id="escaped-sign-and-branches"),
        pytest.param("a|bc|.x", ["a", "bc", "?x"], id="branches"),
        pytest.param(
            ".{2,60} contributed to (?:this|the) story", ["anna contributed to the story"], id="anything-first"
        ),
        pytest.param(r"\w+ two?", ["one two", "one tw"], id="optional-last-letter"),
        pytest.param(r"\w+ (?:and )?more", ["one more", "one and more"], id="optional-group-in-the-middle"),
        pytest.param(r"\w+ x{2}y", ["a xxy"], id="counted-letter-in-the-middle"),
        pytest.param(r"\w+\.\w+\b!", ["a.b!"], id="escapes"),
        pytest.param(r"(?=a)\w+", ["abc"], id="look-ahead"),
        pytest.param(r"(?!b)\w+", ["abc"], id="negative-look-ahead"),
        pytest.param(r"(?i:zebra)", ["zebra", "ZEBRA"], id="flags-of-a-group"),
    ],
)
def test_nothing_is_missed(source: str, matching: list[str]) -> None:
    for line in matching:
        assert re.fullmatch(source, line), "the table itself must be right"
        assert all(any(text in line for text in texts) for texts in needs(source))
    if "" in heads(source):
        with pytest.raises(ValueError, match="may begin with anything"):
            matching_any([(source, "found")])
        return
    rules = matching_any([(source, "found")])
    for line in matching:
        assert found_by(rules, line) == "found"


@pytest.mark.parametrize("line", ["zebras", "a zebra", "Zebra", "zebr", "7"])
def test_all_of_a_line_must_match(line: str) -> None:
    assert found_by(matching_any([("zebra", "found"), (r"\d zebras", "found")]), line) is None


def test_the_first_of_several_is_found() -> None:
    patterns = [
        ("ab.", "one"),
        ("abc?[az]*", "two"),
        ("a.*", "three"),
        (r"\d+", "four"),
        ("abc", "five"),
        ("x-", "six"),
    ]
    rules = matching_any(patterns)
    for line in ("abc", "abd", "axx", "a-", "12", "zz", "1", "x-", "ab", "x--", "aß"):
        assert found_by(rules, line) == plain(patterns, line)


def test_no_patterns_find_nothing() -> None:
    assert found_by(matching_any([]), "line") is None


def test_heads_of_the_built_in_patterns() -> None:
    assert [source for source, _ in BUILT_IN if "" in heads(source)] == []
    assert heads("(?:sign|log) in") == {"sign in\n", "log in"}
    assert heads(r"#\d+") == {"#"}


def test_heads_are_few() -> None:
    """Many heads that begin alike cost more to keep than they spare."""
    letters = "".join(f"(?:{'|'.join('abcdefgh')})" for _ in range(4))
    assert len(heads(letters)) == 8**3
    assert heads(f"zebra {letters}") == {"zebra "}


@pytest.mark.parametrize("part", range(8))
@given(data=st.data())
@settings(max_examples=max(100, settings().max_examples // 2))
def test_fast_is_plain_for_the_built_in_patterns(part: int, data: st.DataObject) -> None:
    some = BUILT_IN[part::8]
    source, _ = data.draw(st.sampled_from(some))
    line = data.draw(st.from_regex(re.compile(source), fullmatch=True))[:LONGEST]
    if line:
        alone = matching_any([(source, "found")])
        assert (found_by(alone, line) == "found") is (re.fullmatch(source, line) is not None)


@given(st.data())
@settings(max_examples=50)
def test_fast_is_plain_for_all_of_them_together(data: st.DataObject) -> None:
    source, _ = data.draw(st.sampled_from(BUILT_IN))
    line = data.draw(st.from_regex(re.compile(source), fullmatch=True))
    if line:
        assert found_by(ALL, line) == plain(BUILT_IN, line)


ALL = matching_any(BUILT_IN)


LINES = st.one_of(
    st.sampled_from(sorted(packs.load().phrases)),
    st.sampled_from(BUILT_IN).flatmap(lambda item: st.from_regex(re.compile(item[0]), fullmatch=True)),
    st.text(st.sampled_from("abcdeftlx -»*“”’'\xa0\t1ßİ"), max_size=12),
)


SIGNS = st.text(st.sampled_from(" *»“”’…\xa0\u202f-\u2028\t"), max_size=12)


@given(LINES, SIGNS, SIGNS, st.booleans())
def test_what_is_skipped_unfolded_is_no_entry(line: str, before: str, behind: str, upper: bool) -> None:
    rules = packs.load()
    line = f"{before}{line}{behind}"
    line = line.upper() if upper else line
    hit = rules.match(packs.fold(line))
    expected = {0: hit} if hit else {}
    assert rules.recognise([line]) == expected
    if is_even(line):
        assert rules.recognise([line], even=True) == expected


def test_a_phrase_longer_than_any_line_of_furniture_is_not_looked_for() -> None:
    long = " ".join(["read more"] * 40)
    hit = Hit("gnu", "strong", long)
    rules = packs.ready(Compiled({"gnu": Family()}, {long: hit, "read more": hit}, [], {}))
    assert len(long) > LONGEST
    assert rules.match(long) is None
    assert rules.match("read more") is not None
