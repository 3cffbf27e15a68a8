"""rows of rosters have a random id, by which the log of erasures names them."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLE = sa.table(
    "quiz_roster_person",
    sa.column("contest_id", sa.Integer()),
    sa.column("identity_hash", sa.LargeBinary()),
    sa.column("name_hash", sa.LargeBinary()),
    sa.column("phone_hash", sa.LargeBinary()),
    sa.column("unit_id", sa.Integer()),
    sa.column("bloc", sa.String()),
    sa.column("imported_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    _rebuild([sa.Column("id", sa.Uuid(), nullable=False)], [sa.UniqueConstraint("id", name="uq_quiz_roster_person_id")])


def downgrade() -> None:
    _rebuild([], [])


def _rebuild(more: list[sa.Column[uuid.UUID]], constraints: list[sa.UniqueConstraint]) -> None:
    """Create the table anew with *more* columns and *constraints*, and put its rows back."""
    rows = op.get_bind().execute(sa.select(TABLE)).mappings().all()
    op.drop_table("quiz_roster_person")
    table = op.create_table(
        "quiz_roster_person",
        *more,
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("identity_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("phone_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("bloc", sa.String(length=100), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_roster_person_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_roster_person_unit_id_commune_unit")
        ),
        *constraints,
        sa.PrimaryKeyConstraint("contest_id", "identity_hash", name=op.f("pk_quiz_roster_person")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quiz_roster_person_name_hash", "quiz_roster_person", ["contest_id", "name_hash"])
    op.create_index("ix_quiz_roster_person_phone_hash", "quiz_roster_person", ["contest_id", "phone_hash"])
    op.bulk_insert(table, [{**row, **({"id": uuid.uuid4()} if more else {})} for row in rows])
