"""Untrusted text in HTML: ``<b>`` becomes ``&lt;b&gt;``, a zero-width space a small ``\\u200b``."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from cleanr.report.terminal import UNSEEN, visible

REASON = 80  # characters


def shown(text: str, *, plain: bool = False, spaces: bool = False) -> str:
    """A text as HTML shows it. What nobody would see, or what turns the direction of text, is spelled out; unless
    `plain`, these are marked as such. With `spaces`, each space is a dot.

    >>> shown("<b>"), shown("a\\u202eb"), shown("a\\u202eb", plain=True)
    ('&lt;b&gt;', 'a<i dir="ltr">\\\\u202e</i>b', 'a\\\\u202eb')
    """
    text = text.replace(" ", "·") if spaces else text
    if text.isprintable() and not UNSEEN.search(text):
        return html.escape(text)
    return html.escape(visible(text)) if plain else "".join(map(_character, text))


def _character(character: str) -> str:
    spelled = visible(character)
    if spelled == character:
        return html.escape(character)
    if character == "\n":
        return "<b>⏎</b>"
    return f'<i dir="ltr">{html.escape(spelled)}</i>'


def why(reason: str) -> str:
    """How something was known, in short."""
    some = f"{reason[:REASON]}…" if len(reason) > REASON else reason
    return f'<span class="why">{shown(some)}</span>' if some else ""


def attribute(text: str) -> str:
    """A text between the quotes of an attribute."""
    return html.escape(visible(text))


def isolated(text: str, name: str = "") -> str:
    """A text that runs in its own direction, whatever stands around it.

    >>> isolated("שלום")
    '<bdi dir="auto">שלום</bdi>'
    """
    kind = f' class="{name}"' if name else ""
    return f'<bdi dir="auto"{kind}>{shown(text)}</bdi>'


def anchor(rule: str) -> str:
    """The name of the place on the page where a rule is described.

    >>> anchor("boilerplate.share"), anchor("a b")
    ('rule-boilerplate.share', 'rule-a_20b')
    """
    return "rule-" + "".join(c if c.isascii() and (c.isalnum() or c in ".-") else f"_{ord(c):x}" for c in rule)


def chip(rule: str) -> str:
    """A rule as a link to where it is described."""
    return f'<a class="chip" href="#{anchor(rule)}">{shown(rule)}</a>'


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading."""

    id: str
    title: str
    body: Sequence[str]

    def html(self) -> str:
        """The part, as HTML."""
        head = f'<section id="{self.id}" aria-labelledby="{self.id}-title"><h2 id="{self.id}-title">{self.title}</h2>\n'
        return "".join([head, *self.body, "</section>\n"])


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str = "") -> str:
    """A table of cells that are HTML already; all but the first column are numbers, unless `name` says otherwise."""
    head = "".join(f"<th>{each}</th>" for each in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    kind = f' class="{name}"' if name else ""
    return (
        f'<div class="wide" tabindex="0"><table{kind}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
