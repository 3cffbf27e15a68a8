"""Decisions on the prizes of units, and prizes that people have received."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No prize of a unit was decided, and none was recorded as received."""
    op.create_table(
        "quiz_collective_decision",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("cap", sa.SmallInteger(), nullable=True),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("decided_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approval_id"],
            ["account_approval.id"],
            name=op.f("fk_quiz_collective_decision_approval_id_account_approval"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_collective_decision_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("contest_id", "version", name=op.f("pk_quiz_collective_decision")),
    )
    with op.batch_alter_table("quiz_collective_decision") as batch_op:
        batch_op.create_index(op.f("ix_quiz_collective_decision_approval_id"), ["approval_id"])
    op.create_table(
        "quiz_collective_award",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "version"],
            ["quiz_collective_decision.contest_id", "quiz_collective_decision.version"],
            name=op.f("fk_quiz_collective_award_contest_id_quiz_collective_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_collective_award_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("contest_id", "version", "position", name=op.f("pk_quiz_collective_award")),
    )
    with op.batch_alter_table("quiz_collective_award") as batch_op:
        batch_op.create_index(op.f("ix_quiz_collective_award_unit_id"), ["unit_id"])
    op.create_table(
        "quiz_prize_claim",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("received_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_prize_claim_round_id_quiz_round")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_prize_claim_participant_id_quiz_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account_account.id"], name=op.f("fk_quiz_prize_claim_recorded_by_id_account_account")
        ),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_quiz_prize_claim")),
    )


def downgrade() -> None:
    """Forget decisions and receipts."""
    op.drop_table("quiz_prize_claim")
    op.drop_table("quiz_collective_award")
    op.drop_table("quiz_collective_decision")
