"""Requests of participants to be counted for another unit."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

WAITING = sa.text("decided_at IS NULL")


def upgrade() -> None:
    """There are no earlier requests."""
    op.create_table(
        "quiz_unit_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("old_unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("decided_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("answer", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint("unit_id <> old_unit_id", name=op.f("ck_quiz_unit_request_asks_for_another_unit")),
        sa.CheckConstraint(
            "decided_at IS NOT NULL OR NOT is_granted", name=op.f("ck_quiz_unit_request_granted_by_a_decision")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_unit_request_participant_id_quiz_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["old_unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_unit_request_old_unit_id_commune_unit")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_unit_request_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_unit_request")),
    )
    with op.batch_alter_table("quiz_unit_request") as batch_op:
        batch_op.create_index(op.f("ix_quiz_unit_request_participant_id"), ["participant_id"])
        batch_op.create_index(
            "ix_quiz_unit_request_waiting",
            ["participant_id"],
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        )


def downgrade() -> None:
    """Forget the requests; people stay in the units that were granted."""
    op.drop_table("quiz_unit_request")
