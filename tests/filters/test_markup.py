import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["markup"])


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("ampersands", "R&D at AT&T & Co; a && b"),
        case("without-semicolon", "caf&eacute or &copy 2024 or &amp"),
        case("url-parameters", "a?b=1&copy=2&reg=3"),
        case("unknown-name", "&bogus; and &notanentityname;"),
        case("number-of-no-character", "&#xFFFFFF; &#0;"),
        case("replacement-character", "&#xd800; &#xfffd;"),
        case("comparison", "a < b and c > d; x<y"),
        case("hearts", "I <3 you"),
        case("arrows", "a <- b -> c <= d"),
        case("addresses", "Jane Doe <jane@example.org>"),
        case("unknown-tag", "a <foo> b <bar/> c d e"),
        case("unclosed-tag", "It is <b>new and it is good."),
        case("closing-tag-alone", "It is new</b> and it is good."),
        case("source-in-quotes", "Write “&eacute;” in the source."),
        case("about-entities", "The entity &eacute; stands for an accented letter."),
        case("about-entities-further-down", "A note.\nThe entity &eacute; is one.\nOf caf&eacute; more below."),
        case("about-tags", "The <b> tag makes text bold, and </b> ends it."),
        case("entity-beside-its-character", "Type &eacute; to get é on a page."),
        case("doctype", "<!DOCTYPE html>\nSome words of caf&eacute; prose here."),
        case(
            "html-source",
            '<div class="intro">\n<p>One two three four</p>\n</div>'.replace("<p>One two three four</p>\n", ""),
        ),
        case("code", 'text = text.replace("&eacute;", "x")'),
        case("escaped-tags", "Use &lt;b&gt; for bold."),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("named", "caf&eacute; au lait", "café au lait", "markup.entities"),
        case("decimal", "it&#39;s caf&#233;", "it's café", "markup.entities"),
        case("hexadecimal", "caf&#xE9; &#X2013; yes", "café – yes", "markup.entities"),
        case("windows-1252", "a &#150; b", "a – b", "markup.entities"),
        case("ampersand", "Marks &amp; Spencer", "Marks & Spencer", "markup.entities"),
        case("less-than", "a &lt; b", "a < b", "markup.entities"),
        case("quotation-mark", "&quot;Yes&quot;", '"Yes"', "markup.entities"),
        case("nested", "caf&amp;eacute;", "café", "markup.entities"),
        case("nested-twice", "caf&amp;amp;eacute;", "café", "markup.entities"),
        case("nested-by-number", "caf&#38;eacute; &#x26;lt;", "café <", "markup.entities"),
        case("nested-ampersands", "a &amp;amp;amp; b", "a & b", "markup.entities"),
        case("nested-unknown", "a &amp;bogus; b", "a &bogus; b", "markup.entities"),
        case("several", "&laquo;Caf&eacute;&raquo; &hellip;", "«Café» …", "markup.entities"),
        case("bold", "It is <b>new</b> and it is good.", "It is new and it is good.", "markup.tags"),
        case("upper-case", "It is <B>new</B> and it is good.", "It is new and it is good.", "markup.tags"),
        case(
            "link",
            'See <a href="https://example.org/a">the plan</a> for more.',
            "See the plan for more.",
            "markup.tags",
        ),
        case(
            "entity-in-an-attribute",
            'See <a title="caf&eacute;">the plan</a> for more.',
            "See the plan for more.",
            "markup.tags",
        ),
        case("nested-tags", "It is <b><i>new</i></b> and it is good.", "It is new and it is good.", "markup.tags"),
        case("span", 'It is <span style="x">new</span> and good.', "It is new and good.", "markup.tags"),
        case("break", "one two<br>three four", "one two\nthree four", "markup.breaks"),
        case("break-closed", "one two<br />three four", "one two\nthree four", "markup.breaks"),
        case("break-at-the-end", "one two three four<br>", "one two three four", "markup.tags"),
        case("paragraph-around", "<p>One two three four.</p>", "One two three four.", "markup.tags"),
        case(
            "both",
            "It is <b>caf&eacute;</b> and it is good.",
            "It is café and it is good.",
            "markup.entities markup.tags",
        ),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    if "&quot;" not in before:
        rewrites(CHAIN, before, after, rules)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("entity-without-semicolon-beside-one", "&copy 2024 caf&eacute;", "&copy 2024 café"),
        case("an-escaped-link-part", "a&amp;b=1", "a&b=1"),
        case("soft-hyphen", "hy&shy;phen", "hy\u00adphen"),
        case("no-break-space", "a&nbsp;b", "a\u00a0b"),
        case("zero-width", "a&#8203;b", "a\u200bb"),
    ],
)
def test_references_become_what_they_stand_for(before: str, after: str) -> None:
    rewrites(ALONE, before, after, "markup.entities")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("mojibake", "it&acirc;&euro;&trade;s", "it's"),
        case("no-break-space", "a&nbsp;b", "a b"),
        case("zero-width-space", "a&#8203;b", "ab"),
        case("typographic-quotes", "&ldquo;Yes&rdquo;", '"Yes"'),
        case("soft-hyphen", "hy&amp;shy;phen", "hyphen"),
        case("an-ampersand-that-spells-another", "&am&#8203;p;lt; b", "< b"),
    ],
)
def test_the_chain_goes_on_with_what_references_spell(before: str, after: str) -> None:
    cleaned = CHAIN.explain(before)
    assert cleaned.text == after
    assert cleaned.restore() == before
    assert CHAIN.clean(after) == after


def test_one_line_about_markup_protects_the_document() -> None:
    stays(ALONE, "caf&eacute; au lait\n\nThe entity &eacute; is what the source says.\n")


def test_a_line_of_source_protects_only_itself() -> None:
    before = 'x = "caf&eacute;"\nThe caf&eacute; was closed.\n'
    rewrites(ALONE, before, 'x = "caf&eacute;"\nThe café was closed.\n', "markup.entities")


# Markdown


@pytest.mark.parametrize(
    "text",
    [
        case("tags", "It is <b>new</b> and it is good.<br>And more of it."),
        case("inline-code", "Words of prose and `&eacute; <b>x</b>` of code."),
        case("fence", "```\n&eacute; <b>one two three four</b>\n```\n"),
        case("address", "https://example.org/?a=1&amp;b=2"),
    ],
)
def test_markdown_stays(text: str) -> None:
    stays(ALONE, text, kind="markdown")


def test_markdown_entities_are_repaired() -> None:
    rewrites(ALONE, "The caf&eacute; was closed.", "The café was closed.", "markup.entities", kind="markdown")


def test_addresses_keep_their_ampersands() -> None:
    stays(ALONE, "See https://example.org/?a=1&amp;b=2 today.")


def test_a_long_attribute_is_no_tag() -> None:
    stays(ALONE, f'See <a title="{"x" * 600}">the plan</a> for more of it.')


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("For 1<p and q>1 the inequality holds.", id="mathematics"),
        pytest.param("<p> me too, but the weather is bad.", id="a-name"),
        pytest.param("<li wei> wrote this to all of you.", id="a-name-of-two-words"),
    ],
)
def test_what_looks_like_a_tag_stays(text: str) -> None:
    stays(ALONE, text)


def test_an_unknown_reference_says_nothing_about_the_document() -> None:
    rewrites(ALONE, "caf&eacute;\n“ an &am; b\n", "café\n“ an &am; b\n", "markup.entities")
