"""Lost bytes, other code pages, options: first what must stay, then what comes back."""

import random
from collections import Counter

import pytest
from encoding_proof import unproven
from hypothesis import given, settings
from strategies import mojibake, texts
from tables import case, rewrites, stays

from cleanr import Cleaner
from cleanr.edits import Change, Safety
from cleanr.filters.encoding import lost, pages, quotes, reading, slots

ALONE = Cleaner(filters=["encoding"])
LOST_ONE = "\ufffd"
CERTAIN = Cleaner(filters=["encoding"], options={"encoding": {"certain_only": True}})
ASKED = Cleaner(filters=["encoding"], options={"encoding": {"escapes": True, "single_byte": True}})

NEGATIVES = [
    case("about-the-apostrophe", "Readers saw “â€™” where an apostrophe should be."),
    case("about-mojibake", "The page was mojibake: Ã©, Ã¨ and â€ everywhere."),
    case("about-a-letter", "The sequence Ã© was é once."),
    case("about-in-german", "Der Zeichensalat heißt auf Deutsch Buchstabensalat: Ã¤ und Ã¶."),
    case("mapping-in-python", 'FIXES = {"â€™": "’", "Ã©": "é", "Â£": "£"}'),
    case("mapping-in-javascript", 'const map = { "Ã¼": "ü" };'),
    case("replace-in-php", '$s = str_replace("Ã¨", "è", $s);'),
    case("sed", "sed -i 's/Ã©/é/g' file.txt = 'done'"),
    case("source", "const t = “Yes,† + x = {"),
    case("codec-named", "Decoded as latin-1, the word reads cafÃ© in the log."),
    case("utf8-named", "In UTF-8 the euro is read as â‚¬ by old programs."),
    case("dagger-of-a-note", "The reference results are shown below.†The reference training is described elsewhere."),
    case("dagger-of-authors", "Anna Koura1,† Ben Silva2,† Chen Shen1,†"),
    case("dagger-of-death", "Goethe († 22. März 1832 in Weimar) war Dichter."),
    case("dagger-in-maths", "WF_Matrix A -> WF_Matrix A†."),
    case("double-dagger", "See note† and note‡, please."),
    case("dagger-of-a-price", "It costs $0.05/ea† and $0.02/ea† today."),
    case("dagger-behind-a-closed-quotation", "“We agree,” they wrote.† Nobody did."),
    case("vietnamese-capitals", "TIẾNG VIỆT: ẤN ĐỘ, ĐÃ, CÂU, Â NHẠC"),
    case("vietnamese", "Ấn Độ đã có nhiều thay đổi, và ông ấy đã nói như vậy."),
    case("turkish", "İstanbul'da ŞİŞLİ, ÇAĞLAYAN ve ĞÜIÖ; kâğıt, hâlâ, rüzgâr."),
    case("icelandic", "ÞÓRÐUR Í ÁRNESI sagði að það væri ÓÞARFI; Ísland, Ölfus."),
    case("portuguese-nao", "NÃO É PERMITIDO. SÃO PAULO, IRMÃ E MÃE."),
    case("portuguese-irma", "A IRMÃ… disse que NÃO, “É” e “Ã”"),
    case("french-a", "« Voilà », dit-il à « Léa » ; ça et là, où ?"),
    case("french-capitals", "ÂGE, ÎLE, À L’ÉCOLE, ÉTÉ…"),
    case("spanish", "¿Qué? ¡AÑO NUEVO! El niño comió piña; ÁÉÍÓÚ."),
    case("catalan", "L’àvia diu què, però NO ÉS AIXÍ; COL·LEGI"),
    case("danish", "ÆBLE, ØL OG ÅR; på Ærø så jeg æøå."),
    case("swedish", "ÅÄÖ åäö – Åsa, Ängelholm, Öland; “Åh!” sa hon."),
    case("estonian", "ÕHTU, ÄÄR, ÖÖ, ÜKS; sõna, käsi."),
    case("romanian", "ÎNTREBĂRI ÎN ROMÂNĂ: câine, pâine, ăsta, țară."),
    case("polish", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ; pchnąć w tę łódź jeża."),
    case("welsh", "â ê î ô û ŵ ŷ: y tŷ â’r drws; gyda’r plant."),
    case("russian-capitals", "ТАК, ФРУКТЫ, ХЛЕБ И РЫБА; НАТАША, ТАМАРА."),
    case("ukrainian", "Її ім’я – Ґалаґан; вільні, свої, мрії."),
    case("macedonian", "Ќерка, ѓеврек, љубов и џамлија."),
    case("greek", "Η «ανατροφή» δυστυχώς· ΆΈΉΊΌΎΏ ϊ ΰ."),
    case("hebrew", "אמר: „שלום” – ת״א, צה״ל, ג׳ירפה."),
    case("arabic", "قال: «مرحبًا»، ثم سكت؛ أليس كذلك؟"),
    case("thai", "เนื้อเรื่องของเธอดีมาก และเน้นเรื่องเดียว"),
    case("korean", "이야기 ‘하나’ – 가나다라."),
    case("japanese", "「すべて」の人は、…ね。"),
    case("a-tilde-in-a-table", "| Ã | 195 | 303 | Â | 194 |"),
    case("characters-in-a-row", "À Á Â Ã Ä Å Æ Ç È É Ê Ë"),
    case("units", "5 µm, 10 Å, 20 °C, ±½, 3×10², ∆°, √π, ∞"),
    case("currencies", "€ 1.200,– ; £35 ; ¥1,000–¥2,000 ; ¢50 ; §§ 12–14"),
    case("multiplication", "3×£5 and 4288×… and ½×¾"),
    case("box-drawing", "├── src ─┤ │ ┌─┐ └─┘"),
    case("path", "C:\\users\\u1234\\x86\\new\\table"),
    case("address", "https://x.org/caf%C3%A9?q=1"),
    case("one-lost-letter", "He ate caf\ufffd and left."),
    case("lost-word", f"He said that {6 * LOST_ONE} came, and that it{4 * LOST_ONE}s late."),
    case("lost-words-of-many-letters", f"{4 * LOST_ONE}人{5 * LOST_ONE}社会{2 * LOST_ONE}一員として。"),
    case("finnish-capitals", "SELKÄ\u00a0EDELLÄ\u00a0MAAHAN"),
    case("hyphen-and-a", "The grade was A, not Ã."),
    case("dagger-in-straight-quotes", 'He wrote, "We agree.† Nobody did," and left.'),
    case("dagger-behind-inches", 'A 6" pipe† of 12" length'),
    case("dagger-alone-in-a-quotation", "“The note † says so,” he wrote."),
    case("dagger-of-a-year", "In “Meyers †1990 Nachlass” it is said."),
    case("integral", "⌠x dx ⌡ is half of it."),
    case("letter-before-a-quotation", "Il dit â“oui” et s’en va."),
    case("half-an-integral-in-koi8-r", "п⌠эр is not cyrillic"),
    case("selector-of-nothing", "The letters ï¸ stand alone."),
    case("number-sign-as-emoji", "Press 1 â or # now."),
]


@pytest.mark.parametrize("text", NEGATIVES)
def test_stays(text: str) -> None:
    stays(ALONE, text)
    stays(CERTAIN, text)


@pytest.mark.parametrize("text", NEGATIVES)
def test_stays_with_all_options(text: str) -> None:
    stays(ASKED, text)


def test_there_are_enough_negatives() -> None:
    assert len(NEGATIVES) >= 40


LOST = "encoding.lost-byte"


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case(
            "dropped",
            "Ð˜Ð¼Ð°Ð¼Ð¾ Ð¿Ñ€Ð°Ð²Ð¾ Ð½Ð° Ð¾Ð±Ñ€Ð°Ð·Ð¾Ð²Ð°Ð½Ð¸Ðµ Ð¸ Ð½Ð° ÑÐ²Ð¾Ð±Ð¾Ð´Ñƒ",
            "Имамо право на образование и на свободу",
            f"encoding.utf8-as-cp1252 {LOST}",
        ),
        case("stripped", "It isnât late, and theyâre here.", "It isn’t late, and they’re here.", LOST),
        case(
            "stripped-quotes",
            "He said it wasnât âquite readyâ â but they didnât mind.",
            "He said it wasn’t “quite ready” – but they didn’t mind.",
            LOST,
        ),
        case(
            "question-marks",
            "Donâ??t say you canâ??t, or that itâ??s late.",
            "Don’t say you can’t, or that it’s late.",
            LOST,
        ),
        case(
            "replaced",
            "It\ufffds late, and they don\ufffdt mind.",
            "It’s late, and they don’t mind.",
            "encoding.replaced",
        ),
        case(
            "stripped-in-speech",
            "âWe moved the patientsâ beds,â she said. It isnât late.",
            "“We moved the patients’ beds,” she said. It isn’t late.",
            LOST,
        ),
        case("stripped-end", "He left,â she said.\nShe isnât here.", "He left,” she said.\nShe isn’t here.", LOST),
        case("stripped-paragraphs", "âThis is it.\nâThat is all.", "“This is it.\n“That is all.", LOST),
        case("replaced-paragraph", "\ufffdIt isn\ufffdt late.", "“It isn’t late.", "encoding.replaced"),
        case(
            "replaced-bytes",
            "It\ufffd\ufffd\ufffds late, and the caf\ufffd\ufffd is open.",
            "It’s late, and the café is open.",
            "encoding.replaced",
        ),
        case("replaced-quote", "He said “yes,\ufffd and left.", "He said “yes,” and left.", "encoding.replaced"),
        case(
            "hyphen",
            "A rightâ€\x90wing, nonâ€political group.",
            "A right‐wing, non‐political group.",
            f"encoding.utf8-as-cp1252 {LOST}",
        ),
        case("hyphen-alone", "It was a nonâ€political group.", "It was a non‐political group.", LOST),
        case(
            "dash-behind-a-quote",
            "It is “the largestâ€â€”and the oldest.",
            "It is “the largest”—and the oldest.",
            f"encoding.utf8-as-cp1252 {LOST}",
        ),
        case("spaced-quotes", "The “ bridge camera †is one.", "The “ bridge camera ” is one.", "encoding.scar"),
        case("quotes-within", "“He says ‘no,’ †Hege said.", "“He says ‘no,’ ” Hege said.", "encoding.scar"),
        case("scar-behind-a-digit", "So “Rule 1†of it holds.", "So “Rule 1” of it holds.", "encoding.scar"),
        case("scar-before-a-year", "“Not a Prize†(2017), Rome", "“Not a Prize” (2017), Rome", "encoding.scar"),
        case(
            "began-straight",
            'He asked, "On whose word?†said Hill.',
            'He asked, "On whose word?” said Hill.',
            "encoding.scar",
        ),
        case(
            "straight-within",
            '“He said "yes" and left,†she said.',
            '“He said "yes" and left,” she said.',
            "encoding.scar",
        ),
        case("before-a-real-dash", "It is “the largestâ€—and old.", "It is “the largest”—and old.", LOST),
        case("an-end-in-the-air", "How to “ Break It â€, and how not", "How to “ Break It ”, and how not", LOST),
        case("emoji", "âŒ Don’t sell", "❌ Don’t sell", LOST),
        case("emoji-selected", "We â¤ï¸ this place", "We ❤\ufe0f this place", LOST),
        case("emoji-spaced", "âš ï¸ Warning", "⚠\ufe0f Warning", LOST),
        case("selector", "Loud and clear! 🗳ï¸", "Loud and clear! 🗳\ufe0f", LOST),
        case("joiner", "She codes 👩â€💻 here", "She codes 👩\u200d💻 here", LOST),
        case(
            "whole-emoji",
            "Loud! ðŸ—³ï¸ More",
            "Loud! 🗳\ufe0f More",
            f"encoding.utf8-as-cp1252 {LOST}",
        ),
        case("integral", "âŒ\u00a0dx âŒ¡ is one", "⌠dx ⌡ is one", "encoding.utf8-as-cp1252"),
        case("half-an-integral", "⌠Don’t sell", "❌ Don’t sell", "encoding.scar"),
        case("symbol", "It isnâ€™t lateâ€\u009d â™¦ Theyâ€™re", "It isn’t late” ♦ They’re", "encoding.utf8-as-cp1252"),
        case("parts", "â€œYes,â€\ufffd he said.", "“Yes,” he said.", f"encoding.utf8-as-cp1252 {LOST}"),
        case(
            "cut",
            "Le cafÃ© est fermÃ© Ã\xa0 midi, dÃ©jÃ",
            "Le café est fermé à midi, déj",
            f"encoding.utf8-as-cp1252 {LOST}",
        ),
        case(
            "lower",
            "los derechos de la asociaciã³n y la educaciã³n",
            "los derechos de la asociación y la educación",
            "encoding.utf8-as-cp1252",
        ),
        case("koi8-r", "п■п╬п╠я─п╬ п©п╬п╤п╟п╩п╬п╡п╟я┌я▄", "Добро пожаловать", "encoding.utf8-as-koi8-r"),
        case("cp850", "En s├©d og gr├©n kage", "En sød og grøn kage", "encoding.utf8-as-cp850"),
        case("cp1251", "O casamento nГЈo pode", "O casamento não pode", "encoding.utf8-as-cp1251"),
        case(
            "seen-elsewhere",
            "Vi bor på landet, men Ã¥ret er langt.",
            "Vi bor på landet, men året er langt.",
            "encoding.utf8-as-cp1252",
        ),
        case(
            "scar-before-a-bracket",
            "The “targets†(often many) moved.",
            "The “targets” (often many) moved.",
            "encoding.scar",
        ),
    ],
)
def test_comes_back(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("json", r"Defesa antim\u00edssil para avi\u00f5es", "Defesa antimíssil para aviões", "encoding.escape"),
        case("json-pair", r"Good \ud83d\ude00 morning", "Good 😀 morning", "encoding.escape"),
        case("hex", r"\xe2\x80\x9cYes\xe2\x80\x9d, she said.", "“Yes”, she said.", "encoding.escape"),
        case("percent", "en cooperaci%C3%B3n con otros", "en cooperación con otros", "encoding.escape"),
        case("cyrillic", "Ïðèâåò, ìèð, êàê äåëà", "Привет, мир, как дела", "encoding.single-byte"),
        case(
            "quotes",
            "ÒDoes just what you needÓ, he says, ÒthatÕs itÓ",
            "“Does just what you need”, he says, “that’s it”",
            "encoding.single-byte",
        ),
    ],
)
def test_options(before: str, after: str, rules: str) -> None:
    rewrites(ASKED, before, after, rules)
    stays(ALONE, before)


@pytest.mark.parametrize(
    "text",
    [
        case("path", r"See C:\users\u00e9 and \u00e9."),
        case("code", r's = b"\xe2\x80\x99".decode("ascii");'),
        case("half-a-pair", r"a \ud83d b"),
        case("not-utf8", r"a \xe2\x28 b \xff\xfe c"),
        case("not-utf8-alone", r"a \xff\xfe c"),
        case("ascii-escape", r"a \u0041 b"),
        case("percentages", "50%AB and 20%C3%28"),
        case("mixed-percent", "a%20b%C3%A9"),
        case("control", r"a \u0085\u0007 b"),
    ],
)
def test_escapes_that_stay(text: str) -> None:
    stays(ASKED, text)


def test_certain_only_supplies_nothing_that_only_letters_tell() -> None:
    assert CERTAIN.clean("It isnât late, and theyâre here.") == "It isnât late, and theyâre here."
    assert CERTAIN.clean("“Yes,â€ he said.") == "“Yes,” he said."
    assert CERTAIN.clean("âŒ We â¤ï¸ it") == "âŒ We â¤ï¸ it"


@settings(max_examples=60, derandomize=True)  # of layers in parts, the proof knows not all
@given(mojibake() | texts())
def test_certain_edits_are_proven(raw: str) -> None:
    assert unproven(ALONE.explain(raw).changes) == []


def test_wrong_edits_are_refused() -> None:
    """10,000 edits that say that they are certain, each wrong in one character."""
    chance = random.Random(0)
    right = [
        ("Ã©", "é", "encoding.utf8-as-cp1252"),
        ("Ð¿Ñ€Ð°Ð²Ð¾", "право", "encoding.utf8-as-cp1252"),
        ("├Ñ", "å", "encoding.utf8-as-cp850"),
        ("Г©", "é", "encoding.utf8-as-cp1251"),
        ("†", "” ", "encoding.scar"),
        ("â€", "”", "encoding.lost-byte"),
        ("\x92", "’", "encoding.c1"),
        ("ÃƒÂ©", "é", "encoding.mojibake"),
    ]
    letters = "abcéèêñößþяжюλωשم—–“”’‘†€"
    for old, new, rule in right:
        assert not unproven([Change(0, old, new, rule, Safety.CERTAIN)])
    wrong = Counter[Change]()
    for _ in range(10_000):
        old, new, rule = chance.choice(right)
        at = chance.randrange(len(new))
        other = chance.choice([char for char in letters if char != new[at]])
        wrong[Change(0, old, new[:at] + other + new[at + 1 :], rule, Safety.CERTAIN)] += 1
    assert sum(times for change, times in wrong.items() if unproven([change])) == 10_000


def test_pages() -> None:
    assert pages.spelled("aÃ", "cp1252") == b"a\xc3"
    assert pages.spelled("я", "cp1252") is None
    assert pages.misread("é", "cp1252") == "Ã©"
    assert pages.names_of("cp1252:lower") == "cp1252"


@pytest.mark.parametrize(
    ("before", "better", "worse", "after"),
    [
        case("opening", " ", "“", "”", "a"),
        case("closing", ".", "”", "“", " "),
        case("apostrophe", "n", "’", "“", "t"),
        case("dash", " ", "–", "”", " "),
        case("hyphen", "n", "‐", "”", "s"),
        case("bullet", "", "•", "”", " "),
        case("euro", "", "€", "”", "5"),
        case("dash-at-the-end", " ", "…", "–", ""),
        case("half-spaced", " ", "“", "–", "a"),
        case("behind-a-gap", " ", "“", "’", "a"),
        case("lonely-bullet", "a", "’", "•", "a"),
        case("lonely-euro", "a", "’", "€", "b"),
        case("spaced-hyphen", " ", "–", "‐", " "),
    ],
)
def test_signs_fit(before: str, better: str, worse: str, after: str) -> None:
    assert reading.fit(before, better, after) > reading.fit(before, worse, after)


def test_a_dash_between_words_that_no_apostrophe_joins() -> None:
    assert reading.fit("d", "—", "I", False) > reading.fit("d", "’", "I", False)
    assert reading.fit("d", "–", "I", False) > reading.fit("d", "’", "I", False)


def test_open_quotations() -> None:
    assert quotes.opened("“a ‘b", "") == "“‘"
    assert quotes.opened("’ c”", "“‘") == ""
    assert quotes.opened("don’t”", "") == ""


@pytest.mark.parametrize("name", lost.PAGES)
def test_no_character_begins_and_goes_on_a_sequence(name: str) -> None:
    assert pages.page(name).leads.isdisjoint(pages.page(name).tails)


def test_a_dash_between_spaces_takes_others_to_show_it() -> None:
    assert ALONE.clean("It was \ufffd he said.") == "It was \ufffd he said."
    cleaned = ALONE.clean("It was \ufffd he didn\ufffdt know \ufffd late, and they don\ufffdt mind.\n\ufffd one\n")
    assert cleaned.translate({ord("—"): "–"}) == "It was – he didn’t know – late, and they don’t mind.\n\ufffd one\n"


def test_of_a_long_document_the_beginning_says_how_it_writes() -> None:
    rows = ["The crane stands at the harbour, and nobody knows for how long."] * 60
    damaged = ["It isnât late, and theyâre here."] * 60
    assert ALONE.clean("\n".join(rows + damaged)) == "\n".join([*rows, *["It isn’t late, and they’re here."] * 60])


def test_slots() -> None:
    found = list(slots.slots("Ã© Ã", pages.page("cp1252"), frozenset({0x81})))
    assert [slot.complete for slot in found] == [True, False]
    assert found[1].choices[1].text == "Á"
    assert list(slots.slots("ð???", pages.page("cp1252"), slots.C1)) == [], "of thousands of choices, none is meant"
