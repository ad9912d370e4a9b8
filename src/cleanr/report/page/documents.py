"""A document before and after, side by side: ``one··two`` at the left, ``one two`` at the right, spaces.runs beside."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleanr.edits import Safety, Span
from cleanr.report.page.escape import chip, isolated, shown, why
from cleanr.report.reasons import Told
from cleanr.report.study import View
from cleanr.report.totals import counted

LINE = re.compile(r"[^\n]*\n|[^\n]+")
ROWS = 150  # lines that change, of a document
AROUND = 70  # characters of unchanged text beside a change, of a long line
CONTEXT = 200  # of a line that stays
CHANGED = 500  # of a piece that changed
NOTES = 6  # rules with the same reason beside a line


@dataclass
class Row:
    """A line of the raw text, and what it became: pieces, with whether they changed."""

    number: int
    old: list[tuple[str, bool]] = field(default_factory=list)
    new: list[tuple[str, bool]] = field(default_factory=list)
    edits: list[Told] = field(default_factory=list)
    changed: bool = False


def rows(raw: str, spans: Sequence[Span], edits: Sequence[Told]) -> list[Row]:
    """The lines of a document, with the edits of each; what several lines became stands beside the first of them."""
    found = [Row(1)]
    last = 0
    for span in spans:
        _put(found, raw[last : span.start], None)
        _put(found, raw[span.start : span.end], span.new)
        last = span.end
    _put(found, raw[last:], None)
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]
    for edit in edits:
        first = bisect.bisect_right(starts, edit.start) - 1
        end = bisect.bisect_right(starts, max(edit.end - 1, edit.start))
        for row in found[first:end]:
            row.edits.append(edit)
    return found if found[-1].old or found[-1].new else found[:-1]


def _put(found: list[Row], text: str, new: str | None) -> None:
    """Add a piece; `new` is what it became, None where it stays."""
    if new is not None:
        found[-1].new += [(new, True)] if new else []
        found[-1].changed = True
    for part in LINE.findall(text):
        row, bare = found[-1], part.removesuffix("\n")
        if new is not None:
            row.old.append((part, True))
            row.changed = True
        elif bare:
            row.old.append((bare, False))
            row.new.append((bare, False))
        if part.endswith("\n"):
            found.append(Row(row.number + 1))


def view(each: View, *, first: bool) -> str:
    """A document that folds: its name, why it is shown, and its lines."""
    edits = counted(len(each.edits), "edit")
    flags = "".join(f'<p class="flag">{shown(flag)}</p>' for flag in each.flagged)
    body = "".join(_lines(rows(each.raw, each.spans, each.edits)))
    return (
        f'<details class="document"{" open" if first else ""}><summary>{isolated(each.where)} '
        f'<span class="count">{edits}; shown because {each.why}</span></summary>{flags}'
        '<div class="wide" tabindex="0"><table class="sides"><thead><tr><th>line</th><th>before</th><th>after</th>'
        f"<th>rules</th></tr></thead><tbody>{body}</tbody></table></div></details>\n"
    )


def _lines(found: Sequence[Row]) -> Iterator[str]:
    changed = [n for n, row in enumerate(found) if row.changed]
    wanted = {
        n + k for n in changed[:ROWS] for k in (-1, 0, 1) if 0 <= n + k < len(found) and (k == 0 or found[n + k].old)
    }
    at = 0
    for n in sorted(wanted):
        if n > at:
            yield _gap(n - at)
        yield _row(found[n])
        at = n + 1
    if len(changed) > ROWS:
        yield f'<tr class="gap"><td colspan="4">… and {len(changed) - ROWS:,} more lines that change</td></tr>'
    elif at < len(found):
        yield _gap(len(found) - at)


def _gap(lines: int) -> str:
    stay = "line that stays" if lines == 1 else "lines that stay"
    return f'<tr class="gap"><td colspan="4">{lines:,} {stay}</td></tr>'


def _row(row: Row) -> str:
    if not row.changed:
        line = "".join(text for text, _ in row.old)
        cut = shown(line[:CONTEXT]) + ("…" if len(line) > CONTEXT else "")
        return f'<tr><th>{row.number}</th><td dir="auto">{cut}</td><td dir="auto">{cut}</td><td></td></tr>'
    old, new = _pieces(row.old, "del"), _pieces(row.new, "ins")
    notes = "".join(_notes(row.edits))
    kind = "gone" if not row.new else "changed"
    return (
        f'<tr class="{kind}"><th>{row.number}</th><td dir="auto">{old}</td><td dir="auto">{new}</td>'
        f"<td>{notes}</td></tr>"
    )


def _notes(edits: Sequence[Told]) -> Iterator[str]:
    """The rules of a line, each with how it was known."""
    counts = Counter((edit.rule, edit.safety, edit.reason) for edit in edits)
    for n, ((rule, safety, reason), count) in enumerate(counts.items()):
        if n == NOTES:
            yield f'<div class="why">… and {len(counts) - NOTES} more</div>'
            return
        times = f" × {count}" if count > 1 else ""
        sure = f' <span class="why">{safety}</span>' if safety < Safety.CERTAIN else ""
        yield f"<div>{chip(rule)}{times}{sure} {why(reason)}</div>"


def _pieces(pieces: Sequence[tuple[str, bool]], tag: str) -> str:
    """A side of a line; of long pieces, what is near a change."""
    parts = []
    for n, (text, changed) in enumerate(pieces):
        if changed:
            if len(text) > CHANGED:
                text = f"{text[: CHANGED // 2]} … {text[-CHANGED // 2 :]}"
            parts.append(f"<{tag}>{shown(text, spaces=not text.strip(' '))}</{tag}>")
            continue
        first, last = n == 0, n == len(pieces) - 1
        if first and not last and len(text) > AROUND:
            text = f"…{text[-AROUND:]}"
        elif last and not first and len(text) > AROUND:
            text = f"{text[:AROUND]}…"
        elif len(text) > 2 * AROUND:
            text = f"{text[:AROUND]} … {text[-AROUND:]}"
        parts.append(shown(text))
    return "".join(parts)
