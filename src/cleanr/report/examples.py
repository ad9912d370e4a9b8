"""What a rule changes and what it leaves alone, for people who ask: ``one··two`` becomes ``one·two``, columns stay.

The texts are run through the cleaner when they are shown, so that what is shown is so; tests hold each to its rule.
Families of page furniture are not here: the packs have their phrases, and lines with the same words that stay.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cleanr.filters.encoding.pages import NAMES, misread


class Example(NamedTuple):
    """A text that a rule changes, and one like it that it leaves alone."""

    changes: str
    keeps: str = ""


PROSE = "The harbour board met on Tuesday to hear what the owners of the old crane had to say about it"
RUSSIAN = "Вчера вечером мы долго гуляли по старому городу, и никто не хотел идти домой."

EXAMPLES: Mapping[str, Example] = {
    "markup.entities": Example("caf&eacute; &amp;amp; bar", "The entity &eacute; is written in HTML as &amp;eacute;."),
    "markup.tags": Example("It is <b>new</b> here.", "if a <b and c> d"),
    "markup.breaks": Example("It rained<br>all day.", "one<br>two"),
    "encoding.mojibake": Example("a cafÃƒÂ© round the corner", "SÃO PAULO"),
    **{f"encoding.utf8-as-{name}": Example(misread(RUSSIAN, name), RUSSIAN) for name in NAMES},
    "encoding.lost-byte": Example("“Yes,â€ she said.", "“Yes,” she said."),
    "encoding.scar": Example("“Yes,†she said.", "The results† are below."),
    "encoding.c1": Example("it\x92s"),
    "encoding.replaced": Example("It\ufffds late, and he didn\ufffdt come; she\ufffdll wait.", "\ufffd is a sign."),
    "controls.ansi": Example("\x1b[31mred\x1b[0m"),
    "controls.overstrike": Example("N\x08NO\x08O"),
    "controls.separators": Example("a\x1fb"),
    "controls.c0": Example("bel\x07l", "a\tb"),
    "controls.c1": Example("a\x9db"),
    "controls.soft-hyphen": Example("hy\u00adphen", "hy-phen"),
    "controls.zero-width": Example("zero\u200bwidth", "می\u200cخواهم"),
    "controls.bidi": Example("\u202eabc\u202c", "abc שלום"),
    "controls.tags": Example(
        "a\U000e0041\U000e0042b", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    ),
    "controls.variation": Example("a \ufe0fb", "☀\ufe0f"),
    "controls.surrogates": Example("a\ud800b", "😀"),
    "line_breaks.crlf": Example("a\r\nb", "a\nb"),
    "line_breaks.unicode": Example("a\u2028b", "a\nb"),
    "line_breaks.form-feed": Example("a\n\fb", "a\nb"),
    "spaces.unusual": Example("a\u00a0b", "Quoi\u00a0?"),
    "spaces.runs": Example("one  two three", "name      price\napple     1.20\npear      1.40"),
    "spaces.trailing": Example("a ", "a"),
    "quotes.double": Example("“yes” and „yes“", "«oui», 「はい」"),
    "quotes.single": Example("it’s", "it's"),
    "quotes.doubled": Example("“Yes,’’ she said", '"Yes," she said'),
    "joins.sentence": Example(f"{PROSE} for the\nfirst time in ten years.", f"{PROSE}.\nFor the first time in years."),
    "joins.title": Example(f"{PROSE} from President\nDonald Strand before noon.", "President\nDonald Strand"),
    "blank_lines.runs": Example("a\n\n\n\nb", "a\n\nb"),
    "blank_lines.ends": Example("\na\n", "a\n"),
    "boilerplate.repeats": Example(f"{PROSE}.\n{PROSE}.\n", "Row, row, row.\nRow, row, row.\n"),
}
