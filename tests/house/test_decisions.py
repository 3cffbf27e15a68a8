"""Documents that are named exist, and a decision and the later one that changes it name each other at their heads."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "core",
    "commune",
    "account",
    "privacy",
    "survey",
    "quiz",
    "report",
    "demo",
    "bench",
    "deploy",
    "migrations",
    "tests",
)
RECORDS = {file.name[:4]: file.read_text().split("\n") for file in (ROOT / "docs" / "decisions").glob("0*.md")}
NAMED = re.compile(r"[\w./-]+\.md\b")
LINK = re.compile(r"\[(\d{4})\]\(([\w-]+\.md)\)")
OUTSIDE = re.compile(r"settled (?:question|\.md)", re.IGNORECASE)
"""How a rule that is written down nowhere in the repository used to be cited."""


def head_of(number):
    """Return the line below the title of a record, which says whether it holds and what else it touches."""
    return RECORDS[number][2]


def test_every_document_that_is_named_exists():
    code = (file for room in ROOMS for file in (ROOT / room).rglob("*.py") if file != Path(__file__))
    files = [*code, *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]

    missing = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in NAMED.findall(file.read_text()) + OUTSIDE.findall(file.read_text())
        if not any((place / name).is_file() for place in (ROOT, ROOT / "docs", file.parent))
    ]

    assert len(files) > 500
    assert missing == []


def test_every_decision_begins_with_its_number_and_says_whether_it_holds():
    wrong = [
        number
        for number, lines in RECORDS.items()
        if not lines[0].startswith(f"# {number}. ") or not head_of(number).startswith(("Accepted, ", "Superseded by "))
    ]

    assert wrong == []


def test_a_changed_decision_and_the_later_one_name_each_other_at_their_heads():
    named = {(number, other) for number in RECORDS for other, _ in LINK.findall(head_of(number))}
    one_sided = sorted(pair for pair in named if pair[::-1] not in named)

    assert len(named) > 40
    assert one_sided == []
