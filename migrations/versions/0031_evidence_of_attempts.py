"""The evidence of attempts, apart from them, and the clusters of a round's review."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the empty tables: attempts from before have no evidence."""
    _create_evidence()


def _create_evidence() -> None:
    op.create_table(
        "quiz_attempt_evidence",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_attempt_evidence_attempt_id_quiz_attempt"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_quiz_attempt_evidence")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_quiz_attempt_evidence_begun_at"), "quiz_attempt_evidence", ["begun_at"])


def downgrade() -> None:
    """Drop the evidence."""
    op.drop_table("quiz_attempt_evidence")
