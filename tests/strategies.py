"""The texts that the laws are held to: free text mixed with everything that has ever hurt a cleaner.

Lines of the sample corpus, text that was decoded wrongly up to three times and lost bytes on the way, furniture
from the rule packs, odd line breaks, entities, invisible characters, combining marks, lone surrogates. Between them
stand structures of several lines: lists, quotes, code and tables with dirt in them, furniture between what it hides.
"""

from collections.abc import Callable

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
    "…", "–", "«", "»", "「", "」", "漢", "か", "글", "ก", "é", "e\u0301", "\u0316", "\u0301", "a\u0323\u0302",
    "\u00a0", "\u202f", "\u2009", "\u3000", "  ", "\t", "   ", ",", ".", "!", "?", ":",
    "|", "- ", "    ", "```", "`", "---", "| a | b |",
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
CASES: st.SearchStrategy[Callable[[str], str]] = st.sampled_from((str, str.title, str.upper, str.capitalize))
BEFORE = st.sampled_from(("", "", "", "- ", "» ", "  "))
BEHIND = st.sampled_from(("", "", "", ":", " »", "…", "  "))


@st.composite
def furniture(draw: st.DrawFn) -> str:
    """A line that a pack knows, in some case and dress, or the words that lines break at."""
    return draw(BEFORE) + draw(CASES)(draw(WORDS)) + draw(BEHIND)


# What broke idempotence before, here or elsewhere.
TRAPS = (
    "&acirc;&euro;&trade;s", "a&#8203;b", "&am&#8203;p;lt;", "&amp;lt;", "Ã&copy;", "\rÂ ", "\rÃ ",
    "\u2028Â ", "\u00a0Â ", "Leave a\nReply", "the\nShare Button\nmayor", "Reuters\nAP\n", "&&#35;39;", "&lt&semi;",
)  # fmt: skip
FRAGMENTS = st.one_of(
    st.sampled_from(TRAPS),
    st.sampled_from(LINES),
    furniture(),
    mojibake(),
    mojibake(),  # what damages most is drawn most
    st.sampled_from(ENTITIES),
    st.sampled_from(SIGNS),
    st.sampled_from(INVISIBLE),
    st.sampled_from(BREAKS),
    st.text("&;amp#lt0123x ", max_size=6),
    st.text(max_size=6),
    st.characters(categories=("Cs", "Cc", "Cf", "Mn")),
    st.sampled_from(("It rained all day, and nobody came.", "the", "of President", "word " * 24 + "the", "a b c d e")),
)
# Lines that belong together; {0} and {1} are any two lines. The same one twice is a repetition, or the two ends of a
# quotation.
MARKDOWN = (
    "```\n{0}\n```",
    "~~~ python\n{0}\n\n{1}",
    "> ```\n> {0}\n> ```\n> {1}",
    "> {0}\n>\n>     {1}",
    "> {0}\n> > {1}\n{0}",
    "- {0}\n\n      {1}\n- {0}",
    "- {0}\n    - {1}\n\n          {0}\n",
    "1. {0}\n2. {1}\n\n   ```\n   {0}\n   ```",
    "* {0}\n* {1}\n* {0}\n",
    "{0}:\n\n- {1}\n- {0}\n",
    "| a | b |\n|---|---|\n| {0} | {1} |\n",
    "{0} | {1}\n--- | ---\n{1}  |  {0}",
    "# {0}\n\n{1}",
    "## {0}\n\n- {1}\n- {0}\n",
    "{0}\n===\n{1}",
    "<pre>\n{0}\n\n{1}\n</pre>",
    "<!-- {0}\n{1} -->",
    "<details>\n{0}\n\n{1}\n\n</details>",
    "<div>\n{0}\n</div>\n",
    "$$\n{0}\n$$",
    "a `{0}\n{1}` b",
    "a ``{0}`` b `{1}`",
    '[a]: http://example.org "{0}"\n{1}',
    "    {0}\n\n\n    {1}\n",
    "\t{0}\n\t{1}",
)
AROUND = (  # the first of two lines: what is removed or kept between them decides how the rest is read
    "- item\n\n{0}\n\n    {1}",
    "> quote\n{0}\n> {1}",
    "{0}\n\n    {1}\n",
    "1. {1}\n{0}\n2. {1}\n",
    "{1}\n{0}\n{1}",
    "{1}\n\n{0}\n\n{1}",
    "{0}\n{0}\n{1}\n{0}",
    "{1}\n{0}\nPosted by Anna on May 3\n{0}\n{1}",
)
BYLINES = (  # families that packs keep unless asked
    "Posted by Anna on May 3", "By Jane Doe", "By Jane Doe, May 3, 2021", "Last updated: 3 May 2021",
    "Posted on May 3, 2020", "Published May 3, 2020 at 10:30", "Written by Anna Smith", "Reviewed by Jane Doe",
    *sorted(phrase for phrase, hit in RULES.phrases.items() if not RULES.families[hit.family].default),
)  # fmt: skip
ROWS_OF_DATA = (
    "name\tage", "Anna\t30", "Ben\t4 and some long words that go on and on and on and on and on for a while",
    "a\t\tb\t", "G  C  D", "Jan  5 10:00 root  9033", "├──  a", "1\x1f2\x1e3", "1.5", "10:30", "$4.00", "12 points",
)  # fmt: skip
CODE = (
    'print("“y”")', 'name = "a “b” c"', "name = 'a  b'", "x = 1  # c", "    return  “x”;", "ls -l  |  wc",
    "<td>“a”</td>", "&nbsp; is “x”", "N\bNA\bAM\bME\bE", "_\bf_\bo x\bx", "\x1b[1mN\bN\x1b[0m",
)  # fmt: skip
MATHS = (
    "For 1<p and q>1 the inequality holds.", "where x <p and y> z", "a < b > c", "if a<b and c>d",
    "<p> me too, but why", "<li wei> wrote: hi to all of you", "[12:01] <p> me too",
    "1 &lt; p &gt; 2", "x<i>y</i>z", "i<br and j>br",
)  # fmt: skip
DIRT = (
    "a\u200bb",
    "x  =  “1”",
    "caf&eacute;  &amp;amp;",
    "“It’s” cafÃ©",
    "“Yes,†he said",
    "S\ufffdo Â£5",
    "a\u00a0 b ",
)
KEPT = st.sampled_from(LINES) | mojibake() | st.sampled_from(DIRT) | st.sampled_from(CODE) | st.sampled_from(MATHS)
GOING = (
    furniture() | st.sampled_from(BYLINES) | st.sampled_from(("Share this article", "Share Button", "Related articles"))
)
STRUCTURES = st.one_of(
    st.builds(str.format, st.sampled_from(MARKDOWN), KEPT | GOING, KEPT | GOING),
    st.builds(str.format, st.sampled_from(AROUND), GOING, KEPT),
    st.lists(st.sampled_from(ROWS_OF_DATA), min_size=2, max_size=4).map("\n".join),
    st.lists(st.sampled_from((*CODE, *MATHS, *BYLINES)), min_size=1, max_size=2).map("\n".join),
    st.lists(GOING, min_size=2, max_size=5).map("\n".join),
    st.lists(GOING, min_size=2, max_size=5).map("\n- ".join),
)
# Three lines for each structure. Hypothesis counts equal branches once and flattens nested ones: hence three lists, and
# a tuple around the structures.
LINE = [st.lists(FRAGMENTS, min_size=1, max_size=3) for _ in range(3)]
ROWS = st.lists(
    st.tuples(
        st.one_of(*LINE, st.tuples(STRUCTURES).map(list)),
        st.sampled_from(("\n", "\n\n", *BREAKS)),
        st.booleans(),
    ),
    max_size=10,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of up to ten lines, made of fragments; some lines stand twice."""
    pieces: list[str] = []
    for fragments, ending, twice in draw(ROWS):
        pieces += ["".join(fragments), ending] * (1 + twice)
    if draw(st.booleans()) and pieces:
        pieces.pop()
    return "".join(pieces)


TEXTS = documents() | documents() | st.lists(FRAGMENTS, min_size=1, max_size=4).map("".join)


def texts() -> st.SearchStrategy[str]:
    """A document, or a few fragments alone: what is rare among many is common among few."""
    return TEXTS
