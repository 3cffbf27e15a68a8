"""Blocs that are ranked apart, further fields of a registration, and amendments of the rules."""

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Contests so far rank everybody together and ask nothing more."""
    op.create_table(
        "quiz_rules_amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("from_round", sa.SmallInteger(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_quiz_rules_amendment_amended_for_a_reason")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_rules_amendment_approval_id_account_approval")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_rules_amendment_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_rules_amendment")),
        sa.UniqueConstraint("contest_id", "number", name=op.f("uq_quiz_rules_amendment_contest_id_number")),
    )
    op.create_index(op.f("ix_quiz_rules_amendment_approval_id"), "quiz_rules_amendment", ["approval_id"])
    op.create_table(
        "quiz_bloc",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_bloc_contest_id_quiz_contest")),
        sa.PrimaryKeyConstraint("contest_id", "position", name=op.f("pk_quiz_bloc")),
        sa.UniqueConstraint("contest_id", "name", name=op.f("uq_quiz_bloc_contest_id_name")),
    )
    op.add_column("quiz_contest", sa.Column("fields", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("quiz_participant") as batch_op:
        batch_op.add_column(sa.Column("extra", sa.LargeBinary(), nullable=True))
    for table in ("quiz_prize_tier", "quiz_participant"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("bloc", sa.SmallInteger(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_contest_id_quiz_bloc"),
                "quiz_bloc",
                ["contest_id", "bloc"],
                ["contest_id", "position"],
            )
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.add_column(sa.Column("bloc", sa.SmallInteger(), nullable=True))
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.add_column(sa.Column("blocs", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget the blocs, whose ranks stay as they are, and what was asked besides."""
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.drop_column("blocs")
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.drop_column("bloc")
    for table in ("quiz_participant", "quiz_prize_tier"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_contest_id_quiz_bloc"), type_="foreignkey")
            batch_op.drop_column("bloc")
    with op.batch_alter_table("quiz_participant") as batch_op:
        batch_op.drop_column("extra")
    op.drop_column("quiz_contest", "fields")
    op.drop_table("quiz_bloc")
    op.drop_table("quiz_rules_amendment")
