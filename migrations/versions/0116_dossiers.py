"""The dossiers of offices, their imports, totals of the provincial system, and samples."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0116"
down_revision = "0114"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No dossier is known yet."""
    op.create_table(
        "survey_dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("number_key", sa.String(length=60), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("procedure", sa.String(length=300), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(serial IS NULL) = (series = '')", name=op.f("ck_survey_dossier_serial_in_series")),
        sa.CheckConstraint(
            "channel IN ('counter', 'online', 'post', 'unknown')", name=op.f("ck_survey_dossier_channel_known")
        ),
        sa.CheckConstraint("due_on >= received_on", name=op.f("ck_survey_dossier_due_after_received")),
        sa.CheckConstraint("returned_on >= received_on", name=op.f("ck_survey_dossier_returned_after_received")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_survey_dossier_office_id_commune_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_dossier")),
        sa.UniqueConstraint("office_id", "number_key", name=op.f("uq_survey_dossier_office_id_number_key")),
    )
    op.create_index(op.f("ix_survey_dossier_agency"), "survey_dossier", ["agency"])
    op.create_index("ix_survey_dossier_received", "survey_dossier", ["office_id", "received_on"])
    op.create_index("ix_survey_dossier_returned", "survey_dossier", ["office_id", "returned_on"])
    op.create_index("ix_survey_dossier_series", "survey_dossier", ["office_id", "series", "serial"])
    op.create_table(
        "survey_dossier_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_survey_dossier_import_office_id_commune_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_dossier_import")),
    )
    op.create_index(op.f("ix_survey_dossier_import_office_id"), "survey_dossier_import", ["office_id"])
    op.create_table(
        "survey_dossier_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("drawn_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("stratified_by", sa.String(length=9), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("strata", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "stratified_by IN ('procedure', 'channel')", name=op.f("ck_survey_dossier_sample_stratified_by_known")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_survey_dossier_sample_office_id_commune_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_dossier_sample")),
        sa.UniqueConstraint(
            "office_id", "first_day", "last_day", "stratified_by", "digest", name=op.f("uq_survey_dossier_sample_list")
        ),
    )
    op.create_table(
        "survey_provincial_total",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("stated_at", core.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_survey_provincial_total_days_in_order")),
        sa.CheckConstraint("returned BETWEEN 0 AND 9999999", name=op.f("ck_survey_provincial_total_returned_sensible")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["commune_office.id"], name=op.f("fk_survey_provincial_total_office_id_commune_office")
        ),
        sa.PrimaryKeyConstraint("office_id", "first_day", "last_day", name=op.f("pk_survey_provincial_total")),
    )
    op.create_table(
        "survey_drawn_dossier",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["survey_dossier.id"], name=op.f("fk_survey_drawn_dossier_dossier_id_survey_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["survey_dossier_sample.id"],
            name=op.f("fk_survey_drawn_dossier_sample_id_survey_dossier_sample"),
        ),
        sa.PrimaryKeyConstraint("sample_id", "place", name=op.f("pk_survey_drawn_dossier")),
    )
    op.create_index(op.f("ix_survey_drawn_dossier_dossier_id"), "survey_drawn_dossier", ["dossier_id"])


def downgrade() -> None:
    """The lists can be imported again; totals and samples are lost."""
    op.drop_index(op.f("ix_survey_drawn_dossier_dossier_id"), "survey_drawn_dossier")
    op.drop_table("survey_drawn_dossier")
    op.drop_table("survey_provincial_total")
    op.drop_table("survey_dossier_sample")
    op.drop_index(op.f("ix_survey_dossier_import_office_id"), "survey_dossier_import")
    op.drop_table("survey_dossier_import")
    op.drop_index("ix_survey_dossier_series", "survey_dossier")
    op.drop_index("ix_survey_dossier_returned", "survey_dossier")
    op.drop_index("ix_survey_dossier_received", "survey_dossier")
    op.drop_index(op.f("ix_survey_dossier_agency"), "survey_dossier")
    op.drop_table("survey_dossier")
