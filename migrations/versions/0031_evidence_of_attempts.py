"""The evidence of attempts, apart from them, and the clusters of a round's review."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the empty tables: attempts from before have no evidence."""
    _create_evidence()
    _create_review()
    _create_clusters()


def _create_evidence() -> None:
    op.create_table(
        "quiz_attempt_evidence",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempt.id"],
            name=op.f("fk_quiz_attempt_evidence_attempt_id_quiz_attempt"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_quiz_attempt_evidence")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quiz_attempt_evidence_begun_at"), "quiz_attempt_evidence", ["begun_at"])


def _create_review() -> None:
    op.create_table(
        "quiz_review",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("reading_ms", sa.Integer(), nullable=False),
        sa.Column("tapping_ms", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_review_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_quiz_review")),
    )


def _create_clusters() -> None:
    op.create_table(
        "quiz_cluster",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("perfect", sa.Integer(), nullable=False),
        sa.Column("is_strong", sa.Boolean(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("decision IN ('open', 'kept', 'excluded')", name=op.f("ck_quiz_cluster_decision_known")),
        sa.CheckConstraint(
            "(decision = 'open') = (decided_at IS NULL)", name=op.f("ck_quiz_cluster_decided_at_some_time")
        ),
        sa.CheckConstraint("number >= 1 AND size >= 1", name=op.f("ck_quiz_cluster_counts_sensible")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["quiz_review.round_id"], name=op.f("fk_quiz_cluster_round_id_quiz_review")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_cluster_approval_id_account_approval")
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_quiz_cluster")),
    )
    op.create_index(op.f("ix_quiz_cluster_approval_id"), "quiz_cluster", ["approval_id"])
    op.create_table(
        "quiz_cluster_entry",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["quiz_cluster.round_id", "quiz_cluster.number"],
            name=op.f("fk_quiz_cluster_entry_round_id_quiz_cluster"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_cluster_entry_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_quiz_cluster_entry")),
    )
    op.create_index("ix_quiz_cluster_entry_number", "quiz_cluster_entry", ["round_id", "number"])


def downgrade() -> None:
    """Drop the evidence and the reviews; exclusions stay."""
    for table in ("quiz_cluster_entry", "quiz_cluster", "quiz_review"):
        op.drop_table(table)
    op.drop_table("quiz_attempt_evidence")
