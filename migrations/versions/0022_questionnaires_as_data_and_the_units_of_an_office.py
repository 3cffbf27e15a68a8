"""Questionnaires as data with a tally per option; offices that serve several units."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

QUICK = (
    '{"title":{"vi":"Đánh giá nhanh"},"items":['
    '{"code":"level","kind":"scale","label":{"vi":"Ông/bà hài lòng với dịch vụ ở quầy này không?"},"options":['
    '{"code":"5","label":{"vi":"Rất hài lòng"},"value":5},{"code":"4","label":{"vi":"Hài lòng"},"value":4},'
    '{"code":"3","label":{"vi":"Bình thường"},"value":3},{"code":"2","label":{"vi":"Không hài lòng"},"value":2},'
    '{"code":"1","label":{"vi":"Rất không hài lòng"},"value":1}],"is_required":true},'
    '{"code":"reasons","kind":"several","label":{"vi":"Ông/bà muốn nói tới điều gì?"},"options":['
    '{"code":"attitude","label":{"vi":"Thái độ phục vụ"}},{"code":"guidance","label":{"vi":"Hướng dẫn thủ tục"}},'
    '{"code":"waiting","label":{"vi":"Thời gian chờ ở quầy"}},'
    '{"code":"processing","label":{"vi":"Thời gian giải quyết hồ sơ"}},'
    '{"code":"trips","label":{"vi":"Số lần đi lại"}},{"code":"cost","label":{"vi":"Phí, lệ phí và biên lai"}},'
    '{"code":"facilities","label":{"vi":"Chỗ ngồi và trang thiết bị"}}]},'
    '{"code":"comment","kind":"text","label":{"vi":"Góp ý thêm"},"most":1000}]}'
)
CHANNELS = "channel IN ('open', 'code', 'kiosk', 'phone', 'paper')"
REASONS = "reason IN ('attitude', 'guidance', 'waiting', 'processing', 'trips', 'cost', 'facilities')"
WRITTEN = sa.text("comment != '' AND NOT is_rehearsal")
REHEARSED = sa.text("is_rehearsal")


def upgrade() -> None:
    """Link every rating to version 1; levels keep the counts of their tally."""
    _create_instruments()
    _create_answers()
    _create_option_tally()
    _create_office_units()
    op.create_table(
        "core_data_version",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_data_version")),
    )
    op.add_column("survey_rating", sa.Column("instrument_id", sa.Integer(), nullable=True))
    op.execute("UPDATE survey_rating SET instrument_id = (SELECT id FROM survey_instrument_version)")
    with op.batch_alter_table("survey_rating", copy_from=_rating("level", "instrument_id")) as batch_op:
        batch_op.alter_column("instrument_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(
            op.f("fk_survey_rating_instrument_id_survey_instrument_version"),
            "survey_instrument_version",
            ["instrument_id"],
            ["id"],
        )
        batch_op.drop_constraint(op.f("ck_survey_rating_level_of_five"), type_="check")
        batch_op.drop_column("level")
    op.create_index(
        "ix_survey_rating_written",
        "survey_rating",
        ["counter_id", "week", "channel", "id"],
        sqlite_where=WRITTEN,
        postgresql_where=WRITTEN,
    )
    op.create_index(
        "ix_survey_rating_rehearsed",
        "survey_rating",
        ["counter_id"],
        sqlite_where=REHEARSED,
        postgresql_where=REHEARSED,
    )
    op.drop_table("survey_rating_reason")
    op.drop_table("survey_tally")


def downgrade() -> None:
    """Delete answers that the earlier quick rating could not give, and every version but the first."""
    op.drop_index("ix_survey_rating_written", "survey_rating")
    op.drop_index("ix_survey_rating_rehearsed", "survey_rating")
    _create_tally()
    _create_reasons()
    op.add_column("survey_rating", sa.Column("level", sa.SmallInteger(), nullable=True))
    op.execute(
        "UPDATE survey_rating SET level = (SELECT CAST(option AS INTEGER) FROM survey_rating_answer "
        "WHERE rating_id = survey_rating.id AND item = 'level')"
    )
    with op.batch_alter_table("survey_rating", copy_from=_rating("level", "instrument_id", is_newer=True)) as batch_op:
        batch_op.alter_column("level", existing_type=sa.SmallInteger(), nullable=False)
        batch_op.create_check_constraint(op.f("ck_survey_rating_level_of_five"), "level BETWEEN 1 AND 5")
        batch_op.drop_constraint(op.f("fk_survey_rating_instrument_id_survey_instrument_version"), type_="foreignkey")
        batch_op.drop_column("instrument_id")
    for table in ("survey_option_tally", "survey_rating_answer", "survey_instrument_version"):
        op.drop_table(table)
    for table in ("commune_office_unit", "core_data_version"):
        op.drop_table(table)


def _create_instruments() -> None:
    instruments = op.create_table(
        "survey_instrument_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_survey_instrument_version_version_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_instrument_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_survey_instrument_version_name_version")),
    )
    op.bulk_insert(instruments, [{"name": "quick", "version": 1, "body": QUICK}])


def _create_answers() -> None:
    op.create_table(
        "survey_rating_answer",
        sa.Column("rating_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("option", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["survey_rating.id"], name=op.f("fk_survey_rating_answer_rating_id_survey_rating")
        ),
        sa.PrimaryKeyConstraint("rating_id", "item", "option", name=op.f("pk_survey_rating_answer")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO survey_rating_answer (rating_id, item, option) "
        "SELECT id, 'level', CAST(level AS VARCHAR(20)) FROM survey_rating"
    )
    op.execute(
        "INSERT INTO survey_rating_answer (rating_id, item, option) "
        "SELECT rating_id, 'reasons', reason FROM survey_rating_reason"
    )


def _create_option_tally() -> None:
    op.create_table(
        "survey_option_tally",
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("option", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_option_tally_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("counter_id", "week", "channel", "item", "option", name=op.f("pk_survey_option_tally")),
    )
    for level in range(1, 6):
        op.execute(
            "INSERT INTO survey_option_tally (counter_id, week, channel, item, option, count) "  # noqa: S608 - digits
            f"SELECT counter_id, week, channel, 'level', '{level}', level_{level} "
            f"FROM survey_tally WHERE level_{level} > 0"
        )
    op.execute(
        "INSERT INTO survey_option_tally (counter_id, week, channel, item, option, count) "
        "SELECT counter_id, week, channel, 'reasons', reason, count(*) FROM survey_rating_reason "
        "JOIN survey_rating ON survey_rating.id = rating_id WHERE NOT is_rehearsal "
        "GROUP BY counter_id, week, channel, reason"
    )
    op.execute(
        "INSERT INTO survey_option_tally (counter_id, week, channel, item, option, count) "
        "SELECT counter_id, week, channel, 'comment', 'written', count(*) FROM survey_rating "
        "WHERE comment != '' AND NOT is_rehearsal GROUP BY counter_id, week, channel"
    )


def _create_office_units() -> None:
    op.create_table(
        "commune_office_unit",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_commune_office_unit_office_id_commune_office")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_office_unit_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("office_id", "unit_id", name=op.f("pk_commune_office_unit")),
    )
    op.create_index(op.f("ix_commune_office_unit_unit_id"), "commune_office_unit", ["unit_id"])
    op.execute("INSERT INTO commune_office_unit (office_id, unit_id) SELECT id, unit_id FROM commune_office")


def _create_tally() -> None:
    op.create_table(
        "survey_tally",
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        *(sa.Column(f"level_{level}", sa.Integer(), nullable=False) for level in range(1, 6)),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_tally_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("counter_id", "week", "channel", name=op.f("pk_survey_tally")),
    )
    levels = ", ".join(f"sum(CASE WHEN option = '{level}' THEN count ELSE 0 END)" for level in range(1, 6))
    op.execute(
        "INSERT INTO survey_tally (counter_id, week, channel, level_1, level_2, level_3, level_4, level_5) "  # noqa: S608
        f"SELECT counter_id, week, channel, {levels} FROM survey_option_tally WHERE item = 'level' "
        "GROUP BY counter_id, week, channel"
    )


def _create_reasons() -> None:
    op.create_table(
        "survey_rating_reason",
        sa.Column("rating_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.CheckConstraint(REASONS, name=op.f("ck_survey_rating_reason_reason_known")),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["survey_rating.id"], name=op.f("fk_survey_rating_reason_rating_id_survey_rating")
        ),
        sa.PrimaryKeyConstraint("rating_id", "reason", name=op.f("pk_survey_rating_reason")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO survey_rating_reason (rating_id, reason) "
        "SELECT rating_id, option FROM survey_rating_answer WHERE item = 'reasons'"
    )


def _rating(*more: str, is_newer: bool = False) -> sa.Table:
    """Return the table for SQLite's recreation: its checks and its missing row order are not reflected."""
    constraints: list[sa.schema.SchemaItem] = []
    if is_newer:
        constraints.append(
            sa.ForeignKeyConstraint(
                ["instrument_id"],
                ["survey_instrument_version.id"],
                name="fk_survey_rating_instrument_id_survey_instrument_version",
            )
        )
    else:
        constraints.append(sa.CheckConstraint("level BETWEEN 1 AND 5", name="ck_survey_rating_level_of_five"))
    return sa.Table(
        "survey_rating",
        sa.MetaData(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()),
        *(sa.Column(name, sa.SmallInteger() if name == "level" else sa.Integer()) for name in more),
        sa.CheckConstraint(CHANNELS, name="ck_survey_rating_channel_known"),
        *constraints,
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name="fk_survey_rating_counter_id_survey_counter"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_survey_rating"),
        sa.UniqueConstraint("receipt_hash", name="uq_survey_rating_receipt_hash"),
        sa.Index("ix_survey_rating_counter_id", "counter_id"),
        sqlite_with_rowid=False,
    )
