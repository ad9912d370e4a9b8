"""Lines of program code: in ``map = {"â€™": "’"}`` every character is meant as it stands."""

import re
from functools import cache

HEADS = frozenset("$>#<!/}])dcifrlvpsw")  # the first signs of lines that the next pattern knows


@cache
def _head() -> re.Pattern[str]:
    """Prompts, keywords and comments at the head of a line, or a tag alone on it."""
    return re.compile(
        r"""\s*(?:\$\ \w|>>>\ |\#include\b|(?:def|class)\ \w+[(:]|import\ \w+(?:$|[.,;]|\ as\ )|from\ [\w.]+\ import\b
            |return\b.*;$|(?:const|let|var|public|private|static|function|func|fn)\b.*[={(]
            |(?:if|for|while)\ \(.*\)\ ?\{?$|</?\w+(?:\s[\w-]+=["'][^<>]*)?>\s*$|<!DOCTYPE|//|/\*
            |[}\])]+[;,]?\s*$)""",
        re.VERBOSE,
    )


@cache
def _inside() -> re.Pattern[str]:
    """Statements, mappings with quoted keys, assignments, substitutions: each by its first sign."""
    return re.compile(
        r"""[)\]"'=/](?:(?<=["'])\s*[:=]\s*["'{\[(]
            |(?<=[)\]"'])\ ?[{;]\s*$
            |(?:(?<=\w=)|(?<=\w\s=))\s?(?:["'{\[]|re\.|\w{1,40}\()
            |(?<=\bs/)[^/\s]{1,40}/[^/]{0,40}/g?\b)""",
        re.VERBOSE,
    )


def is_code(line: str) -> bool:
    """Whether a line looks like code, a command or HTML source.

    >>> is_code('printf("%s", name);'), is_code("He paused; she went on (“well”).")
    (True, False)
    """
    if line.lstrip()[:1] in HEADS and _head().match(line):
        return True
    # Prose has few of the signs without which nothing below can match: a look for each costs less than a search.
    quoted = '"' in line or "'" in line
    signs = "=" in line or "/" in line or (quoted and ":" in line) or line.rstrip()[-1:] in ("{", ";")
    if signs and _inside().search(line):
        return True
    return quoted and _is_call(line.rstrip(" \t\r;:,"))


def _is_call(line: str) -> bool:
    """Whether a line ends with a call that has a quoted argument."""
    return line.endswith(")") and re.search(r"\w\([^()]{0,80}?[\"']", line) is not None
