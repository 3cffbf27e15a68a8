"""The audit trail, approvals, and openings of contact data."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ACTORS = ("account", "terminal", "system")
STATES = ("pending", "approved", "refused", "withdrawn", "expired", "failed")
DECIDED = ("approved", "refused", "failed")
REFUSE_ON_SQLITE = """
CREATE TRIGGER account_audit_no_{deed} BEFORE {deed} ON account_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END
"""
REFUSE_ON_POSTGRES = """
CREATE FUNCTION account_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def upgrade() -> None:
    _keep_numbers_of_accounts(True)
    _create_audit()
    _create_approval()
    op.create_table(
        "quiz_contact_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("people IN ('winners', 'front')", name=op.f("ck_quiz_contact_opening_people_known")),
        sa.CheckConstraint("closes_at > opened_at", name=op.f("ck_quiz_contact_opening_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_contact_opening_round_id_quiz_round")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account_account.id"], name=op.f("fk_quiz_contact_opening_account_id_account_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_contact_opening")),
    )
    op.create_index("ix_quiz_contact_opening_round", "quiz_contact_opening", ["round_id", "account_id"])
    op.add_column("quiz_round", sa.Column("published_alone", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("quiz_round", "published_alone")
    op.drop_table("quiz_contact_opening")
    op.drop_table("account_approval")
    op.drop_table("account_audit")
    if _is_postgres():
        op.execute("DROP FUNCTION account_audit_refuse()")
    _keep_numbers_of_accounts(False)


def _keep_numbers_of_accounts(kept: bool) -> None:
    """Keep SQLite from reusing the id of a deleted account."""
    if not _is_postgres():
        kwargs = {"sqlite_autoincrement": kept}
        with op.batch_alter_table("account_account", recreate="always", table_kwargs=kwargs):
            pass


def _create_audit() -> None:
    op.create_table(
        "account_audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(f"actor IN {ACTORS}", name=op.f("ck_account_audit_actor_known")),
        sa.CheckConstraint(
            "(actor = 'account') = (account_id IS NOT NULL)", name=op.f("ck_account_audit_account_iff_somebody")
        ),
        sa.CheckConstraint("(sealed IS NULL) = (person_id IS NULL)", name=op.f("ck_account_audit_sealed_under_a_key")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_account_audit_numbered_from_one")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account_audit")),
    )
    for name, column in (("unit", "unit_id"), ("account", "account_id"), ("action", "action"), ("actor", "actor")):
        op.create_index(f"ix_account_audit_{name}", "account_audit", [column, "number"])
    op.create_index("ix_account_audit_at", "account_audit", ["at"])
    op.create_index("ix_account_audit_person", "account_audit", ["person_id"])
    _refuse_changes()


def _refuse_changes() -> None:
    if not _is_postgres():
        for deed in ("UPDATE", "DELETE"):
            op.execute(REFUSE_ON_SQLITE.format(deed=deed))
        return
    op.execute(REFUSE_ON_POSTGRES)
    op.execute(
        "CREATE TRIGGER account_audit_no_change BEFORE UPDATE OR DELETE ON account_audit "
        "FOR EACH ROW EXECUTE FUNCTION account_audit_refuse()"
    )
    op.execute(
        "CREATE TRIGGER account_audit_no_truncate BEFORE TRUNCATE ON account_audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION account_audit_refuse()"
    )


def _create_approval() -> None:
    pending = sa.text("state = 'pending'")
    op.create_table(
        "account_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_account_approval_state_known")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> asked_by_id", name=op.f("ck_account_approval_decided_by_another")
        ),
        sa.CheckConstraint(
            f"(state IN {DECIDED}) = (decided_by_id IS NOT NULL)", name=op.f("ck_account_approval_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_account_approval_open_until_decided")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_account_approval_unit_id_commune_unit")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["account_account.id"], name=op.f(f"fk_account_approval_{column}_account_account")
            )
            for column in ("asked_by_id", "decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_approval")),
    )
    op.create_index(
        "uq_account_approval_pending", "account_approval", ["action", "kind", "subject_id"], unique=True,
        sqlite_where=pending, postgresql_where=pending,
    )  # fmt: skip
    op.create_index("ix_account_approval_unit", "account_approval", ["unit_id", "state"])
    op.create_index("ix_account_approval_expires", "account_approval", ["state", "expires_on"])
    op.create_index("ix_account_approval_subject", "account_approval", ["kind", "subject_id"])


def _is_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"
