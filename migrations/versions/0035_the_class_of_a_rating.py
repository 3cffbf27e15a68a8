"""The class of each rating, the counts of senders that give it, and the own networks of an office."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

CLASSES = "'first', 'back', 'again', 'more', 'burst', 'own', 'more_in', 'burst_in', 'own_in'"
OLD_KEY = ["counter_id", "week", "channel", "item", "option"]
NEW_KEY = ["counter_id", "week", "channel", "rating_class", "item", "option"]


def upgrade() -> None:
    """Give every earlier rating the first class: how often its device was seen is not known."""
    op.execute(
        "ALTER TABLE survey_rating ADD COLUMN rating_class VARCHAR(8) DEFAULT 'first' NOT NULL "
        f"CONSTRAINT ck_survey_rating_rating_class_known CHECK (rating_class IN ({CLASSES}))"
    )
    with op.batch_alter_table("survey_option_tally") as batch_op:
        batch_op.add_column(sa.Column("rating_class", sa.String(length=8), server_default="first", nullable=False))
        batch_op.drop_constraint(op.f("pk_survey_option_tally"), type_="primary")
        batch_op.create_primary_key(op.f("pk_survey_option_tally"), NEW_KEY)
    op.create_table(
        "survey_sender_count",
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_sender_count_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint("counter_id", "day", "mark", name=op.f("pk_survey_sender_count")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_sender_count_day"), "survey_sender_count", ["day"])
    op.add_column("commune_office", sa.Column("networks", sa.String(length=500), server_default="", nullable=False))


def downgrade() -> None:
    """Count every rating alike again."""
    op.drop_column("commune_office", "networks")
    op.drop_index(op.f("ix_survey_sender_count_day"), "survey_sender_count")
    op.drop_table("survey_sender_count")
    op.execute(
        "CREATE TEMPORARY TABLE summed AS SELECT counter_id, week, channel, item, option, sum(count) AS count "
        "FROM survey_option_tally GROUP BY counter_id, week, channel, item, option"
    )
    op.execute("DELETE FROM survey_option_tally")
    with op.batch_alter_table("survey_option_tally") as batch_op:
        batch_op.drop_constraint(op.f("pk_survey_option_tally"), type_="primary")
        batch_op.drop_column("rating_class")
        batch_op.create_primary_key(op.f("pk_survey_option_tally"), OLD_KEY)
    op.execute(
        "INSERT INTO survey_option_tally (counter_id, week, channel, item, option, count) "
        "SELECT counter_id, week, channel, item, option, count FROM summed"
    )
    op.execute("DROP TABLE summed")
    op.drop_column("survey_rating", "rating_class")
