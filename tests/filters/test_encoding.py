import re

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import strategies as st
from strategies import mojibake, texts
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner, Text
from cleanr.filters import encoding
from cleanr.filters.encoding import strict, suspects
from cleanr.filters.encoding.pages import READ_AS, misread

ALONE = Cleaner(filters=["encoding"])


def broken(text: str, codec: str = "cp1252", layers: int = 1) -> str:
    """UTF-8, read as another encoding. Bytes that the codec does not know are read as controls."""
    for _ in range(layers):
        text = "".join(_read(byte, codec) for byte in text.encode())
    return text


def _read(byte: int, codec: str) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("ascii", "Plain text.\n"),
        case("french", "Café, œuvre, « déjà vu », ça et là."),
        case("german", "„Ja“, sagte sie – Straße, Größe."),
        case("german-and-dagger", "„Müller† war Arzt“, schrieb er."),
        case("portuguese-capitals", "SÃO PAULO, ÂNGULO, NÃO, IRMÃ"),
        case("portuguese-a-tilde", "A maçã e a irmã de João não são más."),
        case("romanian", "ÎN ROMÂNIA, România, câine"),
        case("vietnamese", "Ấn Độ, ĐÃ, CÂU, Â nhạc"),
        case("french-capital-circumflex", "ÂGE ET PÂTE"),
        case("russian", "Привет, мир! — сказал он."),
        case("greek", "Γειά σου Κόσμε"),
        case("polish", "Zażółć gęślą jaźń"),
        case("dagger-of-a-footnote", "The text† has a note.\n† Here it is."),
        case("daggers", "See note† and note‡, please."),
        case("dagger-of-death", "Max Müller (†2001), *1920 †1999"),
        case("dagger-in-quotes", "“The text† has a note,” she said."),
        case("dagger-behind-a-closed-quotation", "“Yes,” he said.† No one heard."),
        case("dagger-without-a-quotation", "Yes,† he said."),
        case("doubled-dagger", "“Yes,†† he said."),
        case("dagger-behind-a-digit", "“In 1920† he said"),
        case("dagger-behind-a-space", "“Yes † he said"),
        case("lost-without-a-quotation", "Yes,â€ he said."),
        case("lost-behind-a-space", "“Yes, â€ he said."),
        case("about-mojibake", "This is mojibake: “Yes,†he said, and cafÃ©."),
        case("about-mojibake-elsewhere", "On mojibake.\n\nThe cafÃ© was closed."),
        case("about-encodings", "In UTF-8 the letter é is often read as Ã©."),
        case("quoted", "It shows “Ã©” in its place."),
        case("beside-its-character", "The sequence Ã© was é once."),
        case("code", 'fixed = {"Ã©": "é"}'),
        case("quotes-dashes-and-spaces", "“It’s” – ‘so’ — she… said\u00a0:"),
        case("currency", "£5, €6, ¥7, 8¢ ©2024 ® ™ § ¶"),
        case("fractions", "½ cup, ¼ l, 3² m, 5° C, µm"),
        case("lone-replacement", "caf\ufffd and \ufffd"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


WORDS = "Le café était fermé, “déjà” — ça va’s."


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        case("french-1252", WORDS, "cp1252"),
        case("french-latin-1", "Le café était fermé, déjà.", "latin-1"),
        case("french-mac", "Le café était fermé, déjà.", "mac_roman"),
        case("french-437", "Le café était fermé, déjà.", "cp437"),
        case("german-1252", "Größe, Straße und Übung", "cp1252"),
        case("russian-1252", "Привет, мир", "cp1252"),
        case("russian-1251", "Привет, мир", "cp1251"),
        case("polish-1250", "Zażółć gęślą jaźń", "cp1250"),
        case("emoji-1252", "Good 😀 morning", "cp1252"),
    ],
)
def test_whole_sequences_are_repaired(text: str, codec: str, layers: int) -> None:
    before = broken(text, codec, layers)
    assert before != text
    cleaned = ALONE.explain(before)
    assert cleaned.text == text
    rules = {change.rule for change in cleaned.changes}
    assert all(rule == "encoding.mojibake" or rule.startswith("encoding.utf8-as-") for rule in rules)
    assert layers > 1 or f"encoding.utf8-as-{codec}" in rules or codec == "latin-1"
    assert cleaned.restore() == before
    assert ALONE.clean(text) == text


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("e-acute", "The cafÃ© was closed.", "The café was closed.", "encoding.utf8-as-cp1252"),
        case("apostrophe", "itâ€™s late", "it’s late", "encoding.utf8-as-cp1252"),
        case("c1-apostrophe", "it\x92s late", "it’s late", "encoding.c1"),
        case("c1-quotes", "\x93Yes\x94", "“Yes”", "encoding.c1"),
        case("scar-and-space", "“Yes,†he said.", "“Yes,” he said.", "encoding.scar"),
        case("scar-at-the-end", "He said, “Yes.†", "He said, “Yes.”", "encoding.scar"),
        case("scar-before-a-space", "“Yes,† he said.", "“Yes,” he said.", "encoding.scar"),
        case("scar-before-punctuation", "He said “yes†, and left.", "He said “yes”, and left.", "encoding.scar"),
        case("lost", "“Yes,â€ he said.", "“Yes,” he said.", "encoding.lost-byte"),
        case(
            "lost-at-the-end", "“We would restore relations.â€", "“We would restore relations.”", "encoding.lost-byte"
        ),
        case("two-scars", "“Yes,†he said. “No,†she said.", "“Yes,” he said. “No,” she said.", "encoding.scar"),
        case("scar-and-lost", "“Yes,†he said. “No.â€", "“Yes,” he said. “No.”", "encoding.scar encoding.lost-byte"),
        case(
            "closed-by-the-next", "“Yes,†he said, “no,” and left.", "“Yes,” he said, “no,” and left.", "encoding.scar"
        ),
        case("one-scar-a-quotation", "“A note† here,†he said.", "“A note† here,” he said.", "encoding.scar"),
        case(
            "scar-beside-mojibake",
            "“Le cafÃ©,†he said.",
            "“Le café,” he said.",
            "encoding.utf8-as-cp1252 encoding.scar",
        ),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("scar", "“It rained,†she said.", '"It rained," she said.'),
        case("lost", "“It rained.â€", '"It rained."'),
        case("entities", "it&acirc;&euro;&trade;s", "it's"),
        case("half-an-entity", "caf&Atilde;&copy;", "café"),
        case("two-layers", broken("It’s “late” – déjà vu", layers=2), 'It\'s "late" – déjà vu'),
    ],
)
def test_through_the_chain(before: str, after: str) -> None:
    cleaned = CHAIN.explain(before)
    assert cleaned.text == after
    assert cleaned.restore() == before


@given(mojibake() | texts())
def test_no_dagger_and_no_replacement_character_is_made(raw: str) -> None:
    clean = ALONE.clean(raw)
    assert clean.count("†") <= raw.count("†")
    assert clean.count("\ufffd") <= raw.count("\ufffd")


@given(mojibake())
def test_no_visible_ascii_is_lost(raw: str) -> None:
    """No repair eats or joins words: what can be read stays, in its order. Only a mark may have stood for a byte."""
    clean = ALONE.clean(raw)

    def visible(text: str) -> str:
        return "".join(char for char in text if "!" <= char <= "~" and char not in "?'\"")

    assert visible(clean) == visible(raw)


@pytest.mark.parametrize("raw", ["Ã la carte", "Voil\u00c3 le caf\u00c3©", "Ã\u00a0 la carte, cafÃ©"])
def test_no_space_is_eaten(raw: str) -> None:
    clean = ALONE.clean(raw)
    assert clean.split()[-1][-1] == ALONE.clean(raw.split()[-1])[-1]
    assert len(clean.split()) == len(raw.split())


@given(mojibake() | texts())
def test_what_is_not_suspect_is_not_bad_to_ftfy(raw: str) -> None:
    """Law 6 inside the filter: a line that the cheap scan lets pass is one that ftfy would not repair."""
    config = ftfy.TextFixerConfig(replace_lossy_sequences=False, restore_byte_a0=True)
    for line in Text(raw).lines:
        if not suspects.suspect().search(line.text):
            assert ftfy.fix_encoding(line.text, config) == line.text


def test_versions_without_common_words_differ_as_a_whole() -> None:
    assert list(strict._differences("ab é", "cd é")) == [(0, 4, "cd é")]
    assert list(strict._differences("ab Ã© cd Ã©", "ab é cd é")) == [(3, 5, "é"), (9, 11, "é")]
    assert list(strict._differences("ab  Ã© cd", "ab é cd")) == [(2, 6, " é")]
    assert list(strict._differences("Ã é cd", "à é cd")) == [(0, 1, "à")], "but for the words that stay"
    assert list(strict._differences("Ã é cd", "àé cd")) == [(0, 3, "àé")]
    assert list(strict._differences("ab é", "ab é")) == []


def test_code_keeps_its_mojibake() -> None:
    rewrites(ALONE, "cafÃ© `cafÃ©`", "café `cafÃ©`", "encoding.utf8-as-cp1252", kind="markdown")


def test_each_line_is_repaired_by_itself() -> None:
    before = "The cafÃ© was closed.\nSÃO PAULO\nIn UTF-8 it is Ã©, you see.\nÃœbung\n"
    rewrites(
        ALONE,
        before,
        "The café was closed.\nSÃO PAULO\nIn UTF-8 it is Ã©, you see.\nÜbung\n",
        "encoding.utf8-as-cp1252",
    )


SIGNS = "".join(re.findall(f"[{''.join(MOJIBAKE_CATEGORIES.values())}]", "".join(map(chr, range(0x80, 0x2600)))))


@given(mojibake() | texts())
def test_one_scan_finds_the_rows_that_a_search_of_each_finds(raw: str) -> None:
    """The scan only saves time: fast is plain."""
    text = Text(raw)
    patterns = suspects.suspect(), suspects.hurt(), re.compile("[†⌠]")
    plain = [n for n, row in enumerate(text.rows) if any(pattern.search(f"\n{row}\n") for pattern in patterns)]
    fast = list(encoding.find(text))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(encoding, "suspicious", lambda text: plain)
        assert list(encoding.find(text)) == fast


@given(st.text(st.sampled_from(SIGNS + "aZz .,?\u00a0\u00ad…–’œŒÃÂØÙ×à√≈‚вВГРСЂўβΒ™°²µ"), max_size=6))
def test_the_scan_for_suspects_misses_nothing_that_ftfy_calls_bad(text: str) -> None:
    if is_bad(text):
        assert suspects.suspect().search(text)


@pytest.mark.parametrize("name", READ_AS)
def test_what_rules_say_of_a_page_is_so(name: str) -> None:
    assert misread("é", name) == READ_AS[name]
