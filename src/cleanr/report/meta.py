"""What was done to a document, beside it: ``{"removed_words": 2, "repairs": 0, "flags": [], "rules": […]}``."""

from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.report.stages import is_removal


def meta(cleaned: Cleaned) -> dict[str, Any]:
    """How many words went, how many other edits there were, what was withheld, by which rules.

    >>> import cleanr
    >>> meta(cleanr.explain("One.  Two.\\nShare this:\\n"))["rules"]
    ['boilerplate.share', 'spaces.runs']
    """
    removals = [change for change in cleaned.changes if is_removal(change)]
    return {
        "removed_words": sum(len(change.old.split()) for change in removals),
        "repairs": len(cleaned.changes) - len(removals),
        "flags": list(cleaned.flagged),
        "rules": sorted({change.rule for change in cleaned.changes}),
    }
