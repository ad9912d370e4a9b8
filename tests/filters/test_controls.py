import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["controls"])

ZWNJ, ZWJ, ZWSP, VS15, VS16 = "\u200c", "\u200d", "\u200b", "\ufe0e", "\ufe0f"


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("plain", "Plain text.\n\tWith a tab.\n"),
        case("persian", f"او می{ZWNJ}خواهد کتاب{ZWNJ}ها را بخواند."),
        case("hindi-joiner", f"क्{ZWJ}ष"),
        case("hindi-non-joiner", f"क्{ZWNJ}ष"),
        case("bengali", f"র{ZWJ}্য"),
        case("sinhala", f"ශ්{ZWJ}රී ලංකා"),
        case("malayalam", f"അവന്{ZWJ} വന്നു"),
        case("thai", f"สวัสดี{ZWSP}ครับ"),
        case("khmer", f"ភាសា{ZWSP}ខ្មែរ"),
        case("burmese", f"မြန်မာ{ZWSP}ဘာသာ"),
        case("mongolian", "ᠬᠠᠭ\u180eᠠ"),
        case("family", f"👨{ZWJ}👩{ZWJ}👧"),
        case("skin-and-profession", f"👩🏽{ZWJ}💻"),
        case("doctor", f"🧑{ZWJ}⚕{VS16}"),
        case("heart-on-fire", f"❤{VS16}{ZWJ}🔥"),
        case("rainbow-flag", f"🏳{VS16}{ZWJ}🌈"),
        case("keycap", f"1{VS16}\u20e3"),
        case("text-style", f"❤{VS15}"),
        case("scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        case("regional-flag", "🇫🇷"),
        case("ideographic-variant", "葛\U000e0100飾"),
        case("mathematical-variant", f"≨\ufe00 and 0{VS15}"),
        case("line-breaks-are-others", "a\x0bb\x0cc\x85d\re"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("ansi", "a \x1b[31mred\x1b[0m b", "a red b", "controls.ansi"),
        case("ansi-with-parameters", "\x1b[1;38;5;208mx\x1b[K", "x", "controls.ansi"),
        case("lone-escape", "a\x1bb", "ab", "controls.c0"),
        case("nul", "a\x00b", "ab", "controls.c0"),
        case("bell", "bel\x07l", "bell", "controls.c0"),
        case("delete", "a\x7fb", "ab", "controls.c0"),
        case("c0-run", "a\x01\x02\x03b\x0ec", "abc", "controls.c0"),
        case("separator", "a\x1fb", "a b", "controls.separators"),
        case("separator-beside-a-space", "a\x1f b\x1f", "a b", "controls.separators"),
        case("bold-by-overstrike", "N\x08NO\x08O", "NO", "controls.overstrike"),
        case("underlined-by-overstrike", "_\x08n_\x08o", "no", "controls.overstrike"),
        case("c1", "a\x9db", "ab", "controls.c1"),
        case("soft-hyphen", "hy\u00adphen\u00ad\u00adation", "hyphenation", "controls.soft-hyphen"),
        case("byte-order-mark", "\ufeffa", "a", "controls.zero-width"),
        case("byte-order-mark-inside", "a\ufeffb", "ab", "controls.zero-width"),
        case("zero-width-space", f"a{ZWSP}b", "ab", "controls.zero-width"),
        case("joiner-in-latin", f"a{ZWJ}b{ZWNJ}c", "abc", "controls.zero-width"),
        case("word-joiner", "a\u2060b", "ab", "controls.zero-width"),
        case("invisible-operators", "f\u2061(x)\u2062y", "f(x)y", "controls.zero-width"),
        case("interlinear", "\ufff9a\ufffab\ufffb", "ab", "controls.zero-width"),
        case("joiner-first-in-the-line", f"a\n{ZWNJ}ک", "a\nک", "controls.zero-width"),
        case("joiners-in-a-row", f"می{ZWNJ}{ZWNJ}خواهد", f"می{ZWNJ}خواهد", "controls.zero-width"),
        case("thai-space-at-a-latin-word", f"ครับ{ZWSP}ok", "ครับok", "controls.zero-width"),
        case("half-an-emoji-sequence", f"👨{ZWJ} alone", "👨 alone", "controls.zero-width"),
        case("override", "\u202eabc\u202c", "abc", "controls.bidi"),
        case("marks", "a\u200eb\u200fc\u061cd", "abcd", "controls.bidi"),
        case("isolates", "a \u2067b\u2069 c", "a b c", "controls.bidi"),
        case("embeddings", "\u202aa\u202bb\u202dc", "abc", "controls.bidi"),
        case("deprecated", "a\u206ab", "ab", "controls.bidi"),
        case("smuggled-tags", "Hi\U000e0049\U000e0067\U000e006e!", "Hi!", "controls.tags"),
        case("language-tag", "\U000e0001\U000e0065a", "a", "controls.tags"),
        case("flag-without-its-end", "🏴\U000e0067\U000e0062", "🏴", "controls.tags"),
        case("selector-behind-a-space", f"a {VS16}b", "a b", "controls.variation"),
        case("selector-first", f"{VS16}a\n{VS16}b", "a\nb", "controls.variation"),
        case("selectors-in-a-row", f"❤{VS16}{VS16}{VS16}", f"❤{VS16}", "controls.variation"),
        case("smuggled-selectors", "a\U000e0110\U000e0121\U000e0132", "a", "controls.variation"),
        case("selectors-behind-a-kanji", "葛\U000e0100\U000e0121\U000e0132", "葛\U000e0100", "controls.variation"),
        case("grapheme-joiner-between-letters", "a\u034fb", "ab", "controls.zero-width"),
        case("thai-spaces-in-a-row", f"ครับ{ZWSP}{ZWSP}ครับ", f"ครับ{ZWSP}ครับ", "controls.zero-width"),
        case("no-characters-yet", "a\u2065\ufff0\U000e0080\U000e0fffb", "ab", "controls.zero-width"),
        case("surrogate-pair", "a\ud83d\ude00b", "a😀b", "controls.surrogates"),
        case("lone-high", "a\ud83db", "ab", "controls.surrogates"),
        case("lone-low", "a\ude00b", "ab", "controls.surrogates"),
        case("wrong-order", "\ude00\ud83d", "", "controls.surrogates"),
        case("first-pair", "\ud800\udc00", "\U00010000", "controls.surrogates"),
        case("last-pair", "\udbff\udfff", "\U0010ffff", "controls.surrogates"),
        case("high-high-low", "\ud83d\ud83d\ude00", "😀", "controls.surrogates"),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    if before != "a\x9db":  # encoding has the first say about C1
        rewrites(CHAIN, before, after, rules)


def test_every_c0_and_c1_control_goes_but_those_that_others_decide_about() -> None:
    every = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    kept = {"\t", "\n", "\r", "\x0b", "\x0c", "\x85"}
    separators = {"\x1c", "\x1d", "\x1e", "\x1f"}
    assert {char for char in every if ALONE.clean(f"a{char}b") != "ab"} == kept | separators
    assert {ALONE.clean(f"a{char}b") for char in separators} == {"a b"}


@pytest.mark.parametrize("first", ["\u200b", "\u00ad", "\x07", "\u202e", "\ud83d", "\ufe0f", "\U000e0041"])
@pytest.mark.parametrize("second", ["\u200c", "\u200d", "\ufe0f", "\ude00", "\U000e0042", "[31m"])
def test_what_a_removal_uncovers_settles(first: str, second: str) -> None:
    for before in (f"a{first}{second}b", f"ی{first}{second}ی", f"👨{first}{second}👩", f"\x1b{first}{second}"):
        once = ALONE.clean(before)
        assert ALONE.clean(once) == once
        assert ALONE.explain(before).restore() == before


def test_invisible_characters_of_markdown_code_stay() -> None:
    stays(ALONE, "a `x\u200by` b", kind="markdown")
