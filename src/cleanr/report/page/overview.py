"""The head of the page: how many documents changed, what was done to them, what is risky, and what was withheld."""

from collections import Counter
from collections.abc import Iterator

from cleanr.edits import Safety
from cleanr.report.page.escape import Section, chip, isolated, shown, table, why
from cleanr.report.removed import place
from cleanr.report.study import Study
from cleanr.report.totals import ranked

RISKIEST = 25
FLAGGED = 50
LANGUAGES = 8  # columns


def head(study: Study, source: str, preset: str, of: str) -> str:
    """The title, and the numbers that matter most."""
    totals = study.trial.totals
    share = 100 * study.trial.gone / study.trial.words if study.trial.words else 0.0
    tiles = [
        (f"{totals.changed:,}", f"of {totals.read:,} documents change"),
        (f"{sum(totals.edits.values()):,}", "edits"),
        (f"{share:.1f} %", f"of {study.trial.words:,} words go"),
        (f"{totals.flagged:,}", "flagged"),
    ]
    tiles += [(f"{totals.failed:,}", "could not be read")] if totals.failed else []
    shown_tiles = "".join(f"<div><b>{number}</b><span>{what}</span></div>" for number, what in tiles)
    return (
        f"<header><h1>What cleaning does to <bdi>{shown(source)}</bdi></h1>"
        f'<p>{of}, preset {shown(preset)}</p></header>\n<div class="tiles">{shown_tiles}</div>\n'
    )


def sections(study: Study, source: str, preset: str, of: str) -> Iterator[Section]:
    """Edits by filter, removals by rule and language, the riskiest removals, flagged documents."""
    totals = study.trial.totals
    if totals.edits:
        most = max(totals.edits.values())
        bars = [[shown(name), f"{count:,}", _bar(count / most)] for name, count in ranked(totals.edits)]
        yield Section("filters", "Edits by filter", [table(["filter", "edits", ""], bars, "bars")])
    if study.removals:
        yield Section("removals", "Removals by rule and language", list(_by_language(study)))
        yield Section("riskiest", "Riskiest removals", list(_riskiest(study)))
    if totals.flagged:
        rows = [[isolated(where), shown(flag)] for where, flag in study.flagged[:FLAGGED]]
        more = totals.flagged - len(rows)
        note = f"<p>And {more:,} more.</p>" if more > 0 else ""
        about = "<p>From these documents too much would have gone: they keep their words, but are repaired.</p>"
        yield Section("flagged", "Flagged documents", [about, table(["document", "why"], rows, "text"), note])


def _bar(share: float) -> str:
    width = max(round(200 * share, 1), 1)
    return f'<svg class="bar" viewBox="0 0 200 10" aria-hidden="true"><rect width="{width}" height="10" rx="2"/></svg>'


def _by_language(study: Study) -> Iterator[str]:
    by_language: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    for (rule, language), count in study.removals.items():
        by_language[language] += count
        by_rule[rule] += count
    columns = [language for language, _ in ranked(by_language)[:LANGUAGES]]
    rest = len(by_language) > len(columns)
    rows = []
    for rule, total in ranked(by_rule):
        counts = [study.removals[rule, language] for language in columns]
        counts += [total - sum(counts)] if rest else []
        rows.append([chip(rule), f"{total:,}", *(f"{count:,}" if count else "·" for count in counts)])
    heads = ["rule", "all", *map(shown, columns), *(["others"] if rest else [])]
    documents = ", ".join(f"{shown(name)} {count:,}" for name, count in ranked(study.languages)[:12])
    yield f"<p>The languages are guesses from scripts and small words. Documents: {documents}.</p>"
    yield table(heads, rows)


def _riskiest(study: Study) -> Iterator[str]:
    yield "<p>Long, rare and uncertain removals first: what went from one place only may have been a sentence.</p>"
    yield '<ol class="lines">'
    for each in study.trial.removed.riskiest(RISKIEST):
        _, reason, text, above, below = each.example
        safety = Safety(each.key[1])
        times = f"{each.times:,} ×" if each.times > 1 else ""
        yield (
            f'<li>{context(above, text, below)}<p class="meta">{chip(each.key[0])} <span class="s{int(safety)}">'
            f"{safety}</span> {why(reason)} {times} <bdi>{shown(place(each))}</bdi></p></li>"
        )
    yield "</ol>"


def context(above: str, text: str, below: str) -> str:
    """A removed line between its neighbours."""
    rows = [f'<div class="near" dir="auto">{shown(above)}</div>'] if above else []
    rows.append(f'<div dir="auto"><del>{shown(text)}</del></div>')
    rows += [f'<div class="near" dir="auto">{shown(below)}</div>'] if below else []
    return f'<div class="context">{"".join(rows)}</div>'
