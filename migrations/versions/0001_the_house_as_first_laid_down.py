"""The first tables of all rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_account_email")),
    )
    op.create_table(
        "commune_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(length=100), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('province', 'district', 'commune', 'ward', 'township', 'special')",
            name=op.f("ck_commune_unit_kind_known"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_commune_unit_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["commune_unit.id"], name=op.f("fk_commune_unit_parent_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune_unit")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_commune_unit_code_valid_from")),
    )
    with op.batch_alter_table("commune_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_unit_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commune_unit_search_key"), ["search_key"], unique=False)

    op.create_table(
        "core_person_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_person_key")),
    )
    op.create_table(
        "core_stored_reply",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_core_stored_reply")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("core_stored_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_stored_reply_expires_on"), ["expires_on"], unique=False)

    op.create_table(
        "account_grant",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('organiser', 'officer')", name=op.f("ck_account_grant_role_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account_account.id"], name=op.f("fk_account_grant_account_id_account_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_account_grant_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("account_id", "role", "unit_id", name=op.f("pk_account_grant")),
    )
    op.create_table(
        "commune_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("hotline", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_office_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune_office")),
        sa.UniqueConstraint("slug", name=op.f("uq_commune_office_slug")),
    )
    with op.batch_alter_table("commune_office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_office_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "quiz_contest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("hotline", sa.String(length=40), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("people_per_phone", sa.SmallInteger(), nullable=False),
        sa.Column("youngest", sa.SmallInteger(), nullable=False),
        sa.Column("is_illustrative", sa.Boolean(), nullable=False),
        sa.CheckConstraint("people_per_phone BETWEEN 1 AND 50", name=op.f("ck_quiz_contest_people_per_phone_sensible")),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_contest_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_contest")),
        sa.UniqueConstraint("slug", name=op.f("uq_quiz_contest_slug")),
    )
    with op.batch_alter_table("quiz_contest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_contest_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "quiz_contest_unit",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_contest_unit_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_contest_unit_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("contest_id", "unit_id", name=op.f("pk_quiz_contest_unit")),
    )
    op.create_table(
        "quiz_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("identity_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("phone_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("phone_slot", sa.SmallInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("may_be_child", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("phone_slot BETWEEN 1 AND 50", name=op.f("ck_quiz_participant_phone_slot_sensible")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_participant_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["core_person_key.id"],
            name=op.f("fk_quiz_participant_person_id_core_person_key"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_participant_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_participant")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_quiz_participant_code_hash")),
        sa.UniqueConstraint("contest_id", "identity_hash", name=op.f("uq_quiz_participant_contest_id_identity_hash")),
        sa.UniqueConstraint(
            "contest_id", "phone_hash", "phone_slot", name=op.f("uq_quiz_participant_contest_id_phone_hash_phone_slot")
        ),
    )
    op.create_table(
        "quiz_prize_tier",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 1000", name=op.f("ck_quiz_prize_tier_quantity_sensible")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_prize_tier_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("contest_id", "position", name=op.f("pk_quiz_prize_tier")),
    )
    op.create_table(
        "quiz_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("results_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("limit_seconds", sa.Integer(), nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "closed_at IS NULL OR closed_at >= closes_at", name=op.f("ck_quiz_round_never_closed_early")
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_quiz_round_closes_after_it_opens")),
        sa.CheckConstraint(
            "published_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_quiz_round_published_after_closing")
        ),
        sa.CheckConstraint("results_at >= closes_at", name=op.f("ck_quiz_round_results_after_the_close")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_round_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_round")),
        sa.UniqueConstraint("contest_id", "number", name=op.f("uq_quiz_round_contest_id_number")),
    )
    op.create_table(
        "survey_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f("ck_survey_counter_number_sensible")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_survey_counter_office_id_commune_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_counter")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_survey_counter_office_id_number")),
    )
    op.create_table(
        "quiz_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("correct", sa.SmallInteger(), nullable=True),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("person_commitment", sa.LargeBinary(length=32), nullable=True),
        sa.Column("answers_commitment", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint("mode IN ('self', 'assisted', 'paper')", name=op.f("ck_quiz_attempt_mode_known")),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (correct IS NULL)", name=op.f("ck_quiz_attempt_marked_iff_submitted")
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (receipt_hash IS NULL)", name=op.f("ck_quiz_attempt_receipt_iff_submitted")
        ),
        sa.CheckConstraint("deadline_at > started_at", name=op.f("ck_quiz_attempt_has_time")),
        sa.CheckConstraint(
            "submitted_at IS NULL OR submitted_at >= started_at", name=op.f("ck_quiz_attempt_submitted_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_attempt_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_attempt_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_quiz_attempt_receipt_hash")),
        sa.UniqueConstraint(
            "round_id", "participant_id", "ordinal", name=op.f("uq_quiz_attempt_round_id_participant_id_ordinal")
        ),
    )
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_quiz_attempt_participant", ["participant_id"], unique=False)

    op.create_table(
        "quiz_participant_word",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("word_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_participant_word_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("participant_id", "word_hash", name=op.f("pk_quiz_participant_word")),
    )
    with op.batch_alter_table("quiz_participant_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_participant_word_word_hash"), ["word_hash"], unique=False)

    op.create_table(
        "quiz_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_question_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_quiz_question_round_id_position")),
    )
    op.create_table(
        "quiz_result",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("perfect", sa.Integer(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_result_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("round_id", "version", name=op.f("pk_quiz_result")),
    )
    op.create_table(
        "quiz_tally",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("perfect", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_tally_round_id_quiz_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_tally_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("round_id", "unit_id", "day", name=op.f("pk_quiz_tally")),
    )
    op.create_table(
        "survey_counter_address",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.CheckConstraint("serial BETWEEN 1 AND 33554431", name=op.f("ck_survey_counter_address_serial_fits_25_bits")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_counter_address_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_survey_counter_address")),
        sa.UniqueConstraint("counter_id", "revision", name=op.f("uq_survey_counter_address_counter_id_revision")),
    )
    op.create_table(
        "survey_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(
            "channel IN ('open', 'code', 'kiosk', 'phone', 'paper')", name=op.f("ck_survey_rating_channel_known")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_survey_rating_level_of_five")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_rating_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rating")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_survey_rating_receipt_hash")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_rating_counter_id"), ["counter_id"], unique=False)

    op.create_table(
        "survey_tally",
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("level_1", sa.Integer(), nullable=False),
        sa.Column("level_2", sa.Integer(), nullable=False),
        sa.Column("level_3", sa.Integer(), nullable=False),
        sa.Column("level_4", sa.Integer(), nullable=False),
        sa.Column("level_5", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_tally_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("counter_id", "week", "channel", name=op.f("pk_survey_tally")),
    )
    op.create_table(
        "quiz_answer_sheet",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("guess", sa.Integer(), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_answer_sheet_attempt_id_quiz_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_quiz_answer_sheet")),
    )
    op.create_table(
        "quiz_choice",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_question.id"], name=op.f("fk_quiz_choice_question_id_quiz_question")
        ),
        sa.PrimaryKeyConstraint("question_id", "letter", name=op.f("pk_quiz_choice")),
    )
    op.create_table(
        "quiz_entry",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("guess", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_entry_attempt_id_quiz_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_entry_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_entry_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_quiz_entry")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_quiz_entry_attempt_id")),
    )
    op.create_table(
        "quiz_standing",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("correct", sa.SmallInteger(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("guess", sa.Integer(), nullable=True),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=10), nullable=True),
        sa.CheckConstraint("rank >= 1 AND rank <= position", name=op.f("ck_quiz_standing_rank_within_position")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_standing_attempt_id_quiz_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_standing_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "version"],
            ["quiz_result.round_id", "quiz_result.version"],
            name=op.f("fk_quiz_standing_round_id_quiz_result"),
        ),
        sa.PrimaryKeyConstraint("round_id", "version", "position", name=op.f("pk_quiz_standing")),
        sa.UniqueConstraint(
            "round_id", "version", "participant_id", name=op.f("uq_quiz_standing_round_id_version_participant_id")
        ),
    )
    with op.batch_alter_table("quiz_standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_standing_attempt_id"), ["attempt_id"], unique=False)

    op.create_table(
        "quiz_winner",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=True),
        sa.Column("needs_draw", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'confirmed', 'passed')", name=op.f("ck_quiz_winner_state_known")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_winner_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "version"],
            ["quiz_result.round_id", "quiz_result.version"],
            name=op.f("fk_quiz_winner_round_id_quiz_result"),
        ),
        sa.PrimaryKeyConstraint("round_id", "version", "participant_id", name=op.f("pk_quiz_winner")),
    )
    op.create_table(
        "survey_rating_reason",
        sa.Column("rating_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "reason IN ('attitude', 'guidance', 'waiting', 'processing', 'trips', 'cost', 'facilities')",
            name=op.f("ck_survey_rating_reason_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["survey_rating.id"], name=op.f("fk_survey_rating_reason_rating_id_survey_rating")
        ),
        sa.PrimaryKeyConstraint("rating_id", "reason", name=op.f("pk_survey_rating_reason")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("survey_rating_reason")
    op.drop_table("quiz_winner")
    with op.batch_alter_table("quiz_standing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_standing_attempt_id"))

    op.drop_table("quiz_standing")
    op.drop_table("quiz_entry")
    op.drop_table("quiz_choice")
    op.drop_table("quiz_answer_sheet")
    op.drop_table("survey_tally")
    with op.batch_alter_table("survey_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_rating_counter_id"))

    op.drop_table("survey_rating")
    op.drop_table("survey_counter_address")
    op.drop_table("quiz_tally")
    op.drop_table("quiz_result")
    op.drop_table("quiz_question")
    with op.batch_alter_table("quiz_participant_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_participant_word_word_hash"))

    op.drop_table("quiz_participant_word")
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_quiz_attempt_participant")

    op.drop_table("quiz_attempt")
    op.drop_table("survey_counter")
    op.drop_table("quiz_round")
    op.drop_table("quiz_prize_tier")
    op.drop_table("quiz_participant")
    op.drop_table("quiz_contest_unit")
    with op.batch_alter_table("quiz_contest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_contest_unit_id"))

    op.drop_table("quiz_contest")
    with op.batch_alter_table("commune_office", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_office_unit_id"))

    op.drop_table("commune_office")
    op.drop_table("account_grant")
    with op.batch_alter_table("core_stored_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_stored_reply_expires_on"))

    op.drop_table("core_stored_reply")
    op.drop_table("core_person_key")
    with op.batch_alter_table("commune_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_unit_search_key"))
        batch_op.drop_index(batch_op.f("ix_commune_unit_parent_id"))

    op.drop_table("commune_unit")
    op.drop_table("account_account")
