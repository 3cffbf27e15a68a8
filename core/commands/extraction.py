"""For `make messages`: the sentences of a module, and the help of its commands, which click reads from docstrings."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from babel.messages.extract import extract_python

Found = tuple[int, str | tuple[str, ...], Any, Any]


def program(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """Yield what pybabel finds in a module by itself, the sentences inside f-strings, which it reads only with Python
    3.12, and the docstrings of commands as if they were wrapped.
    """
    yield from extract_python(fileobj, keywords, comment_tags, options)
    fileobj.seek(0)
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.JoinedStr):
            yield from ((node.lineno, "N_", text, []) for text in _said_in(node, keywords))
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            text = ast.get_docstring(node, clean=False)
            if text:
                yield node.lineno, "N_", inspect.cleandoc(text), []


def _said_in(text: ast.JoinedStr, keywords: Any) -> Iterator[str]:
    """Yield the sentences that an f-string takes from a catalogue."""
    for call in ast.walk(text):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in keywords and call.args:
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _is_command(decorator: ast.expr) -> bool:
    """Whether a decorator makes a function a command or a group of commands."""
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in {"command", "group"}
