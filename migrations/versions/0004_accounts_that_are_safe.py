"""Sessions, second factors, links and throttled attempts of accounts."""

import sqlalchemy as sa
from alembic import op

from core.values.text import search_key, sort_key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _of_account("account_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "account_totp",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _of_account("account_totp"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_totp")),
    )
    op.create_table(
        "account_recovery_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        _of_account("account_recovery_code"),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_account_recovery_code")),
    )
    op.create_table(
        "account_link",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("drops_factor", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_account("account_link"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_link_secret_hash")),
    )
    op.create_table(
        "account_tries",
        sa.Column("bucket", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("open_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_account_tries")),
    )
    _know_accounts()


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account_account.id"], name=name)


def _know_accounts() -> None:
    """Give each account the unit of its first role (or the first unit), and its search and sort keys."""
    with op.batch_alter_table("account_account") as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("search_key", sa.String(length=400), nullable=True))
        batch_op.add_column(sa.Column("sort_key", sa.String(length=400), nullable=True))
    op.execute(
        "UPDATE account_account SET unit_id = COALESCE("
        "(SELECT min(unit_id) FROM account_grant WHERE account_id = account_account.id), "
        "(SELECT min(id) FROM commune_unit))"
    )
    rows = op.get_bind().execute(sa.text("SELECT id, name, email FROM account_account")).all()
    for id, name, email in rows:
        keys = {"id": id, "found": f"{search_key(name)} {search_key(email)}", "sorted": sort_key(name)}
        statement = sa.text("UPDATE account_account SET search_key = :found, sort_key = :sorted WHERE id = :id")
        op.get_bind().execute(statement, keys)
    with op.batch_alter_table("account_account") as batch_op:
        for column, kind in (("unit_id", sa.Integer()), ("search_key", sa.String(400)), ("sort_key", sa.String(400))):
            batch_op.alter_column(column, existing_type=kind, nullable=False)
        batch_op.create_foreign_key(
            op.f("fk_account_account_unit_id_commune_unit"), "commune_unit", ["unit_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_account_account_unit_id"), ["unit_id"])
        batch_op.create_index(op.f("ix_account_account_sort_key"), ["sort_key"])
    op.create_index(op.f("ix_account_grant_unit_id"), "account_grant", ["unit_id"])


def downgrade() -> None:
    """Delete invited accounts without a password."""
    op.drop_index(op.f("ix_account_grant_unit_id"), table_name="account_grant")
    for table in ("account_tries", "account_link", "account_recovery_code", "account_totp", "account_session"):
        op.drop_table(table)
    op.execute(
        "DELETE FROM account_grant WHERE account_id IN (SELECT id FROM account_account WHERE password_hash = '')"
    )
    op.execute("DELETE FROM account_account WHERE password_hash = ''")
    with op.batch_alter_table("account_account") as batch_op:
        batch_op.drop_index(op.f("ix_account_account_sort_key"))
        batch_op.drop_index(op.f("ix_account_account_unit_id"))
        batch_op.drop_constraint(op.f("fk_account_account_unit_id_commune_unit"), type_="foreignkey")
        for column in ("sort_key", "search_key", "unit_id"):
            batch_op.drop_column(column)
