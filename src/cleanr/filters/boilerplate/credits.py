"""A news agency's name above the news: a first line ``Reuters`` goes where a lead follows that names none itself."""

from collections.abc import Iterator

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import LONG, Finding, Page
from cleanr.packs import Rules, fold
from cleanr.writing import count_words, ends_sentence

LEAST_NAMES = 1  # words with a capital, or numbers, that news has behind its first word
LEAST_LEAD = 12  # words of a lead: a shorter line is a headline, or the next entry of a list


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """The first line, where it is an agency's name and a lead follows that does not begin with it."""
    if len(page) < 2 or len(page.texts[0]) > LONG or (agency := fold(page.texts[0])) not in rules.grammar["agencies"]:
        return
    lead = page.texts[1]
    names = sum(word[0].isupper() or word[0].isdigit() for word in lead.split()[1:])
    if (
        names >= LEAST_NAMES
        and ends_sentence(lead)
        and count_words(lead) >= LEAST_LEAD
        and not fold(lead).startswith(agency)
    ):
        yield Finding(0, "credits", Safety.LIKELY, "an agency's name above a lead")
