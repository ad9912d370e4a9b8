"""``cleanr learn``: what repeats becomes an entry, what is content is only proposed, and the pack is always valid."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Run, write
from growth import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from tables import case

import cleanr
from cleanr.learning import Document, Learned, learn
from cleanr.learning.evidence import lines_of
from cleanr.learning.forms import LONGEST, form, is_number
from cleanr.learning.sketch import Seen, Sketch
from cleanr.learning.writing import pack
from cleanr.packs.compiling import compiled, parsed

NASTY = "x\x1b]0;gotcha\x07\u202e\u200b\u2066\x9b31m"


WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "ivory", "jetty"]


def prose(n: int) -> str:
    """Two paragraphs that no other document has."""
    first, second = WORDS[n % 10], WORDS[n // 10 % 10]
    return "\n\n".join(
        f"On the day of the {what}, the board of {first} {second} heard what the owners of the crane had to say."
        for what in ("storm", "strike")
    )


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """Sketches that are made within a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleanr.learning.sketch.WIDTH", 1 << 14)
        patch.setattr("cleanr.learning.sketch.BITS", 1 << 17)
        yield


def page(n: int, above: str = "", below: str = "") -> str:
    return f"{above}{prose(n)}\n\n{below}"


def corpus(pages: list[str], sites: int = 0) -> Learned:
    def documents() -> list[Document]:
        return [Document(text, str(n % sites if sites else n), f"{n}.txt") for n, text in enumerate(pages)]

    return learn(documents)


def verdicts(learned: Learned) -> dict[str, str]:
    return {each.form: each.verdict for each in learned.evidence if each.verdict != "rare"}


NUMBERED = r"[A-Za-z ]{0,9}\d{1,4}[-./: ]\d{1,4}[-./: ,]?[a-z]{0,9}"


class TestForms:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            case("folded", "  Share  This »", "share this"),
            case("a number", "1,204 Comments", "{n} comments"),
            case("thousands", "12.5k views", "{n} views"),
            case("an English date", "Posted on March 14, 2017", "posted on {date}"),
            case("a German date", "Stand: 14. März 2017", "stand: {date}"),
            case("an ISO date", "Updated 2017-03-14", "updated {date}"),
            case("a Russian date", "Опубликовано 14 марта 2017", "опубликовано {date}"),
            case("a time", "Last edit 9:30 pm", "last edit {time}"),
            case("a date at the head keeps its month", "March 14, 2017", "march {n}, {n}"),
            case("a digit within a word", "mp3 player", "mp3 player"),
            case("signs", "* * *", ""),
            case("too long", "a" * (LONGEST + 1), ""),
            case("a slot is no text", "use {name} here", ""),
            case("a lone surrogate", "a\ud800b", ""),
            case("a control", "a\x00b", ""),
        ],
    )
    def test_of_lines(self, line: str, expected: str) -> None:
        assert form(line) == expected

    @given(
        st.text(max_size=40) | st.from_regex(r"[A-Za-z ]{0,9}\d{1,4}[-./: ]\d{1,4}[-./: ,]?[a-z]{0,9}", fullmatch=True)
    )
    def test_a_form_is_an_entry_that_matches_its_line(self, line: str) -> None:
        learned = corpus([page(n, f"{line}\n") for n in range(3)])
        text = pack(learned, "x")
        compiled([parsed("x", text, check=True)])
        if form(line) and f'  "{form(line)}",' in text:
            assert "{" not in text or text

    def test_of_numbers(self) -> None:
        assert [is_number(each) for each in ("{n}", "may {n}", "page {n}", "may")] == [True, True, False, False]


class TestVerdicts:
    def test_lines_of_several_sites_are_furniture(self) -> None:
        learned = corpus([page(n, "Skip to content\n\n", f"Share this\n{n} comments\n") for n in range(5)])
        assert verdicts(learned) == dict.fromkeys(("skip to content", "share this", "{n} comments"), "furniture")

    def test_lines_of_one_site_in_its_frame_are_furniture(self) -> None:
        learned = corpus([page(n, below="The Harbour Gazette\n") for n in range(6)], sites=1)
        assert verdicts(learned) == {"the harbour gazette": "furniture"}

    def test_names_of_one_site_are_weak(self) -> None:
        names = [f"{first.title()} {second.title()}" for first in WORDS[:3] for second in WORDS[:3]]
        learned = corpus([page(n, f"By {name} in News\n\n") for n, name in enumerate(names)], sites=1)
        assert verdicts(learned) == {"by {x} in {x}": "weak"}

    def test_words_with_capitals_that_few_pages_have_are_no_names(self) -> None:
        names = [f"{first.title()} {second.title()}" for first in WORDS[:3] for second in WORDS[:3]]
        pages = [page(n, f"By {name}\n\n" if n < 4 else "") for n, name in enumerate(names)]
        assert verdicts(corpus(pages, sites=1)) == {}

    def test_between_the_paragraphs_of_one_site_they_are_weak(self) -> None:
        learned = corpus([f"{prose(n)}\nOur picks\nSign up\n{prose(n + 50)}\n" for n in range(6)], sites=1)
        assert verdicts(learned)["our picks"] == "weak"

    def test_sentences_between_paragraphs_are_prose(self) -> None:
        said = "Nobody who was there has ever said what really happened."
        learned = corpus([f"{prose(n)}\n{said}\n{prose(n + 50)}\n" for n in range(5)])
        assert verdicts(learned) == {said.lower().removesuffix("."): "prose"}

    def test_a_notice_in_the_frame_is_furniture(self) -> None:
        said = "We use cookies to give you the best experience on our site.\n\n"
        assert set(verdicts(corpus([page(n, said) for n in range(5)])).values()) == {"furniture"}

    def test_headings_of_a_genre_are_headings(self) -> None:
        learned = corpus([f"{prose(n)}\n\nConclusion\n\n{prose(n + 50)}\n" for n in range(5)])
        assert verdicts(learned) == {"conclusion": "heading"}

    def test_headings_of_lists_are_headings_too(self) -> None:
        lists = [f"{prose(n)}\n\nPros\n\n{WORDS[n]} sails\n\n{prose(n + 50)}\n" for n in range(5)]
        assert verdicts(corpus(lists)) == {"pros": "heading"}

    def test_entries_of_a_widget_between_paragraphs_are_furniture(self) -> None:
        widgets = [f"{prose(n)}\n\nOur picks\nSign up now\n\n{prose(n + 50)}\n" for n in range(5)]
        assert set(verdicts(corpus(widgets)).values()) == {"furniture"}

    def test_a_refrain(self) -> None:
        verses = "".join(f"{word} ran the ship to sea\nHey ho, and away\n" for word in ("Up", "Down", "Far", "Out"))
        learned = corpus([f"{prose(n)}\n{verses}{prose(n + 9)}\n" for n in range(2)])
        assert verdicts(learned)["hey ho, and away"] == "refrain"

    def test_what_one_document_says_is_not_learned(self) -> None:
        assert verdicts(corpus([page(0, "Share\n" * 9), *map(page, range(1, 5))])) == {}

    def test_what_two_of_many_pages_of_a_site_say_is_rare(self) -> None:
        pages = [page(n, "Obituary\n" if n < 2 else "") for n in range(40)]
        assert verdicts(corpus(pages, sites=1)) == {}

    def test_copies_of_a_document_teach_nothing(self) -> None:
        learned = corpus([page(1, "Ahoy, my friends\n")] * 20)
        assert (learned.documents, learned.copies, verdicts(learned)) == (1, 19, {})


class TestPack:
    def test_entries_have_counts_places_and_three_examples(self) -> None:
        text = pack(corpus([page(n, below=f"{n + 3} comments\n") for n in range(8)]), "here")
        assert text.splitlines()[0] == "# Learned from here: 8 documents of 8 sites."
        at = text.splitlines().index('  "{n} comments",')
        assert text.splitlines()[at - 4 : at] == [
            "  # 8 documents (100 %) of 8 sites; below the text 100 %",
            "  #   0.txt:5  3 comments",
            "  #   1.txt:5  4 comments",
            "  #   2.txt:5  5 comments",
        ]

    def test_blocks_stand_together(self) -> None:
        lines = ["Follow us", "Terms of service", "Cookie settings", "Imprint"]
        text = pack(corpus([page(n, below="\n".join(lines)) for n in range(5)]), "here")
        assert "  # a block of 4 lines" in text
        places = [text.index(f'  "{line.lower()}",') for line in lines]
        assert places == sorted(places)

    def test_what_is_doubtful_is_off(self) -> None:
        text = pack(corpus([f"{prose(n)}\n\nConclusion\n\n{prose(n + 50)}\n" for n in range(5)]), "here")
        assert '#   "conclusion",' in text
        own = compiled([parsed("x", text, check=True)])
        assert not own.phrases

    def test_an_empty_pack_is_valid(self) -> None:
        for pages in ([], ["One.\n"], [page(n) for n in range(5)]):
            own = compiled([parsed("x", pack(corpus(pages), "here"), check=True)])
            assert (dict(own.phrases), own.patterns) == ({}, [])

    def test_hostile_text_stays_a_string_or_a_comment(self) -> None:
        lines = [f'{NASTY} " ]\nphrases', 'quote " and \\ back', "'''", '"""', "# x", "[table]", "a = 1", "\\u0041 x"]
        text = pack(corpus([page(n, "\n".join(lines) + "\n") for n in range(5)]), f'{NASTY}"\n[x]')
        assert not set(text) & set("\x1b\x07\u202e\u200b\u2066\x9b")
        own = compiled([parsed("x", text, check=True)])
        assert list(own.families) == ["learned"]
        assert 'quote " and \\ back' in own.phrases

    def test_mojibake_is_entered_as_it_will_be_met(self) -> None:
        text = pack(corpus([page(n, "Itâ€™s your turn\n") for n in range(5)]), "here")
        assert '"it\'s your turn"' in text


class TestSketches:
    @given(st.lists(st.sampled_from("abcdefghij")))
    def test_counts_are_never_too_small(self, words: list[str]) -> None:
        sketch = Sketch(8)
        for word in words:
            sketch.add(word)
        assert all(sketch.count(word) >= words.count(word) for word in "abcdefghij")

    def test_counts_are_right_where_there_is_room(self) -> None:
        sketch = Sketch(1 << 12)
        for n in range(200):
            for _ in range(n % 5):
                sketch.add(str(n))
        assert all(sketch.count(str(n)) == n % 5 for n in range(200))

    @given(st.lists(st.text(max_size=3)))
    def test_what_was_seen_is_seen(self, words: list[str]) -> None:
        seen = Seen(1 << 10)
        for n, word in enumerate(words):
            assert seen.add(word) or word not in words[:n]

    def test_memory_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.learning.MOST", 50)
        pages = [
            page(n, "".join(f"entry {chr(97 + k)}{k}\n" for k in range(n % 7 * 20)) + "Share this\n") for n in range(40)
        ]
        learned = corpus(pages)
        assert len(learned.evidence) <= 50
        assert learned.least > 2
        assert "share this" in verdicts(learned)

    def test_cost_is_linear(self) -> None:
        def hostile(size: int) -> str:
            return (
                "".join(f"line {n % 97} of 12:30:12 2017-03-14 {{ 1.1.1.1\n" for n in range(size)) + "1" * size + "\n"
            )

        assert growth(lambda text: lines_of(text), hostile, 500) < LINEAR


class TestCommand:
    def test_a_tree_of_sites(self, run: Run) -> None:
        for n in range(8):
            write(f"in/site{n % 2}/{n}.txt", page(n, below=f"Site {n % 2} news\nShare this page\n"))
        done = run("learn", "in", "-o", "pack.toml", "--isolated")
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith("cleanr: pack.toml: ")
        assert run("clean", "--isolated", "--pack", "pack.toml", "in", "out", "-q").code == 0
        assert "Share this page" not in Path("out/site0/0.txt").read_text("utf-8")
        assert prose(0) in Path("out/site0/0.txt").read_text("utf-8")
        assert "boilerplate.learned" in run("check", "--pack", "pack.toml", "in").out

    def test_shards_with_a_key_for_sites(self, run: Run) -> None:
        rows = [{"body": page(n, below="Ship news\n"), "meta": {"host": f"h{n}"}} for n in range(6)]
        write("in.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        out = run("learn", "in.jsonl", "--text-key", "body", "--site-key", "meta.host").out
        assert "# Learned from in.jsonl: 6 documents of 6 sites." in out
        assert '  "ship news",' in out

    def test_without_sites_the_corpus_is_one(self, run: Run) -> None:
        for n in range(6):
            write(f"in/{n}.txt", page(n, below="Ship news\n"))
        out = run("learn", "in").out
        assert "6 documents of 1 site." in out
        assert '  "ship news",' in out

    def test_twice_is_the_same(self, run: Run) -> None:
        for n in range(6):
            write(f"in/{n}.txt", page(n, below=f"Ship news\nPage {n}\n"))
        assert run("learn", "in") == run("learn", "in")

    def test_nothing_repeats(self, run: Run) -> None:
        write("in/a.txt", page(1))
        done = run("learn", "in", "-o", "pack.toml")
        assert done.code == 0
        assert cleanr.Cleaner(packs=["pack.toml"]).clean("It rained.\n") == "It rained.\n"

    def test_what_cannot_be_read_is_2_and_named_once(self, run: Run) -> None:
        write("in/a.txt", page(1))
        write("in/b.txt", b"\xff")
        write("in/c.jsonl", '{"text": "a"}\nnope\nnope\n')
        done = run("learn", "in")
        assert (done.code, done.err.count("\n")) == (2, 2)
        assert done.out.startswith("# Learned from in: 2 documents")

    @pytest.mark.parametrize("name", ["nowhere", "in"])
    def test_nothing_to_learn_from_is_2(self, run: Run, name: str) -> None:
        write("in/a.png", b"\x89")
        done = run("learn", name)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
