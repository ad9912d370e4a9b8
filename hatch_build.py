"""Compiles the rule packs when the wheel is built: reading them from TOML costs ten starts of the interpreter."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPacks(BuildHookInterface):  # type: ignore[type-arg]
    """Writes src/cleanr/packs/compiled.bin and puts it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from cleanr import packs
        finally:
            sys.path.remove(str(source))
        target = source / "cleanr" / "packs" / packs.COMPILED
        target.write_bytes(packs.compile_built_in())
        build_data["artifacts"].append(str(target.relative_to(self.root)))
