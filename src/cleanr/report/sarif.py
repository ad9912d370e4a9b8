"""Findings in SARIF 2.1.0, which code hosts and editors read: ``{"ruleId": "spaces.runs", "level": "warning", …}``.

The log is written as it goes: its head names all rules, each result is a line, and a fix is offered for each place of
a text. A place in a shard has the line of its record; where it stands in the text is among its properties.
"""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from cleanr.edits import Safety
from cleanr.report.findings import Finding
from cleanr.report.terminal import shown

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Safety.CERTAIN: "warning", Safety.LIKELY: "warning", Safety.GUESS: "note"}
TAIL = "\n]}]}\n"


def head(rules: Mapping[str, str]) -> str:
    """The log up to its results."""
    from cleanr import __version__

    described = [{"id": rule, "shortDescription": {"text": about or rule}} for rule, about in rules.items()]
    driver = {"name": "cleanr", "semanticVersion": __version__, "rules": described}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}}]}
    run = '"columnKind": "unicodeCodePoints", "results": [\n'
    return f"{json.dumps(log).removesuffix('}]}')}, {run}"


def result(each: Finding) -> str:
    """A finding as a result, in a line."""
    change, first = each.change, each.change.rules[0]
    file = {"uri": _uri(each.path)}
    if each.record:
        region: dict[str, Any] = {"startLine": each.record}
    else:
        region = {"startLine": each.begin.line, "startColumn": each.begin.column}
        region |= {"endLine": each.end.line, "endColumn": each.end.column}
    says = f"{', '.join(change.rules)}: {shown(each.old)} → {shown(change.new)}"
    value: dict[str, Any] = {"ruleId": first, "level": LEVELS[change.safety], "message": {"text": says}}
    value["locations"] = [{"physicalLocation": {"artifactLocation": file, "region": region}}]
    value["partialFingerprints"] = {"place/v1": each.mark}
    if each.record:
        value["properties"] = {"line": each.begin.line, "column": each.begin.column}
    else:
        replacement = {"deletedRegion": region, "insertedContent": {"text": change.new}}
        value["fixes"] = [{"artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}]}]
    return json.dumps(value)


def _uri(path: str) -> str:
    if path == "-":
        return "stdin"
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix().encode("utf-8", "surrogateescape"))
