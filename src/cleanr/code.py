"""Lines of program code: in ``map = {"â€™": "’"}`` every character is meant as it stands."""

import re
from functools import cache


@cache
def _code() -> re.Pattern[str]:
    return re.compile(
        r"""
        ^\s*(?:[$%>]\ \w|>>>\ |\#include\b|(?:def|class)\ \w+[(:]|import\ \w|from\ [\w.]+\ import\b|return\b.*;$
            |(?:const|let|var|public|private|static|function|func|fn)\b.*[={(]|(?:if|for|while)\ \(.*\)\ ?\{?$
            |</?\w+(?:\s[\w-]+=["'][^<>]*)?>\s*$|<!DOCTYPE|//|/\*)  # prompts, keywords, a tag alone on its line
        | [)\]"']\ ?[{;]\s*$                     # a statement or the head of a block
        | ["']\s*[:=]\s*["'{\[(]                 # a mapping with quoted keys
        | \w\s?=\s?(?:["'{\[]|re\.|\w+\()        # an assignment
        | \bs/[^/\s]{1,40}/[^/]{0,40}/g?\b       # a substitution
        | ^\s*[}\])]+[;,]?\s*$
        """,
        re.VERBOSE,
    )


def is_code(line: str) -> bool:
    """Whether a line looks like code, a command or HTML source.

    >>> is_code('printf("%s", name);'), is_code("He paused; she went on (“well”).")
    (True, False)
    """
    return _code().search(line) is not None or _is_call(line.rstrip(" \t\r;:,"))


def _is_call(line: str) -> bool:
    """Whether a line ends with a call that has a quoted argument."""
    return line.endswith(")") and re.search(r"\w\([^()]{0,80}?[\"']", line) is not None
