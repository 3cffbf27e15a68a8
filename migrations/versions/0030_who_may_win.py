"""the people who may win: confirmed by the declared means, or on the roster; when a winner came into line."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

PARTICIPANT = ("confirmed_at", "name_hash", "bare_name_hash")


def upgrade() -> None:
    op.add_column("quiz_participant", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("quiz_participant", sa.Column("name_hash", sa.LargeBinary(length=32), nullable=True))
    op.add_column("quiz_participant", sa.Column("bare_name_hash", sa.LargeBinary(length=32), nullable=True))
    op.add_column("quiz_winner", sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True))
    _add_cards()
    _add_phone_codes()


def _add_phone_codes() -> None:
    op.create_table(
        "quiz_phone_code",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sends", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("tries >= 0 AND sends >= 0", name=op.f("ck_quiz_phone_code_counts_not_negative")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_phone_code_participant_id_quiz_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_quiz_phone_code")),
    )
    op.create_table(
        "quiz_sms_day",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_sms_day_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("contest_id", "day", name=op.f("pk_quiz_sms_day")),
    )


def _add_cards() -> None:
    op.create_table(
        "quiz_card_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_why", sa.String(length=500), server_default="", nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 400", name=op.f("ck_quiz_card_batch_quantity_sensible")),
        sa.CheckConstraint(
            "voided_at IS NULL OR voided_why <> ''", name=op.f("ck_quiz_card_batch_voided_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_card_batch_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_card_batch_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_card_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quiz_card_batch_contest_id"), "quiz_card_batch", ["contest_id"])
    op.create_table(
        "quiz_entry_card",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["quiz_card_batch.id"], name=op.f("fk_quiz_entry_card_batch_id_quiz_card_batch")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_quiz_entry_card")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quiz_entry_card_batch_id"), "quiz_entry_card", ["batch_id"])


def downgrade() -> None:
    op.drop_table("quiz_sms_day")
    op.drop_table("quiz_phone_code")
    op.drop_table("quiz_entry_card")
    op.drop_table("quiz_card_batch")
    op.drop_column("quiz_winner", "seated_at")
    for name in PARTICIPANT:
        op.drop_column("quiz_participant", name)
