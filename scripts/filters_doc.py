"""Write docs/filters.md from the filters themselves: ``python scripts/filters_doc.py``, or ``make docs``.

What a filter does is written once, in its module; a test compares the page with what this gives.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from cleanr import filters
from cleanr.cleaner import PRESETS
from cleanr.filters import CHAIN, Filter

PAGE = Path(__file__).parent.parent / "docs" / "filters.md"
HEAD = """\
<!-- Written by `make docs` from src/cleanr/filters: change it there. -->
# The filters

In the order in which they run. The presets take of them:

{presets}

How far the evidence for an edit may lie away is a filter's *scope*: within it, cleaning the parts gives what cleaning
the whole gives. Options are set as `options = {{filter: {{option: value}}}}` in Python, as
`[options.filter]` in a configuration, and as `--option filter.option=value` on the command line.
"""


def render() -> str:
    """The whole page."""
    presets = "\n".join(map(_preset, PRESETS))
    parts = [HEAD.format(presets=presets), *(_section(filters.load(name)) for name in CHAIN)]
    return "\n".join(parts)


def _preset(name: str) -> str:
    preset = PRESETS[name]
    chain = "all" if preset.filters == CHAIN else f"`{preset.filters[0]}` to `{preset.filters[-1]}`"
    limit = f"; at most {preset.max_removed:.0%} of a document's words may go" if preset.max_removed else ""
    return f"- **{name}**: {chain}, with edits that are at least {preset.safety}{limit}"


def _section(found: Filter) -> str:
    return "\n".join([f"## {found.name}", "", _docstring(found), "", *_facts(found), "", *_rules(found), ""])


def _docstring(found: Filter) -> str:
    """The docstring of a filter's module; reST literals become Markdown's."""
    doc = inspect.getdoc(sys.modules[found.find.__module__]) or ""
    return re.sub(r"``(?=\S)(.+?)(?<=\S)``", _literal, doc, flags=re.DOTALL)


def _literal(match: re.Match[str]) -> str:
    """A literal, fenced by more backticks where it has some itself."""
    fence = "``" if "`" in match[1] else "`"
    return f"{fence}{match[1]}{fence}"


def _facts(found: Filter) -> Iterator[str]:
    removes = "; its removals count against the budget" if found.removes else ""
    yield f"Scope: {found.scope}{removes}. Options: {', '.join(_options(found)) or 'none'}."


def _options(found: Filter) -> Iterator[str]:
    """Each option with its default, and its values where its annotation lists them."""
    for name, default in found.defaults.items():
        values = inspect.signature(found.find).parameters[name].annotation
        listed = [value for value in getattr(values, "__args__", ()) if isinstance(value, str)]
        known = f" ({', '.join(f'`{value!r}`' for value in listed)})" if listed else ""
        yield f"`{name} = {default!r}`{known}"


def _rules(found: Filter) -> Iterator[str]:
    yield "| rule | what it does |"
    yield "|---|---|"
    for rule, does in found.rules.items():
        yield f"| `{rule}` | {_cell(does)} |"


def _cell(text: str) -> str:
    """A text as Markdown shows it literally in a table."""
    return re.sub(r"([\\`*_<>|&\[\]])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_bytes(render().encode("utf-8"))
    print(f"{PAGE.name}: {len(CHAIN)} filters, {sum(len(filters.load(name).rules) for name in CHAIN)} rules")
