"""Libraries of files that were only asked: reused while fresh, and removed when nobody asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index import Retriever
from index.store import discard, lock
from qa.cli import cached
from qa.cli.root import qa
from qa.testing import FakeEncoder, make_library

TEXT = "Gencatan senjata itu ditengahi oleh Rusia.\n"
QUESTION = "siapa yang menengahi gencatan senjata?"


@pytest.fixture(autouse=True)
def own_temporary_folder(isolated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second place of these libraries is beside the first, and not that of the machine."""
    monkeypatch.setattr(cached, "_shared", lambda: isolated / "shared")


def ask(file: Path) -> Result:
    return CliRunner().invoke(qa, ["ask", QUESTION, str(file), "--encoder", "none"])


def prune(*flags: str) -> dict[str, Any]:
    result = CliRunner().invoke(qa, ["index", "prune", "--json", *flags])
    assert result.exit_code == 0
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture
def asked(tmp_path: Path) -> list[Path]:
    """Two libraries in the cache, the older first."""
    places = []
    for name, days in (("a", 20), ("b", 10)):
        file = tmp_path / f"{name}.txt"
        file.write_text(TEXT)
        assert ask(file).exit_code in {0, 1}
        [place] = {library.path for library in cached.kept()} - {*places}
        age(place, days)
        places.append(place)
    return places


def age(library: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(library, (then, then))


def test_what_is_asked_often_stays(asked: list[Path], tmp_path: Path) -> None:
    age(asked[0], 40)
    ask(tmp_path / "a.txt")  # fresh: nothing is written, and it counts as asked
    assert prune() == {"schema": 1, "removed": [], "kept": 2, "bytes": total(asked)}


def total(libraries: list[Path]) -> int:
    files = [file for library in libraries for file in library.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def test_what_nobody_asks_goes(asked: list[Path]) -> None:
    age(asked[0], 31)
    size = total(asked[:1])
    [gone] = prune()["removed"]
    assert (gone["path"], gone["bytes"]) == (str(asked[0]), size)
    assert [library.path for library in cached.kept()] == asked[1:]
    assert len(list(asked[0].parent.iterdir())) == 2  # its stamp went along


def test_the_oldest_go_when_there_is_too_much(
    asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached, "BYTES", total(asked[1:]))
    assert [row["path"] for row in prune()["removed"]] == [str(asked[0])]
    monkeypatch.setattr(cached, "BYTES", 0)
    age(asked[1], 0)
    assert prune()["removed"] == []  # somebody may be about to open it
    assert [row["path"] for row in prune("--all")["removed"]] == [str(asked[1])]
    assert prune("--all")["kept"] == 0


def test_writing_one_prunes_the_others(asked: list[Path], tmp_path: Path) -> None:
    age(asked[0], 31)
    (tmp_path / "c.txt").write_text(TEXT)
    ask(tmp_path / "c.txt")
    assert asked[0] not in {library.path for library in cached.kept()}
    assert ask(tmp_path / "a.txt").exit_code in {0, 1}  # made again


def test_it_is_told_in_lines(asked: list[Path]) -> None:
    age(asked[0], 31)
    result = CliRunner().invoke(qa, ["index", "prune"])
    assert result.stdout.split("\t")[0] == str(asked[0])
    assert result.stderr == "qa: 1 removed, 1 kept\n"


def test_nothing_to_prune(isolated: Path) -> None:
    assert prune("--all") == {"schema": 1, "removed": [], "kept": 0, "bytes": 0}
    assert not list(isolated.rglob("*"))


def test_an_open_reader_is_not_disturbed(tmp_path: Path) -> None:
    path = make_library(tmp_path, {"a.txt": TEXT})
    reader = Retriever.open(path, encoder=FakeEncoder())
    assert discard(path)
    assert not path.exists()
    [hit] = reader.search(QUESTION)
    assert hit.passage.text == TEXT.strip()
    assert hit.cosine


def test_a_writer_is_not_disturbed(asked: list[Path]) -> None:
    script = (
        "import sys, pathlib\nfrom index.store import lock\n"
        f"with lock(pathlib.Path({str(asked[0])!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert [row["path"] for row in prune("--all")["removed"]] == [str(asked[1])]
        holder.communicate()
    assert Retriever.open(asked[0]).info.articles == 1
    with lock(asked[0]):
        pass


def test_a_directory_of_somebody_else_is_left_alone(
    asked: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    (shared / "library").mkdir(parents=True)
    age(shared / "library", 99)
    monkeypatch.setattr(cached, "_shared", lambda: shared)
    shared.chmod(0o777)
    assert prune()["removed"] == []
    shared.chmod(0o700)
    assert [row["path"] for row in prune()["removed"]] == [str(shared / "library")]
