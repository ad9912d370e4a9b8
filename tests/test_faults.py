"""Faults, injected for real: after each, every file is old or new and whole, and a rerun ends as if nothing had been.

How many points: 20 for kill -9, or as many as ``CLEANR_KILLS`` says (200 every night).
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import command, corpus, digests, done, is_draft, is_root, torn

KILLS = int(os.environ.get("CLEANR_KILLS", "20"))
FLAGS = ("--preset", "repair", "--record", "all", "--jobs", "2", "--quiet")
FIX = ("--preset", "repair", "--quiet")
STRACE = shutil.which("strace")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("corpus") / "in")


@pytest.fixture(scope="module")
def whole(source: Path) -> dict[str, str]:
    """What an undisturbed run gives."""
    out = source.parent / "whole"
    assert done("clean", source, out, *FLAGS).returncode == 0
    return digests(out)


@pytest.fixture(scope="module")
def fixed(source: Path) -> dict[str, str]:
    """What an undisturbed `fix` gives."""
    out = source.parent / "fixed"
    shutil.copytree(source, out)
    assert done("fix", out, *FIX).returncode == 0
    return digests(out)


def test_killed_at_any_point(source: Path, whole: dict[str, str], tmp_path: Path) -> None:
    chance = random.Random(6)
    started = time.monotonic()
    assert done("clean", source, tmp_path / "timed", *FLAGS).returncode == 0
    took = time.monotonic() - started
    for n in range(KILLS):
        out = tmp_path / str(n)
        process = subprocess.Popen(command("clean", source, out, *FLAGS), start_new_session=True)
        time.sleep(chance.uniform(0.1, 1.0) * took)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not torn(digests(out), whole)
        assert done("clean", source, out, *FLAGS).returncode == 0
        assert digests(out) == whole
        shutil.rmtree(out, ignore_errors=True)


def test_fix_killed_at_any_point(source: Path, fixed: dict[str, str], tmp_path: Path) -> None:
    chance, before = random.Random(7), digests(source)
    for n in range(max(KILLS // 4, 1)):
        out = tmp_path / str(n)
        shutil.copytree(source, out)
        process = subprocess.Popen(command("fix", out, *FIX), start_new_session=True)
        time.sleep(chance.uniform(0.3, 1.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not torn(digests(out), before, fixed)
        assert done("fix", out, *FIX).returncode == 0
        assert digests(out) == fixed


def test_a_killed_worker_is_no_loss(source: Path, whole: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(source, tmp_path / "in")
    data = (source / "a.jsonl").read_bytes()
    (tmp_path / "in/large.jsonl").write_bytes(data * (5 * (1 << 20) // len(data)))
    process = subprocess.Popen(command("clean", tmp_path / "in", tmp_path / "out", *FLAGS), start_new_session=True)
    killed, until = 0, time.monotonic() + 60
    while killed < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.5)
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
        for worker in listed.stdout.split()[:1]:
            os.kill(int(worker), signal.SIGKILL)
            killed += 1
    assert process.wait(timeout=120) == 0
    assert killed
    found = digests(tmp_path / "out")
    assert {name: digest for name, digest in found.items() if "large" not in name} == whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_what_can_be_resumed(
    source: Path, whole: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(command("clean", source, tmp_path / "out", *FLAGS), start_new_session=True)
    time.sleep(0.8)
    process.send_signal(number)
    sent = time.monotonic()
    code = process.wait(timeout=60)
    assert time.monotonic() - sent < 5
    assert code in (0, 128 + number, -number)  # the last: it came before the interpreter was up
    found = digests(tmp_path / "out")
    assert not torn(found, whole)
    assert not any(map(is_draft, found))
    assert done("clean", source, tmp_path / "out", *FLAGS).returncode == 0
    assert digests(tmp_path / "out") == whole


INJECTED = [
    (call, error, when)
    for call, errors, times in (
        ("write", ("ENOSPC", "EIO"), (1, 8)),
        ("fsync", ("EIO",), (1, 7)),
        ("rename", ("ENOSPC", "EIO"), (1, 9)),
        ("openat", ("EMFILE",), (1, 4)),
        ("mkdir", ("ENOSPC",), (1,)),
        ("flock", ("ENOLCK",), (1,)),
    )
    for error in errors
    for when in times
]


@pytest.mark.skipif(not STRACE, reason="needs strace")
@pytest.mark.parametrize(("call", "error", "when"), INJECTED)
def test_a_system_call_that_fails(
    source: Path, whole: dict[str, str], tmp_path: Path, call: str, error: str, when: int
) -> None:
    """The K-th call about a file of the output fails, and those behind it up to the next ten."""
    out = tmp_path / "out"
    out.mkdir()
    paths = [flag for path in (out, *(out / part for part in ("sub", ".cleanr"))) for flag in ("-P", str(path))]
    names = {"rename": "rename,renameat,renameat2", "mkdir": "mkdir,mkdirat"}.get(call, call)
    inject = f"inject={names}:error={error}:when={when}..{when + 2}"
    only = paths if call in ("mkdir", "openat") else []  # those of the interpreter itself are not ours
    traced = [STRACE or "", "-f", "-qq", "-o", "/dev/null", *only, "-e", f"trace={names}", "-e", inject]
    flags = ("--preset", "repair", "--record", "all", "--jobs", "1", "--quiet")
    ended = subprocess.run(
        [*traced, *command("clean", source, out, *flags)], capture_output=True, text=True, timeout=120
    )
    assert not torn(digests(out), whole)
    assert ended.returncode == (0 if call == "flock" else 2)
    assert "Traceback" not in ended.stderr
    assert done("clean", source, out, *FLAGS).returncode == 0
    assert digests(out) == whole


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("size", [0, 100, 2_000])
def test_a_file_that_may_not_grow(source: Path, whole: dict[str, str], tmp_path: Path, size: int) -> None:
    out = tmp_path / "out"
    ended = subprocess.run(
        command("clean", source, out, *FLAGS), capture_output=True, text=True, preexec_fn=limited(size), timeout=120
    )
    assert ended.returncode == 2
    assert "File too large" in ended.stderr
    found = digests(out)
    assert not torn(found, whole)
    assert not any(map(is_draft, found))
    assert done("clean", source, out, *FLAGS).returncode == 0
    assert digests(out) == whole


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, in memory, of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted(place, "size=1m"):
        pytest.skip("only root may mount a file system")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def mounted(place: Path, options: str) -> bool:
    """Whether a file system is there, with these options, which one that is there already takes over."""
    try:
        return not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True
        ).returncode
    except OSError:
        return False


def filled(disk: Path, pages: int) -> Path:
    """A file that leaves this much room."""
    there = os.statvfs(disk)
    filling = disk / "filling"
    filling.write_bytes(b"a" * (there.f_bavail - pages) * there.f_bsize)
    return filling


@pytest.mark.parametrize("pages", [3, 6, 12])
def test_a_full_file_system(source: Path, whole: dict[str, str], disk: Path, pages: int) -> None:
    """What is free is not enough for the output; a rerun, when there is room again, ends as if nothing had been."""
    out, filling = disk / "out", filled(disk, pages)
    ended = done("clean", source, out, *FLAGS)
    assert (ended.returncode, "No space left on device" in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr
    assert not torn(digests(out), whole)
    filling.unlink()
    assert done("clean", source, out, *FLAGS).returncode == 0
    assert digests(out) == whole


@pytest.mark.parametrize("pages", [0, 1])
def test_fix_on_a_full_file_system(source: Path, fixed: dict[str, str], disk: Path, pages: int) -> None:
    """Each file is the old one or the new one, and whole."""
    tree = disk / "tree"
    shutil.copytree(source, tree)
    before, filling = digests(tree), filled(disk, pages)
    ended = done("fix", tree, *FIX)
    assert (ended.returncode, "No space left on device" in ended.stderr) == (2, True)
    found = digests(tree)
    assert found.keys() == before.keys()
    assert all(found[name] in (before[name], fixed[name]) for name in found)
    filling.unlink()
    assert done("fix", tree, *FIX).returncode == 0
    assert digests(tree) == fixed


def test_a_file_system_that_is_read_only(source: Path, disk: Path) -> None:
    assert mounted(disk, "remount,ro")
    ended = done("clean", source, disk / "out", *FLAGS)
    assert (ended.returncode, "Read-only file system" in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr
    assert not list(disk.iterdir())


@pytest.mark.skipif(is_root(), reason="root may write anywhere")
def test_a_directory_that_is_read_only(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    ended = done("clean", source, out, *FLAGS)
    assert (ended.returncode, "Permission denied" in ended.stderr) == (2, True)
    assert not list(out.iterdir())


def test_a_destination_that_is_no_place(source: Path) -> None:
    ended = done("clean", source, "/proc/self/fdinfo/out", "-q")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_a_flipped_bit_is_found(source: Path, whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert done("clean", source, out, *FLAGS).returncode == 0
    chance = random.Random(8)
    names = [name for name in whole if (out / name).stat().st_size]
    for name in chance.sample(names, 6):
        data = bytearray((out / name).read_bytes())
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        (out / name).write_bytes(data)
        assert done("verify", out, "-q").returncode == 2, f"{name}: byte {at}"
        assert done("clean", source, out, *FLAGS).returncode == 0
        assert digests(out) == whole
