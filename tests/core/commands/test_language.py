"""The terminal in English: help and questions of commands, when the environment asks for it."""

from inspect import cleandoc

import click
import pytest

from core.commands.language import VARIABLE, speak_as_asked
from core.translation import said
from core.values.language import present, use
from core.values.text import Sentence
from tests.house.test_translations import VIETNAMESE


@click.group()
def tools():
    """Sao lưu và phục hồi."""


@tools.command()
@click.option("--quiet", is_flag=True, help="Không in gì.")
@click.option("--email", prompt="Thư điện tử")
def make(quiet, email):
    """Nạp dữ liệu minh họa vào một bản cài đặt trống."""


@tools.command()
def reset():
    """Gửi chủ tài khoản EMAIL một đường dẫn để đặt lại mật khẩu, dùng một lần, trong 24 giờ; không có máy chủ thư thì
    in ra đây."""


def texts(command):
    """Yield the help and the questions of a command and of those below it."""
    for each in getattr(command, "commands", {}).values():
        yield from texts(each)
    asked = (getattr(each, name, None) for each in command.params for name in ("help", "prompt", "confirmation_prompt"))
    given = (text for text in (command.help, *asked) if isinstance(text, str))
    yield from (text if isinstance(text, Sentence) else cleandoc(text) for text in given)


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
    assert reset.help.startswith("Send the holder of EMAIL a link")
    assert (make.params[0].help, make.params[1].prompt) == ("Print nothing.", "Email")


def test_every_command_of_the_program_has_its_help_in_english(app):
    with use("en"):
        same = [text for text in texts(app.cli) if text == said(text) and VIETNAMESE.search(text)]

    assert same == []
