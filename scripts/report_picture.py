"""Take docs/report.png, the picture of the README: the report of the English samples, and one of them side by side.

.venv/bin/python scripts/report_picture.py      # needs chromium
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import chromium  # noqa: E402 (the tests' own browser)

PICTURE = ROOT / "docs" / "report.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as directory, chromium.browser() as tab:
        page = Path(directory) / "report.html"
        for sample in sorted((ROOT / "corpus_samples").glob("en-*/in.*")):
            target = Path(directory) / "corpus" / f"{sample.parent.name}{sample.suffix}"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(sample.read_bytes())
        command = [sys.executable, "-m", "cleanr", "report", "corpus", "-o", str(page), "-q", "--isolated"]
        subprocess.run(command, cwd=directory, check=True)
        tab.open(page, width=1180)
        # Between the numbers at the top and the documents nothing is shown.
        tab.value(
            "document.querySelectorAll('section').forEach((each) => { each.hidden = each.id !== 'documents'; });"
            "document.querySelectorAll('.document').forEach((each) => { each.open ="
            " each.textContent.includes('en-news-lost-quotes'); each.hidden = !each.open; })"
        )
        tab.screenshot(PICTURE)


if __name__ == "__main__":
    main()
