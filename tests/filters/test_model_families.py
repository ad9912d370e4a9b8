"""What a line is called that the model takes for furniture; what makers of a text are called stays in `standard`."""

import pytest
from tables import case

from cleanr import packs
from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_families import family
from cleanr.filters.boilerplate.model_lines import traits
from cleanr.text import Text

RULES = packs.load()
P = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
TABLE = {"gadgets": 90}


def named(above: str, line: str, below: str) -> str:
    page = Page(Text(f"{above}{line}\n{below}"), RULES)
    at = page.texts.index(line)
    return family(page, [traits(text, TABLE) for text in page.texts], at)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        case("known-to-a-pack", "Leave a Reply", "comments"),
        case("rights", "© 2024 Harbour Media", "copyright"),
        case("a-picture", "Photo: Anna Berg", "byline"),
        case("a-picture-of-an-agency", "The old crane (Getty Images)", "captions"),
        case("a-name-above-the-text", "Anna Berg", "byline"),
        case("a-date", "Issue of May 2024", "dateline"),
        case("a-date-known-to-a-pack", "2024年5月3日", "dateline"),
        case("an-entry", "Harbour boats", "navigation"),
        case("a-headline", "The old crane was sold to a museum", "teaser"),
        case("furniture-by-its-words", "All gadgets for men in gadgets", "other"),
    ],
)
def test_a_line_above_the_text(line: str, name: str) -> None:
    assert named("", line, f"{P}\n{P}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        case("no-byline-far-from-the-head", "Anna Berg", "navigation"),
        case("a-long-line-by-somebody-is-none", f"By {P}", "teaser"),
        case("a-long-line-with-a-year-is-no-date", f"In 2024 {P}", "teaser"),
    ],
)
def test_a_line_below_the_text(line: str, name: str) -> None:
    assert named(f"{P}\n{P}\n", line, "") == name
