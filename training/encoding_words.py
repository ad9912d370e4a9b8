"""Words of many languages with weights: from frequency lists, and from the dictionaries of spell checkers.

A dictionary's stems are put through its affix rules (``Wort/E`` with ``SFX E 0 es .`` gives ``Wortes``), a few forms a
stem, for an ending is as good a witness of a language as a stem.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST_WORDS = 30_000  # of one list
MOST_STEMS = 15_000  # of one dictionary, spread evenly
MOST_FORMS = 4  # of one stem


class Affix(NamedTuple):
    """A rule of a dictionary: behind (or before) a stem that matches, `strip` is replaced by `add`."""

    strip: str
    add: str
    condition: re.Pattern[str]


def frequency_lists() -> Iterator[tuple[str, dict[str, float]]]:
    """Language and words with weights, which fall more slowly than their frequencies."""
    import wordfreq

    for language in sorted(wordfreq.available_languages("best")):
        words = wordfreq.get_frequency_dict(language, "best")
        most = sorted(words.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
        yield language, {word: frequency**0.75 for word, frequency in most}


def dictionaries(directories: list[Path]) -> Iterator[tuple[str, dict[str, float]]]:
    """Language and forms of each dictionary found below some directories."""
    for directory in directories:  # a language may have several
        for dic in sorted(directory.rglob("*.dic")):
            aff = dic.with_suffix(".aff")
            if aff.exists() and "hyph" not in dic.name:
                name = dic.parent.name if dic.stem == "index" else dic.stem
                yield re.sub("^dictionary-", "", name), dict.fromkeys(_forms(dic, aff), 1.0)


def texts(path: Path, without: Path) -> Iterator[tuple[str, str]]:
    """Language and text of each clean paragraph that is no truth of the test data."""
    with gzip.open(without, "rt", encoding="utf-8", errors="surrogatepass") as rows:
        held = {json.loads(row)["truth"] for row in rows}
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as rows:
        for row in map(json.loads, rows):
            if row["text"] not in held:
                yield row["lang"], row["text"]


def _forms(dic: Path, aff: Path) -> Iterator[str]:
    encoding, rules, long = _rules(aff)
    rows = dic.read_bytes().decode(encoding, "replace").splitlines()[1:]
    for row in rows[:: max(1, len(rows) // MOST_STEMS)]:
        stem, _, flags = row.split("\t")[0].strip().partition("/")
        stem = stem.split(" ")[0]
        if not stem or "\ufffd" in stem or not stem[0].isalpha():
            continue
        yield stem
        flags = flags.split(" ")[0]
        names = flags.split(",") if "," in flags else re.findall("..", flags) if long else list(flags)
        made = 0
        for rule in (rule for name in names for rule in rules.get(name, ())):
            if made < MOST_FORMS and stem.endswith(rule.strip) and rule.condition.search(stem):
                made += 1
                yield stem[: len(stem) - len(rule.strip)] + rule.add


def _rules(aff: Path) -> tuple[str, dict[str, list[Affix]], bool]:
    """Encoding, suffix rules by flag, and whether flags have two letters."""
    data = aff.read_bytes()
    named = re.search(rb"^\xef?\xbb?\xbf?SET\s+(\S+)", data, re.MULTILINE)
    encoding = named[1].decode().lower().replace("microsoft-", "") if named else "iso8859-1"
    rules: dict[str, list[Affix]] = {}
    for row in data.decode(encoding, "replace").splitlines():
        parts = row.split()
        if len(parts) >= 5 and parts[0] == "SFX" and parts[1] != "":
            add = "" if parts[3].split("/")[0] == "0" else parts[3].split("/")[0]
            try:
                condition = re.compile(f"{parts[4]}$")
            except re.error:
                continue
            rules.setdefault(parts[1], []).append(Affix("" if parts[2] == "0" else parts[2], add, condition))
    return encoding, rules, b"FLAG long" in data
