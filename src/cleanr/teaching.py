"""The command `learn`: ``cleanr learn SRC -o pack.toml`` writes the lines that repeat in a corpus as a rule pack."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanr.console import say
from cleanr.flags import CONFIGURING, Flags, command
from cleanr.trees import inputs

if TYPE_CHECKING:
    from cleanr.config import Config
    from cleanr.learning import Document
    from cleanr.records.walk import File

ALONE = "."  # the site of files that lie in no directory of SRC


@command((*CONFIGURING, "text_key", "encoding", "exclude", "quiet"))
def learn(
    src: Annotated[Path, typer.Argument(metavar="SRC", help="A file or a tree; its directories are sites.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The pack to write; else stdout.")
    ] = None,
    site_key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Where a JSON line names its site, as in site or meta.host.")
    ] = None,
    *,
    flags: Flags,
) -> int:
    """Write a rule pack: the lines that repeat in a corpus."""
    from cleanr.learning import learn as learned_from
    from cleanr.learning.writing import pack
    from cleanr.records.atomic import Draft

    config, found = inputs(flags, src)
    if not found.files:
        return 2  # why, was said
    failed: dict[str, None] = {}
    learned = learned_from(lambda: _documents(found.files, src, site_key, config, flags.encoding, failed))
    for message in failed:
        say(message)
    text = pack(learned, src.name or str(src))
    if output is None:
        sys.stdout.write(text)
    else:
        with Draft(output) as draft:
            draft.write(text.encode())
            draft.commit()
        if not flags.quiet:
            entries = sum(1 for row in text.split("\n") if row.startswith('  "'))
            say(f"{output}: {entries} entries; read it before you use it: cleanr clean --pack {output} SRC DST")
    return 2 if failed or found.refused else 0


def _documents(
    files: "Sequence[File]",
    src: Path,
    site_key: str | None,
    config: "Config",
    encoding: str | None,
    failed: dict[str, None],
) -> "Iterator[Document]":
    """The documents of files; what cannot be read is named in `failed`, once."""
    from cleanr.learning import Document
    from cleanr.records import Bad, RefusedError
    from cleanr.records.reading import read_file

    for file in files:
        inner = file.path.relative_to(src).parts if src.is_dir() else ()
        site = inner[0] if len(inner) > 1 else ALONE
        bad = 0
        try:
            with open(file.path, "rb") as stream:
                for record in read_file(stream, file.path.name, encoding, config.get("text-key", "text")):
                    if isinstance(record, Bad):
                        bad += 1
                        if bad == 1:
                            line = f":{record.line}" if record.line else ""
                            failed[f"{file.path}{line}: {record.cause}"] = None
                    elif record.text is not None:
                        own = _site(record.raw, site_key) if site_key and record.line else None
                        where = f"{file.path}:{record.line}" if record.line else str(file.path)
                        yield Document(record.text, site if own is None else own, where)
        except (OSError, RefusedError) as error:
            cause = error.strerror if isinstance(error, OSError) and error.strerror else error
            failed[f"{file.path}: {cause}"] = None


def _site(raw: bytes, key: str) -> str | None:
    """What a JSON line says of its site; None for a record of another format."""
    import json

    try:
        value: Any = json.loads(raw)
    except ValueError:
        return None
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return None if value is None else str(value)
