"""Announcements by text message: each with the phones that it went to, and messages that wait for all others."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There were none."""
    op.add_column("core_message", sa.Column("is_bulk", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "quiz_announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("is_plain", sa.Boolean(), nullable=False),
        sa.Column("has_link", sa.Boolean(), nullable=False),
        sa.Column("made_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("posted_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_announcement_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_announcement_round_id_quiz_round")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_announcement_approval_id_account_approval")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_announcement")),
    )
    op.create_index(op.f("ix_quiz_announcement_contest_id"), "quiz_announcement", ["contest_id"])
    op.create_index(op.f("ix_quiz_announcement_approval_id"), "quiz_announcement", ["approval_id"])
    op.create_table(
        "quiz_announced_phone",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("phone_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'stopped')", name=op.f("ck_quiz_announced_phone_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["quiz_announcement.id"],
            name=op.f("fk_quiz_announced_phone_announcement_id_quiz_announcement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_announced_phone_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("announcement_id", "phone_hash", name=op.f("pk_quiz_announced_phone")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quiz_announced_phone_participant_id"), "quiz_announced_phone", ["participant_id"])


def downgrade() -> None:
    """Forget the announcements; their messages that were not sent go out as others do."""
    op.drop_table("quiz_announced_phone")
    op.drop_table("quiz_announcement")
    op.drop_column("core_message", "is_bulk")
