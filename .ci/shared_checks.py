"""What must hold on the shared material beside the checkout: ``python .ci/shared_checks.py ../shared``.

The seeds byte for byte, through the command; clean text that must come back; and the two scorers, whose tables are
printed as they are. Ends with 1 if something that must hold does not.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ftfy

from cleanr import Cleaner

SHOWN = 5  # texts of each kind of failure
# What `standard` may edit in clean text. Where ftfy repairs it, it was not clean.
TYPOGRAPHY = {"quotes", "spaces", "controls"}
REPAIRS = {"markup", "encoding"}

FTFY = ftfy.TextFixerConfig(
    unescape_html=True,
    explain=False,
    uncurl_quotes=False,
    normalization=None,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    remove_terminal_escapes=False,
)


def seeds(shared: Path) -> bool:
    """Each seed becomes its ``.expected.txt``."""
    good = True
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory) / "out"
        command = [sys.executable, "-m", "cleanr", "clean", str(shared / "seeds"), str(out)]
        subprocess.run([*command, "--exclude", "*.expected.txt"], check=True, cwd=directory)
        wanted = sorted((shared / "seeds").glob("*.expected.txt"))
        for expected in wanted:
            name = expected.name.replace(".expected.txt", ".txt")
            same = (out / name).read_bytes() == expected.read_bytes()
            print(f"seed {name}: {'as expected' if same else 'DIFFERS'}")
            good = good and same
    return good and bool(wanted)


def clean_texts(shared: Path) -> list[str]:
    with gzip.open(shared / "bench" / "clean_dev.jsonl.gz", "rt", encoding="utf-8", errors="surrogatepass") as rows:
        return [json.loads(row)["text"] for row in rows]


def repairs(texts: list[str]) -> bool:
    """Markup and encoding change nothing that ftfy does not change, and nothing otherwise than it does."""
    cleaner = Cleaner(filters=sorted(REPAIRS, reverse=True))
    changed = [(text, out) for text in texts if (out := cleaner.clean(text)) != text]
    wrong = [(text, out) for text, out in changed if out != ftfy.fix_text(text, FTFY)]
    print(
        f"\nmarkup + encoding: {len(changed)} of {len(texts)} clean texts changed, {len(wrong)} otherwise than by ftfy"
    )
    for text, out in wrong[:SHOWN]:
        print(f"  {text[:100]!r}\n  became {out[:100]!r}")
    return not wrong


def whole(preset: str, texts: list[str], may: set[str]) -> bool:
    """A preset edits clean text by these filters only, or where ftfy repairs it too."""
    cleaner, filters, rules, wrong = Cleaner(preset), Counter[str](), Counter[str](), []
    for text in texts:
        cleaned = cleaner.explain(text)
        names = {step.filter for step in cleaned.steps}
        filters.update(names)
        rules.update({change.rule for change in cleaned.changes})
        beyond = names - may
        if beyond and not (beyond <= REPAIRS and ftfy.fix_text(text, FTFY) != text):
            wrong.append((text, [change for change in cleaned.changes if change.rule.split(".")[0] in beyond]))
    print(f"\n{preset}: of {len(texts)} clean texts, edited by filter: {_counts(filters)}\n  by rule: {_counts(rules)}")
    for text, changes in wrong[:SHOWN]:
        print(f"  WRONG: {text[:100]!r}\n  by {changes[:3]}")
    if wrong:
        print(f"  {len(wrong)} texts were edited by filters that should have kept away")
    return not wrong


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def scorers(shared: Path) -> Iterator[bool]:
    for name in ("score_boilerplate.py", "score_encoding.py"):
        print(f"\n{name}", flush=True)
        yield subprocess.run([sys.executable, shared / "bench" / name], check=False).returncode == 0


def main(shared: Path) -> int:
    texts = clean_texts(shared)
    good = [
        seeds(shared),
        repairs(texts),
        whole("repair", texts, TYPOGRAPHY - {"quotes"}),
        whole("standard", texts, TYPOGRAPHY),
        *scorers(shared),
    ]
    print(f"\nshared checks: {'all hold' if all(good) else f'{good.count(False)} of {len(good)} FAILED'}")
    return not all(good)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
