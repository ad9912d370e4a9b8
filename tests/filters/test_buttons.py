"""Buttons that stand alone in a page: between text and text, other furniture, or the end."""

import pytest
from tables import case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["boilerplate"])
PACKS = Cleaner(filters=["boilerplate"], options={"boilerplate": {"model": False}})

P = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
Q = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."
R = "In the end the mayor herself cast the vote that decided it, and the cranes will be built next spring."
S = "The fishermen had left before the vote, as they had to be at sea by four, and learned of it by radio."
HEAD = "The harbour gets its cranes\n"
TEXT = f"{P}\n{Q}\n{R}\n{S}\n"


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        case("in-the-head", f"{HEAD}By Jane Doe\nShare\n{TEXT}", f"{HEAD}By Jane Doe\n{TEXT}", "share"),
        case("beside-an-unknown-line", f"{HEAD}Harbour desk\nShare\n{TEXT}", f"{HEAD}Harbour desk\n{TEXT}", "share"),
        case("between-paragraphs", f"{P}\nAdvertisements\n{Q}\n{R}\n{S}\n", TEXT, "ads"),
        case("between-blank-lines", f"{P}\n\nLoading…\n\n{Q}\n{R}\n{S}\n", f"{P}\n\n\n{Q}\n{R}\n{S}\n", "placeholders"),
        case("on-end", f"{TEXT}[ LOADING]\n[ LOADING]\n[ LOADING]\n", TEXT, "placeholders"),
        case("at-the-end", f"{TEXT}5 Comments\n", TEXT, "comments"),
        case("with-a-colon-that-leads-to-nothing", f"{TEXT}Share:\n", TEXT, "share"),
        case("without-its-list", f"{P}\nLesen Sie auch\n{Q}\n{R}\n{S}\n", TEXT, "related"),
        case("without-contents", f"{HEAD}Table of contents\n{TEXT}", HEAD + TEXT, "docs"),
        case("above-a-teaser", f"{TEXT}Related articles\nCranes\n{R}\n", f"{TEXT}Cranes\n{R}\n", "related"),
        case("an-author's-box", f"{TEXT}About the author\n{P}\n", f"{TEXT}{P}\n", "related"),
        case("time-to-read", f"{HEAD}By Jane Doe\n3 min.\n{TEXT}", f"{HEAD}By Jane Doe\n{TEXT}", "counters"),
        case("search-in-the-head", f"Skip to content\nSearch\n{HEAD}{TEXT}", HEAD + TEXT, "navigation"),
    ],
)
def test_goes(before: str, after: str, rule: str) -> None:
    extra = " boilerplate.navigation" if before.startswith("Skip") else ""
    rewrites(ALONE, before, after, f"boilerplate.{rule}{extra}")


def test_a_bar_goes_on_a_page_with_other_furniture() -> None:
    bar = f"{P}\n\nShare\nTweet\nPrint\n\n{Q}\n{R}\n{S}\nLeave a Reply\n"
    rewrites(ALONE, bar, f"{P}\n\n\n{Q}\n{R}\n{S}\n", "boilerplate.share boilerplate.comments")


def test_a_long_bar_is_a_crowd() -> None:
    names = "Share\nTweet\nPrint\nEmail\nSave\nCopy link\nPinterest\nReddit\nTumblr\nTelegram\n"
    before = f"{P}\n{names}{Q}\n{R}\n{S}\nLeave a Reply\n"
    rewrites(ALONE, before, f"{P}\n{Q}\n{R}\n{S}\n", "boilerplate.share boilerplate.comments")


def test_links_to_the_next_story_go_with_their_titles() -> None:
    links = "Previous\nThe bridge is closed again\nNext\nA choir for tunnels\n"
    rewrites(ALONE, TEXT + links, TEXT, "boilerplate.pagination")
    rewrites(ALONE, f"{TEXT}{links}{P}\n", f"{TEXT}{P}\n", "boilerplate.pagination")


def test_a_sure_entry_goes_from_a_menu_in_the_frame() -> None:
    menu = "• Harbour Watch\n• Do not sell my personal information\n• The Old Mill\n"
    rewrites(PACKS, TEXT + menu, f"{TEXT}• Harbour Watch\n• The Old Mill\n", "boilerplate.cookies")
    stays(ALONE, f"{P}\n{menu}{Q}\n{R}\n{S}\n")


@pytest.mark.parametrize(
    "text",
    [
        case("a-short-text", f"{P}\n{Q}\n\nShare\n\n{R}\n"),
        case("the-title", f"Share\n{TEXT}"),
        case("a-heading", f"{P}\n{Q}\n\nShare\n{R}\n{S}\n"),
        case("one-of-several-headings", f"Cranes\n{P}\nShare\n{Q}\nBoats\n{R}\nMills\n{S}\n"),
        case("an-entry-of-a-list", f"{P}\n{Q}\nThink\nPair\nShare\n{R}\n{S}\n"),
        case("an-item", f"{P}\n{Q}\n- Share\n{R}\n{S}\n"),
        case("a-sentence", f"{P}\nShare.\n{Q}\n{R}\n{S}\n"),
        case("without-a-capital", f"{P}\nshare\n{Q}\n{R}\n{S}\n"),
        case("with-a-value", f"{TEXT}Share:\n4 of the boats\n"),
        case("led-to", f"{TEXT}It says only this one word:\nShare\n"),
        case("said-twice-on-end", f"{P}\nShare\nShare\n{Q}\n{R}\n{S}\n"),
        case("a-bar-that-the-text-may-speak-of", f"{P}\n\nShare\nPrint\n\n{Q}\n{R}\n{S}\n"),
        case("newsletter-as-a-heading", f"{P}\nNewsletter\n{Q}\n{R}\n{S}\n"),
        case("an-author's-box-in-the-middle", f"{P}\nAbout the author\n{Q}\n{R}\n{S}\n"),
        case("search-below-the-head", f"{P}\nSearch\n{Q}\n{R}\n{S}\n"),
        case("contents-with-a-list", f"{HEAD}Table of contents\nCranes\nBoats\n{TEXT}"),
        case("related-above-more-text", f"{P}\n{Q}\nRelated articles\nThe old law\n{R}\n{S}\n"),
        case("durations", f"{HEAD}By Jane Doe\n20 min\nCook\n40 min\n{TEXT}"),
        case("a-duration-without-a-date", f"{HEAD}20 min\n{TEXT}"),
        case("links-led-to", f"{TEXT}These are her two schools:\nPrevious\nHarbour Street School\nNext\nMill Lane\n"),
        case("links-of-one-kind", f"{TEXT}Next\nHarbour Street\nNext\nMill Lane\n"),
        case("links-above-a-list", f"{TEXT}Previous\nHarbour Street\nNext\nMill Lane\nHigh Street\n"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)
