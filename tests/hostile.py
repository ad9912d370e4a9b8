"""Texts that are made to be slow to clean, in any length: one piece, again and again, behind a beginning of its own."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate, count
from random import Random

from cleanr import packs

# name → a piece, or (what stands before the pieces, a piece).
PIECES: dict[str, str | tuple[str, str]] = {
    # References and tags
    "ampersands": "&",
    "amp": "&amp;",
    "nested-amp": ("&", "amp;"),
    "nested-lt": ("&", "amp;amp;lt;"),
    "references": "&#8203;",
    "unclosed-references": "&#38",
    "hex-references": "&#x26;#x",
    "no-such-reference": "&#1114112;&zzz;",
    "references-without-end": "&copy&eacute",
    "escaped-tags": "&lt;b&gt;",
    "angles": "<",
    "greater": ">",
    "tags": "<b>",
    "closing-tags": "</b>",
    "tag-pairs": "<i>a b</i> ",
    "nested-tags": "<i><b>",
    "breaks": "a<br>",
    "half-tags": '<a href="',
    "comments": "<!-- ",
    "attributes": ("<b ", "a=b "),
    # Mojibake and its scars
    "a-circumflex": "â",
    "a-tilde": "Ã",
    "lost-quotes": "â€",
    "lost-emoji": "âŒ ⭐ï¸ ",
    "straight-and-spaced": 'a "b †c “ d †e ',
    "open-lost-quotes": "“a,â€ b",
    "mojibake": "Ã©tÃ© ",
    "deep-mojibake": "ÃƒÆ’Ã†â€™",
    "no-break-mojibake": "Â\u00a0",
    "c1": "\x9d\x93",
    "scars": "“a,†",
    "daggers": "†",
    "replacements": "\ufffd",
    "lone-replacements": "wor\ufffd and ",
    "kebab": "Ð°ÑŽ ",
    # Letters, digits, marks
    "letters": "a",
    "capitals": "Aa",
    "digits": "1",
    "numbers": "1,1.",
    "words": "word ",
    "acute": "\u0301",
    "grave-below": "\u0316",
    "stacked-marks": "a\u0316\u0301\u0316",
    "hyphenated": "a-a-",
    "hyphens": "-",
    "dots": ".",
    "dotted": "a.",
    "underscores": "_",
    "brackets": "([{",
    "surrogates": "\ud83d",
    "wrong-surrogates": "\ude00\ud83d",
    "han": "漢",
    "thai": "ก",
    "jamo": "\u1100\u1161",
    "arabic": "ب\u200c",
    "scripts": "aбγא漢กあ한🙂",
    "turkish": "İıſß",
    "private": "\ue000",
    # Invisible characters
    "escapes": "\x1b[",
    "colours": "\x1b[31m",
    "backspaces": "a\x08",
    "zero-width": "\u200b",
    "bits": "\u200b\u200c\u200c",
    "joiners": "\u200d",
    "emoji": "👩\u200d",
    "flags": "🏴",
    "tag-characters": "\U000e0061",
    "flag-names": "🏴\U000e0067\U000e0062",
    "selectors": "\ufe0f",
    "selected": "a\ufe0f",
    "bidi": "\u202e\u2066",
    "soft-hyphens": "a\u00ad",
    "thai-spaces": "ก\u200b\u200b",
    # Spaces and lines
    "spaces": " ",
    "tabs": "\t",
    "line-feeds": "\n",
    "carriage-returns": "\r",
    "windows-lines": "a\r\n",
    "other-line-ends": "a\x85b\u2028\x0b",
    "no-break-spaces": "\u00a0 ",
    "wide-gaps": "  a",
    "full-width-gaps": "\u3000\u3000a",
    "gaps-in-lines": "a  b\n",
    "columns": "a    b    c\n",
    "tiny-lines": "a\n",
    "spaced-lines": " \n",
    "long-lines": f"{'It rained all day. ' * 600}\n",
    # Quotes
    "open-quotes": "“",
    "straight-quotes": '"',
    "single-quotes": "’",
    "quotes-about": "“a” ‘b’ ",
    "han-quotes": "“漢",
    "low-quotes": "„a",
    "quote-lines": "“\n",
    # Furniture
    "share": "Share\n",
    "reply": "Leave a reply\n",
    "weak-and-prose": "Share\nIt rained all day in the town.\n",
    "headings": "You may also like\nA title\n",
    "same-line": "It rained all day in the old town, and nobody came to the harbour but two dogs.\n",
    "no-ends": f"{'word ' * 24}the\n",
    "halves": "It rained all day …\n… in the town\n",
    "bylines": "By Anna Bell\nReuters\n",
    "shares": "1,234 shares\n",
    "menu": "Home\nNews\nSport\nMore\n",
    "just-too-long": f"Share {'this ' * 59}\n",
    # Addresses and code
    "at": "@",
    "local-parts": "a@",
    "labels": "@a.",
    "mails": "a@b.c ",
    "schemes": "http://",
    "www": "www.",
    "percents": ("http://a/", "%41"),
    "code": "f('a') = {",
    "code-lines": "x = f(1);\n",
    "json": '{"a":',
    # Markdown
    "backticks": "`",
    "growing-backticks": "` `` ``` ",
    "backslashes": "\\`",
    "fences": "```\n~~~\n",
    "open-fences": "```\n",
    "list-items": "- a\n    b\n\n",
    "deep-list": "- ",
    "numbered": "1. a\n",
    "quote-marks": "> ",
    "deep-quotes": f"{'> ' * 40}a\n",
    "growing-indent": "  - a\n    - b\n      - c\n        - d\n",
    "table-rows": "| - |\n",
    "tables": "| a |\n|---|\n| b |\n\n",
    "delimiters": "|-",
    "pipes": "|",
    "definitions": "[a]: b\n",
    "half-definitions": "[a]:\n",
    "titles": "[a]: b '\n",
    "links": "[a](",
    "images": '![a](b "',
    "square": "[",
    "emphasis": "*a_",
    "rules": "- - ",
    "rule-lines": "---\n",
    "html-blocks": "<pre>\n\n",
    "html-comments": "<!--\n-->",
    "formulas": "$$\n",
    "front-matter": ("---\n", "a: b\n"),
    "indented-code": "    a\n\n",
    "tilde-lines": "~~~ a\n",
}


def prefixes() -> Callable[[int], str]:
    """Patterns' beginnings: each fills a line by itself, as often as a line that is looked at has room for it.

    The greater length must hold more of the same. So a page stands before them, that all filters are asked; those
    come first that have a sign which none has had yet; and the others are shuffled.
    """
    prose = "It rained all day in the old town, and nobody came to the market before the bells had rung."
    page = "Share Button\n" + f"{prose}\n\n" * 9 + "Leave a Reply\nPrivacy Policy\n\n"
    heads = sorted({head for _, _, shape in packs.built_in().patterns for head in shape.heads if head})
    Random(0).shuffle(heads)
    having = {sign: head for head in reversed(heads) for sign in head if not sign.isalnum()}
    lines = [((head + " ") * (290 // (len(head) + 1)))[:290] for head in dict.fromkeys([*having.values(), *heads])]
    ends = list(accumulate(len(line) + 1 for line in lines))

    return lambda length: page + "\n".join(lines[: bisect_right(ends, length - len(page) + 1)])


def numbered(template: str) -> Callable[[int], str]:
    """Lines of which no two are the same."""

    def text(length: int) -> str:
        lines: list[str] = []
        size = 0
        for number in count():
            lines.append(template.format(number))
            size += len(lines[-1]) + 1
            if size >= length:
                return "\n".join(lines)
        raise AssertionError

    return text


def repeated(before: str, piece: str) -> Callable[[int], str]:
    """Whole pieces: where one is cut at some length, there may be something to clean, and a pass more."""
    return lambda length: before + piece * ((length - len(before)) // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    **{name: repeated(*(("", piece) if isinstance(piece, str) else piece)) for name, piece in PIECES.items()},
    "pack-prefixes": prefixes(),
    "other-shares": numbered("{} shares"),
    "other-lines": numbered("It rained {} times in the old town, and nobody came."),
    "other-menus": numbered("Item {}"),
    "nested-tags-of-names": numbered("<i{}>"),
    "growing-fences": lambda length: "\n".join("`" * n for n in range(3, int((2 * length) ** 0.5))),
    "growing-lines": lambda length: "\n".join("a " * n for n in range(1, int(length**0.5))),
}
