"""Repeated consents: one row per consent and one in force at a time; requests to agree again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OLD_KINDS = ("view", "correct", "copy", "withdraw", "restrict", "delete")
KINDS = (*OLD_KINDS, "agree")
OLD_DEEDS = (
    "received", "identified", "acknowledged", "exported", "corrected", "withdrawn", "restricted", "lifted", "erased",
    "answered",
)  # fmt: skip
DEEDS = (*OLD_DEEDS, "agreed")
HOLDS = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    """Number every existing consent as the first of its purpose."""
    _key("participant_id", "purpose", "given_at")
    op.create_index(
        "uq_quiz_consent_standing", "quiz_consent", ["participant_id", "purpose"], unique=True,
        sqlite_where=HOLDS, postgresql_where=HOLDS,
    )  # fmt: skip
    _check("quiz_person_request", "kind", KINDS)
    _check("quiz_request_step", "deed", DEEDS)


def downgrade() -> None:
    """Keep the last consent of each purpose; a request to agree again becomes one to correct."""
    op.drop_index("uq_quiz_consent_standing", table_name="quiz_consent")
    op.execute(
        "DELETE FROM quiz_consent WHERE EXISTS (SELECT 1 FROM quiz_consent AS later"
        " WHERE later.participant_id = quiz_consent.participant_id AND later.purpose = quiz_consent.purpose"
        " AND later.given_at > quiz_consent.given_at)"
    )
    _key("participant_id", "purpose")
    op.execute("UPDATE quiz_person_request SET kind = 'correct' WHERE kind = 'agree'")
    _check("quiz_person_request", "kind", OLD_KINDS)
    op.execute("UPDATE quiz_request_step SET deed = 'corrected' WHERE deed = 'agreed'")
    _check("quiz_request_step", "deed", OLD_DEEDS)


def _key(*columns: str) -> None:
    with op.batch_alter_table("quiz_consent") as batch_op:
        batch_op.drop_constraint(op.f("pk_quiz_consent"), type_="primary")
        batch_op.create_primary_key(op.f("pk_quiz_consent"), list(columns))


def _check(table: str, column: str, values: tuple[str, ...]) -> None:
    kept = {"table_kwargs": {"sqlite_autoincrement": True}} if table == "quiz_request_step" else {}
    with op.batch_alter_table(table, **kept) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}_known"), type_="check")
        batch_op.create_check_constraint(f"{column}_known", f"{column} IN {values}")
