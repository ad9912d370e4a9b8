"""Write the compiled rule packs beside their files: ``python scripts/compile_packs.py``, as `make` does where it must.

A wheel brings its own; in a checkout a changed pack would be read from TOML, for seconds, at each start.
"""

from pathlib import Path

from cleanr import packs

if __name__ == "__main__":
    Path(packs.__file__).with_name(packs.COMPILED).write_bytes(packs.compile_built_in())
