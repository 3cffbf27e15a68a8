"""the roster of a contest: people by keyed hashes, their unit and bloc."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_roster_person",
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
        sa.PrimaryKeyConstraint("contest_id", "identity_hash", name=op.f("pk_quiz_roster_person")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quiz_roster_person_name_hash", "quiz_roster_person", ["contest_id", "name_hash"])
    op.create_index("ix_quiz_roster_person_phone_hash", "quiz_roster_person", ["contest_id", "phone_hash"])


def downgrade() -> None:
    op.drop_table("quiz_roster_person")
