"""The document that compares the presets says in both languages what the program does with its papers."""

import re
from pathlib import Path

import pytest

from quiz.contest.rules.presets import PRESETS
from quiz.results.files.rank_report import make_report

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(("document", "joined"), [("presets.md", " and "), ("mau-luat.md", " và ")])
@pytest.mark.parametrize("preset", PRESETS)
def test_the_table_of_presets_names_the_ranks_that_the_example_gets(preset, document, joined):
    (line,) = re.findall(rf"^\| `{preset}` \|.*$", (DOCS / document).read_text(), re.MULTILINE)
    places = [cell.strip() for cell in line.split("|")[3:7]]

    report = make_report(DOCS / "examples" / "presets.csv", PRESETS[preset], questions=10)

    (front,) = report.fronts(4)
    ranks = [joined.join(report.name_of(one) for one in front if one.rank == rank) for rank in range(1, 5)]
    assert places == ranks
