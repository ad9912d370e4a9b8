from pathlib import Path

import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["boilerplate"])

P = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
Q = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."
R = "In the end the mayor herself cast the vote that decided it, and the cranes will be built next spring."
TITLE = "The bridge opens in May"
VERSE = "Row, row, row your boat\nRow, row, row your boat\nGently down the stream\n"


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("blank", "\n\n"),
        case("prose", f"{P}\n{Q}\n\n{R}\n"),
        case("about-sharing", f"{P}\n\nShare this with your friends, he said, and she did.\n\n{Q}\n"),
        case("about-replying", f"{P}\n\nShe did not leave a reply.\n\n{Q}\n"),
        case("dialogue", f"{P}\n\n“Share?” she said.\n\n“More,” he said.\n\n{Q}\n"),
        case("weak-word-alone", f"{P}\n\nShare\n\n{Q}\n"),
        case("three-weak-words", f"{P}\n\nShare\nPrint\nEmail\n\n{Q}\n"),
        case("weak-words-apart", f"{P}\nShare\n{Q}\nPrint\n{R}\nTweet\n{P}\nEmail\n{Q}\n"),
        case("one-weak-word-many-times", f"{P}\n\nShare\nShare\nShare\nShare\nShare\n\n{Q}\n"),
        case("phrase-inside-a-line", f"{P}\n\nHe clicked the Share Button twice.\n\n{Q}\n"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


# Phrases and patterns


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("strong", f"{P}\nShare Button\n{Q}\n", f"{P}\n{Q}\n", "boilerplate.share"),
        case("strong-first", f"Share Button\n{P}\n", f"{P}\n", "boilerplate.share"),
        case("strong-last", f"{P}\nLeave a Reply", f"{P}\n", "boilerplate.comments"),
        case("other-case", f"{P}\nLEAVE A REPLY\n", f"{P}\n", "boilerplate.comments"),
        case("dressed", f"{P}\n  » Leave a  Reply…\n", f"{P}\n", "boilerplate.comments"),
        case("weak-beside-strong", f"{P}\nShare\nShare Button\nPrint\n{Q}\n", f"{P}\n{Q}\n", "boilerplate.share"),
        case(
            "weak-beside-strong-over-a-blank-line",
            f"{P}\nShare\n\nShare Button\n{Q}\n",
            f"{P}\n\n{Q}\n",
            "boilerplate.share",
        ),
        case("a-run-of-weak-at-the-end", f"{P}\n\nShare\nTweet\nPrint\nEmail\n", f"{P}\n\n", "boilerplate.share"),
        case(
            "several-families",
            f"{P}\nShare Button\nLeave a Reply\n",
            f"{P}\n",
            "boilerplate.share boilerplate.comments",
        ),
        case("pattern", f"{P}\n© 2024 Example Inc. All rights reserved.\n", f"{P}\n", "boilerplate.copyright"),
        case("no-newline-is-added", f"Share Button\n{P}", P, "boilerplate.share"),
    ],
)
def test_phrases(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)


def test_a_kept_last_line_keeps_its_line_end() -> None:
    """A line that is kept keeps its own line end: nothing is appended, nothing is taken from it."""
    assert ALONE.clean(f"{P}\nShare Button") == f"{P}\n"
    assert ALONE.clean(f"{P}\n{Q}") == f"{P}\n{Q}"


def test_the_reason_says_how_it_was_known() -> None:
    changes = ALONE.explain(f"{P}\nShare Button\nPrint\n\n{Q}\n{TITLE}\n{TITLE}\n{R}\n").changes
    assert [change.rule for change in changes] == ["boilerplate.share", "boilerplate.share", "boilerplate.repeats"]
    assert "share button" in changes[0].reason.lower()
    assert "beside" in changes[1].reason
    assert "repeats" in changes[2].reason
    assert {str(change.safety) for change in changes} == {"likely"}


def test_families_that_are_off_by_default_go_only_as_guesses() -> None:
    text = f"{P}\nUpdated 3 hours ago\n{Q}\n"
    stays(ALONE, text)
    rewrites(Cleaner("strict", filters=["boilerplate"]), text, f"{P}\n{Q}\n", "boilerplate.dateline")


# Menus

MENU = "Home\nAbout us\nHarbour Watch\nContact us\nSitemap\n"


def test_an_entry_between_two_of_a_menu_goes_with_them() -> None:
    rewrites(ALONE, f"{P}\n\n{Q}\n\n{MENU}", f"{P}\n\n{Q}\n\n", "boilerplate.navigation")


@pytest.mark.parametrize(
    "lines",
    [
        case("a-menu", MENU),
        case("buttons", "Share\nTweet\nPrint\nEmail\n"),
        case("networks", "The networks we studied were:\n- Facebook\n- Twitter\n- Instagram\n- YouTube\n"),
        case("times", "10:30\n11:00\n11:45\n12:15\n"),
        case("prices", "$3.50\n$4.00\n$5.25\n$6.00\n"),
        case("votes", "120 votes\n80 votes\n44 votes\n12 votes\n"),
        case("headings", "About me\n\nContact\n\nProjects\n\nBlog\n\nEvents\n"),
    ],
)
def test_weak_lines_between_prose_stay(lines: str) -> None:
    stays(ALONE, f"{P}\n\n{lines}\n{Q}\n")


@pytest.mark.parametrize(
    "entry",
    [
        case("sentence", "The harbour is closed."),
        case("many-words", "The harbour was closed for more than a whole week in May"),
        case("list-item", "- harbour watch"),
    ],
)
def test_what_is_no_entry_parts_a_menu(entry: str) -> None:
    stays(ALONE, f"{P}\n\nHome\nAbout us\n{entry}\nContact us\nSitemap\n\n{Q}\n")


def test_what_is_no_entry_stays_over_a_gap() -> None:
    stays(ALONE, f"{P}\n\nHome\nAbout us\n\nHarbour Watch\n\nContact us\nSitemap\n\n{Q}\n")


# Blocks


TITLES = "A new crane for the harbour\nThe mill is for sale\nWho pays for the bridge"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("to-the-end", f"{P}\n{Q}\n\nYou may also like\n{TITLES}\n", f"{P}\n{Q}\n\n"),
        case(
            "to-the-next-furniture",
            f"{P}\n{Q}\n\nYou may also like\n{TITLES}\nShare Button\n{R}\n",
            f"{P}\n{Q}\n\n{R}\n",
        ),
        case(
            "blank-lines-between",
            f"{P}\n{Q}\nYou may also like\n\nThe mill is for sale\n\nWho pays\n",
            f"{P}\n{Q}\n\n\n",
        ),
        case("nothing-below", f"{P}\n{Q}\nYou may also like\n", f"{P}\n{Q}\n"),
    ],
)
def test_blocks(before: str, after: str) -> None:
    cleaned = ALONE.explain(before)
    assert cleaned.text == after
    assert "boilerplate.related" in {change.rule for change in cleaned.changes}
    assert cleaned.restore() == before
    assert ALONE.clean(after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("runs-into-prose", f"{P}\n{Q}\nYou may also like\n{TITLES}\n{R}\n", f"{P}\n{Q}\n{TITLES}\n{R}\n"),
        case("too-little-before", f"{P}\nYou may also like\n{TITLES}\n", f"{P}\n{TITLES}\n"),
        case("only-a-list", f"You may also like\n{TITLES}\n", f"{TITLES}\n"),
        case(
            "sentences-below", f"{P}\n{Q}\nYou may also like\nA sentence ends so.\n", f"{P}\n{Q}\nA sentence ends so.\n"
        ),
        case(
            "too-many-titles",
            f"{P}\n{Q}\nYou may also like\n" + "".join(f"Title of story {n}\n" for n in range(30)),
            f"{P}\n{Q}\n" + "".join(f"Title of story {n}\n" for n in range(30)),
        ),
        case(
            "a-long-line-below",
            f"{P}\n{Q}\nYou may also like\n{'a long line without an end mark ' * 5}\n",
            f"{P}\n{Q}\n{'a long line without an end mark ' * 5}\n",
        ),
    ],
)
def test_what_is_below_a_heading_stays(before: str, after: str) -> None:
    """Where it cannot be seen that a list ends, its titles stay (the heading itself is a phrase)."""
    assert ALONE.clean(before) in (after, before)


# Repeats


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("title-beside-prose", f"{TITLE}\n{TITLE}\n{P}\n{Q}\n", f"{TITLE}\n{P}\n{Q}\n"),
        case("a-sentence", f"{P}\n{P}\n{Q}\n", f"{P}\n{Q}\n"),
        case("without-final-newline", f"{Q}\n{P}\n{P}", f"{Q}\n{P}\n"),
    ],
)
def test_repeats(before: str, after: str) -> None:
    rewrites(ALONE, before, after, "boilerplate.repeats")


@pytest.mark.parametrize(
    "text",
    [
        case("four-words", f"The bridge opens now\nThe bridge opens now\n{P}\n{Q}\n"),
        case("three-times", f"{TITLE}\n{TITLE}\n{TITLE}\n{P}\n{Q}\n"),
        case("over-a-line-that-stays", f"{TITLE}\nPosted by Anna on May 3\n{TITLE}\n{P}\n{Q}\n"),
        case("not-directly-behind", f"{TITLE}\n{P}\n{TITLE}\n{Q}\n"),
        case("over-a-blank-line", f"{TITLE}\n\n{TITLE}\n{P}\n{Q}\n"),
        case("not-quite-equal", f"{TITLE}\n{TITLE}!\n{P}\n{Q}\n"),
        case("other-case", f"{TITLE}\n{TITLE.upper()}\n{P}\n{Q}\n"),
        case("verse", VERSE),
        case("a-refrain", "The rain it raineth every day\nThe rain it raineth every day\nWith hey, ho, the wind\n"),
        case("list-items", f"- one two three four five\n- one two three four five\n{P}\n{Q}\n"),
        case("numbered-items", f"1. one two three four five\n1. one two three four five\n{P}\n{Q}\n"),
        case("table-rows", f"| a b | c d | e f |\n| a b | c d | e f |\n{P}\n{Q}\n"),
        case("tab-rows", f"one two\tthree four\tfive six\none two\tthree four\tfive six\n{P}\n{Q}\n"),
        case("spaced-rows", f"one two   three four   five six\none two   three four   five six\n{P}\n{Q}\n"),
        case("code", f"call one two three four();\ncall one two three four();\n{P}\n{Q}\n"),
        case("indented", f"{P}\n    one two three four five\n    one two three four five\n{Q}\n"),
        case("talk", f"Anna: no no no no no\nAnna: no no no no no\n{P}\n{Q}\n"),
        case("quoted-mail", f"> one two three four five\n> one two three four five\n{P}\n{Q}\n"),
    ],
)
def test_repeats_stay(text: str) -> None:
    stays(ALONE, text)


def test_a_repeat_that_a_removal_brings_together_goes_too() -> None:
    """What a second run would remove, the first one does."""
    rewrites(ALONE, f"{P}\nShare Button\n{P}\n{Q}\n", f"{P}\n{Q}\n", "boilerplate.share boilerplate.repeats")


@pytest.mark.parametrize("gap", ["\n\nShare Button\n", "\nShare Button\n\n"], ids=["before", "behind"])
def test_a_repeat_over_a_gap_and_furniture_stays(gap: str) -> None:
    clean = ALONE.clean(f"{P}{gap}{P}\n{Q}\n")
    assert clean == f"{P}\n\n{P}\n{Q}\n"


# Credits


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("agency-above-a-lead", f"Reuters\n{P}\n{Q}\n", f"{P}\n{Q}\n"),
        case("over-a-blank-line", f"Reuters\n\n{P}\n", f"\n{P}\n"),
        case("first-behind-blank-lines", f"\nReuters\n{P}\n", f"\n{P}\n"),
        case("bloomberg", f"Bloomberg\n{P}\n", f"{P}\n"),
        case("upper-case", f"REUTERS\n{P}\n", f"{P}\n"),
    ],
)
def test_credits(before: str, after: str) -> None:
    rewrites(ALONE, before, after, "boilerplate.credits")
    assert {str(change.safety) for change in ALONE.explain(before).changes} == {"likely"}


@pytest.mark.parametrize(
    "text",
    [
        case("alone", "Reuters\n"),
        case("not-first", f"{P}\nReuters\n{Q}\n"),
        case(
            "lead-begins-with-it",
            "Reuters\nReuters reported on Tuesday that the council had met to talk about the harbour.\n",
        ),
        case("a-headline-follows", f"Reuters\n{TITLE}\n{P}\n"),
        case("a-list-follows", "Reuters\nAP\nAFP\n"),
        case("another-agency-follows", f"Reuters\nAP\n{P}\n"),
        case("more-in-the-line", f"Reuters, London\n{P}\n"),
        case("a-name-of-none", f"Harbour\n{P}\n"),
        case("no-end-mark", f"Reuters\n{P.rstrip('.')}\n{Q}\n"),
        case("short-sentence", f"Reuters\nIt rained all day.\n{P}\n"),
    ],
)
def test_credits_stay(text: str) -> None:
    stays(ALONE, text)


# The fixed point, Markdown, the chain


@pytest.mark.parametrize(
    "text",
    [
        case("cascade", f"{P}\nShare\nLeave a Reply\nPrint\n{P}\n{TITLE}\nShare Button\n{TITLE}\n{Q}\n"),
        case("two-lines-of-one-phrase", f"{P}\nLeave a\nReply\n{Q}\n"),
        case(
            "agencies", "Reuters\nAP\nThe mayor of the small town opened the new bridge on a rainy Tuesday in March.\n"
        ),
        case("agency-behind-furniture", f"Share Button\nReuters\n{P}\n{Q}\n"),
        case(
            "block-behind-block",
            f"{P}\n{Q}\nYou may also like\nA title here\nRelated articles\nB title here\nShare Button\n",
        ),
    ],
)
def test_one_run_is_enough(text: str) -> None:
    cleaned = ALONE.explain(text)
    assert ALONE.clean(cleaned.text) == cleaned.text
    assert cleaned.restore() == text


def test_an_agency_behind_furniture_is_first_then() -> None:
    rewrites(ALONE, f"Share Button\nReuters\n{P}\n{Q}\n", f"{P}\n{Q}\n", "boilerplate.share boilerplate.credits")


@pytest.mark.parametrize(
    "text",
    [
        case("fence", f"{P}\n\n```\nShare Button\n```\n\n{Q}\n"),
        case("indented", f"{P}\n\n    Share Button\n\n{Q}\n"),
        case("table", f"{P}\n\n| Share Button |\n|---|\n| Leave a Reply |\n\n{Q}\n"),
        case("inline", f"{P}\n\n`Share Button`\n\n{Q}\n"),
        case("front-matter", f"---\ntitle: x\nshare button\n---\n\n{P}\n"),
        case("repeat-over-a-fence", f"{P}\n```\ncode\n```\n{P}\n{Q}\n"),
        case(
            "repeat-over-inline-code",
            f"{P}\nThe file `a.toml` is read once, when the server is started by hand.\n{P}\n{Q}\n",
        ),
        case("weak-words-around-a-fence", f"{P}\nShare\nPrint\n```\ncode\n```\nTweet\nEmail\n{Q}\n"),
        case("headings", f"# Share\n\n{P}\n\n# Print\n\n{Q}\n"),
    ],
)
def test_markdown_stays(text: str) -> None:
    stays(ALONE, text, kind="markdown")


def test_markdown_furniture_goes() -> None:
    rewrites(ALONE, f"{P}\n\nShare Button\n\n{Q}\n", f"{P}\n\n\n{Q}\n", "boilerplate.share", kind="markdown")


def test_a_line_with_an_address_may_go_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("language = 'en'\n[share]\npatterns = ['zebras at https?://.{1,80}']\n", encoding="utf-8")
    cleaner = Cleaner(filters=["boilerplate"], packs=[str(path)])
    rewrites(cleaner, f"{P}\nZebras at https://example.org/z\n{Q}\n", f"{P}\n{Q}\n", "boilerplate.share")


def test_the_chain_closes_the_gaps() -> None:
    before = f"{TITLE}\n\nShare Button\n\n{P}\n\n{Q}\n\nLeave a Reply\n\nYour email address will not be published.\n"
    after = f"{TITLE}\n\n{P}\n\n{Q}\n"
    rewrites(CHAIN, before, after, "boilerplate.share boilerplate.comments blank_lines.runs blank_lines.ends")


def test_very_long_lines_are_no_furniture() -> None:
    stays(ALONE, f"{P}\n{'share button ' * 40}\n{Q}\n")


def test_packs_option(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('language = "en"\n[share]\nphrases = ["feed the zebra"]\n', encoding="utf-8")
    before = f"{P}\nFeed the zebra\n{Q}\n"
    rewrites(Cleaner(filters=["boilerplate"], packs=[str(path)]), before, f"{P}\n{Q}\n", "boilerplate.share")
    stays(ALONE, before)
