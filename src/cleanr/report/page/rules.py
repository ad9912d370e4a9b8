"""What each rule did, with the lines that it removed most or places that it changed, and a control to keep them."""

from collections.abc import Iterator, Mapping

from cleanr.report.page.escape import Section, anchor, attribute, shown
from cleanr.report.page.overview import context
from cleanr.report.removed import place
from cleanr.report.study import Study
from cleanr.report.tally import Thing
from cleanr.report.totals import counted

LINES = 8  # of each rule


def sections(study: Study, about: Mapping[str, str]) -> Iterator[Section]:
    """A card for each rule, the most busy first."""
    seen = study.trial.rules
    if not seen:
        return
    lines: dict[str, list[Thing]] = {}
    for each in study.trial.removed.frequent.most(1 << 30):
        if len(lines.setdefault(each.key[0], [])) < LINES:
            lines[each.key[0]].append(each)
    every = study.trial.removed.frequent.every
    note = f" Counts of lines are estimates: one of {every} was counted." if every > 1 else ""
    cards = [_card(rule, study, lines.get(rule, []), about.get(rule, "")) for rule in _ranked(study)]
    yield Section(
        "rules", "Rules", [f"<p>Where a rule is wrong for this corpus, keep what it changes.{note}</p>", *cards]
    )


def _ranked(study: Study) -> list[str]:
    removals, seen = study.trial.totals.removals, study.trial.rules
    return sorted(seen, key=lambda rule: (-removals[rule], -seen[rule].edits, rule))


def _card(rule: str, study: Study, lines: list[Thing], about: str) -> str:
    seen = study.trial.rules[rule]
    count = f"{counted(seen.edits, 'edit')} in {counted(seen.documents, 'document')}"
    name = anchor(rule)
    box = f'<input type="checkbox" data-rule="{attribute(rule)}" autocomplete="off">'
    keep = f'<label class="keep">{box} keep this</label>'
    toml = f"<code>ignore = [&quot;{shown(rule, plain=True)}&quot;]</code>"
    body = "".join(map(_line, lines)) if lines else "".join(_place(each) for each in seen.examples)
    return (
        f'<article id="{name}" aria-labelledby="{name}-title"><div class="top"><h3 id="{name}-title">{shown(rule)}</h3>'
        f'<span class="count">{count}</span>{keep}</div><p>{shown(about)}</p>'
        f'<ul class="lines">{body}</ul><p class="meta">in cleanr.toml: {toml}</p></article>\n'
    )


def _line(each: Thing) -> str:
    _, _, text, above, below = each.example
    where = f"<bdi>{shown(place(each))}</bdi>"
    return f'<li>{context(above, text, below)}<p class="meta"><b>{each.times:,} ×</b> {where}</p></li>'


def _place(each: Mapping[str, str]) -> str:
    """A place that a rule changed, in its line."""
    old, new = each["old"], each["new"]
    blank = not old.strip(" ") or not new.strip(" ")
    before = each["before"].rpartition("\n")[2] if "\n" not in old else each["before"]
    taken = f"<del>{shown(old, spaces=blank)}</del>" if old else ""
    put = f"<ins>{shown(new, spaces=blank)}</ins>" if new else ""
    after = each["after"].partition("\n")[0]
    where = f'<p class="meta"><bdi>{shown(each["place"])}</bdi></p>'
    return f'<li><div class="context" dir="auto">{shown(before[-60:])}{taken}{put}{shown(after[:60])}</div>{where}</li>'
