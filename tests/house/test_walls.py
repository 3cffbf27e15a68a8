"""The import contracts hold, and planted breaches are found."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.imports import ROOMS, breaches

ROOT = Path(__file__).resolve().parents[2]


def sources() -> list[Path]:
    return [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]


def test_no_module_imports_app():
    importers = [
        file
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.ImportFrom) and node.module == "app")
        or (isinstance(node, ast.Import) and any(name.name == "app" for name in node.names))
    ]

    assert importers == []


def test_every_module_opens_with_its_duty():
    silent = [file for file in sources() if not ast.get_docstring(ast.parse(file.read_text()))]

    assert silent == []


def test_no_module_imports_what_its_kind_may_not():
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("quiz/attempt/rules/scoring.py", "import sqlalchemy"),
        ("quiz/attempt/rules/scoring.py", "from core import clock"),
        ("survey/figures/rules/trend.py", "from survey.figures import queries"),
        ("survey/figures/rules/trend.py", "import commune.rules.units"),
        ("core/values/text.py", "import core.db"),
        ("quiz/results/queries/turnout.py", "import flask"),
        ("quiz/results/operations/closing.py", "from core.web.extensions import db"),
        ("core/docx.py", "from flask import Response"),
        ("core/jobs/queue.py", "import core.commands.worker"),
    ],
)
def test_a_planted_import_is_found(tmp_path, file, line):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(f"{line}\n")

    assert len(breaches(tmp_path)) >= 1


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("quiz/attempt/rules/scoring.py", "from quiz.contest.rules.settings import Rules"),
        ("survey/figures/rules/trend.py", "import datetime, core.values.week"),
        ("core/web/access.py", "from flask import g"),
        ("survey/views.py", "from flask import g"),
    ],
)
def test_an_import_that_its_kind_may_have_is_no_breach(tmp_path, file, line):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(f"{line}\n")

    assert breaches(tmp_path) == []


BREACHES = [
    ("quiz/bank/models.py", "import quiz.contest.models", "Wings of quiz"),
    ("quiz/attempt/queries/attempt.py", "import quiz.results.models", "Wings of quiz"),
    ("quiz/results/queries/result.py", "import quiz.boards.queries.season", "Wings of quiz"),
    ("quiz/boards/queries/season.py", "import quiz.outreach.models", "Wings of quiz"),
    ("quiz/attempt/utils.py", "'''An attic.'''", "Stairs"),
    ("quiz/attic/__init__.py", "'''A wing that is in no contract.'''", "Wings of quiz"),
    ("survey/rating/models.py", "import survey.rating.views", "Stairs"),
    ("survey/counter/queries/counters.py", "import quiz.contest.models", "Floors:"),
    ("survey/counter/models.py", "import survey.rating.models", "Wings of survey"),
    ("survey/rating/queries/tally.py", "import survey.figures.labels", "Wings of survey"),
    ("survey/rating/operations/record.py", "import flask", "Models, queries"),
    ("report/queries.py", "import survey.rating.operations", "The report reads"),
    ("privacy/labels.py", "import quiz.contest.labels", "Floors:"),
    ("privacy/labels.py", "import survey.counter.labels", "Floors:"),
    ("privacy/models/holder.py", "import privacy.queries.requests", "Stairs"),
    ("privacy/operations/erasure.py", "import flask", "Models, queries"),
    ("report/queries.py", "import privacy.operations.erasure", "The report reads"),
    ("account/labels.py", "import privacy.labels", "Floors:"),
    ("privacy/rules/deadlines.py", "import privacy.labels", "Stairs"),
    ("privacy/utils.py", "'''An attic.'''", "Stairs"),
    ("core/db.py", "import commune.models", "Floors:"),
    ("core/db.py", "import core.jobs", "Floors of core"),
    ("core/jobs/queue.py", "import core.messages", "Floors of core"),
    ("core/web/health.py", "import core.commands.cli", "Floors of core"),
    ("core/utils.py", "'''An attic.'''", "Floors of core"),
    ("survey/rating/utils.py", "'''An attic.'''", "Stairs"),
    ("survey/utils.py", "'''An attic.'''", "Wings of survey"),
]


@pytest.fixture(scope="module")
def broken_walls(tmp_path_factory):
    """Return the linter's exit code and its report on each broken wall, for a copy with every breach."""
    house = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for file, line, _ in BREACHES:
        (house / file).parent.mkdir(exist_ok=True)
        with (house / file).open("a") as planted:
            planted.write(f"\n{line}\n")
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)
    report = " ".join(done.stdout.split("Broken contracts")[-1].split())
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return done.returncode, by_title(report, [contract["name"] for contract in contracts])


def by_title(report, titles):
    """Return the text of a report under each of its titles."""
    found = sorted((report.index(title), title) for title in titles if title in report)
    ends = [*(start for start, _ in found[1:]), len(report)]
    return {title: report[start:end] for (start, title), end in zip(found, ends, strict=True)}


@pytest.mark.parametrize(("file", "line", "wall"), BREACHES)
def test_a_planted_breach_brings_its_wall_down(broken_walls, file, line, wall):
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    breach = f"- {module} -> {line.split()[1]} (" if line.startswith("import") else f"- {module} "

    code, words = broken_walls

    [said] = [said for title, said in words.items() if title.startswith(wall)]
    assert code == 1
    assert breach in said
