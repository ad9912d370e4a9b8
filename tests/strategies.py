"""The texts that the laws are held to: free text mixed with everything that has ever hurt a cleaner.

Lines of the sample corpus, text that was decoded wrongly up to three times and lost bytes on the way, furniture
from the rule packs, odd line breaks, entities, invisible characters, combining marks, lone surrogates.
"""

from corpus import CLEAN, DIRTY
from hypothesis import strategies as st

from cleanr import packs

LINES = sorted({line for sample in (*DIRTY, *CLEAN) for line in sample.text.split("\n") if line})
RULES = packs.load()
FURNITURE = sorted(RULES.phrases)
AGENCIES = sorted(RULES.grammar["agencies"])
ENDINGS = sorted(RULES.grammar["cannot_end"] | RULES.grammar["titles"])

CODECS = ("cp1252", "latin-1", "cp1251", "cp1250", "mac_roman", "cp437", "iso8859-2", "cp1253")
BREAKS = (
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0c",
    "\x0b",
    "\n\x0c",
    "\r\r\n",
    " \n",
    "\n\t",
)
ENTITIES = (
    "&amp;", "&amp;amp;", "&amp;lt;", "&lt;", "&gt;", "&nbsp;", "&#8203;", "&#8217;", "&rsquo;", "&eacute;", "&#150;",
    "&#x200b;", "&acirc;", "&euro;", "&trade;", "&dagger;", "&#38;", "&num;", "&semi;", "&", ";", "#", "amp;", "lt;",
    "&#xd83d;", "&#0;", "&bogus;", "&amp;bogus;", "<br>", "<b>", "</b>", "<p>", "</p>", '<a href="x">', "</a>", "<",
    ">",
)  # fmt: skip
INVISIBLE = (
    "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u202c", "\u2060", "\ufeff", "\x00", "\x07",
    "\x1b[31m",
    "\x1b", "\x80", "\x9d", "\x92", "\ufe0f", "\ufe0e", "\U000e0041", "\U000e007f", "\U0001f3f4", "\U000e0101",
    "\U0001f468",
    "❤", "\ud83d", "\ude00", "\ud800", "\udfff",
)  # fmt: skip
SIGNS = (
    "“", "”", "„", "‟", "‘", "’", "‚", "‛", "’’", "‘‘", "†", "‡", "�", "â€", "â€™", "â€œ", "â€ ", "Ã", "Â", "Â ", "Ã ",
    "Ã©",
    "…", "–", "«", "»", "「", "」", "漢", "か", "글", "ก", "é", "e\u0301", "\u0316", "\u0301", "a\u0323\u0302", "\u00a0",
    "\u202f",
    "\u2009", "\u3000", "  ", "\t", "   ", ",", ".", "!", "?", ":", "|", "- ", "    ", "```", "`", "---", "| a | b |",
    "http://example.org/a?b=1&amp;c=2", "me@example.org", "www.example.org",
)  # fmt: skip


# Strategies are built once: building them anew for each draw costs more than cleaning what they draw.
BASES = st.one_of(st.sampled_from(LINES), st.text(st.sampled_from("aéñß “”‘’–…†à漢да "), min_size=1, max_size=12))
LOSSES = st.lists(st.tuples(st.integers(0, 500), st.sampled_from((b"", b"?", b" ", b"\x1a"))), max_size=2)
LAYERS = st.lists(
    st.tuples(st.sampled_from(CODECS), LOSSES, st.sampled_from(("ignore", "replace"))), min_size=1, max_size=3
)


@st.composite
def mojibake(draw: st.DrawFn) -> str:
    """Text that was encoded and decoded wrongly up to three times, and may have lost bytes."""
    text = draw(BASES)[: draw(st.integers(8, 120))]
    for codec, losses, errors in draw(LAYERS):
        data = text.encode("utf-8", "replace")
        for place, left in losses:
            at = place % max(1, len(data))
            data = data[:at] + left + data[at + 1 :]
        text = data.decode(codec, errors)
    return text


WORDS = st.sampled_from(FURNITURE) | st.sampled_from(AGENCIES) | st.sampled_from(ENDINGS)
CASES = st.sampled_from((str, str.title, str.upper, str.capitalize))
BEFORE = st.sampled_from(("", "", "", "- ", "» ", "  "))
BEHIND = st.sampled_from(("", "", "", ":", " »", "…", "  "))


@st.composite
def furniture(draw: st.DrawFn) -> str:
    """A line that a pack knows, in some case and dress, or the words that lines break at."""
    return draw(BEFORE) + draw(CASES)(draw(WORDS)) + draw(BEHIND)


FRAGMENTS = st.one_of(
    st.sampled_from(LINES),
    furniture(),
    mojibake(),
    st.sampled_from(ENTITIES),
    st.sampled_from(SIGNS),
    st.sampled_from(INVISIBLE),
    st.sampled_from(BREAKS),
    st.text("&;amp#lt0123x ", max_size=6),
    st.text(max_size=6),
    st.characters(categories=("Cs", "Cc", "Cf", "Mn")),
    st.sampled_from(("It rained all day, and nobody came.", "the", "of President", "word " * 24 + "the", "a b c d e")),
)
ROWS = st.lists(
    st.tuples(st.lists(FRAGMENTS, min_size=1, max_size=3), st.sampled_from(("\n", *BREAKS)), st.booleans()), max_size=10
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of up to ten lines, made of fragments; some lines stand twice."""
    pieces: list[str] = []
    for fragments, ending, twice in draw(ROWS):
        pieces += ["".join(fragments), ending] * (1 + twice)
    if pieces and draw(st.booleans()):
        pieces.pop()
    return "".join(pieces)
