"""An instance of the schema 0019 comes up to date and shows the same pages and the same rows as before.

What changed on purpose is written down anew: see tests/fixtures/instance-0019/README.md.
"""

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.support.instances import NOW, at, opened, upgraded
from tests.support.walking import CITIZEN, STAFF, differences, dumped, read, replay_in

pytestmark = [pytest.mark.filterwarnings("default::ResourceWarning"), pytest.mark.xdist_group("upgrade")]
OLD = Path(__file__).resolve().parents[1] / "fixtures" / "instance-0019"
MOMENT = datetime.fromisoformat(NOW)
RENAMED: dict[str, str] = {
    "quiz_question": "quiz_round_question",
    "quiz_choice.question_id": "revision_id",
    "quiz_key_version.question_id": "round_question_id",
}
"""Tables and fields ("table.field", by the table's old name) that have another name now: the new one, without table."""
GONE: frozenset[str] = frozenset(
    {
        "quiz_answer_sheet.answers", "quiz_choice.is_right", "quiz_question.explanation", "quiz_question.text",
        "survey_rating.level", "survey_rating_reason", "survey_tally",
    }
)  # fmt: skip
"""Those that were recorded and are no more."""
ADDED: frozenset[str] = frozenset(
    {
        "commune_office_unit",
        "core_data_version",
        "survey_instrument_version",
        "survey_option_tally",
        "survey_rating.instrument_id",
        "quiz_answer_sheet.answers",
        "quiz_answer_sheet.format",
        "quiz_choice.id",
        "quiz_choice.image",
        "quiz_choice.is_right",
        "quiz_question",
        "quiz_question_revision",
        "quiz_round.paper_version",
        "quiz_round_question.letters",
        "quiz_round_question.revision_id",
        "quiz_unit_people",
        "survey_rating_answer",
    }
)
"""Those that were not there when the rows were recorded, by today's names."""


@pytest.fixture(scope="module")
def instance() -> Iterator[Path]:
    with at(MOMENT), upgraded(OLD) as folder:
        yield folder


@pytest.fixture(scope="module")
def app(instance) -> Iterator[Flask]:
    """The application that all roles walk."""
    with opened(instance) as app:
        yield app


@pytest.mark.parametrize("role", [CITIZEN, *STAFF])
def test_a_role_sees_the_same_pages_after_the_upgrade(instance, app, role):
    before = [answer for answer in read(OLD / "pages.jsonl.xz") if answer.role == role]

    after = replay_in(app, instance, MOMENT, [answer.key for answer in before])

    assert len(before) > 40
    assert_none(differences(before, after))


def test_every_row_is_the_same_after_the_upgrade(instance):
    before = lzma.decompress((OLD / "rows.jsonl.xz").read_bytes()).decode().splitlines()

    after = dumped(instance, MOMENT)

    assert len(before) > 50_000
    assert_none(changes(as_now(before), without_added(after)))


def test_levels_reasons_comments_and_counts_became_options(instance):
    before = tables(lzma.decompress((OLD / "rows.jsonl.xz").read_bytes()).decode().splitlines())

    after = tables(dumped(instance, MOMENT))

    ratings = {row["id"]: row for row in before["survey_rating"]}
    reasons = [(row["rating_id"], "reasons", row["reason"]) for row in before["survey_rating_reason"]]
    levels = [(id, "level", str(row["level"])) for id, row in ratings.items()]
    answers = [(row["rating_id"], row["item"], row["option"]) for row in after["survey_rating_answer"]]
    assert sorted(answers) == sorted([*levels, *reasons])
    counted = Counter(
        {key(row, "level", str(n)): row[f"level_{n}"] for row in before["survey_tally"] for n in range(1, 6)}
    )
    counted += Counter(key(ratings[id], *option) for id, *option in reasons if not ratings[id]["is_rehearsal"])
    written = [row for row in ratings.values() if row["comment"] and not row["is_rehearsal"]]
    counted += Counter(key(row, "comment", "written") for row in written)
    tally = {key(row, row["item"], row["option"]): row["count"] for row in after["survey_option_tally"]}
    assert tally == dict(counted)


def tables(lines):
    """The rows by table."""
    found = defaultdict(list)
    for row in map(json.loads, lines):
        found[row.pop("table")].append(row)
    return found


def key(row, item, option):
    """Under what an option is counted."""
    return row["counter_id"], row["week"], row["channel"], item, option


def test_a_changed_and_a_renamed_row_are_told_apart(monkeypatch):
    before = ['{"a": 1, "b": 2, "table": "t"}', '{"a": 2, "b": 3, "table": "t"}']
    after = ['{"c": 1, "new": 0, "table": "s"}', '{"c": 9, "new": 0, "table": "s"}']
    monkeypatch.setitem(RENAMED, "t", "s")
    monkeypatch.setitem(RENAMED, "t.a", "c")
    monkeypatch.setitem(globals(), "GONE", {"t.b"})
    monkeypatch.setitem(globals(), "ADDED", {"s.new"})

    found = changes(as_now(before), without_added(after))

    assert found == '1 rows are gone, 1 are new:\n- {"c": 2, "table": "s"}\n+ {"c": 9, "table": "s"}'


def assert_none(differing: str) -> None:
    """Fail with all of *differing*, which pytest would cut."""
    if differing:
        pytest.fail(differing, pytrace=False)


def as_now(lines: list[str]) -> Counter[str]:
    """The recorded rows under the names of today."""
    kept: Counter[str] = Counter()
    for line in lines:
        row = json.loads(line)
        table = row.pop("table")
        if table not in GONE:
            named = {RENAMED.get(f"{table}.{name}", name): row[name] for name in row if f"{table}.{name}" not in GONE}
            kept[_line(RENAMED.get(table, table), named)] += 1
    return kept


def without_added(lines: list[str]) -> Counter[str]:
    """The rows of today without what was not there before."""
    kept: Counter[str] = Counter()
    for line in lines:
        row = json.loads(line)
        table = row.pop("table")
        if table not in ADDED:
            kept[_line(table, {name: row[name] for name in row if f"{table}.{name}" not in ADDED})] += 1
    return kept


def changes(before: Counter[str], after: Counter[str], most: int = 20) -> str:
    """How many rows are gone and new, and the first of them; empty if all are the same."""
    gone, new = sorted((before - after).elements()), sorted((after - before).elements())
    if not gone and not new:
        return ""
    rows = [*(f"- {line}" for line in gone[:most]), *(f"+ {line}" for line in new[:most])]
    return "\n".join([f"{len(gone)} rows are gone, {len(new)} are new:", *rows])


def _line(table: str, row: dict[str, object]) -> str:
    return json.dumps({"table": table} | row, ensure_ascii=False, sort_keys=True)
