"""The contest that another is the trial of."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

NUMBERED = {"table_kwargs": {"sqlite_autoincrement": True}}
"""Ids of deleted contests are not reused, also where SQLite makes the table anew."""


def upgrade() -> None:
    """No contest is a trial yet."""
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch_op:
        batch_op.add_column(sa.Column("trial_of_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_quiz_contest_trial_of_id"), ["trial_of_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_quiz_contest_trial_of_id_quiz_contest"), "quiz_contest", ["trial_of_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_quiz_contest_a_trial_is_never_public"), "trial_of_id IS NULL OR is_draft"
        )


def downgrade() -> None:
    """Forget which contests are trials: they stay drafts."""
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_quiz_contest_a_trial_is_never_public"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_quiz_contest_trial_of_id_quiz_contest"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_quiz_contest_trial_of_id"), type_="unique")
        batch_op.drop_column("trial_of_id")
