"""Which bytes were read wrongly, and as what: of ``â€™`` for ``’``, e2 80 99 of UTF-8, as Windows-1252.

It is told from the old and the new text alone: in some encoding, the bytes of the new text read as the old text does.
"""

from collections.abc import Iterator

from cleanr.report.terminal import NOTHING

# How each is written for people, and how Python knows it. The sloppy ones read every byte, as browsers do.
CODECS = {f"Windows-{n}": f"sloppy-windows-{n}" for n in (1252, 1251, 1250, 1253, 1254, 1257)} | {
    "Latin-1": "latin-1",
    "ISO-8859-2": "iso-8859-2",
    "ISO-8859-5": "iso-8859-5",
    "KOI8-R": "koi8-r",
    "Mac Roman": "mac-roman",
    "CP437": "cp437",
    "CP850": "cp850",
}
MOST_TIMES = 3  # that text was encoded too often
SHOWN = 16  # bytes
LONGEST = 2_000  # characters: of a longer piece, how it was broken is not looked for


def misread(old: str, new: str) -> str:
    """How `old` came out of `new`, in a few words; else the bytes of both.

    >>> misread("â€™", "’")
    'bytes e2 80 99 of UTF-8 were read as Windows-1252'
    >>> misread("â€", "”")
    'bytes e2 80 9d of UTF-8 were read as Windows-1252, and 9d was lost'
    >>> misread("†", "” ")
    'bytes e2 80 a0 → e2 80 9d 20'
    """
    if new and old != new and len(old) <= LONGEST:
        told = next(_told(old, new), "")
        if told:
            return told
    return f"bytes {_shown(_encoded(old))} → {_shown(_encoded(new))}"


def _told(old: str, new: str) -> Iterator[str]:
    import ftfy.bad_codecs  # noqa: F401 (so that the sloppy ones are known)

    data = _encoded(new)
    for name, codec in CODECS.items():
        read, times = _read(data, codec), 1
        while read is not None and read != old and times < MOST_TIMES:
            read, times = _read(_encoded(read), codec), times + 1
        if read == old:
            again = "" if times == 1 else " twice" if times == 2 else f" {times} times"
            yield f"bytes {_shown(data)} of UTF-8 were read as {name}{again}"
    for name, codec in CODECS.items():
        read = _read(data, codec) or ""
        lost = len(read) - len(old)
        if 0 < lost < len(read) and read.startswith(old) and len(read) == len(data):
            yield f"bytes {_shown(data)} of UTF-8 were read as {name}, and {_shown(data[-lost:])} was lost"
    for name, codec in CODECS.items():
        try:
            data = new.encode(codec)
        except UnicodeEncodeError:
            continue
        for other, reading in CODECS.items():
            if other != name and _read(data, reading) == old:
                yield f"bytes {_shown(data)} of {name} were read as {other}"


def _read(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _shown(data: bytes) -> str:
    return (data[:SHOWN].hex(" ") + (" …" if len(data) > SHOWN else "")) or NOTHING
