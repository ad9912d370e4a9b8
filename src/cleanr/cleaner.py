"""The only loop: it asks each filter of a chain for edits, applies them, and keeps what they replaced.

The chain runs until a pass changes nothing, so cleaning twice is cleaning once, whatever the filters do: ``&amp;lt;``
becomes ``<`` in one call.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple, get_args

from cleanr import edits, filters
from cleanr import packs as rule_packs
from cleanr.budget import overdrawn
from cleanr.cleaned import Cleaned, Step
from cleanr.edits import Edit, Safety
from cleanr.filters import Filter
from cleanr.selection import Selection, known
from cleanr.text import Kind, Text

MAX_PASSES = 8


class Preset(NamedTuple):
    """A named chain with the least safety of its edits and the share of words that it may remove."""

    filters: tuple[str, ...]
    safety: Safety
    max_removed: float


REPAIR = ("markup", "encoding", "controls", "line_breaks", "spaces")
PRESETS: Mapping[str, Preset] = {
    "repair": Preset(REPAIR, Safety.LIKELY, 0.0),
    "standard": Preset(filters.CHAIN, Safety.LIKELY, 0.9),
    "strict": Preset(filters.CHAIN, Safety.GUESS, 0.95),
}
KINDS = dict.fromkeys(get_args(Kind))
SAFETIES = {str(safety): safety for safety in Safety}


class Run(NamedTuple):
    """One settling of a text: the result, what was done, and whether the last pass changed nothing."""

    text: Text
    steps: tuple[Step, ...]
    settled: bool


class Cleaner:
    """A chain of filters, with the least safety of the edits that it applies and a budget for removals.

    - `preset`: ``"repair"``, ``"standard"`` or ``"strict"``.
    - `filters`: a chain instead of the preset's: names, or modules that are filters.
    - `select`, `ignore`: prefixes of rule ids (``"boilerplate"``, ``"boilerplate.share"``). The longest prefix that
      matches wins, `ignore` on a tie; a filter without a rule left is taken out.
    - `packs`: paths of rule packs beside the built-in ones.
    - `options`: ``{filter: {option: value}}``.
    - `safety`, `max_removed`: instead of the preset's least safety (``"certain"``, ``"likely"``, ``"guess"``) and
      share of a document's words (0 to 1) that may go.

    Raises `ValueError` for an unknown preset, filter, rule or option, and for a rule pack that is not valid.

    >>> Cleaner(filters=["quotes"]).clean("“Yes”  & no")
    '"Yes"  & no'
    """

    def __init__(
        self,
        preset: str = "standard",
        filters: Sequence[str | ModuleType] | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        packs: Sequence[str] = (),
        options: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        safety: str | None = None,
        max_removed: float | None = None,
    ) -> None:
        self._arguments = (preset, filters, select, ignore, packs, options, safety, max_removed)
        for name, given in (("filters", filters), ("select", select), ("ignore", ignore), ("packs", packs)):
            if isinstance(given, str):
                raise TypeError(f"{name} is {given!r}, but must be a list of strings: [{given!r}]")
        chosen: Preset = known("preset", preset, PRESETS)
        self.safety: Safety = chosen.safety if safety is None else known("safety", safety, SAFETIES)
        self.max_removed = chosen.max_removed if max_removed is None else _share(max_removed)
        self.selection = Selection(tuple(select), tuple(ignore))
        self.chain = _chain(
            chosen.filters if filters is None else filters, self.selection, packs, options or {}, self.safety
        )
        rules = {rule for found in self.chain for rule in found.rules}
        self._refused = frozenset(rule for rule in rules if not self.selection.accepts(rule))

    def __reduce__(self) -> tuple[Any, ...]:
        preset, chain, *rest = self._arguments
        names = None if chain is None else [_Module(f.__name__) if isinstance(f, ModuleType) else f for f in chain]
        return _rebuilt, (preset, names, *rest)

    def clean(self, text: str, *, language: str = "und", kind: Kind = "text") -> str:
        """The clean text.

        Raises `TypeError` for anything that is no `str`, and `ValueError` for an unknown kind.

        >>> Cleaner("repair").clean("caf&eacute;")
        'café'
        """
        return self.explain(text, language=language, kind=kind).text

    def explain(self, text: str, *, language: str = "und", kind: Kind = "text") -> Cleaned:
        """The clean text with every change: its rule, its safety and what it replaced.

        Raises `TypeError` for anything that is no `str`, and `ValueError` for an unknown kind.

        >>> [change.rule for change in Cleaner().explain("caf&eacute;").changes]
        ['markup.entities']
        """
        if not isinstance(text, str):
            raise TypeError(f"cleanr cleans str, not {type(text).__name__}: decode bytes first")
        known("kind", kind, KINDS)
        return self._within_budget(Text(text, language, kind))

    def _within_budget(self, raw: Text) -> Cleaned:
        run = self._settle(raw, self.chain)
        flagged: tuple[str, ...] = ()
        excess = overdrawn(run.text.raw, self._removed(run.steps), self.max_removed)
        if excess:
            repaired = self._settle(raw, tuple(found for found in self.chain if not found.removes))
            # What the second call would do to this result must be done now, or twice would not be once.
            again = self._settle(repaired.text, self.chain)
            if overdrawn(again.text.raw, self._removed(again.steps), self.max_removed):
                run, flagged = repaired, (excess,)
            else:
                settled = repaired.settled and again.settled
                run = Run(again.text, repaired.steps + again.steps, settled)
        if not run.settled:
            return Cleaned(raw.raw, (), (f"passed through: still changing after {MAX_PASSES} passes",))
        return Cleaned(run.text.raw, run.steps, flagged)

    def _removed(self, steps: Sequence[Step]) -> Iterator[str]:
        removing = {found.name for found in self.chain if found.removes}
        return (change.old for step in steps if step.filter in removing for change in step.changes if not change.new)

    def _settle(self, text: Text, chain: Sequence[Filter]) -> Run:
        steps: list[Step] = []
        settled: dict[str, Text] = {}  # filter → the text in which it found nothing
        for _ in range(MAX_PASSES):
            done = len(steps)
            for found in chain:
                if settled.get(found.name) is text:
                    continue
                for _ in range(MAX_PASSES):
                    accepted = self._accepted(found, text)
                    if accepted:
                        new, changes = edits.apply(text.raw, accepted)
                        before, text = text, Text(new, text.language, text.kind)
                        steps.append(Step(found.name, changes))
                        if found.wakes is not None and text.kind == "text":  # in Markdown, code may come and go
                            quiet = [each.name for each in chain[: chain.index(found)] if each.name not in found.wakes]
                            settled.update((name, text) for name in quiet if settled.get(name) is before)
                    else:
                        settled[found.name] = text
                        break
            if len(steps) == done:
                return Run(text, tuple(steps), True)
        return Run(text, tuple(steps), False)

    def _accepted(self, found: Filter, text: Text) -> list[Edit]:
        """The edits of a filter that the selection admits and that touch nothing protected."""
        if found.guard and not found.guard(text):
            return []
        refused, least = self._refused, self.safety
        proposed = [edit for edit in found.find(text) if edit.safety >= least and edit.rule not in refused]
        if proposed and text.protected:
            return [edit for edit in proposed if not text.protects(edit.start, edit.end)]
        return proposed


def _share(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"max_removed is {value!r}, but must be a share of a document's words, 0 to 1")
    return value


def _chain(
    specs: Sequence[str | ModuleType],
    selection: Selection,
    packs: Sequence[str],
    options: Mapping[str, Mapping[str, Any]],
    safety: Safety,
) -> tuple[Filter, ...]:
    # A family of a user's pack is a rule like any other; a pack that is not valid is refused here.
    families = rule_packs.load(tuple(packs)).families if packs else {}
    own = {f"boilerplate.{name}": family.about for name, family in families.items()}
    chain = [filters.load(spec) for spec in specs]
    chain = [found._replace(rules=own | dict(found.rules)) if found.name == "boilerplate" else found for found in chain]
    loaded = {found.name: found for found in [*map(filters.load, filters.CHAIN), *chain]}
    selection.check([rule for found in loaded.values() for rule in found.rules])
    for name, values in options.items():
        filters.configured(known("filter", name, loaded), values)
    configured = []
    for found in chain:
        given = dict(options.get(found.name, {}))
        if packs and "packs" in found.defaults:
            given["packs"] = tuple(packs)
        if "guesses" in found.defaults:  # nobody looks for what would be refused
            given.setdefault("guesses", safety is Safety.GUESS)
        if any(map(selection.accepts, found.rules)):
            configured.append(filters.configured(found, given))
    return tuple(configured)


class _Module(str):
    """The name of a module that is a filter: modules do not pickle."""


def _rebuilt(preset: str, names: Sequence[str] | None, *rest: Any) -> Cleaner:
    import importlib

    chain = None
    if names is not None:
        chain = [importlib.import_module(name) if isinstance(name, _Module) else name for name in names]
    return Cleaner(preset, chain, *rest[:4], safety=rest[4], max_removed=rest[5])
