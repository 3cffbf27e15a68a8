"""An action is one operation that writes its own audit entry; views, commands and jobs write none."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("commune", "account", "privacy", "survey", "quiz", "report")
DOORS = ("views", "manage", "api", "cli", "jobs")
RECORDING = ("audit", "record", "record_command", "record_at_terminal")
UNRECORDED = (
    "grant_role",
    "revoke_role",
    "switch_off",
    "switch_on",
    "make_link",
    "invite",
    "create_account",
    "create_unit",
    "load_country",
    "set_logo",
    "remove_logo",
)
"""Parts of deeds, which record nothing themselves: for operations, and for seeded instances."""


def doors() -> list[Path]:
    """Return the modules of the rooms that speak HTTP or terminal, or run in the background."""
    files = (file.relative_to(ROOT) for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return [file for file in files if set(file.with_suffix("").parts) & set(DOORS)]


def calls(file: Path) -> list[str]:
    """Return the names that a module calls, by their last part."""
    nodes = [node.func for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.Call)]
    return [ast.unparse(node).rpartition(".")[2] for node in nodes]


def test_no_door_records_an_audit_entry():
    guilty = [(str(file), name) for file in doors() for name in calls(file) if name in RECORDING]

    assert len(doors()) > 10
    assert guilty == []


def test_no_door_does_a_part_of_a_deed_that_records_nothing():
    guilty = [(str(file), name) for file in doors() for name in calls(file) if name in UNRECORDED]

    assert guilty == []
