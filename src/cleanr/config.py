"""Settings to a cleaner: where ``cleanr.toml`` says ``ignore = ["quotes"]``, curly quotes stay.

A configuration is a stack of layers: the file's own settings, its overrides for some paths, the command line's. A
later layer replaces what it names; only `options` are merged, option by option. Configuration is data: the one way
from it to code is the name of an installed plug-in, and no plug-in is looked up that no layer names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from cleanr import filters
from cleanr.cleaner import PRESETS, Cleaner
from cleanr.settings import ConfigError, Layer, layers, matches, shortened

__all__ = ["Config", "ConfigError", "find_config", "load_config"]

ARGUMENTS = ("preset", "safety", "max-removed", "filters", "plugins", "packs", "select", "ignore", "options")
GROUPS = ("cleanr.filters", "cleanr.packs")  # of entry points: a module that is a filter; the path of a rule pack


@dataclass(frozen=True)
class Config:
    """Settings, in layers; the last layer that names a key decides. ``Config()`` has the defaults.

    >>> Config().cleaner().clean("one  two")
    'one two'
    """

    layers: tuple[Layer, ...] = ()

    def with_settings(self, where: str, settings: Mapping[str, Any]) -> "Config":
        """This configuration under one more layer, whose paths count from the working directory.

        Raises `ConfigError` for an unknown key and for a value that cannot be.
        """
        return Config((*self.layers, *layers(where, Path.cwd(), settings)))

    def get(self, key: str, default: Any = None, path: str | None = None) -> Any:
        """The setting for a document at `path`; `default` where no layer names it."""
        values = [layer.settings[key] for layer in self.matching(path) if key in layer.settings]
        return values[-1] if values else default

    def matching(self, path: str | None = None) -> tuple[Layer, ...]:
        """The layers that hold for a document at `path`; without one, those that hold for all documents."""
        return tuple(
            layer
            for layer in self.layers
            if layer.paths is None or (path is not None and matches(layer.paths, layer.base, path))
        )

    def excludes(self, path: str | Path, root: str | Path) -> bool:
        """Whether `exclude` names a path, counted from where the setting was made or from the tree at `root`."""
        last = [layer for layer in self.layers if "exclude" in layer.settings][-1:]
        return any(
            matches(layer.settings["exclude"], base, str(path))
            for layer in last
            for base in (layer.base, Path(root).absolute())
        )

    def cleaner(self, path: str | None = None) -> Cleaner:
        """The cleaner for a document at `path`; without one, overrides do not hold.

        Raises `ConfigError` for a preset, filter, rule, option, pack or plug-in that there is not.
        """
        return build(self.matching(path))

    def check(self) -> None:
        """Raise `ConfigError` as `cleaner` does, for each override too: one that no document meets may be wrong; and
        where `rules` names others than there are."""
        for layer in self.layers:
            build([each for each in self.layers if each.paths is None or each is layer])
        pins = [layer for layer in self.layers if "rules" in layer.settings]
        if pins and pins[-1].settings["rules"] != (found := self.rules()):
            pin = pins[-1]
            raise ConfigError(f"{pin.where}: rules: {pin.settings['rules']!r} are pinned, but these are {found!r}")

    def rules(self) -> str:
        """The digest of the rules: of the built-in ones, and of the rule packs of all layers."""
        from cleanr.pinned import digest

        return digest({pack for layer in self.layers for pack in layer.settings.get("packs", ())})


def build(stack: Sequence[Layer]) -> Cleaner:
    """The cleaner that layers describe. Raises `ConfigError` as `Config.cleaner` does."""
    merged, origin = _merge(stack)
    try:
        return _construct(merged)
    except (ValueError, OSError) as error:
        tried: dict[str, Any] = {}
        for key in (key for key in ARGUMENTS if key in merged):  # the first key that fails is the one at fault
            tried[key] = merged[key]
            try:
                _construct(tried)
            except (ValueError, OSError) as cause:
                raise ConfigError(f"{origin[key]}: {key}: {shortened(cause)}") from error
        raise


def load_config(path: str | Path) -> Config:
    """Read ``cleanr.toml``, or ``[tool.cleanr]`` of a ``pyproject.toml``.

    Raises `ConfigError` for invalid TOML, unknown keys and values that cannot be; `OSError` for an unreadable file.
    """
    import tomllib

    path = Path(path)
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except ValueError as error:  # UnicodeDecodeError and TOMLDecodeError
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if path.name == "pyproject.toml":
        for key in ("tool", "cleanr"):
            table = table.get(key, {})
            if not isinstance(table, dict):
                raise ConfigError(f"{path}: {key}: {table!r} is not a table")
    config = Config(tuple(layers(str(path), path.resolve().parent, table)))
    config.check()
    return config


def find_config(start: str | Path, outside: str | Path | None = None) -> Path | None:
    """The nearest configuration from a directory upwards, leaving out those that lie in `outside` or below it."""
    start = Path(start).resolve()
    barred = None if outside is None else Path(outside).resolve()
    for directory in (start, *start.parents):
        if barred is not None and directory.is_relative_to(barred):
            continue
        for path in (directory / "cleanr.toml", directory / "pyproject.toml"):
            # The bytes are looked at before they are parsed: a broken pyproject.toml is no business of ours.
            if path.is_file() and (path.name == "cleanr.toml" or b"tool.cleanr" in path.read_bytes()):
                return path
    return None


def _merge(stack: Sequence[Layer]) -> tuple[dict[str, Any], dict[str, str]]:
    """The settings that hold under all layers, and where each was made."""
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for layer in stack:
        for key, value in layer.settings.items():
            if key == "options":
                before = merged.get("options", {})
                value = before | {name: before.get(name, {}) | options for name, options in value.items()}
            merged[key], origin[key] = value, layer.where
    return merged, origin


def _construct(settings: Mapping[str, Any]) -> Cleaner:
    preset = settings.get("preset", "standard")
    chain: list[str | ModuleType] | None = None
    packs = list(settings.get("packs", ()))
    if "filters" in settings:
        chain = [name if name in filters.CHAIN else _plugin(name, GROUPS[0]) for name in settings["filters"]]
    for name in settings.get("plugins", ()):
        groups = {entry.group for entry in _installed(name)} or {GROUPS[0]}
        if GROUPS[1] in groups:
            packs.append(str(_plugin(name, GROUPS[1])))
        if GROUPS[0] in groups and name not in settings.get("filters", ()):  # a filter that is named stands there
            chain = [*(PRESETS[preset].filters if chain is None else chain), _plugin(name, GROUPS[0])]
    if packs:  # filters load packs when they are used, which is too late to say what is wrong with one
        from cleanr import packs as rule_packs

        rule_packs.load(tuple(packs))
    return Cleaner(
        preset,
        chain,
        settings.get("select", ()),
        settings.get("ignore", ()),
        packs,
        settings.get("options", {}),
        safety=settings.get("safety"),
        max_removed=settings.get("max-removed"),
    )


def _installed(name: str | None = None) -> list[Any]:
    from importlib.metadata import entry_points

    found = [entry for group in GROUPS for entry in entry_points(group=group)]
    return [entry for entry in found if name is None or entry.name == name]


def _plugin(name: str, group: str) -> Any:
    for entry in _installed(name):
        if entry.group == group:
            try:
                return entry.load()
            except (ImportError, AttributeError) as error:
                raise ValueError(f"plug-in {name!r} does not load: {error}") from error
    others = ", ".join(sorted({entry.name for entry in _installed()})) or "none"
    raise ValueError(f"unknown filter {name!r}; known: {', '.join(filters.CHAIN)}; installed plug-ins: {others}")
