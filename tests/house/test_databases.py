"""Tests about locks or constraints run on both databases, and so do some of every room that has them."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
DIFFERS = re.compile(r"\b(Barrier|ThreadPoolExecutor|IntegrityError)\b|\bbackend ==")
"""Words in tests of behaviour that differs by database: concurrency, constraints, a check of the backend."""
STORED = {"session", "client", "app", "served", "database_url", "settings"}
"""Fixtures with a database."""
SQL = re.compile(r"with_for_update|on_conflict|skip_locked|dialect\.name|pg_advisory|begin_nested")


def calls_of(function):
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def runs_on_both(marks):
    return "both_databases" in marks or "'backend'" in marks or "'served'" in marks


def module_mark(tree):
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return "".join(ast.unparse(node) for node in assigned if ast.unparse(node.targets[0]) == "pytestmark")


def alone(source):
    """Return the tests that run on one database although their code, or a helper of theirs, differs by database."""
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    differing = {name for name, node in functions.items() if DIFFERS.search(ast.unparse(node))}
    if runs_on_both(module_mark(tree)):
        return []
    return [
        name
        for name, node in functions.items()
        if name.startswith("test_")
        and STORED & {argument.arg for argument in node.args.args}
        and (name in differing or differing & calls_of(node))
        and not runs_on_both("".join(ast.unparse(each) for each in node.decorator_list))
    ]


def test_whatever_is_about_locks_or_constraints_runs_on_both_databases():
    found = {file.name: alone(file.read_text()) for file in TESTS.rglob("test_*.py")}

    assert {name: tests for name, tests in found.items() if tests} == {}


@pytest.mark.parametrize(
    ("mark", "helper", "found"),
    [
        ("", "Barrier(2)", ["test_x"]),
        ("@pytest.mark.both_databases\n", "Barrier(2)", []),
        ("@pytest.mark.parametrize('backend', ['postgresql'])\n", "Barrier(2)", []),
        ("", "list(2)", []),
    ],
)
def test_a_race_on_one_database_is_found(mark, helper, found):
    source = f"def race():\n    {helper}\n\n{mark}def test_x(session):\n    race()\n"

    assert alone(source) == found


def idle(source):
    """Return the tests of a module that are a branch for one database, and so test nothing on the other."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return [
        node.name
        for node in functions
        if node.name.startswith("test_")
        and len(node.body) == 1
        and isinstance(node.body[0], ast.If)
        and not node.body[0].orelse
        and "backend" in ast.unparse(node.body[0].test)
    ]


def test_no_test_is_empty_on_one_of_its_databases():
    found = {file.name: idle(file.read_text()) for file in TESTS.rglob("test_*.py")}

    assert {name: tests for name, tests in found.items() if tests} == {}


def test_a_test_that_is_empty_on_one_database_is_found():
    assert idle("def test_x(backend):\n    if backend == 'sqlite':\n        assert 1\n") == ["test_x"]


@pytest.mark.parametrize("room", ["core", "commune", "account", "privacy", "survey", "quiz", "demo"])
def test_every_room_that_locks_or_speaks_a_dialect_has_tests_on_both_databases(room):
    locking = [file for file in (ROOT / room).rglob("*.py") if SQL.search(file.read_text())]
    marked = [file for file in (TESTS / room).rglob("test_*.py") if "both_databases" in file.read_text()]

    assert not locking or len(marked) >= 2
