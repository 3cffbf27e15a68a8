"""An instance with schema 0019 upgrades and shows the same pages and rows as before.

Recordings of pages that changed on purpose are renewed: see tests/fixtures/instance-0019/README.md.
"""

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from survey.rating.rules.answers import chosen_in
from tests.support.instances import NOW, at, opened, upgraded
from tests.support.walking import CITIZEN, STAFF, differences, dumped, read, replay_in

pytestmark = [pytest.mark.filterwarnings("default::ResourceWarning"), pytest.mark.xdist_group("upgrade")]
OLD = Path(__file__).resolve().parents[1] / "fixtures" / "instance-0019"
MOMENT = datetime.fromisoformat(NOW)
RENAMED: dict[str, str] = {
    "quiz_question": "quiz_round_question",
    "quiz_choice.question_id": "revision_id",
    "quiz_key_version.question_id": "round_question_id",
    "quiz_consent": "privacy_consent",
    "quiz_consent.participant_id": "subject_id",
    "quiz_person_request": "privacy_request",
    "quiz_request_step": "privacy_request_step",
    "quiz_request_subject": "privacy_request_subject",
    "quiz_request_subject.participant_id": "subject_id",
}
"""Renamed tables and fields ("table.field", by the table's old name) → the new name, without the table."""
GONE: frozenset[str] = frozenset(
    {
        "account_approval.is_tied", "quiz_answer_sheet.answers", "quiz_choice.is_right", "quiz_question.explanation",
        "quiz_question.text", "quiz_result.is_alone", "quiz_result.is_tied", "quiz_round.published_alone",
        "quiz_round.published_tied", "quiz_round.renamed_alone", "quiz_round.renamed_at", "quiz_round.renamed_tied",
        "survey_rating.level", "survey_rating_reason", "survey_tally",
    }
)  # fmt: skip
"""Recorded tables and fields that no longer exist."""
ADDED: frozenset[str] = frozenset(
    {
        "account_approval.kin",
        "quiz_contact_opening.unit_id",
        "core_message.is_bulk",
        "quiz_announcement",
        "quiz_announced_phone",
        "quiz_contest.plan_steps",
        "quiz_contest.trial_of_id",
        "quiz_contest.headcounts_fixed_at",
        "quiz_contest_unit.from_round",
        "quiz_contest_headcount",
        "quiz_round.board_held_at",
        "quiz_round.prizes",
        "quiz_tally.bloc",
        "quiz_unit_people.bloc",
        "quiz_missed_call",
        "quiz_contest.trial_asks",
        "quiz_draw",
        "quiz_winner.draw_id",
        "quiz_round_question.mended_at",
        "quiz_contest.terms",
        "quiz_round.finalised_at",
        "quiz_round.finalisation_id",
        "quiz_objection",
        "quiz_collective_decision",
        "quiz_collective_award",
        "quiz_season_call",
        "quiz_season_decision",
        "quiz_season_award",
        "quiz_prize_tier.is_season",
        "quiz_prize_claim",
        "quiz_result.limits_sheets",
        "quiz_winner.called_at",
        "quiz_bloc",
        "quiz_rules_amendment",
        "quiz_prize_tier.bloc",
        "quiz_prize_tier.measure",
        "quiz_participant.bloc",
        "quiz_participant.extra",
        "quiz_standing.bloc",
        "quiz_result.blocs",
        "quiz_result.target_people",
        "quiz_contest.fields",
        "account_approval.related",
        "commune_office.networks",
        "commune_office_unit",
        "core_data_version",
        "privacy_consent.holder",
        "privacy_request_subject.holder",
        "privacy_request_subject.unit_id",
        "quiz_participant.confirmed_at",
        "quiz_roster_person",
        "quiz_winner.seated_at",
        "survey_instrument_version",
        "survey_option_tally",
        "survey_rating.instrument_id",
        "survey_rating.rating_class",
        "commune_unit_name.near_key",
        "quiz_answer_sheet.answers",
        "quiz_answer_sheet.format",
        "quiz_choice.id",
        "quiz_choice.image",
        "quiz_choice.image_alt",
        "quiz_question_picture",
        "quiz_choice.is_right",
        "quiz_participant.code_renewed_at",
        "quiz_participant.name_version",
        "quiz_question",
        "quiz_question_revision",
        "quiz_renaming",
        "quiz_result.approval_id",
        "quiz_prize_tier.amount",
        "quiz_prize_tier.is_collective",
        "quiz_round.frozen_at",
        "quiz_round.name",
        "quiz_round.same_week",
        "quiz_round.order_salt",
        "quiz_round_answers",
        "quiz_round_answers.choices",
        "quiz_round.paper_version",
        "quiz_round.publication_id",
        "quiz_round_question.keeps_choices",
        "quiz_round_question.letters",
        "quiz_round_question.revision_id",
        "quiz_round_question.topic",
        "quiz_unit_people",
        "quiz_attempt_draft",
        "quiz_attempt_help",
        "quiz_nickname",
        "quiz_paper_print",
        "quiz_paper_sheet",
        "quiz_unit_request",
        "survey_rating.answers",
    }
)
"""Tables and fields that did not exist when the rows were recorded, by today's names."""


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
    answers = [(row["id"], *each) for row in after["survey_rating"] for each in chosen_in(row["answers"])]
    assert sorted(answers) == sorted([*levels, *reasons])
    counted = Counter(
        {key(row, "level", str(n)): row[f"level_{n}"] for row in before["survey_tally"] for n in range(1, 6)}
    )
    counted += Counter(key(ratings[id], *option) for id, *option in reasons if not ratings[id]["is_rehearsal"])
    written = [row for row in ratings.values() if row["comment"] and not row["is_rehearsal"]]
    counted += Counter(key(row, "comment", "written") for row in written)
    tally = {key(row, row["item"], row["option"]): row["count"] for row in after["survey_option_tally"]}
    assert tally == dict(counted)
    assert {row["rating_class"] for row in after["survey_rating"] + after["survey_option_tally"]} == {"first"}


def tables(lines):
    """Return the rows by table."""
    found = defaultdict(list)
    for row in map(json.loads, lines):
        found[row.pop("table")].append(row)
    return found


def key(row, item, option):
    """Return the key under which an option is counted."""
    return row["counter_id"], row["week"], row["channel"], item, option


def test_a_changed_and_a_renamed_row_are_distinguished(monkeypatch):
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
    """Return the recorded rows under today's names."""
    kept: Counter[str] = Counter()
    for line in lines:
        row = json.loads(line)
        table = row.pop("table")
        if table not in GONE:
            named = {RENAMED.get(f"{table}.{name}", name): row[name] for name in row if f"{table}.{name}" not in GONE}
            kept[_line(RENAMED.get(table, table), named)] += 1
    return kept


def without_added(lines: list[str]) -> Counter[str]:
    """Return today's rows without those that did not exist before."""
    kept: Counter[str] = Counter()
    for line in lines:
        row = json.loads(line)
        table = row.pop("table")
        if table not in ADDED:
            kept[_line(table, {name: row[name] for name in row if f"{table}.{name}" not in ADDED})] += 1
    return kept


def changes(before: Counter[str], after: Counter[str], most: int = 20) -> str:
    """Return how many rows are gone and new, and the first of them; empty if there are none."""
    gone, new = sorted((before - after).elements()), sorted((after - before).elements())
    if not gone and not new:
        return ""
    rows = [*(f"- {line}" for line in gone[:most]), *(f"+ {line}" for line in new[:most])]
    return "\n".join([f"{len(gone)} rows are gone, {len(new)} are new:", *rows])


def _line(table: str, row: dict[str, object]) -> str:
    return json.dumps({"table": table} | row, ensure_ascii=False, sort_keys=True)
