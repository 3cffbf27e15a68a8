"""Typing errors mended after a round has opened, and what participants report about questions."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was mended or reported before."""
    with op.batch_alter_table("quiz_round_question") as batch_op:
        batch_op.add_column(sa.Column("mended_at", core.db.UtcDateTime(), nullable=True))
    op.create_table(
        "quiz_question_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_question_id"],
            ["quiz_round_question.id"],
            name=op.f("fk_quiz_question_report_round_question_id_quiz_round_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question_report")),
    )
    with op.batch_alter_table("quiz_question_report") as batch_op:
        batch_op.create_index(op.f("ix_quiz_question_report_round_question_id"), ["round_question_id"])


def downgrade() -> None:
    """Forget the reports; mended questions keep their newest wording."""
    op.drop_table("quiz_question_report")
    with op.batch_alter_table("quiz_round_question") as batch_op:
        batch_op.drop_column("mended_at")
