"""Consents, person requests, purges, and marks of rehearsals."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PURPOSES = ("taking-part", "guardian", "named", "reached")
KINDS = ("view", "correct", "copy", "withdraw", "restrict", "delete")
CHANNELS = ("phone", "paper", "counter", "online")
OUTCOMES = ("done", "nothing")
DEEDS = (
    "received", "identified", "acknowledged", "exported", "corrected", "withdrawn", "restricted", "lifted", "erased",
    "answered",
)  # fmt: skip
MARKED = ("survey_counter", "survey_rating", "quiz_contest", "quiz_participant")


def upgrade() -> None:
    """Store no consent to being named for earlier participants, whose names stay masked."""
    for table in MARKED:
        op.add_column(table, sa.Column("is_rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("quiz_participant", sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "core_purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_purge")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_core_purge_rule"), "core_purge", ["rule"])
    op.create_table(
        "quiz_consent",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("wording", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"purpose IN {PURPOSES}", name=op.f("ck_quiz_consent_purpose_known")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_quiz_consent_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_consent_participant_id_quiz_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", "purpose", name=op.f("pk_quiz_consent")),
    )
    op.create_table(
        "quiz_participant_version",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_participant_version_participant_id_quiz_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_participant_version_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("participant_id", "version", name=op.f("pk_quiz_participant_version")),
    )
    _requests()


def _requests() -> None:
    op.create_table(
        "quiz_person_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_quiz_person_request_kind_known")),
        sa.CheckConstraint(f"channel IN {CHANNELS}", name=op.f("ck_quiz_person_request_channel_known")),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name=op.f("ck_quiz_person_request_outcome_known")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_quiz_person_request_outcome_iff_answered")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_person_request_unit_id_commune_unit")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["core_person_key.id"],
            name=op.f("fk_quiz_person_request_person_id_core_person_key"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_person_request")),
    )
    op.create_index(op.f("ix_quiz_person_request_unit_id"), "quiz_person_request", ["unit_id"])
    op.create_index(op.f("ix_quiz_person_request_answer_by"), "quiz_person_request", ["answer_by"])
    op.create_table(
        "quiz_request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"deed IN {DEEDS}", name=op.f("ck_quiz_request_step_deed_known")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["quiz_person_request.id"], name=op.f("fk_quiz_request_step_request_id_quiz_person_request")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account_account.id"],
            name=op.f("fk_quiz_request_step_account_id_account_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_request_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quiz_request_step_request_id"), "quiz_request_step", ["request_id"])
    op.create_table(
        "quiz_request_subject",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["quiz_person_request.id"],
            name=op.f("fk_quiz_request_subject_request_id_quiz_person_request"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_request_subject_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("request_id", "participant_id", name=op.f("pk_quiz_request_subject")),
    )


def downgrade() -> None:
    """Delete the data of rehearsals, which could no longer be distinguished from real data."""
    op.execute("DELETE FROM survey_rating_reason WHERE rating_id IN (SELECT id FROM survey_rating WHERE is_rehearsal)")
    op.execute("DELETE FROM survey_rating WHERE is_rehearsal")
    _forget_contest_rehearsals()
    for table in ("quiz_request_subject", "quiz_request_step", "quiz_person_request"):
        op.drop_table(table)
    for table in ("quiz_participant_version", "quiz_consent", "core_purge"):
        op.drop_table(table)
    with op.batch_alter_table("quiz_participant") as batch_op:
        batch_op.drop_column("restricted_at")
    for table in MARKED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("is_rehearsal")


def _forget_contest_rehearsals() -> None:
    rounds = "(SELECT id FROM quiz_round WHERE number = 0)"
    people = "(SELECT id FROM quiz_participant WHERE is_rehearsal)"
    op.execute(
        f"DELETE FROM quiz_answer_sheet WHERE attempt_id IN (SELECT id FROM quiz_attempt WHERE round_id IN {rounds})"  # noqa: S608
    )
    op.execute(f"DELETE FROM quiz_attempt WHERE round_id IN {rounds}")  # noqa: S608
    for table in ("quiz_participant_word", "quiz_participant_version", "quiz_consent", "quiz_request_subject"):
        op.execute(f"DELETE FROM {table} WHERE participant_id IN {people}")  # noqa: S608
    op.execute("DELETE FROM quiz_participant WHERE is_rehearsal")
    op.execute(
        f"DELETE FROM quiz_choice WHERE question_id IN (SELECT id FROM quiz_question WHERE round_id IN {rounds})"  # noqa: S608
    )
    op.execute(f"DELETE FROM quiz_question WHERE round_id IN {rounds}")  # noqa: S608
    op.execute("DELETE FROM quiz_round WHERE number = 0")
