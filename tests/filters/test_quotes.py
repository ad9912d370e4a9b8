import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["quotes"])


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("straight", "\"It's\" — he said 'no'."),
        case("guillemets", "«Oui», dit-il, et ‹non›."),
        case("german-guillemets", "»Ja«, sagte sie, ›nein‹."),
        case("corner-brackets", "「はい」と『いいえ』"),
        case("hebrew", "צה״ל וג׳ירפה"),
        case("hawaiian", "Hawaiʻi, Oʻahu"),
        case("modifier-letters", "ʼn, ʽa"),
        case("primes", "6′2″ tall, 40°26′46″ N"),
        case("backtick-and-acute", "`a´"),
        case("chinese", "他说：“你好。”"),
        case("chinese-single", "他说：‘你好。’"),
        case("japanese", "“日本語”です"),
        case("korean", "그는 “안녕”이라고 말했다"),
        case("korean-apostrophes", "‘한글’"),
        case("chinese-in-english", "The sign said “欢迎” in red."),
        case("east-asian-pair", "他说“Hello world”。"),
        case("east-asian-pair-with-a-space", "他说 “Hello world” 。"),
        case("east-asian-single-pair", "他说‘Hello world’。"),
        case("brackets-between", "他说（“你好”）。"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)
    stays(CHAIN, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("double", "“Yes,” she said.", '"Yes," she said.', "quotes.double"),
        case("german", "„Ja“, sagte sie.", '"Ja", sagte sie.', "quotes.double"),
        case("polish", "„Tak”, powiedziała.", '"Tak", powiedziała.', "quotes.double"),
        case("high-reversed", "‟Yes”", '"Yes"', "quotes.double"),
        case("single", "‘Yes,’ she said.", "'Yes,' she said.", "quotes.single"),
        case("german-single", "‚Ja‘", "'Ja'", "quotes.single"),
        case("single-reversed", "‛Yes’", "'Yes'", "quotes.single"),
        case("apostrophe", "it’s the dogs’ bowl", "it's the dogs' bowl", "quotes.single"),
        case("decade", "the ’90s", "the '90s", "quotes.single"),
        case("rock-n-roll", "rock ’n’ roll", "rock 'n' roll", "quotes.single"),
        case(
            "nested",
            "“He said ‘no’ twice,” she said.",
            "\"He said 'no' twice,\" she said.",
            "quotes.double quotes.single",
        ),
        case("unpaired", "“No end", '"No end', "quotes.double"),
        case("closing-doubled", "“the end,’’ she said", '"the end," she said', "quotes.double quotes.doubled"),
        case("closing-doubled-last", "“the end.’’", '"the end."', "quotes.double quotes.doubled"),
        case("opening-doubled", "‘‘The end,” she said", '"The end," she said', "quotes.double quotes.doubled"),
        case("both-doubled", "‘‘The end,’’ she said.", '"The end," she said.', "quotes.doubled"),
        case("doubled-in-brackets", "(‘‘the end’’)", '("the end")', "quotes.doubled"),
        case("doubled-alone", "a ’’ b ‘‘ c", "a '' b '' c", "quotes.single"),
        case("doubled-between-letters", "a’’b c‘‘d", "a''b c''d", "quotes.single"),
        case("doubled-first-and-last", "’’a b‘‘", "''a b''", "quotes.single"),
        case("english-line-beside-a-chinese-one", "“你好”\n“Hello”", '“你好”\n"Hello"', "quotes.double"),
        case("nearest-letter-is-latin", "“Hello” is 你好 there", '"Hello" is 你好 there', "quotes.double"),
        case("half-a-pair", "He wrote 你好 there” and there", 'He wrote 你好 there" and there', "quotes.double"),
        case("low-quotes-far-off", "„Ja“ is not 你好 there", '"Ja" is not 你好 there', "quotes.double"),
        case("cyrillic", "“Да”, — сказал он", '"Да", — сказал он', "quotes.double"),
        case("greek-and-hebrew", "“Ναι” “כן”", '"Ναι" "כן"', "quotes.double"),
        case("no-letter", "“…”", '"…"', "quotes.double"),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    rewrites(CHAIN, before, after, rules)


KEPT = "“It’s the end,’’ she said, „ja“."


def test_style_keep() -> None:
    stays(Cleaner(filters=["quotes"], options={"quotes": {"style": "keep"}}), KEPT)
    stays(Cleaner(options={"quotes": {"style": "keep"}}), KEPT)


def test_style_straight_is_the_default() -> None:
    straight = Cleaner(filters=["quotes"], options={"quotes": {"style": "straight"}})
    assert straight.clean(KEPT) == ALONE.clean(KEPT) == '"It\'s the end," she said, "ja".'


def test_code_keeps_its_quotes() -> None:
    rewrites(ALONE, "“a” `“b”`\n\n    “c”\n", '"a" `“b”`\n\n    “c”\n', "quotes.double", kind="markdown")


def test_only_eight_characters_are_mapped() -> None:
    others = "«»‹›「」『』״׳ʻʼʽ′″´`＂＇❛❜❝❞〝〞〟‵‶"
    assert ALONE.clean(others) == others
    assert ALONE.clean("“ ” „ ‟ ‘ ’ ‚ ‛") == "\" \" \" \" ' ' ' '"


def test_an_east_asian_letter_farther_off_keeps_nothing() -> None:
    rewrites(ALONE, "漢字 means “the letters” here", '漢字 means "the letters" here', "quotes.double")


def test_a_closing_quote_without_an_opening_one_is_no_pair() -> None:
    rewrites(ALONE, "他说”好 and then “a” b", '他说”好 and then "a" b', "quotes.double")


def test_only_pairs_of_which_one_is_kept_are_kept() -> None:
    rewrites(ALONE, "“yes” and “no”, but 他说“好”", '"yes" and "no", but 他说“好”', "quotes.double")


def test_quotes_in_one_gap_share_their_letters() -> None:
    stays(ALONE, "他说“‘好’”。")
