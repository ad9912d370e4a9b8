"""Weak lines of page furniture, known by their place on the page and by the lines near them."""

import pytest
from tables import case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["boilerplate"], options={"boilerplate": {"model": False}})

P = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
Q = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."
FRAME = "Leave a Reply\n"  # furniture beyond doubt: without any, lines that stand alone prove nothing
R = "In the end the mayor herself cast the vote that decided it, and the cranes will be built next spring."


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case(
            "above-the-text",
            f"Home\nHarbour Watch\nNews\nThe Old Mill\nContact\nThe bridge opens in May\n\n{P}\n{Q}\n",
            f"Harbour Watch\nThe Old Mill\nThe bridge opens in May\n\n{P}\n{Q}\n",
            "boilerplate.navigation",
        ),
        case(
            "above-the-text-with-bullets",
            f"• Home\n• Harbour Watch\n• News\n• Careers\n• Contact\nThe bridge opens in May\n\n{P}\n{Q}\n",
            f"• Harbour Watch\nThe bridge opens in May\n\n{P}\n{Q}\n",
            "boilerplate.navigation",
        ),
        case(
            "below-the-text",
            f"{P}\n{Q}\n\nCareers\nBlog\nThe Old Mill in its new and lasting splendour\nEvents\n",
            f"{P}\n{Q}\n\nThe Old Mill in its new and lasting splendour\n",
            "boilerplate.navigation",
        ),
        case(
            "between-paragraphs",
            f"{P}\n\nHome\nNews\nCranes\nEvents\nCareers\nContact\nBoats\nBlog\nShop\n\n{Q}\n",
            f"{P}\n\nCranes\nBoats\n\n{Q}\n",
            "boilerplate.navigation",
        ),
        case(
            "a-button-again-and-again",
            f"{P}\nReply\n{Q}\nReply\n{R}\nReply\n{P} Yes.\n",
            f"{P}\n{Q}\n{R}\n{P} Yes.\n",
            "boilerplate.comments",
        ),
        case(
            "a-block-below-each-post",
            f"{P}\n\nQuote\nReport\n\n{Q}\n\nQuote\nReport\n\n{R}\n",
            f"{P}\n\n\n{Q}\n\n\n{R}\n",
            "boilerplate.forum boilerplate.comments",
        ),
        case(
            "a-label-of-ads-on-a-page-with-furniture",
            f"{P}\n\nAdvertising\n\n{Q}\n\n",
            f"{P}\n\n\n{Q}\n\n",
            "boilerplate.ads",
        ),
        case(
            "a-button-below-the-text-of-a-page-with-furniture",
            f"{P}\n\nShare this article\n\n{Q}\n\nSubscribe\n",
            f"{P}\n\n\n{Q}\n\n",
            "boilerplate.share boilerplate.newsletter",
        ),
        case(
            "entries-without-a-colon-of-a-sentence",
            f"{P}\n{Q}\n\nOur site:\nThe Old Mill\nEvents\nBlog\nNews\n",
            f"{P}\n{Q}\n\nOur site:\nThe Old Mill\n",
            "boilerplate.navigation",
        ),
    ],
)
def test_goes(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before + FRAME, after, f"{rules} boilerplate.comments")


def test_lines_that_stand_together_need_no_frame() -> None:
    before = f"Home\nNews\nCareers\nThe bridge opens in May\n\n{P}\n{Q}\n"
    rewrites(ALONE, before, f"The bridge opens in May\n\n{P}\n{Q}\n", "boilerplate.navigation")


@pytest.mark.parametrize(
    "text",
    [
        case("labels-and-values", f"{P}\n\n{Q}\n\nContact\nAnna Smith\nNews\nSummer party\nEvents\nBread day\nLinks\n"),
        case("labels-and-values-at-the-head", f"Website\nx.org\nLanguage\nLatin\nSearch\nnone\n\n{P}\n{Q}\n"),
        case("times-and-titles", f"{P}\n{Q}\n\n9:00\nRegistration\n9:30\nWelcome\n10:00\nNews\n10:30\nEvents\n"),
        case("labels-with-a-colon", f"{P}\nReply:\n90 m\n{Q}\nReply:\n80 m\n{R}\nReply:\n70 m\n{P} No.\n"),
        case("labels-above-sentences", "".join(f"Reply\nThat is what we do in case {n}.\n" for n in range(4)) + P),
        case("a-glossary-between-paragraphs", f"{P}\n\nHome\nNews\nBlog\nShop\nEvents\nCareers\nSearch\n\n{Q}\n"),
        case("one-above-the-text", f"News\nThe bridge opens in May\n\n{P}\n{Q}\n"),
        case("two-above-the-text", f"News\nCareers\nThe bridge opens in May\n\n{P}\n{Q}\n"),
        case("the-title", f"Contact\n\n{P}\n{Q}\n"),
        case("one-below-the-text", f"{P}\n{Q}\n\nEvents\n"),
        case("four-between-paragraphs", f"{P}\n\nHome\nCranes\nEvents\nBoats\nContact\nMills\nBlog\n\n{Q}\n"),
        case(
            "headings-of-a-glossary", "".join(f"{word}\n{P}\n" for word in ("Home", "News", "Blog", "Events", "Shop"))
        ),
        case("a-list-with-bullets", f"{P}\n\n• Home\n• Cranes\n• Events\n• Boats\n• Contact\n\n{Q}\n"),
        case(
            "led-to-by-a-sentence",
            f"{P} These are the words:\n\nCranes\nHome\nEvents\nBoats\nNews\nBlog\nShop\n\n{Q}\n",
        ),
        case("verse", f"{P}\n\nHome,\nsweet home,\nthe sea and the foam,\nEvents\nand a gnome.\nBlog\nNews\n"),
        case("a-button-on-end", f"{P}\nReply\nReply\nReply\n{Q}\n"),
        case("a-block-once", f"{P}\n\nQuote\nReport\n\n{Q}\n"),
        case("a-label-of-ads-on-a-page-without", f"{P}\n\nAdvertising\n\n{Q}\n"),
        case(
            "a-label-of-ads-as-a-heading", f"{P}\n\nAdvertising\n{Q}\n\nLeave a Reply\n".replace("Leave a Reply\n", "")
        ),
        case("a-label-of-ads-at-the-end", f"Advertising\n{P}\n{Q}\n"),
        case("prices", f"{P}\n{Q}\n\n$3.50\nTea\n$4.00\nCoffee\n"),
        case("sentences", f"{P}\n{Q}\n\nShare.\nReply.\nSubscribe.\n"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


@pytest.mark.parametrize(
    "text",
    [
        case("one-above-the-text", f"News\nThe bridge opens in May\n\n{P}\n{Q}\n\n"),
        case("two-above-the-text", f"News\nCareers\nThe bridge opens in May\n\n{P}\n{Q}\n{R}\n{P} Yes.\n{Q} No.\n\n"),
        case("the-title", f"Contact\n\n{P}\n{Q}\n\n"),
        case("four-between-paragraphs", f"{P}\n\nHome\nCranes\nEvents\nBoats\nContact\nMills\nBlog\n\n{Q}\n\n"),
        case("headings-of-a-glossary", "".join(f"{word}\n{P}\n" for word in ("Home", "News", "Blog")) + f"{Q}\n\n"),
        case("led-to-by-a-sentence", f"{P} These:\n\nCranes\nHome\nEvents\nBoats\nNews\nBlog\nShop\n\n{Q}\n\n"),
        case("a-button-on-end", f"{P}\nReply\nReply\nReply\n{Q}\n\n"),
        case("a-block-once", f"{P}\n\nQuote\nReport\n\n{Q}\n\n"),
        case("a-label-of-ads-at-the-head", f"Advertising\n{P}\n{Q}\n\n"),
        case("a-label-of-ads-as-a-heading", f"{P}\n\nAdvertising\n{Q}\n\n{R}\n\n"),
    ],
)
def test_stays_on_a_page_with_furniture(text: str) -> None:
    rewrites(ALONE, text + FRAME, text, "boilerplate.comments")


def test_a_paragraph_of_wide_letters_is_prose() -> None:
    """Forty letters of Han or Kana say what a hundred Latin ones do; buttons between paragraphs are spoken about."""
    before = "画面の下には四つのボタンが並んでいますので、左から順に覚えてください。"
    behind = "四つのボタンはどれも、長く押すと説明が出ますから、まず試してみてください。"
    stays(ALONE, f"{before}\n\n共有\n保存\n印刷\nコメント\n\n{behind}\n")


def test_a_paragraph_without_end_mark_is_prose_in_thai() -> None:
    line = "เมื่อวานนี้สภาเมืองประชุมกันเรื่องท่าเรือเก่าแก่ริมแม่น้ำและการประชุมนั้นยาวนานไปจนถึงเที่ยงคืน"
    stays(ALONE, f"{line}\n\nแชร์\nติดตาม\nค้นหา\nแนะนำ\n\n{line}นั้น\n")
