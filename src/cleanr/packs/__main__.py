"""Writes the compiled packs beside their files: ``python -m cleanr.packs``, for whoever works on them."""

from pathlib import Path

from cleanr import packs

if __name__ == "__main__":
    Path(packs.__file__).with_name(packs.COMPILED).write_text(packs.compile_built_in(), encoding="utf-8")
