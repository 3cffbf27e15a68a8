"""Nicknames that participants may choose, and the index by which one is compared with registered names."""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0092"
branch_labels = None
depends_on = None

BARE_NAME = "ix_quiz_participant_bare_name"


def upgrade() -> None:
    """None has chosen one yet."""
    op.create_table(
        "quiz_nickname",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choices", sa.SmallInteger(), nullable=False),
        sa.Column("strikes", sa.SmallInteger(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint("choices >= 1 AND strikes >= 0", name=op.f("ck_quiz_nickname_counts_sensible")),
        sa.CheckConstraint("struck_at IS NULL OR strikes >= 1", name=op.f("ck_quiz_nickname_struck_is_counted")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_nickname_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_nickname_participant_id_quiz_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_quiz_nickname")),
        sa.UniqueConstraint("contest_id", "key_hash", name=op.f("uq_quiz_nickname_contest_id_key_hash")),
    )
    op.create_index(BARE_NAME, "quiz_participant", ["contest_id", "bare_name_hash"])


def downgrade() -> None:
    """Chosen nicknames are forgotten; results fall back on the first letter of the name."""
    op.drop_index(BARE_NAME, table_name="quiz_participant")
    op.drop_table("quiz_nickname")
