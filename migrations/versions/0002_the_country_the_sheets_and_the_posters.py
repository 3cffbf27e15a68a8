"""Units of the country, imported sheets and posters."""

import sqlalchemy as sa
from alembic import op

from core.values.place import place_key, plain
from core.values.text import search_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_KINDS = ("province", "district", "commune", "ward", "township", "special")
OWN_KINDS = ("village", "agency", "school")
OLD_MODES = ("self", "assisted", "paper")


def upgrade() -> None:
    op.create_table(
        "core_imported_line",
        sa.Column("line_hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("line_hash", name=op.f("pk_core_imported_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "core_sheet_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_sheet_draft")),
    )
    with op.batch_alter_table("core_sheet_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_sheet_draft_expires_on"), ["expires_on"], unique=False)

    op.create_table(
        "core_sheet_mapping",
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("header_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "purpose", "header_hash", name=op.f("pk_core_sheet_mapping")),
    )
    op.create_table(
        "commune_headcount",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_commune_headcount_people_there")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_headcount_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "as_of", name=op.f("pk_commune_headcount")),
    )
    op.create_table(
        "commune_spelling",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("spelling", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["commune_unit.id"], name=op.f("fk_commune_spelling_owner_id_commune_unit")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_spelling_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("owner_id", "spelling", name=op.f("pk_commune_spelling")),
    )
    op.create_table(
        "commune_succession",
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"], ["commune_unit.id"], name=op.f("fk_commune_succession_new_id_commune_unit")
        ),
        sa.ForeignKeyConstraint(
            ["old_id"], ["commune_unit.id"], name=op.f("fk_commune_succession_old_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("old_id", "new_id", name=op.f("pk_commune_succession")),
    )
    with op.batch_alter_table("commune_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_succession_new_id"), ["new_id"], unique=False)

    op.create_table(
        "commune_unit_name",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.CheckConstraint(
            "kind IN ('province', 'district', 'commune', 'ward', 'township', 'special', 'village', 'agency', 'school')",
            name=op.f("ck_commune_unit_name_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_unit_name_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "since", name=op.f("pk_commune_unit_name")),
    )
    with op.batch_alter_table("commune_unit_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_unit_name_name_key"), ["name_key"], unique=False)

    op.create_table(
        "survey_dead_scan",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["serial"],
            ["survey_counter_address.serial"],
            name=op.f("fk_survey_dead_scan_serial_survey_counter_address"),
        ),
        sa.PrimaryKeyConstraint("serial", "week", name=op.f("pk_survey_dead_scan")),
    )
    with op.batch_alter_table("commune_unit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_commune_unit_kind_known"), type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN {OLD_KINDS + OWN_KINDS}")
        batch_op.add_column(sa.Column("context_key", sa.String(length=250), server_default="", nullable=False))
        batch_op.alter_column(
            "code", existing_type=sa.VARCHAR(length=10), type_=sa.String(length=20), existing_nullable=False
        )

    with op.batch_alter_table("survey_counter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
    _number_once(("survey_counter", "survey_counter_address", "quiz_round"), is_on=True)

    with op.batch_alter_table("commune_office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("search_key", sa.String(length=200), server_default="", nullable=False))

    _change_modes((*OLD_MODES, "sheet", "undated"))
    with op.batch_alter_table("quiz_standing", schema=None) as batch_op:
        batch_op.alter_column("submitted_at", existing_type=sa.DateTime(timezone=True), nullable=True)

    _name_units()
    _key_offices()


def _number_once(tables: tuple[str, ...], *, is_on: bool) -> None:
    """Keep SQLite from reusing the id of a deleted newest row; PostgreSQL never does."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": is_on}):
                pass


def _change_modes(modes: tuple[str, ...]) -> None:
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_quiz_attempt_mode_known"), type_="check")
        batch_op.create_check_constraint("mode_known", f"mode IN {modes}")


def _name_units() -> None:
    """Give every existing unit a name entry from its beginning on, and its context key."""
    connection = op.get_bind()
    units = connection.execute(sa.text("SELECT id, valid_from, kind, name FROM commune_unit")).all()
    insert = sa.text(
        "INSERT INTO commune_unit_name (unit_id, since, kind, name, name_key) VALUES (:id, :since, :kind, :name, :key)"
    )
    for id, since, kind, name in units:
        connection.execute(insert, {"id": id, "since": since, "kind": kind, "name": name, "key": place_key(name)})
    above = {row.id: row for row in connection.execute(sa.text("SELECT id, parent_id, name FROM commune_unit"))}
    note = sa.text("UPDATE commune_unit SET context_key = :context WHERE id = :id")
    for unit in above.values():
        context, parent = "", above.get(unit.parent_id)
        while parent is not None:
            context, parent = f"{context} {plain(parent.name)}", above.get(parent.parent_id)
        connection.execute(note, {"id": unit.id, "context": context.strip()[:250].strip()})


def _key_offices() -> None:
    connection = op.get_bind()
    for id, name in connection.execute(sa.text("SELECT id, name FROM commune_office")).all():
        key = {"id": id, "key": search_key(name)}
        connection.execute(sa.text("UPDATE commune_office SET search_key = :key WHERE id = :id"), key)


def downgrade() -> None:
    with op.batch_alter_table("commune_office", schema=None) as batch_op:
        batch_op.drop_column("search_key")

    connection = op.get_bind()
    connection.execute(sa.text("UPDATE quiz_attempt SET mode = 'paper' WHERE mode IN ('sheet', 'undated')"))
    connection.execute(
        sa.text(
            "UPDATE quiz_standing SET submitted_at = (SELECT submitted_at FROM quiz_attempt "
            "WHERE quiz_attempt.id = quiz_standing.attempt_id) WHERE submitted_at IS NULL"
        )
    )
    connection.execute(
        sa.text("UPDATE commune_unit SET kind = 'commune' WHERE kind IN ('village', 'agency', 'school')")
    )
    _change_modes(OLD_MODES)
    with op.batch_alter_table("quiz_standing", schema=None) as batch_op:
        batch_op.alter_column("submitted_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    _number_once(("survey_counter", "survey_counter_address", "quiz_round"), is_on=False)
    with op.batch_alter_table("survey_counter", schema=None) as batch_op:
        batch_op.drop_column("closed_on")

    with op.batch_alter_table("commune_unit", schema=None) as batch_op:
        batch_op.alter_column(
            "code", existing_type=sa.String(length=20), type_=sa.VARCHAR(length=10), existing_nullable=False
        )
        batch_op.drop_column("context_key")
        batch_op.drop_constraint(op.f("ck_commune_unit_kind_known"), type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN {OLD_KINDS}")

    op.drop_table("survey_dead_scan")
    with op.batch_alter_table("commune_unit_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_unit_name_name_key"))

    op.drop_table("commune_unit_name")
    with op.batch_alter_table("commune_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_succession_new_id"))

    op.drop_table("commune_succession")
    op.drop_table("commune_spelling")
    op.drop_table("commune_headcount")
    op.drop_table("core_sheet_mapping")
    with op.batch_alter_table("core_sheet_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_sheet_draft_expires_on"))

    op.drop_table("core_sheet_draft")
    op.drop_table("core_imported_line")
