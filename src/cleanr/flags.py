"""The flags that commands share: ``--ignore quotes,joins`` is one layer over the configuration."""

import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, get_type_hints

from typer import Exit, Option

from cleanr.config import Config, ConfigError, find_config, load_config
from cleanr.console import say

CONFIGURING = ("config", "isolated", "pack")
CLEANING = ("preset", "select", "ignore", "safety", "max_removed", "option", "language", *CONFIGURING)
READING = (*CLEANING, "text_key", "encoding")
WALKING = (*READING, "exclude", "force_exclude", "jobs", "quiet")
LIMITS = ("max_document", "max_unpacked")

COMPARING = tuple(
    name for name in (*WALKING, "output_format") if name not in ("preset", "config", "isolated")
)  # these are what is compared


@dataclass(frozen=True)
class Flags:
    """The values of all shared flags; a command takes those of one of the groups above."""

    preset: Annotated[str | None, Option(metavar="NAME", help="repair, standard (the default) or strict.")] = None
    select: Annotated[
        list[str] | None, Option(metavar="RULES", help="Apply only these rules, by prefix, divided by commas.")
    ] = None
    ignore: Annotated[
        list[str] | None, Option(metavar="RULES", help="Do not apply these rules, by prefix, divided by commas.")
    ] = None
    safety: Annotated[str | None, Option(metavar="LEAST", help="Apply edits from certain, likely or guess.")] = None
    max_removed: Annotated[float | None, Option(metavar="SHARE", help="Share of words that may go, 0 to 1.")] = None
    option: Annotated[
        list[str] | None, Option(metavar="FILTER.NAME=VALUE", help="Set an option, as in quotes.style=keep.")
    ] = None
    language: Annotated[str | None, Option(metavar="TAG", help="The language of the texts, as in de or zh.")] = None
    config: Annotated[Path | None, Option(metavar="FILE", help="Read this configuration, not the nearest.")] = None
    isolated: Annotated[bool, Option("--isolated", help="Read no configuration.")] = False
    pack: Annotated[list[Path] | None, Option(metavar="FILE", help="A rule pack beside the built-in ones.")] = None
    text_key: Annotated[
        str | None, Option(metavar="KEY", help="Where a JSON line has its text, as in text or a.b.")
    ] = None
    encoding: Annotated[
        str | None, Option(metavar="NAME", help="The encoding of the input, if not UTF-8; or detect.")
    ] = None
    stdin_filename: Annotated[
        str, Option(metavar="NAME", show_default=False, help="The name that tells the format of -.")
    ] = "-"
    exclude: Annotated[list[str] | None, Option(metavar="PATTERN", help="Pass over these paths, as in .gitignore.")] = (
        None
    )
    force_exclude: Annotated[
        bool | None, Option("--force-exclude", help="Pass over excluded paths even if they are named.")
    ] = None
    jobs: Annotated[int | None, Option(min=1, metavar="N", help="Worker processes; one for each CPU.")] = None
    quiet: Annotated[bool, Option("--quiet", "-q", help="No progress and no summary.")] = False
    on_error: Annotated[
        Literal["drop", "keep", "stop"] | None,
        Option(help="A record that cannot be read is left out, kept as it was, or ends the run."),
    ] = None

    record: Annotated[
        Literal["none", "counts", "removals", "all"],
        Option(help="Show what was removed most, or also keep all removals, or all edits, in DST/.cleanr/."),
    ] = "counts"
    output_format: Annotated[Literal["text", "json"], Option(help="How results are shown.")] = "text"
    max_document: Annotated[
        int | None, Option(min=1, metavar="BYTES", help="Refuse longer documents; 16777216 unless set.")
    ] = None
    max_unpacked: Annotated[
        int | None,
        Option(
            min=1, metavar="BYTES", help="Refuse what unpacks to more, and to 1000 times its size; 1 GiB unless set."
        ),
    ] = None
    shard: Annotated[
        str | None, Option(metavar="I/N", help="Do only the I-th of N parts, from 1: one for each machine.")
    ] = None
    engine: Annotated[
        Literal["local", "ray"], Option(help="Where files are cleaned: by processes here, or by a Ray cluster.")
    ] = "local"
    ray_address: Annotated[
        str | None, Option(metavar="ADDRESS", help="Of a running cluster; without one, ray starts one here.")
    ] = None
    meta: Annotated[
        bool, Option("--meta", help="Add to JSON lines and Parquet, as cleanr, what was done to each document.")
    ] = False

    def configuration(self, outside: Path | None = None) -> Config:
        """The configuration that holds, the flags on top. Of discovered files, those in `outside` do not count.

        Raises `ConfigError` for settings that cannot be, `OSError` for a file that cannot be read.
        """
        found = self.config or (None if self.isolated else find_config(Path.cwd(), outside))
        if self.config is None and not self.isolated and outside is not None:
            nearest = find_config(Path.cwd())
            if nearest != found:
                say(f"{nearest}: not read: it lies in {outside}, and what lies there is data")
        return self.over(load_config(found) if found else Config())

    def over(self, config: Config) -> Config:
        """A configuration with the flags on top."""
        settings = {
            "preset": self.preset,
            "select": _split(self.select),
            "ignore": _split(self.ignore),
            "safety": self.safety,
            "max-removed": self.max_removed,
            "options": _options(self.option or []),
            "language": self.language,
            "packs": [str(path) for path in self.pack or ()],
            "text-key": self.text_key,
            "exclude": self.exclude,
            "force-exclude": self.force_exclude,
            "jobs": self.jobs,
            "max-document": self.max_document,
            "max-unpacked": self.max_unpacked,
        }
        config = config.with_settings(
            "command line", {key: value for key, value in settings.items() if value not in (None, [], {})}
        )
        config.check()
        _check_encoding(self.encoding)
        return config


def command(group: tuple[str, ...]) -> Callable[[Callable[..., int]], Callable[..., None]]:
    """Give a command the flags of a group, as its argument `flags`, and end the process with what it returns.

    What users can do wrong ends in one line and 2, an interrupt in 130, a reader that went away in 141.
    """

    def decorate(function: Callable[..., int]) -> Callable[..., None]:
        @wraps(function)
        def guarded(**given: Any) -> None:
            flags = Flags(**{name: given.pop(name) for name in group})
            try:
                code = function(**given, flags=flags)
                sys.stdout.flush()
            except BrokenPipeError:
                code = _abandoned()
            except ConfigError as error:
                say(error)
                code = 2
            except OSError as error:
                say(f"{error.filename}: {error.strerror}" if error.filename else error)
                code = 2
            except Exception as error:
                say(f"internal error: {type(error).__name__}: {error}")
                code = 2
            except KeyboardInterrupt:
                code = 130
            raise Exit(code)

        hints = get_type_hints(Flags, include_extras=True)
        own = [each for each in inspect.signature(function).parameters.values() if each.name != "flags"]
        shared = [
            inspect.Parameter(
                each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default, annotation=hints[each.name]
            )
            for each in fields(Flags)
            if each.name in group
        ]
        guarded.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
        guarded.__annotations__ = {each.name: each.annotation for each in (*own, *shared)}
        return guarded

    return decorate


def wrong(message: str) -> NoReturn:
    """End the command: one line, and 2."""
    raise ConfigError(message)


def _abandoned() -> int:
    # Python flushes stdout once more when it ends, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _split(given: list[str] | None) -> list[str]:
    return [each.strip() for part in given or () for each in part.split(",") if each.strip()]


def _options(given: list[str]) -> dict[str, dict[str, Any]]:
    import tomllib

    options: dict[str, dict[str, Any]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        owner, dot, key = name.strip().partition(".")
        if not (equals and dot and key):
            wrong(f"--option {each}: is not of the form FILTER.NAME=VALUE")
        try:
            parsed = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            parsed = value.strip()  # a bare word is a string: shells eat the quotes that TOML wants
        options.setdefault(owner, {})[key] = parsed
    return options


def _check_encoding(name: str | None) -> None:
    import codecs

    if name is not None and name != "detect":
        try:
            codecs.lookup(name)
            b"a".decode(name)  # LookupError for codecs that are not of text
        except LookupError as error:
            raise ConfigError(f"--encoding: {error}") from error
        except UnicodeDecodeError:
            pass
