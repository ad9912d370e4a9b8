"""Traces of what happened to a text earlier: each is found where it is, and not in text that nothing happened to."""

import pytest
from corpus import ROOT, read
from tables import case

import cleanr
from cleanr.report.forensics import Forensics, wrapped
from cleanr.report.languages import guessed
from cleanr.report.misread import misread

PROSE = "The harbour board met on Tuesday to hear what the owners of the old crane had to say about it all."


def found(raw: str) -> dict[str, int]:
    forensics = Forensics()
    forensics.count(cleanr.explain(raw), raw, "a.txt")
    return {each.name: each.times for each in forensics.traces()}


class TestTraces:
    @pytest.mark.parametrize(
        ("raw", "name", "times"),
        [
            case("UTF-8 as Windows-1252", "It was itâ€™s cafÃ©.", "UTF-8 as Windows-1252", 2),
            case("twice", "the cafÃƒÂ© was closed", "UTF-8 as Windows-1252 twice", 1),
            case("Cyrillic", "РљСЉРј СЃСЉРґСЉСЂР¶Р°РЅРёРµС‚Рѕ", "UTF-8 as Windows-1251", None),
            case("with bytes lost", "“Yes,â€ she said.", "UTF-8 as Windows-1252, and bytes were lost", 1),
            case("ftfy", "“Yes,†she said.", "scar", 1),
            case("escaped twice", "bread &amp;amp; butter", "escaped-twice", 1),
            case("escaped", "bread &amp; butter", "escaped", 1),
            case("replaced", "caf\ufffd", "replaced", 1),
            case("question marks", "it?s what they don?t say", "question-marks", 2),
            case("escapes", "it\\u2019s \\u201cit\\u201d", "escapes", 3),
            case("tokenised", "He said , it is n't so , but it was , he said .", "tokenised", None),
            case("decomposed", "cafe\u0301 re\u0301sume\u0301", "decomposed", 3),
            case("Windows", "a\r\nb\r\n", "crlf", 2),
            case("straightened", f'"One" – "two" – {PROSE}', "straightened", 1),
        ],
    )
    def test_found(self, raw: str, name: str, times: int | None) -> None:
        traces = found(raw)
        assert name in traces
        assert times is None or traces[name] == times

    @pytest.mark.parametrize(
        "raw",
        [
            case("prose", PROSE),
            case("typographic", "“One” – it’s two…"),
            case("straight", '"One" - it\'s two...'),
            case("questions", "Is it? So? What is this? Yes?and no"),
            case("a path", "C:\\new\\table and \\n"),
            case("an ampersand", "R&D, AT&T & co."),
            case("composed", "café résumé"),
        ],
    )
    def test_not_found(self, raw: str) -> None:
        assert found(raw) == {}

    def test_examples_are_placed_in_the_raw_text_and_few(self) -> None:
        forensics = Forensics()
        for n in range(9):
            raw = f"One.\n\n&amp;lt; two\nthree  itâ€™s {n}\n"
            forensics.count(cleanr.explain(raw), raw, f"{n}.txt")
        traces = {each.name: each for each in forensics.traces()}
        assert traces["UTF-8 as Windows-1252"].documents == 9
        assert [each["place"] for each in traces["UTF-8 as Windows-1252"].examples] == ["0.txt:4", "1.txt:4", "2.txt:4"]
        assert traces["escaped-twice"].examples[0]["place"] == "0.txt:3"
        assert "UTF-8 was read as Windows-1252: â€™ for ’" in "\n".join(forensics.text())

    def test_nothing_is_said_of_nothing(self) -> None:
        assert list(Forensics().text()) == []


class TestWrapped:
    def wrap(self, width: int) -> str:
        import textwrap

        return "\n\n".join(textwrap.fill(f"{PROSE} {PROSE.lower()} {PROSE}", width) for _ in range(4))

    @pytest.mark.parametrize("width", [50, 60, 72, 80])
    def test_the_column_is_found(self, width: int) -> None:
        assert width - 4 <= wrapped(self.wrap(width)) <= width

    def test_paragraphs_in_one_line_are_not_wrapped(self) -> None:
        assert wrapped(f"{PROSE}\n\n" * 20) == 0

    def test_verse_is_not_wrapped(self) -> None:
        poem = ROOT / "corpus_samples" / "clean" / "en-poem.txt"
        text = (
            read(poem)
            if poem.exists()
            else "O ship\nof a long\nline and of a short\nword\nthat ends\nwhere it will\nend\n"
        )
        assert wrapped(text) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        case("once", "â€™", "’", "bytes e2 80 99 of UTF-8 were read as Windows-1252"),
        case("twice", "Ã¢â‚¬â„¢", "’", "bytes e2 80 99 of UTF-8 were read as Windows-1252 twice"),
        case("C1", "\x92", "’", "bytes 92 of Windows-1252 were read as Latin-1"),
        case("a code page", "Ïðèâåò", "Привет", "bytes cf f0 e8 e2 e5 f2 of Windows-1251 were read as Windows-1252"),
        case("lost", "â€", "”", "bytes e2 80 9d of UTF-8 were read as Windows-1252, and 9d was lost"),
        case("not told", "x", "y", "bytes 78 → 79"),
        case("gone", "\x07", "", "bytes 07 → ∅"),
        case("a lone surrogate", "\ud800", "x", "bytes ed a0 80 → 78"),
        case("long", "x" * 20, "y", "bytes 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 … → 79"),
    ],
)  # fmt: skip
def test_what_was_misread(old: str, new: str, told: str) -> None:
    assert misread(old, new) == told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The board kept the crane, and that was all of it.", "en"),
        ("Der Vorstand hat den Kran nicht verkauft, und das ist gut.", "de"),
        ("Le conseil a gardé la grue, et les pêcheurs sont dans le port.", "fr"),
        ("El puerto tiene una grúa que los pescadores no quieren vender.", "es"),
        ("Правление решило, что кран не на продажу и что это так.", "ru"),
        ("お知らせです。", "ja"),
        ("项目说明。", "zh"),
        ("알림입니다.", "ko"),
        ("הנהלת הנמל", "he"),
        ("", "und"),
        ("12 34 xyz", "und"),
    ],
)
def test_languages_are_guessed(text: str, language: str) -> None:
    assert guessed(text) == language
