"""``qa index``: what goes in, what comes out, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index import journal
from index.snapshot import open_snapshot
from qa.cli.libraries import to_fill
from qa.cli.root import qa

RAIN = "Hujan deras turun di Bandung pada Senin pagi dan membuat jalan utama tergenang.\n"
SNOW = "Salju tebal turun di Sapporo pada Minggu malam sehingga kereta berhenti beroperasi.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "rain.txt").write_text(RAIN)
    (folder / "snow.txt").write_text(SNOW)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def run(library: Path) -> Any:
    def run(*args: str) -> Result:
        return CliRunner().invoke(
            qa, ["--library", str(library), "--encoder", "none", "index", *args]
        )

    return run


def changes(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(result.stdout)
    report.pop("seconds")
    return report


def test_add_reports_what_it_did(run: Any, articles: Path) -> None:
    first = run("add", str(articles))
    assert first.exit_code == 0
    assert first.stdout.startswith("2 added (")
    assert not first.stderr

    (articles / "rain.txt").write_text(RAIN + "\nWarga mengungsi ke sekolah terdekat.\n")
    (articles / "bad.txt").write_bytes(b"\x00\x01" * 200)
    (articles / "empty.txt").write_text("")
    second = changes(run("add", str(articles), "--json"))
    assert second["updated"] == ["rain.txt"]
    assert second["unchanged"] == ["snow.txt"]
    assert {Path(one["path"]).name for one in second["skipped"]} == {"bad.txt", "empty.txt"}
    assert all(one["reason"] for one in second["skipped"])

    third = run("add", str(articles), "-v")
    assert "unchanged\tsnow.txt\n" in third.stdout
    assert f"skipped\t{articles / 'bad.txt'}\t" in third.stdout
    assert third.stdout.splitlines()[-1].startswith("2 unchanged, 2 skipped (")


def test_add_of_nothing_readable_ends_with_2(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01" * 200)
    result = run("add", str(tmp_path / "bad.txt"))
    assert result.exit_code == 2
    assert "bad.txt" in result.stdout


@pytest.mark.parametrize("place", ["library", "empty", "far/away/library"])
def test_add_of_nothing_readable_leaves_nothing_behind(tmp_path: Path, place: str) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01" * 200)
    (tmp_path / "good.txt").write_text(RAIN)
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    named = ["--library", str(tmp_path / place)]
    for file, encoder in (("bad.txt", "none"), ("good.txt", str(tmp_path / "no-model"))):
        flags = [*named, "--encoder", encoder]
        result = CliRunner().invoke(qa, [*flags, "index", "add", str(tmp_path / file)])
        assert result.exit_code in (2, 4)
        assert sorted(tmp_path.rglob("*")) == before
        result = CliRunner().invoke(qa, [*flags, "ask", "hujan?", str(tmp_path / file)])
        assert result.exit_code in (2, 4)
        assert sorted(tmp_path.rglob("*")) == before


def test_what_was_encoded_before_it_was_cut_short_is_kept(library: Path) -> None:
    def cut_short(resume: bool) -> None:
        with to_fill(library, "none", resume=resume):
            (library / journal.NAME).write_bytes(b"hours of work")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_short(resume=False)
    assert not library.exists()
    with pytest.raises(KeyboardInterrupt):
        cut_short(resume=True)
    assert (library / journal.NAME).read_bytes() == b"hours of work"
    assert not open_snapshot(library).articles


def test_add_of_nothing_readable_keeps_what_was_there(
    run: Any, articles: Path, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01" * 200)
    library.mkdir()
    (library / "mine.txt").write_text("no library")
    assert run("add", str(articles)).exit_code == 2  # nor is a folder that holds something else
    assert (library / "mine.txt").read_text() == "no library"
    (library / "mine.txt").unlink()
    assert run("add", str(articles)).exit_code == 0
    assert run("add", str(tmp_path / "bad.txt")).exit_code == 2
    assert len(json.loads(run("list", "--json").stdout)["articles"]) == 2
    assert run("remove", "rain.txt", "snow.txt").exit_code == 0
    assert run("add", str(tmp_path / "bad.txt")).exit_code == 2
    assert run("info").exit_code == 0  # it is empty, but it was there


def test_add_of_a_missing_path_changes_nothing(run: Any, articles: Path, library: Path) -> None:
    result = run("add", str(articles), str(articles / "nope"))
    assert result.exit_code == 2
    assert "nope" in result.stderr
    assert not library.exists()


def test_sync_follows_the_files(run: Any, articles: Path) -> None:
    run("add", str(articles))
    (articles / "rain.txt").unlink()
    (articles / "fog.txt").write_text("Kabut menutup bandara Semarang sepanjang pagi hari Kamis.\n")
    report = changes(run("sync", "--json"))
    assert (report["added"], report["removed"]) == (["fog.txt"], ["rain.txt"])
    assert "unchanged" in run("sync", str(articles), "-v").stdout


def test_remove_takes_articles_out_for_good(run: Any, articles: Path) -> None:
    run("add", str(articles))
    result = run("remove", "rain.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("removed\train.txt\n")
    run("sync")
    assert [row["id"] for row in json.loads(run("list", "--json").stdout)["articles"]] == [
        "snow.txt"
    ]
    unknown = run("remove", "snow.txt", "nope.txt", "--json")
    assert unknown.exit_code == 2
    assert "nope.txt" in unknown.stderr
    assert len(json.loads(run("list", "--json").stdout)["articles"]) == 1


def test_list_is_a_table(run: Any, tmp_path: Path) -> None:
    row = {
        "id": "r1",
        "text": RAIN,
        "title": "Hujan\tderas\x1b[31m",
        "published": "2024-01-02",
        "source": "Antara",
        "lang": "id",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    run("add", str(tmp_path / "rows.jsonl"))
    result = run("list")
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    cells = line.split("\t")
    assert cells[:5] == ["r1", "id", "2024-01-02", "1", "Antara"]
    assert len(cells) == 6
    assert "\x1b" not in line
    [known] = json.loads(run("list", "--json").stdout)["articles"]
    assert (known["id"], known["passages"]) == ("r1", 1)
    assert "text" not in known


def test_info_tells_the_library_in_figures(run: Any, articles: Path, library: Path) -> None:
    run("add", str(articles))
    report = json.loads(run("info", "--json").stdout)
    assert (report["articles"], report["passages"], report["encoder"]) == (2, 2, None)
    assert sum(report["langs"].values()) == 2
    assert report["path"] == str(library)
    assert report["bytes"] > 0
    text = run("info").stdout
    assert "articles:" in text
    assert str(library) in text


def test_check_is_quiet_when_all_is_well(run: Any, articles: Path) -> None:
    run("add", str(articles))
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "qa: all is well\n")
    assert json.loads(run("check", "--json").stdout)["problems"] == []


def test_check_names_damage_and_its_mending(run: Any, articles: Path, library: Path) -> None:
    run("add", str(articles))
    [damaged] = library.rglob("articles.jsonl")
    content = damaged.read_bytes()
    damaged.write_bytes(content.replace(b"Bandung", b"Bandong"))
    result = run("check")
    assert result.exit_code == 3
    assert "'rain.txt' is not as it was written; " in result.stdout
    [problem] = json.loads(run("check", "--json").stdout)["problems"]
    assert str(articles / "rain.txt") in problem["mend"]


def test_repair_makes_derived_files_anew(run: Any, articles: Path, library: Path) -> None:
    run("add", str(articles))
    [lexical] = library.rglob("lexical-rows.npy")
    lexical.unlink()
    broken = run("list")
    assert broken.exit_code == 3
    assert "qa index check --repair" in broken.stderr
    result = run("check", "--repair")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "lexical-rows.npy is missing" in result.stderr
    assert result.stderr.endswith("qa: all is well\n")
    assert run("check").exit_code == 0


def test_repair_takes_out_a_damaged_article(run: Any, articles: Path, library: Path) -> None:
    run("add", str(articles))
    [damaged] = library.rglob("articles.jsonl")
    damaged.write_bytes(damaged.read_bytes().replace(b"Bandung", b"Bandong"))
    result = run("check", "--repair", "--json")
    assert result.exit_code == 3
    [left] = json.loads(result.stdout)["problems"]
    assert left["mend"] == f"run 'qa index sync' to read {articles / 'rain.txt'} again"
    assert changes(run("sync", "--json"))["added"] == ["rain.txt"]
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    "command", [["list"], ["info"], ["check"], ["sync"], ["remove", "rain.txt"]]
)
def test_a_missing_library_ends_with_3(run: Any, command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 3
    assert result.stderr.startswith("qa: ")
    assert result.stderr.count("\n") == 1
    assert not result.stdout


@pytest.mark.parametrize("command", [["list"], ["info"], ["check"], ["sync"]])
def test_a_half_written_library_ends_with_3(
    run: Any, articles: Path, library: Path, command: list[str]
) -> None:
    run("add", str(articles))
    [cut] = library.rglob("manifest.json")
    cut.write_bytes(cut.read_bytes()[:20])
    result = run(*command)
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1


def test_another_encoder_than_the_librarys_ends_with_3(
    run: Any, articles: Path, library: Path
) -> None:
    run("add", str(articles))
    line = ["ask", "hujan?", "--library", str(library), "--encoder", "some/other-model"]
    result = CliRunner().invoke(qa, line)
    assert result.exit_code == 3
    assert "some/other-model" in result.stderr


def test_explain_clean_shows_what_was_taken(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "Hujan Deras di Bandung\n\nJakarta (ANTARA) - " + RAIN + "\nBaca juga: Salju di Sapporo\n"
        "\nWarga mengungsi ke sekolah terdekat pada malam hari.\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(qa, ["index", "explain-clean", str(file)])
    assert result.exit_code == 0
    assert "title:      Hujan Deras di Bandung" in result.stdout
    [line] = [line for line in result.stdout.splitlines() if "Baca juga" in line]
    number, rule, text = line.split("\t")
    assert (number, text) == ("5", "Baca juga: Salju di Sapporo")
    assert rule

    report = json.loads(
        CliRunner().invoke(qa, ["index", "explain-clean", str(file), "--json"]).stdout
    )
    [found] = report["texts"]
    assert "Warga mengungsi" in found["text"]
    assert "Baca juga" not in found["text"]
    assert {"line": 5, "rule": rule, "text": text} in found["removed"]


def test_explain_clean_of_rows(tmp_path: Path) -> None:
    rows = [{"id": "one", "text": RAIN + "\nBaca juga: Salju"}, {"text": SNOW}, {"nope": 1}]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    result = CliRunner().invoke(qa, ["index", "explain-clean", str(file), "--json"])
    found = json.loads(result.stdout)["texts"]
    assert [text["name"] for text in found] == ["one", "rows.jsonl#2"]
    assert [line["text"] for line in found[0]["removed"]] == ["Baca juga: Salju"]
    assert "line 3" in result.stderr


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02" * 99])
def test_explain_clean_of_what_is_no_text(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "file.txt"
    if content is not None:
        file.write_bytes(content)
    result = CliRunner().invoke(qa, ["index", "explain-clean", str(file)])
    assert result.exit_code == 2
    assert "file.txt" in result.stderr
    assert result.stderr.count("\n") == 1
