"""Lines as packs compare them: ``Leave a  Reply »`` is ``leave a reply``."""

from cleanr.writing import ODD_SPACES

STRIPPED = " *:….,;!?|•·»«›‹><→←▶►▼▲↓↑+-–—_#=~()[]{}\"'×✕✓✔☰/\\"
STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}
ENDS = STRIPPED + "".join(STRAIGHT) + ODD_SPACES + "\n"  # what folding takes from the ends of a line


def fold(line: str) -> str:
    """A line as packs compare it: without case, curly quotes, doubled spaces, and signs at its ends.

    >>> fold("  Leave a  Reply »")
    'leave a reply'
    """
    if line.isascii():
        line = line.lower()
    else:
        for curly, straight in STRAIGHT.items():
            if curly in line:
                line = line.replace(curly, straight)
        line = line.casefold()
    return (line if is_even(line) else " ".join(line.split())).strip(STRIPPED)


def is_even(line: str) -> bool:
    """Whether a line has single plain spaces only, so that folding moves none of its characters.

    It may say no where it is so: to look closer costs more.

    >>> is_even("one two"), is_even("one  two"), is_even("one\\xa0two")
    (True, False, False)
    """
    return "  " not in line and line.isprintable()
