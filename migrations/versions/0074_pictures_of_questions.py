"""Pictures of questions and choices, with the words for those who do not see them."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0072"
branch_labels = None
depends_on = None

TABLES = {"quiz_question_revision": {"table_kwargs": {"sqlite_autoincrement": True}}, "quiz_choice": {}}
"""The tables that hold pictures; ids of deleted revisions are not reused, also where SQLite makes the table anew."""
HAS_WORDS = "image IS NULL OR image_alt <> ''"
PICTURE = "quiz_question_picture"


def upgrade() -> None:
    """No question has a picture yet."""
    op.create_table(
        PICTURE,
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("height", sa.SmallInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("stored_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_quiz_question_picture_digest_whole")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_quiz_question_picture")),
    )
    for table, kept in TABLES.items():
        op.execute(f"UPDATE {table} SET image = NULL")  # noqa: S608 - no page wrote one
        with op.batch_alter_table(table, **kept) as batch_op:
            batch_op.add_column(sa.Column("image_alt", sa.String(length=300), server_default="", nullable=False))
            batch_op.create_index(batch_op.f(f"ix_{table}_image"), ["image"])
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_image_{PICTURE}"), PICTURE, ["image"], ["digest"])
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_image_has_words"), HAS_WORDS)


def downgrade() -> None:
    """Forget the pictures."""
    for table, kept in TABLES.items():
        with op.batch_alter_table(table, **kept) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_image_has_words"), type_="check")
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_image_{PICTURE}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_{table}_image"))
            batch_op.drop_column("image_alt")
        op.execute(f"UPDATE {table} SET image = NULL")  # noqa: S608 - a fixed name
    op.drop_table(PICTURE)
