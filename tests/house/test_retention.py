"""Every table with personal data has a retention rule, or a reason to stay that the manual gives."""

from pathlib import Path

import pytest

import app
from core.db import Base

ENDS = {
    "core_stored_reply": "replies", "core_sheet_draft": "drafts",
    "core_job": "jobs", "core_job_part": "jobs", "core_message": "messages", "core_worker_beat": "beats",
    "account_tries": "tries", "account_session": "sessions", "account_link": "links",
    "survey_rating": "comments", "survey_dossier": "dossiers", "survey_drawn_dossier": "dossiers",
    "survey_sender_count": "senders",
    "quiz_participant": "contacts", "quiz_participant_word": "contacts", "quiz_participant_version": "contacts",
    "quiz_phone_code": "contacts", "quiz_announced_phone": "contacts",
    "quiz_roster_person": "contacts", "quiz_attempt_evidence": "evidence",
    "quiz_nickname": "contacts", "quiz_unit_request": "contacts", "quiz_attempt_draft": "attempt-drafts",
    "quiz_paper_sheet": "first-keyings", "quiz_attempt_help": "helpers",
    "quiz_question_report": "question-reports", "core_person_key": "names",
    "privacy_request": "requests",
}  # fmt: skip
"""The retention rule of each table with personal data."""

STAYS = {
    "Tài khoản, vai trò, mã xác thực của cán bộ": (
        "account_account", "account_grant", "account_totp", "account_recovery_code",
    ),
    "Nhật ký, phê duyệt, các lần mở liên hệ": ("account_audit", "account_approval", "quiz_contact_opening"),
    "Biên bản bốc thăm, có tên hai người chứng kiến": ("quiz_draw",),
    "Bài dự thi, kết quả, sự đồng ý, không gắn với ai khi người dự thi đã được xóa": (
        "quiz_attempt", "quiz_answer_sheet", "quiz_entry", "quiz_standing", "quiz_winner", "quiz_exclusion",
        "quiz_cluster_entry", "quiz_missed_call", "quiz_objection", "quiz_prize_claim",
        "quiz_season_call", "quiz_season_award",
        "privacy_consent", "privacy_request_step", "privacy_request_subject",
    ),
}  # fmt: skip
"""Tables that stay, as `docs/operating.md` says; they identify participants by random ids alone."""

NOBODYS = {
    "quiz_bloc", "quiz_paper_print", "quiz_rules_amendment",
    "commune_headcount", "commune_logo", "commune_office", "commune_office_unit", "commune_spelling",
    "commune_succession", "commune_unit", "commune_unit_name", "core_data_version", "core_imported_line",
    "core_instance_fact", "core_purge", "core_sheet_mapping", "core_translation",
    "quiz_card_batch", "quiz_choice", "quiz_cluster", "quiz_collective_award", "quiz_collective_decision",
    "quiz_season_decision", "quiz_contest",
    "quiz_contest_headcount", "quiz_contest_unit", "quiz_entry_card", "quiz_sms_day", "quiz_announcement",
    "quiz_key_version", "quiz_prize_tier", "quiz_question", "quiz_question_picture",
    "quiz_question_revision", "quiz_renaming", "quiz_result",
    "quiz_review",
    "quiz_round", "quiz_round_answers", "quiz_round_question", "quiz_tally", "quiz_unit_people",
    "survey_counter", "survey_counter_address", "survey_dossier_import", "survey_dossier_sample",
    "survey_provincial_total", "survey_dead_scan", "survey_instrument_version",
    "survey_option_tally",
}  # fmt: skip
"""Tables without personal data."""


def test_no_table_is_without_a_rule_or_a_reason():
    staying = [table for tables in STAYS.values() for table in tables]

    assert sorted([*ENDS, *staying, *NOBODYS]) == sorted(Base.metadata.tables)


def test_every_rule_runs_daily_and_removes_rows_of_some_table():
    assert {rule.code for room in app.ROOMS for rule in room.retention} == set(ENDS.values())


def test_tables_without_personal_data_hold_no_sealed_or_keyed_columns():
    suspicious = ("sealed", "person_id", "participant_id", "email", "phone", "account_id")

    found = [f"{name}.{column.name}" for name in NOBODYS for column in Base.metadata.tables[name].columns
             if column.name in suspicious]  # fmt: skip

    assert found == []


@pytest.mark.parametrize("what", STAYS)
def test_the_manual_lists_the_tables_that_are_kept(what):
    assert what in (Path(app.__file__).parent / "docs" / "operating.md").read_text()
