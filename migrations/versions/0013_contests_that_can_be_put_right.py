"""Drafts, called-off contests with their reason, and ids of contests that are never reused."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CHECKS = {
    "a_draft_is_deleted_rather": "called_off_at IS NULL OR NOT is_draft",
    "called_off_for_a_reason": "called_off_at IS NULL OR called_off_why <> ''",
}


def upgrade() -> None:
    """Make all existing contests public."""
    with op.batch_alter_table("quiz_contest", **_anew(is_numbered=True)) as batch_op:
        batch_op.add_column(sa.Column("is_draft", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("called_off_why", sa.String(length=500), nullable=False, server_default=""))
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(name, rule)


def downgrade() -> None:
    """Delete drafts, which would become public; called-off contests stay."""
    rounds = "(SELECT id FROM quiz_round WHERE contest_id IN (SELECT id FROM quiz_contest WHERE is_draft))"
    _forget_rehearsals(rounds)
    op.execute(
        f"DELETE FROM quiz_choice WHERE question_id IN (SELECT id FROM quiz_question WHERE round_id IN {rounds})"  # noqa: S608
    )
    op.execute(f"DELETE FROM quiz_question WHERE round_id IN {rounds}")  # noqa: S608
    for table in ("quiz_round", "quiz_prize_tier", "quiz_contest_unit"):
        op.execute(f"DELETE FROM {table} WHERE contest_id IN (SELECT id FROM quiz_contest WHERE is_draft)")  # noqa: S608
    op.execute("DELETE FROM quiz_contest WHERE is_draft")
    with op.batch_alter_table("quiz_contest", **_anew(is_numbered=False)) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_quiz_contest_{name}"), type_="check")
        for column in ("called_off_why", "called_off_at", "is_draft"):
            batch_op.drop_column(column)


def _forget_rehearsals(rounds: str) -> None:
    people = "(SELECT id FROM quiz_participant WHERE contest_id IN (SELECT id FROM quiz_contest WHERE is_draft))"
    op.execute(
        f"DELETE FROM quiz_answer_sheet WHERE attempt_id IN (SELECT id FROM quiz_attempt WHERE round_id IN {rounds})"  # noqa: S608
    )
    op.execute(f"DELETE FROM quiz_attempt WHERE round_id IN {rounds}")  # noqa: S608
    for table in ("quiz_participant_word", "quiz_participant_version", "quiz_consent", "quiz_request_subject"):
        op.execute(f"DELETE FROM {table} WHERE participant_id IN {people}")  # noqa: S608
    op.execute("DELETE FROM quiz_participant WHERE contest_id IN (SELECT id FROM quiz_contest WHERE is_draft)")


def _anew(*, is_numbered: bool) -> dict[str, object]:
    """Recreate the table on SQLite, with or without AUTOINCREMENT."""
    if op.get_bind().dialect.name != "sqlite":
        return {}
    return {"recreate": "always", "table_kwargs": {"sqlite_autoincrement": is_numbered}}
