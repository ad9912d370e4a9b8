"""``cleanr report``: what the page shows is so, hostile text on it is inert, and its size is bounded."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import chromium
import pytest
from command import Run, write
from corpus import ROOT
from hypothesis import given
from hypothesis import strategies as st

import cleanr
from cleanr.report.page import MOST_BYTES, About, page
from cleanr.report.page.documents import rows
from cleanr.report.page.escape import anchor, shown
from cleanr.report.preview import Preview
from cleanr.report.reasons import told
from cleanr.report.study import Study

PAGE = (
    "The harbour board met on Tuesday. It kept the “old” crane, though itâ€™s unsafe.\n\nShare this:\n\nLeave a Reply\n"
)
HOSTILE = (
    "<script>document.documentElement.dataset.pwned = 1</script> \"'></td></style></script>"
    "<img src=x onerror='document.documentElement.dataset.pwned = 2'><svg onload=alert()>\u202e\u2066\x1b[31m\x00\u200b"
    '<a href="javascript:alert(1)">“x”</a> <iframe src="https://example.org"></iframe> &lt;b&gt;  {{7*7}} ]]>-->\n'
)
INVISIBLE = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\x1b\x00\x07\ufeff")
TAGS = (
    "html head meta title style body a nav b main header h1 h2 h3 p section div span table thead tbody tr th td ol ul"
    " li article label input code del ins i bdi details summary figure figcaption svg rect line text aside textarea"
    " button footer script"
)
ALLOWED = set(TAGS.split())


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def made(run: Run, *arguments: str) -> str:
    done = run("report", "in", "-o", "report.html", *arguments)
    assert (done.code, done.err) == (0, "")
    return Path("report.html").read_text("utf-8")


def is_inert(text: str) -> None:
    seen = Seen(text)
    assert set(seen.tags) <= ALLOWED, set(seen.tags) - ALLOWED
    assert seen.tags.count("script") == seen.tags.count("style") == 1
    for tag, name, value in seen.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in ("src", "style", "srcset", "action", "xlink:href"), (tag, name)
        if name == "href":
            assert value.startswith("#"), value
    assert not INVISIBLE & set(text)
    assert not re.search(
        r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    )


class TestPage:
    def test_says_what_was_done(self, run: Run) -> None:
        for n in range(3):
            write(f"in/{n}.txt", PAGE)
        text = made(run)
        for said in (
            *("all 3 documents", "Edits by filter", "Removals by rule and language", "Riskiest removals"),
            *("boilerplate.share", "Share this:", "Leave a Reply", "<b>3 ×</b>", "in/0.txt:3", "What happened earlier"),
            *("UTF-8 was read as Windows-1252", "Distributions", "prefers-color-scheme: dark", "ignore = ["),
        ):
            assert said in text, said

    def test_a_clean_corpus_and_an_empty_text(self, run: Run) -> None:
        write("in/a.txt", "It rained.\n")
        write("in/b.txt", "")
        text = made(run)
        assert "of 2 documents change" in text
        is_inert(text)

    def test_a_sample_is_called_one(self, run: Run) -> None:
        write("in/a.jsonl", "".join(json.dumps({"text": f"{PAGE}{n}"}) + "\n" for n in range(3_000)))
        assert "a sample: 20 of about 3,000 documents" in made(run, "-n", "20")

    def test_flagged_documents_are_named(self, run: Run) -> None:
        write("in/a.txt", "Share this:\nLeave a Reply\n")
        text = made(run)
        assert "Flagged documents" in text
        assert "removals withheld" in text
        assert "in/a.txt" in text

    def test_what_is_ignored_already_stays_so(self, run: Run) -> None:
        write("cleanr.toml", 'ignore = ["quotes.double"]\n')
        write("in/a.txt", PAGE)
        assert 'data-ignored="[&quot;quotes.double&quot;]"' in made(run)

    def test_hostile_text_is_inert(self, run: Run) -> None:
        name = "in/<b onclick=x>'&\u202e.txt"
        write(name, HOSTILE + PAGE + HOSTILE)
        write("in/a.jsonl", json.dumps({"text": HOSTILE * 3 + "Share this: <b>\n" + PAGE}) + "\n")
        is_inert(made(run, "--preview", "c4,gopher,fineweb"))

    def test_the_policy_allows_the_one_script_and_style_by_hash(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        text = made(run)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        assert "default-src 'none'" in policy[1]
        assert "unsafe" not in policy[1]
        for tag in ("script", "style"):
            body = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            assert body
            assert f"{tag}-src 'sha256-{base64.b64encode(sha256(body[1].encode()).digest()).decode()}'" in policy[1]

    @given(st.text())
    def test_no_text_is_obeyed(self, raw: str) -> None:
        marked = shown(raw + HOSTILE)
        assert not re.findall(r"<(?!/?[bi]>|i dir=\"ltr\">)", marked)
        assert '"' not in marked.replace('dir="ltr"', "")
        assert not INVISIBLE & set(marked)
        assert re.fullmatch(r"rule-[\w.-]*", anchor(raw), re.ASCII)

    @pytest.mark.parametrize(
        "text", ["", "one\n", "one", "a\n\n\n\nb\n“c”", PAGE, PAGE * 3, "a\r\nb\u2028c  d \n", HOSTILE]
    )
    def test_both_sides_are_the_two_texts(self, text: str) -> None:
        cleaned = cleanr.explain(text)
        found = rows(text, cleaned.spans(), told(cleaned))
        assert "\n".join("".join(part.removesuffix("\n") for part, _ in row.old) for row in found) == text.removesuffix(
            "\n"
        )
        assert "".join(part for row in found for part, _ in row.new).replace("\n", "") == cleaned.text.replace("\n", "")
        assert sum(len(row.edits) for row in found) >= len(cleaned.changes)

    def test_of_a_long_report_documents_are_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        study = Study(Preview([]))
        cleaner = cleanr.Cleaner(filters=["quotes"])
        for n in range(12):
            raw = "".join(f"“Board {n}” kept the {k} “old” cranes {'of the harbour ' * 3}\n" for k in range(200))
            study.count(cleaner.explain(raw), raw, f"{n}.txt", 0, "und")
        about = About("in", "standard", "1", 12, 12)
        assert page(study, about).count(b'class="document"') == 12
        monkeypatch.setattr("cleanr.report.page.MOST", 300_000)
        data = page(study, about)
        assert len(data) <= 310_000
        assert 0 < data.count(b'class="document"') < 12


WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)  # KiB
"""


class TestCommand:
    def test_text_without_a_page(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        done = run("report", "in", "--preview", "c4")
        assert (done.code, done.err) == (0, "")
        assert "would be dropped by" in done.out
        assert "UTF-8 was read as Windows-1252" in done.out

    def test_json(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        value = json.loads(run("report", "in", "--preview", "c4", "--output-format", "json").out)
        assert value["sample"] == {"documents": 1, "of_about": 1}
        assert value["preview"]["c4"]["before"]["documents"] == 1
        assert value["forensics"][0]["name"] == "UTF-8 as Windows-1252"

    @pytest.mark.parametrize("arguments", [["nowhere"], ["in", "--preview", "c5"], ["in", "-n", "0"]], ids=" ".join)
    def test_wrong_usage_is_2(self, run: Run, arguments: list[str]) -> None:
        write("in/a.png", b"\x89")
        assert run("report", *arguments).code == 2

    def test_what_cannot_be_read_is_named(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", b"\xff")
        done = run("report", "in", "-o", "report.html", "-q")
        assert (done.code, done.out, done.err.count("\n")) == (0, "", 1)
        assert "could not be read" in Path("report.html").read_text("utf-8")

    def test_a_hundred_thousand_documents_in_bounded_memory_and_size(self, tmp_path: Path) -> None:
        lines = (json.dumps({"text": f"{PAGE}Story {n} of {n * 7}\n"}) + "\n" for n in range(100_000))
        (tmp_path / "a.jsonl").write_text("".join(lines), "utf-8")
        command = [sys.executable, "-m", "cleanr", "report", "a.jsonl", "-o", "report.html", "-q"]
        # A child counts with the size of its parent at first; so its parent must be a small one, and not the tests.
        told = subprocess.run(
            [sys.executable, "-c", WATCHED, *command], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        assert 10 * 1024 < int(told.stdout) <= 500 * 1024
        assert (tmp_path / "report.html").stat().st_size <= MOST_BYTES
        assert "a sample: 2,000 of about 100,000 documents" in (tmp_path / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of texts that try all they can."""
    directory = tmp_path_factory.mktemp("hostile")
    (directory / "in").mkdir()
    (directory / "in" / "<img src=x onerror=alert(1)>.txt").write_text(HOSTILE + PAGE + HOSTILE, "utf-8")
    (directory / "in" / "rtl.txt").write_text("הישיבה  נערכה ביום שלישי.\n\nShare this:\n", "utf-8")
    (directory / "in" / "b.txt").write_text(PAGE, "utf-8")
    command = [sys.executable, "-m", "cleanr", "report", "in", "-o", "report.html", "--preview", "c4"]
    subprocess.run(command, cwd=directory, check=True, capture_output=True)
    return directory / "report.html"


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    with chromium.browser() as opened:
        yield opened


@chromium.needed
class TestInABrowser:
    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 400])
    def test_nothing_hostile_runs_and_nothing_complains(
        self, tab: chromium.Browser, hostile: Path, width: int, dark: bool
    ) -> None:
        tab.open(hostile, width=width, dark=dark)
        tab.value("[...document.querySelectorAll('details')].forEach((each) => { each.open = true; })")
        assert tab.value("document.documentElement.dataset.pwned") is None
        assert tab.value("document.images.length + document.querySelectorAll('iframe, embed, object').length") == 0
        assert tab.said() == []
        assert tab.requested() == [hostile.resolve().as_uri()]
        assert tab.value("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
        background = tab.value("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", background))) < 200) is dark

    def test_the_policy_holds_for_scripts_that_are_put_in(self, tab: chromium.Browser, hostile: Path) -> None:
        tab.open(hostile)
        tab.value(
            "(() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1';"
            " document.body.append(s); const i = new Image(); i.src = 'x.png'; })()"
        )
        assert tab.value("window.pwned") is None
        assert any("Content Security Policy" in json.dumps(each) for each in tab.said())

    def test_keep_this_gives_lines_to_copy_by_keyboard_alone(
        self, tab: chromium.Browser, hostile: Path, tmp_path: Path
    ) -> None:
        tab.open(hostile)
        assert tab.value("document.getElementById('kept').hidden") is True
        tab.value("document.querySelector('[data-rule=\"boilerplate.share\"]').focus()")
        tab.key(" ", 32, " ")
        assert tab.value("document.getElementById('kept').hidden") is False
        lines = tab.value("document.getElementById('kept-lines').value")
        (tmp_path / "cleanr.toml").write_text(lines, "utf-8")
        assert (
            cleanr.load_config(tmp_path / "cleanr.toml")
            .cleaner()
            .clean("It rained all day.\n\nShare this:\n")
            .endswith("Share this:\n")
        )
        tab.value("document.getElementById('kept-clear').focus()")
        tab.key("Enter", 13, "\r")
        assert tab.value("document.getElementById('kept').hidden") is True

    def test_the_first_stop_of_the_keyboard_leads_to_the_report(self, tab: chromium.Browser, hostile: Path) -> None:
        tab.open(hostile)
        tab.key("Tab", 9)
        assert tab.value("document.activeElement.className") == "skip"
        unreachable = tab.value(
            "[...document.querySelectorAll('input, button, summary, a[href]')]"
            ".filter((each) => each.tabIndex < 0).length"
        )
        assert unreachable == 0

    def test_right_to_left_text_begins_at_the_right(self, tab: chromium.Browser, hostile: Path) -> None:
        tab.open(hostile)
        direction = (
            "getComputedStyle([...document.querySelectorAll('td[dir]')].find((e) => /ה/.test(e.textContent))).direction"
        )
        assert tab.value(direction) == "rtl"

    def test_each_chip_leads_to_its_rule(self, tab: chromium.Browser, hostile: Path) -> None:
        tab.open(hostile)
        known = "document.getElementById(e.hash.slice(1))"
        assert tab.value(f"[...document.querySelectorAll('a[href]')].filter((e) => !{known}).map((e) => e.hash)") == []


def test_the_picture_in_the_readme_is_there_and_small() -> None:
    picture = ROOT / "docs" / "report.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 200_000
    assert "docs/report.png" in (ROOT / "README.md").read_text("utf-8")


def test_a_table_is_read_by_its_column(run: Run) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    Path("in").mkdir()
    pq.write_table(pa.table({"body": ["It  rained all day long."] * 3}), "in/a.parquet")
    refused = run("report", "in", "-o", "a.html")
    assert refused.code == 2
    assert "has no column 'text'" in refused.err
    assert "internal error" not in refused.err
    assert run("report", "in", "-o", "a.html", "--text-key", "body", "-q").code == 0
    assert "spaces.runs" in Path("a.html").read_text("utf-8")
