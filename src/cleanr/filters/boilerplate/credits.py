"""A news agency's name above the news: a first line ``Reuters`` goes where a lead follows that names none itself."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules, fold
from cleanr.writing import count_words

LEAST_NAMES = 1  # words with a capital, or numbers, that news has behind its first word
LEAST_LEAD = 12  # words of a lead: a shorter line is a headline, or the next entry of a list


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """The first line, where it is an agency's name and a lead follows that does not begin with it."""
    if len(rows) < 2 or rows[0].is_long or (agency := fold(rows[0].text)) not in rules.grammar["agencies"]:
        return
    lead = rows[1]
    names = sum(word[0].isupper() or word[0].isdigit() for word in lead.text.split()[1:])
    if (
        names >= LEAST_NAMES
        and lead.ends_sentence
        and count_words(lead.text) >= LEAST_LEAD
        and not fold(lead.text).startswith(agency)
    ):
        yield Finding(rows[0], "credits", Safety.LIKELY, "an agency's name above a lead")
