"""A corpus of all formats, a command in a process of its own, and what must hold after it was hurt."""

import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from bad_inputs import parquet, warc, zst

PAGE = "The harbour board met on Tuesday. It kept the “crane” &amp; it’s  old.\n\nShare this:\n\nLeave a Reply\n"


def corpus(root: Path, *, files: int = 5, lines: int = 90) -> Path:
    """A tree with all formats in it."""
    (root / "sub").mkdir(parents=True)
    for n in range(files):
        (root / f"sub/{n}.txt").write_text(f"{n}\n{PAGE}", encoding="utf-8")
        (root / f"{n}.md").write_text(f"# {n}\n{PAGE}", encoding="utf-8")
    rows = [
        json.dumps({"id": n, "text": f"{n} {PAGE}"}, ensure_ascii=bool(n % 2)).encode() + b"\n" for n in range(lines)
    ]
    data = b"".join(rows)
    (root / "a.jsonl").write_bytes(data)
    (root / "b.jsonl.gz").write_bytes(gzip.compress(data, mtime=0))
    (root / "c.jsonl.zst").write_bytes(zst(data))
    pages = [warc("conversion", f"{n} {PAGE}".encode()) for n in range(lines // 3)]
    (root / "d.warc.wet").write_bytes(b"".join(pages))
    (root / "e.warc.wet.gz").write_bytes(b"".join(gzip.compress(page, mtime=0) for page in pages))
    texts = [None if n % 7 == 0 else f"{n} {PAGE}" for n in range(lines)]
    (root / "f.parquet").write_bytes(parquet({"text": texts, "n": list(range(lines))}, row_group_size=40))
    return root


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "cleanr", *map(str, arguments)]


def done(*arguments: str | Path, timeout: float = 120) -> "subprocess.CompletedProcess[str]":
    """Run cleanr in a process of its own."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=timeout)


def digests(root: Path) -> dict[str, str]:
    """All files below a directory, with what is in them."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() or path.is_symlink())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def is_draft(name: str) -> bool:
    return name.endswith(".cleanr-tmp")


def torn(found: dict[str, str], *whole: dict[str, str]) -> list[str]:
    """The outputs that are neither as they were before nor as they must become."""
    return [
        name
        for name, digest in found.items()
        if not is_draft(name) and not name.startswith(".cleanr/") and digest not in {each.get(name) for each in whole}
    ]


def is_root() -> bool:
    return os.geteuid() == 0
