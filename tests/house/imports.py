"""Check imports against allow-lists, which import-linter has no contract type for.

Only direct imports are checked, since every module that may be imported is checked itself.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("core", "commune", "account", "privacy", "survey", "quiz", "report", "demo")
HTTP = ("flask", "flask_wtf", "wtforms", "flask_login", "flask_babel", "flask_sqlalchemy_lite", "werkzeug")
SPEAKS_HTTP = ("core.web", "core.commands", "core.manifest")
BELOW_HTTP = {"rules", "labels", "models", "queries", "operations"}


def breaches(root: Path) -> list[str]:
    """Return the forbidden imports under *root*, as "module imports name"."""
    return [
        f"{module} imports {name}"
        for module, imported in _modules(root)
        for name in sorted(imported)
        if not (_is_pure(module, name) if _is_of_rules(module) else _is_free_of_http(module, name))
    ]


def _is_of_rules(module: str) -> bool:
    return "rules" in module.split(".") or _within(module, "core.values")


def _is_pure(module: str, name: str) -> bool:
    """Whether *name* belongs to the standard library, numpy, `core.values`, or the rules of the module's own room."""
    if name.partition(".")[0] in {*sys.stdlib_module_names, "numpy"} or _within(name, "core.values"):
        return True
    return name.partition(".")[0] == module.partition(".")[0] and "rules" in name.split(".")


def _is_free_of_http(module: str, name: str) -> bool:
    is_core = _within(module, "core") and not any(_within(module, web) for web in SPEAKS_HTTP)
    if is_core or BELOW_HTTP & set(module.split(".")):
        return not any(_within(name, forbidden) for forbidden in (*HTTP, *SPEAKS_HTTP))
    return True


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _modules(root: Path) -> Iterator[tuple[str, set[str]]]:
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), _imports(file)


def _imports(file: Path) -> set[str]:
    """Return the names that a file imports; `from a import b` is both `a` and `a.b`, as b may be a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found
