"""The answers of a rating as one stored text: the chosen options by item, in a fixed order."""

import json
from collections.abc import Iterable, Mapping, Sequence

_COMPACT = json.JSONEncoder(separators=(",", ":"))


def write_answers(chosen: Iterable[tuple[str, str]]) -> str:
    """Return the JSON text of the *chosen* (item, option) pairs; equal answers give equal texts.

    Items and the options of an item are in the order of the alphabet, each once. Nothing chosen: an empty object.

    >>> write_answers([("reasons", "waiting"), ("level", "2"), ("reasons", "attitude")])
    '{"level":["2"],"reasons":["attitude","waiting"]}'
    """
    answers: dict[str, list[str]] = {}
    for item, option in sorted(set(chosen)):
        answers.setdefault(item, []).append(option)
    return _COMPACT.encode(answers)


def read_answers(stored: str) -> Mapping[str, Sequence[str]]:
    """Return the options by item that `write_answers` stored.

    >>> read_answers('{"level":["2"]}')
    {'level': ['2']}
    """
    answers: dict[str, Sequence[str]] = json.loads(stored)
    return answers


def chosen_in(stored: str) -> list[tuple[str, str]]:
    """Return the (item, option) pairs that `write_answers` stored, in its order."""
    return [(item, option) for item, options in read_answers(stored).items() for option in options]
