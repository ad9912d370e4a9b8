"""The first inputs of a fuzzer, from the samples: ``python fuzz/seeds.py build/fuzz/cleaning cleaning``."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 3_000  # bytes of a sample: a fuzzer likes short ones
CONFIGURATION = (
    'preset = "strict"\nsafety = "likely"\nmax-removed = 0.5\nignore = ["quotes"]\nexclude = ["*.md"]\n'
    '[options.quotes]\nstyle = "keep"\n[[overrides]]\npaths = ["a/*"]\nselect = ["spaces"]\n'
)
PACK = (
    'language = "en"\n[share]\nabout = "a"\ndefault = true\nphrases = ["share {n}", "x {date}"]\nweak = ["more"]\n'
    'heads = ["related"]\npatterns = ["by [a-z]{1,9}"]\nkeeps = ["Share it."]\n[grammar]\ncannot_end = ["the"]\n'
)


def seeds(target: str) -> list[bytes]:
    """Inputs in the form that a target expects: the last bytes choose presets, kinds and formats."""
    if target == "settings":
        return [CONFIGURATION.encode(), PACK.encode()]
    texts = [path.read_bytes()[:LONGEST] for path in sorted((ROOT / "corpus_samples").glob("*/in.*"))]
    if target == "readers":
        lines = [json.dumps({"text": text.decode("utf-8", "replace")}).encode() + b"\n" for text in texts]
        return [*(text + bytes([n % 2, 0]) for n, text in enumerate(texts)), *(line + b"\0\2" for line in lines)]
    return [text + bytes([0, n % 2, n % 3]) for n, text in enumerate(texts)]


def main() -> None:
    directory, target = Path(sys.argv[1]), sys.argv[2]
    directory.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (directory / f"seed-{number}").write_bytes(seed)


if __name__ == "__main__":
    main()
