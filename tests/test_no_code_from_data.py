"""No code comes from data: a ``json.py`` beside the documents is not imported, whoever starts cleanr and however."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import write
from corpus import ROOT

SOURCE = ROOT / "src" / "cleanr"
PARAGRAPH = "The harbour board met on “Tuesday”  and kept the crane&nbsp;&ndash; nobody asked whyâ€¦\n\nShare this:\n\n"
# What would turn data into code, or run a program. Workers get their work by pickles of our own making only.
FORBIDDEN_MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "yaml",
    "subprocess",
    "runpy",
    "code",
}
# Work and results between this process and its own workers, through pipes that nobody else has.
MAY_USE = {"records/parallel.py": {"pickle"}}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
# Names of filters and formats, and of filters in a pickled cleaner. (Plug-ins go through entry points.)
MAY_IMPORT = {"filters/__init__.py", "cleaner.py", "records/__init__.py"}


def modules_of(*argv: str) -> set[str]:
    """The names of all modules, without dots, that a command loads."""
    code = f"import sys\nfrom cleanr.cli import main\ntry:\n    main({argv!r})\nfinally:\n    print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {name.partition(".")[0] for name in done.stdout.split("\n")[-2].split()}
    assert {"cleanr", "json", "typer"} <= names
    return names - {"__main__", "cleanr"}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a module of each name that a run loads; each tells when it is imported."""
    directory = tmp_path_factory.mktemp("planted")
    for number in range(2):
        write(str(directory / "src" / f"{number}.txt"), PARAGRAPH + "It rained all day. " * 29_000)
    loaded = set[str]()
    for jobs in ("1", "2"):
        out = directory / f"out{jobs}"
        loaded |= modules_of("clean", str(directory / "src"), str(out), f"--jobs={jobs}", "--record=all")
        shutil.rmtree(out)
    assert {"ftfy", "multiprocessing"} <= loaded
    for name in loaded | {"cleanr_plugin", "pyarrow", "zstandard", "resource", "readline", "evil"}:
        code = f"from pathlib import Path\nPath(__file__).with_name('imported').open('a').write('{name} ')\n"
        write(str(directory / f"{name}.py"), code)
    write(str(directory / "evil-1.dist-info" / "METADATA"), "Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    write(str(directory / "evil-1.dist-info" / "entry_points.txt"), "[cleanr.filters]\nevil = evil\n")
    return directory


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that cleans with workers that are started in another way than by a fork."""
    path = tmp_path_factory.mktemp("launcher") / "launch.py"
    return write(
        str(path),
        "import multiprocessing, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method(sys.argv[1])\n"
        "    from cleanr.cli import main\n"
        "    main(sys.argv[2:])\n",
    )


@pytest.fixture(scope="module")
def planted_for_m(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without what ``python -m`` itself imports before it comes to any package: only ``-P`` helps there."""
    directory = tmp_path_factory.mktemp("planted_for_m")
    write(str(directory / "bare" / "__main__.py"), "")
    write(str(directory / "bare" / "__init__.py"), "import sys\nprint(*sys.modules)\n")
    done = subprocess.run([sys.executable, "-m", "bare"], cwd=directory, capture_output=True, text=True, env=plain())
    pythons = {f"{name}.py" for name in done.stdout.split()}
    assert len(pythons) < 80
    shutil.copytree(planted, directory, dirs_exist_ok=True, ignore=lambda _, names: pythons & set(names))
    assert {"json.py", "typer.py", "ftfy.py", "dataclasses.py", "bisect.py"} <= set(os.listdir(directory))
    return directory


def plain() -> dict[str, str]:
    """The environment without what changes how Python starts."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def held(directory: Path, *start: str | Path) -> None:
    """A start of cleanr, with two workers, that must import nothing from the directory in which it is."""
    command = [*map(str, start), "clean", "src", "out", "--jobs=2"]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, env=plain())
    imported = directory / "imported"
    assert not imported.exists(), imported.read_text().split()
    assert done.returncode == 0, done.stderr
    assert "2 documents read: 2 changed" in done.stderr
    assert (directory / "out" / "1.txt").read_text().startswith('The harbour board met on "Tuesday" and')
    shutil.rmtree(directory / "out")


@pytest.mark.parametrize("flags", [["-m", "cleanr"], ["-Bmcleanr"], ["-W", "ignore", "-m", "cleanr"]], ids=" ".join)
def test_as_a_module_it_imports_nothing_from_the_working_directory(planted_for_m: Path, flags: list[str]) -> None:
    held(planted_for_m, sys.executable, *flags)


def test_by_its_script_it_imports_nothing_from_the_working_directory(planted: Path) -> None:
    held(planted, Path(sys.executable).parent / "cleanr")


def test_as_a_module_on_a_safe_path_it_imports_nothing_from_the_working_directory(planted: Path) -> None:
    held(planted, sys.executable, "-P", "-m", "cleanr")


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_its_workers_import_nothing_from_the_working_directory(planted: Path, launcher: Path, method: str) -> None:
    held(planted, sys.executable, launcher, method)


def test_a_plugin_beside_the_documents_is_not_there(planted_for_m: Path) -> None:
    write(str(planted_for_m / "chosen.toml"), 'plugins = ["evil"]\n')
    command = [sys.executable, "-m", "cleanr", "check", "--config", "chosen.toml", "src"]
    done = subprocess.run(command, cwd=planted_for_m, capture_output=True, text=True, env=plain())
    assert (done.returncode, "unknown filter 'evil'" in done.stderr) == (2, True), done.stderr
    assert not (planted_for_m / "imported").exists()


def test_a_library_leaves_the_path_of_its_program_alone(tmp_path: Path) -> None:
    """Only cleanr's own start may: a program may well have modules beside it."""
    write(str(tmp_path / "program.py"), "import sys, cleanr, beside\nprint(beside.__name__, cleanr.clean('a  b'))\n")
    write(str(tmp_path / "beside.py"), "")
    for how in (["-m", "program"], ["program.py"], ["-c", "import program"], ["-m", "program", "cleanr"]):
        # A command that ran in this process has set it for its workers.
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
        done = subprocess.run([sys.executable, *how], cwd=tmp_path, capture_output=True, text=True, env=plain)
        assert done.stdout == "beside a b\n", done.stderr


def test_an_installed_plugin_that_nobody_names_is_not_imported(tmp_path: Path) -> None:
    write(str(tmp_path / "site" / "lurking.py"), "raise SystemExit('imported')\n")
    metadata = tmp_path / "site" / "lurking-1.dist-info"
    write(str(metadata / "METADATA"), "Metadata-Version: 2.1\nName: lurking\nVersion: 1\n")
    write(
        str(metadata / "entry_points.txt"),
        "[cleanr.filters]\nlurking = lurking\n[cleanr.packs]\nlurking = lurking:pack\n",
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    write(str(tmp_path / "a.txt"), "“a”  b\n")
    write(str(tmp_path / "cleanr.toml"), 'ignore = ["quotes"]\n')
    write(str(tmp_path / "named.toml"), 'plugins = ["lurking"]\n')

    def cleanr(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "cleanr", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)

    for arguments in (
        ["check", "a.txt"],
        ["rules"],
        ["explain", "a.txt"],
        ["try", "a.txt"],
        ["check", "--select=spaces", "a.txt"],
    ):
        done = cleanr(*arguments)
        assert "imported" not in done.stdout + done.stderr
        assert done.returncode in (0, 1), done.stderr
    assert "imported" in cleanr("check", "--config=named.toml", "a.txt").stderr  # so the plug-in is one


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_turns_data_into_code(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            used = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            used = {str(node.module).partition(".")[0]}
        else:
            used = set()
        assert not used & FORBIDDEN_MODULES - MAY_USE.get(name, set()), f"line {node.lineno}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr == "import_module":
            assert name in MAY_IMPORT, f"line {node.lineno}"
