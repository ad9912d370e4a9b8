"""Findings as machines read them: ``::warning file=a.txt,line=3,col=8,title=spaces.runs::·· → ·`` for GitHub."""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cleanr.report import sarif
from cleanr.report.findings import Finding
from cleanr.report.terminal import shown, visible


class Style(NamedTuple):
    """How findings are written: what stands before them, each of them, between two of them, and behind."""

    row: Callable[[Finding], str]
    head: str = ""
    between: str = "\n"
    tail: str = ""


def style(name: str, rules: Mapping[str, str], *, colour: bool = False) -> Style:
    """The style of a name that `check --output-format` takes; `rules` says what each rule does."""
    if name == "json":
        return Style(lambda each: json.dumps(each.json()), "[\n", ",\n", "\n]\n")
    if name == "sarif":
        return Style(sarif.result, sarif.head(rules), ",\n", sarif.TAIL)
    if name == "github":
        return Style(github, tail="\n")
    return Style(lambda each: each.text(colour=colour), tail="\n")


def github(each: Finding) -> str:
    """A finding as GitHub shows it beside a line of a pull request; in a shard, that is the line of the record."""
    change, (begin, end) = each.change, (each.begin, each.end)
    places = {"line": each.record} if each.record else {"line": begin.line, "col": begin.column}
    if not each.record and end.line == begin.line:
        places |= {"endLine": end.line, "endColumn": end.column}
    properties = {"file": each.path} | places | {"title": ", ".join(change.rules)}
    named = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::warning {named}::{_escaped(f'{shown(each.old)} → {shown(change.new)}')}"


def _escaped(text: str, signs: str = "") -> str:
    """What a workflow command takes as it is; what it, or a terminal, would obey is spelled out."""
    text = visible(text).replace("%", "%25")
    for sign in signs:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
