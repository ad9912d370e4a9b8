"""The commands that only look: ``cleanr rule quotes.double`` says what that rule does."""

from typing import TYPE_CHECKING, Annotated

import typer

from cleanr.console import colour
from cleanr.flags import CONFIGURING, Flags, command, wrong

if TYPE_CHECKING:
    from cleanr.filters import Filter


@command(CONFIGURING)
def rules(*, flags: Flags) -> int:
    """List all rules, in the order in which their filters run."""
    from cleanr.report.rules import listing

    print(*listing(_loaded(flags), colour=colour()), sep="\n")
    return 0


@command(CONFIGURING)
def rule(
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule, as in quotes.double, or a filter.")],
    *,
    flags: Flags,
) -> int:
    """Say what a rule does and how to switch it off."""
    from cleanr.report.rules import description
    from cleanr.settings import shortened

    try:
        lines = description(name, _loaded(flags), colour=colour())
    except ValueError as error:
        wrong(shortened(error))
    print(*lines, sep="\n")
    return 0


def _loaded(flags: Flags) -> "list[Filter]":
    """The filters of the built-in chain, then those that the configuration adds."""
    from cleanr import filters

    known = {found.name: found for found in map(filters.load, filters.CHAIN)}
    return list((known | {found.name: found for found in flags.configuration().cleaner().chain}).values())
