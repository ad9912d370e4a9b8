"""Coverage-guided fuzzing of cleaning, restoring and reading: ``make fuzz``, or ``python fuzz/fuzz.py readers``.

Each target holds what it is given to laws, so that a fault is more than an exception. What is found becomes an
example of a law in tests/test_laws.py, or a case of the part at fault.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cleanr"]):
    import cleanr
    from cleanr import edits, filters, markdown, packs
    from cleanr.bookkeeping import way_back
    from cleanr.config import Config, ConfigError, load_config
    from cleanr.conversion import Conversion
    from cleanr.convert import Settings
    from cleanr.outcome import Outcome
    from cleanr.packs.compiling import compiled, parsed
    from cleanr.records import Record, RefusedError, form_of
    from cleanr.records.undo import restored
    from cleanr.report.explanation import explanation
    from cleanr.text import Kind

    NAMES = ["a.txt", "a.md", "a.jsonl"]
    # Modules that load when they are needed are instrumented only if that is now.
    LOADED = [markdown, *map(filters.load, filters.CHAIN), *(form_of(name).module for name in NAMES)]

KINDS: tuple[Kind, Kind] = ("text", "markdown")
CLEANERS = [cleanr.Cleaner(preset) for preset in ("repair", "standard", "strict")]
ENCODINGS = [None, None, None, "utf-16", "latin-1", "cp1252", "utf-8-sig", "shift_jis"]
LONGEST = 4_000
# Where nothing interesting happens, cleaning is quick: these are what the interesting things are made of.
PIECES = [
    *("&amp;", "&#8203;", "&lt;", "<b>", "</b>", "<br>", "â€™", "â€œ", "Ã©", "Ã¢â‚¬", "\x80", "“", "”", "†", "’"),
    *("\u200b", "\u200c", "\u200d", "\ufe0f", "\U000e0101", "\U000e0041", "\u202e", "\x1b[31m", "\x08", "\u00ad"),
    *("\ud83d", "\ude00", "\n", "\n\n", "\r\n", "\t", "  ", "\u00a0", "\u2028", "\x85", "…", ". ", '"', "'"),
    *("```\n", "`", "> ", "- ", "| - |", "$$", "---\n", "http://a.org/b", "me@example.org", "[a]: b\n", "    "),
    *("Share", "Leave a reply", "By Anna Bell", "1,234 shares", "Read more", "It rained all day in the town.", "the\n"),
    *("क्", "می", "👩", "漢", "ก", "\ufffd", "It rained all of the day, and long lines end in the"),
]


def text_of(data: bytes) -> str:
    """Text that the fuzzer can steer: of a byte from 0x80 upwards becomes a piece."""
    parts = []
    for byte in data[:LONGEST]:
        parts.append(chr(byte) if byte < 0x80 else PIECES[(byte - 0x80) % len(PIECES)])
    return "".join(parts)


def cleaning(data: bytes) -> None:
    """Cleaning, its way back, its spans, and once more."""
    given = atheris.FuzzedDataProvider(data)
    cleaner, kind = CLEANERS[given.ConsumeIntInRange(0, 2)], KINDS[given.ConsumeBool()]
    mode = given.ConsumeIntInRange(0, 3)
    rest = given.ConsumeBytes(LONGEST)
    raw = text_of(rest) if mode else rest.decode("utf-8", "surrogateescape")
    cleaned = cleaner.explain(raw, kind=kind)
    assert cleaned.restore() == raw, "restore() is not the raw text"
    spans = cleaned.spans()
    assert edits.replay(raw, spans) == cleaned.text, "spans() do not give the clean text"
    assert all(a.end <= b.start for a, b in pairwise(spans)), "spans overlap"
    assert cleaner.clean(cleaned.text, kind=kind) == cleaned.text, "twice is not once"
    origins = [cleaned.origin(at) for at in range(0, len(cleaned.text) + 1, 7)]
    assert origins == sorted(origins), "origins are out of order"
    before, after = (text.encode("utf-8", "surrogatepass") for text in (raw, cleaned.text))
    places = way_back(cleaned, Record(0, before, raw, 0, len(before)), form_of("a.txt"), after)
    assert restored(after, places) == before, "the record is no way back"
    assert all(shown.isprintable() for shown in explanation(cleaned, raw, "a.txt")), "an explanation is not inert"


def reading(data: bytes) -> None:
    """A file of any bytes: it is refused or converted, and what was converted reads again."""
    given = atheris.FuzzedDataProvider(data)
    name = NAMES[given.ConsumeIntInRange(0, len(NAMES) - 1)]
    encoding = ENCODINGS[given.ConsumeIntInRange(0, len(ENCODINGS) - 1)]
    rest = given.ConsumeBytes(LONGEST)
    if name == "a.jsonl" and given.ConsumeBool():
        rest = json.dumps({"id": 1, "text": text_of(rest)}).encode() + b"\n" + rest
    read = Settings(Config(), encoding, "keep", "diff", write="UTF-8")
    first, second = Outcome(), Outcome()
    try:
        written = b"".join(Conversion(io.BytesIO(rest), name, read, first).pieces())
        twice = b"".join(Conversion(io.BytesIO(written), name, read._replace(encoding=None), second).pieces())
    except RefusedError:
        return
    messages = first.messages + second.messages
    assert not any("internal error" in message for message in messages), messages
    # What a declared encoding says may begin like a byte order mark of another one.
    assert encoding or twice == written, "a file cleaned twice is not the file cleaned once"


def settings(data: bytes) -> None:
    """A configuration and a rule pack of any bytes: valid, or refused with one line."""
    source = data[:LONGEST].decode("utf-8", "replace")
    with suppress(packs.PackError):
        packs.ready(compiled([parsed("a.toml", source, check=True)]))
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        Path(file.name).write_bytes(data[:LONGEST])
        with suppress(ConfigError):
            load_config(file.name)


TARGETS: dict[str, Callable[[bytes], None]] = {"cleaning": cleaning, "readers": reading, "settings": settings}


def main() -> None:
    """The first argument names the target; the rest is for libFuzzer."""
    if sys.argv[1:2] == [] or sys.argv[1] not in TARGETS:
        raise SystemExit(f"usage: fuzz.py {'|'.join(TARGETS)} [CORPUS] [-max_total_time=SECONDS …]")
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
