"""What published filters would drop, rule by rule, on texts that each rule is about."""

import pytest
from tables import case

import cleanr
from cleanr.report.preview import Preview, Side, c4, fineweb, gopher

LINE = "The harbour board met on Tuesday to keep the old crane."
PROSE = """Many people of the old town have to live with a crane that nobody needs any more.
Its owners would sell it to whoever asks first, and be glad that it went.
Fishermen see the matter in another light: for them it marks where deep water begins.
On Tuesday evening their speaker told the board what a new sign at sea would cost."""


class TestC4:
    @pytest.mark.parametrize(
        ("line", "stays"),
        [
            case("a full stop", LINE, True),
            case("a straight quote", f'"{LINE}"', True),
            case("a curly quote", f"“{LINE}”", False),
            case("no mark", LINE.removesuffix("."), False),
            case("an ellipsis", f"{LINE}..", False),
            case("few words", "It rained all day.", False),
            case("five words", "It rained all day long.", True),
            case("javascript", "Please enable JavaScript in your browser.", False),
            case("cookies", "This site uses cookies to work for you.", False),
            case("a policy", "Read what our privacy policy says on it.", False),
        ],
    )
    def test_lines(self, line: str, stays: bool) -> None:
        kept, _ = c4(f"{LINE}\n{line}\n")
        assert list(kept) == [LINE, line][: 1 + stays]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            case("enough", f"{LINE}\n" * 3, ""),
            case("sentences of one line", f"{LINE} {LINE} {LINE}", ""),
            case("two sentences", f"{LINE}\n" * 2, "fewer than three sentences"),
            case("a curly bracket", f"{LINE}\n" * 3 + "a { b }", "curly bracket"),
            case("filler", f"{LINE}\n" * 3 + "Lorem ipsum dolor", "lorem ipsum"),
        ],
    )
    def test_documents(self, text: str, rule: str) -> None:
        assert c4(text)[1] == rule


class TestGopher:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            case("prose", PROSE, ""),
            case("few words", LINE, "number of words"),
            case("short words", "a b " * 60, "length of words"),
            case("hash signs", PROSE.replace(" ", " #"), "hash signs and ellipses"),
            case("bullets", "\n".join(f"- {line}" for line in PROSE.split("\n")), "bullets"),
            case("ellipses", PROSE.replace(".\n", "…\n"), "lines end in an ellipsis"),
            case("numbers", f"{PROSE} {' '.join(str(n) for n in range(1_000, 1_060))}", "words without letters"),
            case("another language", "Der Vorstand des Hafens traf sich gestern, um den alten Kran zu behalten. " * 5,
                 "no English stop words"),
            case("lines again", "\n".join([PROSE, *PROSE.split("\n")]), "repeated lines"),
            case("a run of words again", f"{PROSE} {'of the crane ' * 40}", "most frequent run of 2 words"),
        ],
    )  # fmt: skip
    def test_documents(self, text: str, rule: str) -> None:
        assert gopher(text)[1] == rule

    def test_long_runs_of_words(self) -> None:
        said = " ".join(f"word{chr(97 + n)}" for n in range(20))
        text = f"{PROSE} {said}, {PROSE.split('.')[0]} and {said}."
        assert gopher(text)[1] == "repeated runs of 5 words"


class TestFineWeb:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            case("prose", PROSE, ""),
            case("no punctuation", PROSE.replace(".", ""), "few lines end in punctuation"),
            case("lines again", f"{PROSE}\n{PROSE}", "characters in repeated lines"),
            case("short lines", f"{LINE}\n" + "".join(f"It is {n}.\n" for n in range(4)), "short lines"),
        ],
    )
    def test_documents(self, text: str, rule: str) -> None:
        assert fineweb(text)[1] == rule


class TestPreview:
    def test_cleaning_keeps_what_c4_would_refuse(self) -> None:
        """The point of it: a curly quote at a line's end costs the line."""
        raw = f"{LINE}\n{LINE}\n“{LINE}”\n{LINE}\n"
        preview = Preview(["c4"])
        preview.count(raw, cleanr.clean(raw))
        rows = {what: (before, after) for _, what, before, after in preview.rows()}
        assert rows["characters"][0] == pytest.approx(100 * 57 / (3 * 55 + 57))
        assert rows["characters"][1] == 0
        assert rows["documents"] == (0, 0)

    def test_counts_add_up(self) -> None:
        side = Side()
        side.count(f"{LINE}\n{LINE}\n{LINE}\nShare\n", c4)
        side.count("Share\n", c4)
        assert (side.documents, side.dropped_documents, side.lines) == (2, 1, 1)
        assert (side.words, side.dropped_words) == (35, 2)
        assert side.rules == {"fewer than three sentences": 1}

    def test_nothing_is_no_share(self) -> None:
        assert [share for *_, share in Preview(["c4"]).rows()] == [0, 0, 0]

    def test_text_and_json(self) -> None:
        preview = Preview(["c4", "gopher"])
        preview.count("Share\n", "")
        text = list(preview.text())
        assert text[1] == "c4, of documents           100.0 %           100.0 %"
        assert "gopher drops documents for" in text
        assert preview.json()["c4"]["before"]["dropped_documents"] == 1
