"""Page furniture between the lines of a document: ``Share Button``, ``Leave a Reply`` and a line said twice go.

All detectors see the same lines, for the best evidence that a line is furniture is the line next to it:

- `phrases`: what a rule pack knows by its words; weak words only beside other furniture;
- `crowds`: weak words in the frame of a page, and among many of their kind;
- `buttons`: weak words alone between text and text;
- `blocks`: a heading that owns the list below it;
- `repeats`: a line said twice in a row;
- `credits`: a news agency's name above the news;
- `model`: what no list can know, by a learned judgement of a line, its place and its surroundings.

The loop asks again for what is left: a line counts as gone only where it really went, not where the safety, the
selection or a protected span kept it.
"""

from collections.abc import Callable, Iterable, Iterator

from cleanr import packs as rule_packs
from cleanr.edits import Edit
from cleanr.filters.boilerplate import blocks, buttons, credits, crowds, phrases, repeats
from cleanr.filters.boilerplate import model as learned
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.packs import Rules
from cleanr.text import Text

RULES = {
    "boilerplate.ads": "Labels of advertisements and notes on commissions: a line Advertisement goes.",
    "boilerplate.byline": "Authors' lines: By Jane Doe goes, where guesses are allowed.",
    "boilerplate.captions": "Who made a picture: Photo: Jane Doe goes, where guesses are allowed.",
    "boilerplate.comments": "Comment forms and their prompts: a line Leave a Reply goes.",
    "boilerplate.cookies": "Cookie banners: a line We use cookies to improve your experience. goes.",
    "boilerplate.copyright": "Copyright and platform lines: © 2024 Example Inc. All rights reserved. goes.",
    "boilerplate.counters": "Counters of views and likes, reading times: a line 5 min read goes.",
    "boilerplate.credits": "A news agency's name alone above the news: a first line Reuters goes.",
    "boilerplate.dateline": "Dates of posts and updates: Updated 3 hours ago goes, where guesses are allowed.",
    "boilerplate.docs": "What a documentation site adds: a line Edit this page goes.",
    "boilerplate.follow": "Prompts to follow: a line Follow us on Facebook goes.",
    "boilerplate.forum": "What forums and mail programs add: a line Sent from my iPhone goes.",
    "boilerplate.login": "Prompts to sign in: a line Already have an account? Log in goes.",
    "boilerplate.media": "What players show: a line Current Time 0:00 goes.",
    "boilerplate.navigation": "Skip links, menus, search: a line Skip to content goes.",
    "boilerplate.newsletter": "Newsletter prompts: a line Subscribe to our newsletter goes.",
    "boilerplate.other": "Furniture of no family that is known, by its words, place and surroundings.",
    "boilerplate.pagination": "Links to other pages: a line Next page goes.",
    "boilerplate.paywall": "Subscribers' gates: a line Subscribe to continue reading goes.",
    "boilerplate.placeholders": "What stands for something that did not load: a line Loading… goes.",
    "boilerplate.products": "What shops add: a line Add to cart goes.",
    "boilerplate.readmore": "Tails of teasers: a line Read more goes.",
    "boilerplate.related": "Headings of related stories, with the titles below: a line You may also like goes.",
    "boilerplate.repeats": "A line of five or more words that says what the line before it says goes.",
    "boilerplate.share": "Share and print buttons: a line Share Button goes.",
    "boilerplate.tags": "Lines of tags and categories: a line Filed under: News goes.",
    "boilerplate.teaser": "Headlines and first words of other stories, among other furniture.",
    "boilerplate.wiki": "What a wiki adds: a line [edit] goes.",
}
SCOPE = "document"
REMOVES = True
# What spoke about markup or encodings, or stood in a column, may be gone.
WAKES = frozenset({"markup", "encoding", "spaces"})

Detector = Callable[[Page, Rules], Iterable[Finding]]
DETECTORS: tuple[Detector, ...] = (phrases.find, crowds.find, buttons.find, blocks.find, repeats.find, credits.find)


def find(text: Text, *, packs: tuple[str, ...] = (), model: bool = True, guesses: bool = True) -> Iterator[Edit]:
    """Propose to delete the lines that are page furniture, each with its line end.

    `model` asks what was learned; without `guesses`, it is not asked about pages where it could only guess.
    """
    rules = rule_packs.load(packs)
    page = Page(text, rules)
    found: dict[int, Finding] = {}
    for detect in DETECTORS:
        for item in detect(page, rules):
            found.setdefault(item.at, item)
    if model:
        for item in learned.find(page, rules, guesses=guesses):
            found.setdefault(item.at, item)
    for at, item in sorted(found.items()):
        yield Edit(*page.span(at), "", f"boilerplate.{item.family}", item.safety, item.reason)


__all__ = ["REMOVES", "RULES", "SCOPE", "WAKES", "find"]
