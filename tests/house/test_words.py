"""Docstrings and comments are plain English, old module names are gone, and a class name means one thing."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "commune", "account", "privacy", "survey", "quiz", "report", "demo", "bench", "deploy")
TEXTS = (*ROOMS, "migrations", "tests")
REFUSED = re.compile(r"\b(whoever|whomever|told)\b", re.IGNORECASE)
UNCLEAR = re.compile(r"def (test_\w*?(?:nobody|no_one|whoever|_told)\w*)")
"""A name of a test that is no plain sentence: a test says what a person, an entry or a form gets."""
RIDDLE = re.compile(r'^[rR]?"""(Who|Whom|Whose|What|Where) ')
"""A first line that asks instead of saying what the thing is or does."""
MOVED = (
    "core.word",
    "core.standing",
    "core.witness",
    "core.replay",
    "core.vault",
    "core.tally",
    "core.erased",
    "core.explaining",
    "core.serving",
    "core.pictures",
    "core.sheets.stamps",
    "core.sheets.spans",
    "core.web.ways",
    "core.web.reread",
    "account.operations.tries",
    "account.views.between",
    "account.views.present",
    "commune.operations.bringing",
    "commune.rules.bringing",
    "quiz.operations.standing",
    "tests.support.ground",
)
"""Former names of modules that were renamed."""
SHARED = {"Meta"}
"""Class names that may repeat: WTForms reads the inner class `Meta` of a form."""


def modules(rooms):
    files = (file for room in rooms for file in sorted((ROOT / room).rglob("*.py")))
    return [ROOT / "app.py", *files]


def name_of(file):
    return file.relative_to(ROOT).as_posix()


def docstrings(source):
    """Return (line, text) of every string that is a statement of its own, quotes included."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr))
    found = (node.value for node in nodes if isinstance(node.value, ast.Constant))
    return [(node.lineno, ast.get_source_segment(source, node) or "") for node in found if isinstance(node.value, str)]


def comments(source):
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def refused_in(source):
    """Return the lines of docstrings and comments with a refused word, and of docstrings that begin as a riddle."""
    texts = docstrings(source)
    riddles = [line for line, text in texts if RIDDLE.match(text)]
    return sorted({*riddles, *(line for line, text in texts + comments(source) if REFUSED.search(text))})


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""Return the account."""\n', []),
        ('told = "whoever"\n', []),
        ('"""Return whoever asked."""\n', [1]),
        ('x = 1\n"""Who stands before whom."""\n', [2]),
        ("x = 1  # as it was told\n", [1]),
    ],
)
def test_a_riddle_or_a_refused_word_is_found(source, lines):
    assert refused_in(source) == lines


def test_docstrings_and_comments_are_plain():
    files = [file for file in modules(TEXTS) if file != Path(__file__)]
    found = [f"{name_of(file)}:{line}" for file in files for line in refused_in(file.read_text())]

    assert found == []


def test_names_of_tests_are_plain():
    found = [f"{name_of(file)}: {name}" for file in modules(["tests"]) for name in UNCLEAR.findall(file.read_text())]

    assert found == []


def test_old_module_names_are_gone():
    texts = [file for file in modules(TEXTS) if file != Path(__file__)] + sorted((ROOT / "docs").glob("*.md"))
    old = re.compile("|".join(rf"\b{re.escape(name)}\b(?!\()" for name in MOVED))
    found = [f"{name_of(file)}: {name}" for file in texts for name in sorted(set(old.findall(file.read_text())))]

    assert found == []


def test_a_class_name_means_one_thing():
    places = defaultdict(list)
    for file in modules(ROOMS):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name_of(file))

    assert {name: files for name, files in places.items() if len(files) > 1 and name not in SHARED} == {}
