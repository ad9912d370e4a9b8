"""How sure the model must be: less of ``Editors' picks`` below ``Share Button`` than of a page like a clean text.

Scores are in thousandths of log odds; the bars were chosen with room, on pages of sites that the model had not seen.
"""

from typing import NamedTuple

from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_lines import Traits
from cleanr.packs import Rules

LEAST_FAMILIES = 2  # of lines around a text that packs know: one with fewer shows no frame
TEXT = 4  # lines of a page, for each paragraph: with fewer it is a text with a residue of furniture
CONTENT = -20  # by its words (`Traits.score`): a line with less reads like content
LABEL = 30  # characters in which a label stands: what it names is content more often than other lines
NEAR_ABOVE, NEAR_BELOW = 10, 4  # lines
NEVER = 1_000_000
FRAME, BESIDE, WITHIN = range(3)


class Bars(NamedTuple):
    """The scores from which lines are likely furniture, and not guesses.

    `frame` is for lines far from the text of a page, `beside` for those near it, where titles stand, and `within` for
    those between its paragraphs. In both, lines that packs know as furniture in some places need less by `known`.
    `worded` is enough for a line whose words do not read like content.
    """

    frame: int
    beside: int
    within: int
    known: int = 0
    worded: int = NEVER

    def least(self, page: Page, at: int, line: Traits) -> int:
        """The score from which a line is likely furniture."""
        place = where(page, at)
        bar = self[place] - self.known * (place != FRAME and at in page.hits)
        if bar > self.worded and line.score >= CONTENT and ": " not in page.texts[at][:LABEL]:
            return self.worded
        return bar


FRAMED = Bars(1000, 1700, 1700, known=500)
RESIDUE = FRAMED._replace(worded=400)
BARE = Bars(3200, 2400, NEVER)
CLEAN = Bars(NEVER, NEVER, NEVER)


def where(page: Page, at: int) -> int:
    """Whether a line stands between paragraphs, near them or far from them."""
    first, last = page.prose[0], page.prose[-1]
    if first < at < last:
        return WITHIN
    return BESIDE if first - NEAR_ABOVE <= at <= last + NEAR_BELOW else FRAME


def choose(page: Page, rules: Rules) -> Bars:
    """How sure the model must be on a page with paragraphs: less where packs find furniture beyond doubt."""
    known = [at for at, hit in page.hits.items() if rules.families[hit.family].default]
    if any(map(page.is_strong, known)):
        return RESIDUE if len(page.prose) * TEXT >= len(page) else FRAMED
    around = {page.hits[at].family for at in known if where(page, at) != WITHIN}
    return BARE if len(around) >= LEAST_FAMILIES else CLEAN
