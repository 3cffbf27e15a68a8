"""The settings, environment first, each of them documented."""

import re
from pathlib import Path

import pytest

from core.settings import read

ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_environment_gives_one_small_machine():
    settings = read({})

    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{ROOT / 'instance' / 'lang-nghe.sqlite3'}"
    assert not settings.is_secure


def test_the_instance_moves_with_its_database(tmp_path):
    settings = read({"INSTANCE_PATH": str(tmp_path), "PUBLIC_URL": "https://lang-nghe.example/"})

    assert settings.database_url == f"sqlite:///{tmp_path / 'lang-nghe.sqlite3'}"
    assert (settings.public_url, settings.public_host, settings.is_secure) == (
        "https://lang-nghe.example",
        "lang-nghe.example",
        True,
    )


@pytest.mark.parametrize("address", ["lang-nghe.example", "ftp://x", "https://"])
def test_an_address_that_no_poster_could_carry_is_refused(address):
    with pytest.raises(ValueError, match="PUBLIC_URL"):
        read({"PUBLIC_URL": address})


def test_every_setting_is_documented():
    named = set(re.findall(r'environ\.get\("([A-Z_]+)"\)', (ROOT / "core/settings.py").read_text()))
    documented = (ROOT / "docs/operating.md").read_text()

    assert len(named) >= 5
    assert [name for name in sorted(named) if f"`{name}`" not in documented] == []


def test_the_second_person_is_left_out_only_where_it_is_said_in_so_many_words():
    assert read({}).second_approver is True
    assert read({"SECOND_APPROVER": "OFF"}).second_approver is False
    with pytest.raises(ValueError, match="SECOND_APPROVER"):
        read({"SECOND_APPROVER": "of"})
