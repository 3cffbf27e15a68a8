"""The answers of a paper that is not handed in yet, as they are kept for going on with it on another device."""

import json
import re
from collections.abc import Iterable, Mapping

ANSWER, GUESS = re.compile(r"q[0-9]{1,4}"), "guess"
MOST_ANSWERS, LONGEST_GUESS = 2_000, 20
LETTER = re.compile(r"[A-Z]")


def kept_answers(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the answers among the *pairs* of a form: letters as shown by field, and the guess as it was typed.

    Anything else is left out.

    >>> kept_answers([("q1", "B"), ("q1", "A"), ("guess", "48o"), ("start", "x"), ("q2", "<b>")])
    {'q1': ['A', 'B'], 'guess': ['48o']}
    """
    found: dict[str, set[str]] = {}
    guess = ""
    for name, value in pairs:
        if ANSWER.fullmatch(name) and LETTER.fullmatch(value) and len(found) < MOST_ANSWERS:
            found.setdefault(name, set()).add(value)
        elif name == GUESS:
            guess = value.strip()[:LONGEST_GUESS]
    answers = {name: sorted(letters) for name, letters in found.items()}
    return answers | ({GUESS: [guess]} if guess else {})


def written(answers: Mapping[str, list[str]]) -> str:
    """Return *answers* as they are stored."""
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read(text: str) -> dict[str, list[str]]:
    """Return the answers that `written` wrote."""
    found: dict[str, list[str]] = json.loads(text)
    return found
