"""Ceilings: a file 300 lines, a function 30, a view 20. Complexity 8 is checked by ruff."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "commune", "account", "privacy", "survey", "quiz", "report", "demo")
FILES = [ROOT / "app.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(file: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, Function):
            yield node


def lines(node: Function) -> int:
    """Return the number of lines of code after the docstring, signature included."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def is_view(node: Function) -> bool:
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(name.startswith("blueprint.") for name in names)


def test_no_file_is_longer_than_300_lines():
    long = [(file.name, count) for file in FILES if (count := len(file.read_text().splitlines())) > 300]

    assert long == []


def test_no_function_is_longer_than_30_lines():
    long = [(file.name, node.name, lines(node)) for file in FILES for node in functions(file) if lines(node) > 30]

    assert long == []


def test_no_view_is_longer_than_20_lines():
    views = [(file, node) for file in FILES for node in functions(file) if is_view(node)]
    long = [(file.name, node.name, lines(node)) for file, node in views if lines(node) > 20]

    assert len(views) > 20
    assert long == []
