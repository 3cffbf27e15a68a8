"""A deed is one operation: it records its own audit entry, and no door does."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("privacy", "survey", "quiz")
DOORS = ("views", "manage", "api", "cli", "jobs")
RECORDING = ("audit", "record")


def doors() -> list[Path]:
    """The modules of the rooms that speak HTTP or terminal, or run in the background."""
    files = (file.relative_to(ROOT) for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return [file for file in files if set(file.with_suffix("").parts) & set(DOORS)]


def calls(file: Path) -> list[str]:
    """What a module calls, by the last part of each name."""
    nodes = [node.func for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.Call)]
    return [ast.unparse(node).rpartition(".")[2] for node in nodes]


def test_no_door_records_an_audit_entry():
    guilty = [(str(file), name) for file in doors() for name in calls(file) if name in RECORDING]

    assert len(doors()) > 10
    assert guilty == []
