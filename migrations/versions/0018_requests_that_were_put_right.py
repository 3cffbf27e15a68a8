"""Person requests whose kind or person was corrected before anything was done."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OLD_DEEDS = (
    "received", "identified", "acknowledged", "exported", "corrected", "withdrawn", "restricted", "lifted", "erased",
    "answered", "agreed", "mistaken",
)  # fmt: skip
DEEDS = (*OLD_DEEDS, "amended")


def upgrade() -> None:
    """Mark no existing request as corrected."""
    _check(DEEDS)


def downgrade() -> None:
    """Keep the corrected kind; only the audit trail still records the correction."""
    op.execute("DELETE FROM quiz_request_step WHERE deed = 'amended'")
    _check(OLD_DEEDS)


def _check(values: tuple[str, ...]) -> None:
    with op.batch_alter_table("quiz_request_step", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_quiz_request_step_deed_known"), type_="check")
        batch_op.create_check_constraint("deed_known", f"deed IN {values}")
