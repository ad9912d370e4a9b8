"""Settings: where they are found, how they stack, and what is said of those that cannot be."""

from pathlib import Path

import pytest

from cleanr import Config, load_config
from cleanr.config import ConfigError, find_config

DIRTY = "“a”  b\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a filter plug-in, a pack plug-in and one that does not load, installed by a dist-info."""
    site = tmp_path / "site"
    write(
        site / "shouting_plugin.py",
        '''"""Shouting: ``a!!`` becomes ``a!``."""
from cleanr.edits import Edit
RULES = {"shouting_plugin.marks": "Two exclamation marks."}
SCOPE = "line"
def find(text):
    at = text.raw.find("!!")
    while at >= 0:
        yield Edit(at, at + 2, "!", "shouting_plugin.marks")
        at = text.raw.find("!!", at + 2)
''',
    )
    write(
        site / "shouting_plugin-1.dist-info" / "entry_points.txt",
        "[cleanr.filters]\nshouting = shouting_plugin\nbroken = no_such_module\n",
    )
    write(
        site / "shouting_plugin-1.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: shouting-plugin\nVersion: 1\n"
    )
    monkeypatch.syspath_prepend(site)
    return site


@pytest.mark.parametrize(
    ("toml", "clean"),
    [
        pytest.param("", '"a" b\n', id="defaults"),
        pytest.param('filters = ["spaces"]', "“a” b\n", id="filters"),
        pytest.param('ignore = ["quotes"]', "“a” b\n", id="ignore"),
        pytest.param('select = ["quotes"]', '"a"  b\n', id="select"),
        pytest.param('preset = "repair"', "“a” b\n", id="preset"),
        pytest.param('[options.quotes]\nstyle = "keep"', "“a” b\n", id="options"),
        pytest.param('[[overrides]]\npaths = ["*.txt"]\nignore = ["quotes"]', "“a” b\n", id="override"),
        pytest.param('[[overrides]]\npaths = ["*.md"]\nignore = ["quotes"]', '"a" b\n', id="override of others"),
        pytest.param('[[overrides]]\npaths = ["sub/"]\nignore = ["spaces"]', '"a"  b\n', id="override of a directory"),
        pytest.param(
            '[[overrides]]\npaths = ["/a.txt"]\nignore = ["spaces"]', '"a" b\n', id="override of another place"
        ),
        pytest.param(
            'ignore = ["quotes"]\n[[overrides]]\npaths = ["*"]\nignore = ["spaces"]', '"a"  b\n', id="override replaces"
        ),
    ],
)
def test_settings_make_the_cleaner(tmp_path: Path, toml: str, clean: str) -> None:
    config = load_config(write(tmp_path / "cleanr.toml", toml))
    assert config.cleaner(str(tmp_path / "sub" / "a.txt")).clean(DIRTY) == clean


def test_options_merge_option_by_option() -> None:
    config = Config().with_settings("one", {"options": {"quotes": {"style": "keep"}}})
    config = config.with_settings("two", {"options": {"quotes": {}, "spaces": {}}})
    assert config.cleaner().clean(DIRTY) == "“a” b\n"


def test_pyproject_has_the_same_settings_in_a_table(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", '[project]\nname = "x"\n[tool.cleanr]\nignore = ["quotes"]\n')
    assert find_config(tmp_path) == path
    assert load_config(path).cleaner().clean(DIRTY) == "“a” b\n"


def test_packs_count_from_the_file(tmp_path: Path) -> None:
    config = Config().with_settings("here", {"packs": ["a.toml"]})
    assert config.get("packs") == [str(Path.cwd() / "a.toml")]
    with pytest.raises(ConfigError, match=f"cleanr.toml: packs: .*{tmp_path / 'no.toml'}"):
        load_config(write(tmp_path / "cleanr.toml", 'packs = ["no.toml"]'))


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        pytest.param("ignroe = []", ["ignroe: unknown key; known: preset, filters, select"], id="key"),
        pytest.param('ignore = "quotes"', ["ignore: 'quotes' is not a list of strings"], id="type"),
        pytest.param("preset = 3", ["preset: 3 is not a string"], id="type of a string"),
        pytest.param("max-removed = 2", ["max-removed: 2 is not a number from 0 to 1"], id="range"),
        pytest.param("max-removed = true", ["max-removed: True is not a number"], id="bool is no number"),
        pytest.param("jobs = 0", ["jobs: 0 is not a whole number from 1"], id="jobs"),
        pytest.param("options = {quotes = 1}", ["options:", "is not a table of tables"], id="options"),
        pytest.param('preset = "fast"', ["preset: unknown preset 'fast'; known: repair, standard"], id="preset"),
        pytest.param('safety = "sure"', ["safety: unknown safety 'sure'; known: guess, likely"], id="safety"),
        pytest.param("force-exclude = 1", ["force-exclude: 1 is not true or false"], id="flag"),
        pytest.param('filters = ["quote"]', ["filters: unknown filter 'quote'", "quotes", "plug-ins: "], id="filter"),
        pytest.param('ignore = ["quote"]', ["unknown rule 'quote'; did you mean quotes? `cleanr rules`"], id="rule"),
        pytest.param('ignore = ["spaces.run"]', ["did you mean spaces.runs"], id="rule of a filter"),
        pytest.param('ignore = ["zzz"]', ["ignore: unknown rule 'zzz'; `cleanr rules` lists all"], id="like none"),
        pytest.param("[options.quotes]\nstil = 1", ["options: unknown option 'stil'", "style"], id="option"),
        pytest.param(
            "[options.quote]\nstyle = 1", ["options: unknown filter 'quote'", "quotes"], id="owner of an option"
        ),
        pytest.param('plugins = ["shout"]', ["plugins: unknown filter 'shout'", "plug-ins: "], id="plug-in"),
        pytest.param("[[overrides]]\nignore = []", ["overrides[1]: paths is missing"], id="override without paths"),
        pytest.param('[[overrides]]\npaths = ["*"]\njobs = 1', ["overrides[1]: jobs: unknown key"], id="override key"),
        pytest.param(
            '[[overrides]]\npaths = ["no"]\nignore = ["x"]', ["overrides[1]: ignore: unknown rule"], id="deep"
        ),
        pytest.param("ignore = [", ["not valid TOML"], id="no TOML"),
        pytest.param("ignore = ['é']".encode("latin-1"), ["not valid TOML"], id="no UTF-8"),
    ],
)
def test_errors_name_file_key_and_what_is_known(tmp_path: Path, toml: str | bytes, says: list[str]) -> None:
    path = tmp_path / "cleanr.toml"
    path.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert len(message) < len(str(path)) + 220
    for part in says:
        assert part in message


def test_a_table_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cleanr: 3 is not a table"):
        load_config(write(tmp_path / "pyproject.toml", "tool.cleanr = 3\n"))


def test_the_nearest_configuration_is_found(tmp_path: Path) -> None:
    far = write(tmp_path / "cleanr.toml", "")
    write(tmp_path / "a" / "pyproject.toml", "[project]\nname = 'x'\n")
    (tmp_path / "a" / "b").mkdir()
    assert find_config(tmp_path / "a" / "b") == far
    near = write(tmp_path / "a" / "pyproject.toml", "[tool.cleanr]\n")
    assert find_config(tmp_path / "a" / "b") == near
    assert find_config(tmp_path / "a" / "b", outside=tmp_path / "a") == far
    assert find_config(tmp_path / "a", outside=tmp_path) is None


class TestPlugins:
    def test_an_installed_plugin_alone_changes_nothing(self, installed: Path) -> None:
        assert Config().cleaner().clean("a!!") == "a!!"

    def test_a_named_plugin_ends_the_chain(self, installed: Path) -> None:
        cleaner = Config().with_settings("here", {"plugins": ["shouting"]}).cleaner()
        assert cleaner.clean("a!!  b") == "a! b"
        assert cleaner.chain[-1].name == "shouting_plugin"

    def test_a_plugin_stands_where_filters_name_it(self, installed: Path) -> None:
        cleaner = Config().with_settings("here", {"filters": ["shouting", "spaces"], "plugins": ["shouting"]}).cleaner()
        assert [found.name for found in cleaner.chain] == ["shouting_plugin", "spaces"]

    def test_a_plugin_that_does_not_load_is_named(self, installed: Path) -> None:
        with pytest.raises(ConfigError, match="here: plugins: plug-in 'broken' does not load: No module named"):
            Config().with_settings("here", {"plugins": ["broken"]}).cleaner()

    def test_an_unknown_plugin_is_told_the_installed_ones(self, installed: Path) -> None:
        with pytest.raises(ConfigError, match="installed plug-ins: broken, shouting"):
            Config().with_settings("here", {"plugins": ["shout"]}).cleaner()

    def test_a_pack_plugin_gives_a_path(self, installed: Path) -> None:
        write(installed / "packs_plugin.py", f"pack = {str(installed / 'none.toml')!r}\n")
        write(installed / "packs_plugin-1.dist-info" / "entry_points.txt", "[cleanr.packs]\nours = packs_plugin:pack\n")
        write(
            installed / "packs_plugin-1.dist-info" / "METADATA",
            "Metadata-Version: 2.1\nName: packs-plugin\nVersion: 1\n",
        )
        with pytest.raises(ConfigError, match=r"here: plugins: .*none\.toml"):
            Config().with_settings("here", {"plugins": ["ours"]}).cleaner()
