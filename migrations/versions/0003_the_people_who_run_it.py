"""Roles of staff."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD_ROLES = ("organiser", "officer")
ROLES = ("administrator", "organiser", "manager", "interviewer", "inspector", "writer", "approver")


def upgrade() -> None:
    """Rename the role of officers to manager."""
    with op.batch_alter_table("account_grant") as batch_op:
        batch_op.drop_constraint(op.f("ck_account_grant_role_known"), type_="check")
    op.execute("UPDATE account_grant SET role = 'manager' WHERE role = 'officer'")
    with op.batch_alter_table("account_grant") as batch_op:
        batch_op.create_check_constraint("role_known", f"role IN {ROLES}")


def downgrade() -> None:
    """Delete grants of roles that were unknown before."""
    with op.batch_alter_table("account_grant") as batch_op:
        batch_op.drop_constraint(op.f("ck_account_grant_role_known"), type_="check")
    op.execute("UPDATE account_grant SET role = 'officer' WHERE role = 'manager'")
    op.execute("DELETE FROM account_grant WHERE role NOT IN ('organiser', 'officer')")
    with op.batch_alter_table("account_grant") as batch_op:
        batch_op.create_check_constraint("role_known", f"role IN {OLD_ROLES}")
