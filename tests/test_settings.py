"""Settings: three places, the later one wins, and no slip goes unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import InputError
from qa.settings import Settings, cache_dir, config_path, data_dir, history_path, load_settings


def write(text: str) -> Path:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults() -> None:
    settings = load_settings()
    assert settings == Settings()
    assert settings.library_path == data_dir() / "library"


def test_directories_are_those_of_the_platform(isolated: Path) -> None:
    for place in (config_path(), data_dir(), cache_dir(), history_path()):
        assert isolated in place.parents
        assert "kutip" in str(place)


def test_the_file_is_read() -> None:
    write(
        'library = "~/lib"\nencoder = "e"\nk = 3\nmode = "lexical"\nplain = true\n'
        'theme = "nord"\n[keys]\n"chat.quit" = "ctrl+x"\n'
    )
    settings = load_settings()
    assert settings.library_path == Path("~/lib").expanduser()
    assert (settings.encoder, settings.k, settings.mode) == ("e", 3, "lexical")
    assert (settings.plain, settings.theme) == (True, "nord")
    assert settings.keys["chat.quit"] == "ctrl+x"


def test_later_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    write('library = "file"\nencoder = "file"\nk = 1')
    monkeypatch.setenv("KUTIP_ENCODER", "environment")
    monkeypatch.setenv("KUTIP_K", "2")
    monkeypatch.setenv("KUTIP_PLAIN", "1")
    monkeypatch.setenv("KUTIP_LIBRARY", "")
    settings = load_settings().changed(k=3, mode=None)
    assert (settings.library, settings.encoder, settings.k) == ("file", "environment", 3)
    assert settings.plain
    assert settings.mode is None


@pytest.mark.parametrize("how", ["flag", "environment"])
def test_another_file(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "other.toml"
    path.write_text("k = 7")
    if how == "environment":
        monkeypatch.setenv("KUTIP_CONFIG", str(path))
    assert load_settings(path if how == "flag" else None).k == 7
    path.unlink()
    with pytest.raises(InputError, match=r"other\.toml cannot be read"):
        load_settings(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("libary = 'x'", "unknown key 'libary'; did you mean library?"),
        ("zzz = 1", "unknown key 'zzz'; known: encoder, k, keys"),
        ("k = 0", "k must be a whole number from 1, not 0"),
        ("k = true", "k must be a whole number from 1"),
        ("mode = 'fast'", "mode must be one of hybrid, lexical, dense, not 'fast'"),
        ("plain = 1", "plain must be true or false"),
        ("library = ''", "library must be a text that is not empty"),
        ("keys = 1", "keys must be a table of texts"),
        ("[keys]\na = 1", "keys must be a table of texts"),
        ("k =", "is not TOML"),
    ],
)
def test_a_slip_is_an_error_that_names_its_place(text: str, message: str) -> None:
    path = write(text)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_text() -> None:
    write("").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        load_settings()


def test_a_slip_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_SOMETHING_ELSE_ENTIRELY", "1")
    assert load_settings() == Settings()
    monkeypatch.setenv("KUTIP_K", "many")
    with pytest.raises(InputError, match="KUTIP_K must be a whole number"):
        load_settings()
    monkeypatch.setenv("KUTIP_K", "1")
    monkeypatch.setenv("KUTIP_LIBARY", "x")
    with pytest.raises(InputError, match="KUTIP_LIBARY; did you mean KUTIP_LIBRARY"):
        load_settings()
