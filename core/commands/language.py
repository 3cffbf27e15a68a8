"""The language of the terminal: Vietnamese, or that of the environment variable `LANG_NGHE_LANG`.

    LANG_NGHE_LANG=en .venv/bin/flask --help

The variable is this program's own: `LANG` is set on nearly every machine and says nothing about who reads.
"""

import inspect
import os

import click

from core.translation import said, translate
from core.values.language import DEFAULT, known, speak

VARIABLE = "LANG_NGHE_LANG"


def speak_as_asked(commands: click.Group) -> None:
    """Let *commands* speak the language that the environment asks for; requests have their own in any case."""
    asked = known(os.environ.get(VARIABLE, DEFAULT))
    if asked != DEFAULT:
        speak(asked)
        _translate(commands)


def _translate(command: click.Command) -> None:
    """Translate the help and the questions of a command and of those below it."""
    for each in getattr(command, "commands", {}).values():
        _translate(each)
    command.help = translate(inspect.cleandoc(command.help or "")) or None
    for parameter in command.params:
        for name in ("help", "prompt", "confirmation_prompt"):
            if isinstance(text := getattr(parameter, name, None), str):
                setattr(parameter, name, said(text))
