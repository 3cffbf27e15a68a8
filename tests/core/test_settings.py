"""Settings: the environment first, and each documented."""

import re
import stat
from pathlib import Path

import pytest

from core.last_port import remember_port
from core.settings import SETTINGS, BadSetting, access_fault, read, write
from tests.support.processes import GUNICORN, run_flask, run_module

ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_environment_gives_one_small_machine(monkeypatch):
    monkeypatch.setattr("core.settings.last_port", lambda _instance: None)  # a server may have started on this folder

    settings = read({})

    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{ROOT / 'instance' / 'lang-nghe.sqlite3'}"
    assert not settings.is_secure


def test_commands_without_a_port_use_that_of_the_last_start(tmp_path):
    here = {"INSTANCE_PATH": str(tmp_path)}
    remember_port(tmp_path, 8123)

    kept, given = read(here), read(here | {"PORT": "8001"})
    public = read(here | {"PUBLIC_URL": "https://lang-nghe.example"})

    assert (kept.public_url, kept.port) == ("http://127.0.0.1:8123", 8000)
    assert given.public_url == "http://127.0.0.1:8001"
    assert public.public_url == "https://lang-nghe.example"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"x", b"-1"])
def test_an_unreadable_port_of_the_last_start_is_passed_over(tmp_path, text):
    (tmp_path / "last-port").write_bytes(text)

    assert read({"INSTANCE_PATH": str(tmp_path)}).public_url == "http://127.0.0.1:8000"


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
    table = (ROOT / "docs/operating.md").read_text().split("## Settings")[1].split("\n## ")[0]

    documented = re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)

    assert sorted(documented) == sorted(setting.name for setting in SETTINGS)


def test_every_name_that_is_read_is_a_setting_with_a_meaning():
    source = (ROOT / "core/settings.py").read_text()

    read_names = set(re.findall(r'(?:said\.\w+|environ\.get)\("([A-Z_]+)"', source))

    assert read_names == {setting.name for setting in SETTINGS}
    assert all(len(setting.meaning) > 10 for setting in SETTINGS)


def test_the_environment_overrides_the_file_and_the_file_the_default(tmp_path):
    write(tmp_path / "settings.toml", {"BRAND": "Lắng Nghe Lâm Bình", "PORT": "9000"})

    settings = read({"INSTANCE_PATH": str(tmp_path), "PORT": "9001"})

    assert (settings.brand, settings.port, settings.web_workers) == ("Lắng Nghe Lâm Bình", 9001, 2)


def test_the_file_is_private_and_keeps_settings_that_are_not_rewritten(tmp_path):
    file = tmp_path / "settings.toml"
    write(file, {"MAIL_URL": 'smtps://a:"\\b@thu.example', "BRAND": "Một"})

    write(file, {"BRAND": "Hai", "WORKER": "off"})
    write(file, {"WORKER": ""})

    settings = read({"INSTANCE_PATH": str(tmp_path)})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (settings.mail_url, settings.brand, settings.worker) == ('smtps://a:"\\b@thu.example', "Hai", True)
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("values", [{"PORTT": "1"}, {"INSTANCE_PATH": "/x"}, {"BRAND": "hai\ndòng"}, {"BRAND": "\x7f"}])
def test_an_unknown_setting_is_not_written(tmp_path, values):
    with pytest.raises(BadSetting):
        write(tmp_path / "settings.toml", values)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "abc", "PORT phải là số từ 1 đến 65535, không phải 'abc'."),
        ("PORT", "70000", "PORT phải là số từ 1 đến 65535, không phải '70000'."),
        ("WEB_WORKERS", "0", "WEB_WORKERS phải là số từ 1 đến 64, không phải '0'."),
        ("SECOND_APPROVER", "maybe", "SECOND_APPROVER phải là on hoặc off, không phải 'maybe'."),
        ("WORKER", "2", "WORKER phải là on hoặc off, không phải '2'."),
        ("PUBLIC_URL", "http://x:port", "PUBLIC_URL phải có dạng https://ten-mien, không phải 'http://x:port'."),
        ("MAIL_URL", "http://a:bimat@x", "MAIL_URL phải có dạng smtp://tên:mật-khẩu@máy-chủ:587."),
        ("MAIL_FROM", "a@b\r\nBcc: c@d", "MAIL_FROM phải là một địa chỉ thư"),
        ("SMS_URL", "http://gateway.example/bimat", "SMS_URL phải có dạng https://máy-chủ/đường-dẫn."),
        ("WEBHOOK_URLS", "https://a.example http://10.0.0.1/bimat", "WEBHOOK_URLS phải là các địa chỉ https"),
    ],
)
def test_an_unusable_value_is_reported_in_a_sentence_without_its_secret(name, value, words):
    with pytest.raises(BadSetting) as refused:
        read({name: value})

    assert words in str(refused.value)
    assert "bimat" not in str(refused.value)


@pytest.mark.parametrize("text", ["BRAND = ", "x = 1", "PORTT = 8000", "\ufffe".encode().decode() + "=="])
def test_a_broken_file_is_reported_in_a_sentence(tmp_path, text):
    (tmp_path / "settings.toml").write_text(text)

    with pytest.raises(BadSetting, match=r"settings\.toml"):
        read({"INSTANCE_PATH": str(tmp_path)})


def test_settings_that_are_shown_show_no_secret():
    secrets = {
        "DATABASE_URL": "postgresql://u:bimat@h/d",
        "MAIL_URL": "smtp://u:bimat@h",
        "SMS_URL": "https://u:bimat@h/",
        "WEBHOOK_URLS": "https://h.example/bimat",
    }

    settings = read(secrets)

    assert "bimat" not in repr(settings)
    assert sorted(secrets) == sorted(setting.name for setting in SETTINGS if setting.is_secret)


@pytest.mark.parametrize("command", [("flask", "--app", "app", "purge"), GUNICORN])
def test_a_bad_setting_ends_commands_and_the_server_with_one_sentence(tmp_path, command):
    done = run_module(*command, INSTANCE_PATH=str(tmp_path), WEB_WORKERS="many")

    assert done.returncode == 1
    assert done.stderr.strip() == "WEB_WORKERS phải là số từ 1 đến 64, không phải 'many'."


def test_a_damaged_key_file_ends_a_command_with_one_sentence(tmp_path):
    (tmp_path / "master.key").write_text("abc")

    done = run_flask("purge", INSTANCE_PATH=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Tệp khóa {tmp_path}/master.key hỏng: hãy lấy lại bản đã cất riêng, đừng tạo khóa mới."
    )


@pytest.mark.parametrize(
    "command", [["purge"], ["worker", "--once"], ["survey", "offices"], ["messages", "try", "a@b.c"]]
)
def test_a_command_before_the_set_up_names_the_set_up_command(tmp_path, command):
    done = run_flask(*command, INSTANCE_PATH=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        f"Error: Hệ thống chưa được chuẩn bị. Hãy chạy: INSTANCE_PATH={tmp_path} .venv/bin/flask setup"
    )
    assert "Traceback" not in done.stderr


def test_the_second_person_is_required_unless_the_setting_is_exactly_off():
    assert read({}).second_approver is True
    assert read({"SECOND_APPROVER": "OFF"}).second_approver is False
    with pytest.raises(BadSetting, match="SECOND_APPROVER"):
        read({"SECOND_APPROVER": "of"})


def test_a_refused_access_names_the_file_or_its_folder(tmp_path):
    (tmp_path / "settings.toml").write_text("")
    closed = PermissionError(13, "Permission denied")

    file = access_fault(tmp_path / "settings.toml", closed)
    folder = access_fault(tmp_path / "khong-vao-duoc" / "master.key", closed)

    assert file == (
        f"Không đọc được tệp {tmp_path}/settings.toml: kiểm tra quyền (chủ là tài khoản chạy chương trình, chmod 600)."
    )
    assert folder.startswith(f"Không mở được thư mục dữ liệu {tmp_path}/khong-vao-duoc: kiểm tra quyền")


def test_a_key_that_is_no_file_ends_a_command_with_its_name(tmp_path):
    (tmp_path / "master.key").mkdir()

    done = run_flask("purge", INSTANCE_PATH=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.strip().startswith(f"Không đọc được tệp {tmp_path}/master.key: kiểm tra quyền")
