"""What writing is made of: words and sentences, in scripts with and without spaces."""

import pytest
from growth import LINEAR, growth

from cleanr.writing import count_words, ends_sentence, is_sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param(" – … !\n", 0, id="signs-only"),
        pytest.param("Two words", 2, id="english"),
        pytest.param("Größe: 12", 2, id="umlauts-and-numbers"),
        pytest.param("漢字かな", 4, id="one-a-letter-in-han-and-kana"),
        pytest.param("กขค", 3, id="one-a-letter-in-thai"),
        pytest.param("한국어 문장", 2, id="korean-has-spaces"),
        pytest.param("A漢b", 3, id="mixed"),
    ],
)
def test_count_words(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("It rained all day long.", id="full-stop"),
        pytest.param("  Did it rain all day?  ", id="spaces-around"),
        pytest.param("“It rained all day long!”", id="quotation-mark-behind"),
        pytest.param("(It rained all day long.)", id="bracket-behind"),
        pytest.param("昨日は雨が降りました。", id="japanese"),
        pytest.param("Дождь шёл весь этот день…", id="russian"),
        pytest.param("यह एक छोटा वाक्य है।", id="hindi"),
    ],
)
def test_a_sentence(line: str) -> None:
    assert is_sentence(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("Share this!", id="two-words"),
        pytest.param("It rained all day.", id="four-words"),
        pytest.param("The mayor opened the new bridge", id="no-end-mark"),
        pytest.param("One, two, three, four, five,", id="comma"),
    ],
)
def test_no_sentence(line: str) -> None:
    assert not is_sentence(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("No.", True, id="one-word"),
        pytest.param("“No!”", True, id="closing-quotes"),
        pytest.param("(No.)", True, id="closing-bracket"),
        pytest.param("「いいえ。」", True, id="corner-brackets"),
        pytest.param("No", False, id="no-mark"),
        pytest.param("No,", False, id="comma"),
        pytest.param("”)", False, id="closers-only"),
        pytest.param("", False, id="empty"),
    ],
)
def test_ends_sentence(line: str, expected: bool) -> None:
    assert ends_sentence(line) is expected


def test_cost_is_linear() -> None:
    assert growth(is_sentence, lambda n: ")" * n + "x", 1000) < LINEAR
    assert growth(count_words, lambda n: "a 漢" * n, 1000) < LINEAR
