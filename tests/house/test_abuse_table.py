"""Every test that the table of abuse names exists."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(?:(tests/[\w/.]+))?(?:::)?(test_\w+)?`")
HEADS = ("| fault", "| input", "| attempt")


def named_tests():
    """Return the (file, function) pairs in code marks that name a file of tests, a test, or both."""
    found = NAMED.findall((ROOT / "docs" / "abuse.md").read_text())
    return [(file, test) for file, test in found if file or test]


def test_the_tests_named_in_the_table_of_abuse_exist():
    defined = {file: set(re.findall(r"^def (test_\w+)", file.read_text(), re.M)) for file in ROOT.glob("tests/**/*.py")}
    everywhere = set.union(*defined.values())

    missing = [
        (file, test)
        for file, test in named_tests()
        if (file and not (ROOT / file).is_file())
        or (test and test not in (defined.get(ROOT / file, set()) if file else everywhere))
    ]

    assert len(named_tests()) > 80
    assert missing == []


def test_no_row_stands_twice():
    rows = [line.split(" | ")[0] for line in (ROOT / "docs" / "abuse.md").read_text().splitlines() if line[:2] == "| "]
    counts = Counter(row for row in rows if row not in HEADS)

    assert [row for row, count in counts.items() if count > 1] == []
