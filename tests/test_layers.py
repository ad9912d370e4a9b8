"""Imports point one way, from what knows much to what knows little: ``filters`` never sees ``config``."""

import ast
import itertools
from pathlib import Path

import pytest
from corpus import ROOT

SOURCE = ROOT / "src" / "cleanr"

# A part may import what stands before it, and parts of its own group where nothing below forbids it. A module is a
# part; so is a package with everything in it.
LAYERS = (
    {"edits", "offsets"},
    {"markdown", "writing", "hidden"},
    {"protected"},
    {"text"},
    {"budget", "cleaned", "code", "selection"},
    {"packs"},
    {"filters"},
    {"cleaner"},
    {"pinned"},
    {"settings", "config"},
    {"cleanr"},  # the package itself, which gathers the public names
    {"report", "records"},
    {"outcome", "bookkeeping", "tags", "job"},
    {
        *("convert", "conversion", "done", "engines", "run", "elsewhere", "restoring", "verifying"),
        *("sampled", "trial", "comparing"),
    },
    {"baseline", "checking", "studying", "learning"},
    {"console", "flags", "trees", "cleaning", "keeping", "looking", "reporting", "teaching", "cli"},
    {"__main__"},
)
STRANGERS = ({"report", "records"},)  # of these, none imports another
ADAPTERS = "adapters"  # nobody imports them; they may import whatever a user may

MODULES = sorted(SOURCE.rglob("*.py"))
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def part_of(module: str) -> str:
    """``cleanr.filters.quotes`` belongs to the part ``filters``."""
    return module.split(".")[1] if "." in module else module


def imports(path: Path) -> set[str]:
    """The modules of ours that a module imports, anywhere in it, also where only types are checked."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide what is imported"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in NAMES else str(node.module) for name in names}
    return {name for name in found if name.split(".")[0] == "cleanr"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    own = part_of(name_of(path))
    if own == ADAPTERS:
        return
    assert own in LEVEL, f"{own}: give it a place in LAYERS"
    for module in imports(path):
        part = part_of(module)
        assert part in LEVEL, f"{path}: imports {module}"
        assert LEVEL[part] <= LEVEL[own], f"{path}: {own} must not import {part}"
        assert not any({own, part} <= group and own != part for group in STRANGERS), f"{path}: imports {part}"


@pytest.mark.parametrize("path", sorted((SOURCE / "filters").rglob("*.py")), ids=name_of)
def test_filters_do_not_see_each_other(path: Path) -> None:
    """Those of a package of their own (boilerplate) may share its parts."""
    _, _, *own = name_of(path).split(".")
    for module in imports(path):
        _, part, *other = [*module.split("."), ""]
        if part == "filters":
            assert own, "the list of filters imports none of them: they load when they are used"
            assert other[0] == own[0], f"{path}: imports {module}"


def test_nothing_imports_in_a_circle() -> None:
    graph = {name_of(path): imports(path) - {name_of(path)} for path in MODULES}
    for _ in range(len(graph)):
        # A package is imported before its modules, but that is no use of it.
        graph = {name: used & graph.keys() for name, used in graph.items() if used & graph.keys()}
    assert not graph, f"each of these imports another of them: {', '.join(sorted(graph))}"


def test_the_layers_are_those_that_there_are() -> None:
    parts = {part_of(name_of(path)) for path in MODULES}
    assert set(itertools.chain.from_iterable(LAYERS)) <= parts
