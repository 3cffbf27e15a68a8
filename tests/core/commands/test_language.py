"""The terminal in English: help and questions of commands, when the environment asks for it."""

import click
import pytest

from core.commands.language import VARIABLE, speak_as_asked
from core.values.language import present, use


@click.group()
def tools():
    """Sao lưu và phục hồi."""


@tools.command()
@click.option("--quiet", is_flag=True, help="Không in gì.")
@click.option("--email", prompt="Thư điện tử")
def make(quiet, email):
    """Nạp dữ liệu minh họa vào một bản cài đặt trống."""


@pytest.mark.parametrize("asked", ["vi", "xx", ""])
def test_without_a_language_of_ours_nothing_changes(monkeypatch, asked):
    monkeypatch.setenv(VARIABLE, asked)

    with use("vi"):
        speak_as_asked(tools)

        assert (present(), make.params[0].help) == ("vi", "Không in gì.")


def test_help_and_questions_are_english(monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")

    with use("vi"):
        speak_as_asked(tools)

        assert present() == "en"
    assert (tools.help, make.help) == ("Backup and restore.", "Load sample data into an empty installation.")
    assert (make.params[0].help, make.params[1].prompt) == ("Print nothing.", "Email")
