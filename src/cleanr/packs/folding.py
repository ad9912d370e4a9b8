"""Lines as packs compare them: ``Leave a  Reply »`` is ``leave a reply``."""

STRIPPED = " *:….,;!?|•·»«›‹><→←▶►▼▲↓↑+-–—_#=~()[]{}\"'×✕✓✔☰/\\"
STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}


def fold(line: str) -> str:
    """A line as packs compare it: without case, curly quotes, doubled spaces, and signs at its ends.

    >>> fold("  Leave a  Reply »")
    'leave a reply'
    """
    if not line.isascii():
        for curly, straight in STRAIGHT.items():
            if curly in line:
                line = line.replace(curly, straight)
        return " ".join(line.casefold().split()).strip(STRIPPED)
    line = line.lower()
    return (" ".join(line.split()) if "  " in line or "\t" in line else line).strip(STRIPPED)
