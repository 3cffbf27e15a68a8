"""Printed paper sheets that two people key in, and the names of those who help with an attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NAME = "quiz_paper_sheet"


def upgrade() -> None:
    """There are no earlier sheets and names."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_by_id", sa.Integer(), nullable=True),
        sa.Column("second_by_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("differed", sa.SmallInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("sealed IS NULL OR first_by_id IS NOT NULL", name=op.f(f"ck_{NAME}_keyed_by_somebody")),
        sa.CheckConstraint(
            "second_by_id IS NULL OR sealed IS NULL", name=op.f(f"ck_{NAME}_kept_until_both_have_keyed")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f(f"fk_{NAME}_round_id_quiz_round")),
        sa.ForeignKeyConstraint(
            ["first_by_id"], ["account_account.id"], name=op.f(f"fk_{NAME}_first_by_id_account_account")
        ),
        sa.ForeignKeyConstraint(
            ["second_by_id"], ["account_account.id"], name=op.f(f"fk_{NAME}_second_by_id_account_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("round_id", "number", name=op.f(f"uq_{NAME}_round_id_number")),
    )
    op.create_table(
        "quiz_attempt_help",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempt.id"],
            name=op.f("fk_quiz_attempt_help_attempt_id_quiz_attempt"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_quiz_attempt_help")),
    )


def downgrade() -> None:
    """Forget them; papers that were keyed in stay attempts."""
    op.drop_table("quiz_attempt_help")
    op.drop_table(NAME)
