"""The answers of a rating lie in its row; the counts of senders are kept by day first."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0038"
branch_labels = None
depends_on = None

AT_ONCE = 5000
"""Ratings of one statement."""
RATING = sa.table("survey_rating", sa.column("id", sa.Uuid()), sa.column("answers", sa.Text()))
ANSWER = sa.table(
    "survey_rating_answer",
    sa.column("rating_id", sa.Uuid()),
    sa.column("item", sa.String()),
    sa.column("option", sa.String()),
)


def upgrade() -> None:
    """Write the answers into their ratings.

    The counts of senders are copied; a device that rated before the upgrade counts as new in its week.
    """
    op.add_column("survey_rating", sa.Column("answers", sa.Text(), server_default="{}", nullable=False))
    answers = op.get_bind().execute(sa.select(ANSWER).order_by(*ANSWER.c))
    stored = (
        {"of": id, "said": _written((row.item, row.option) for row in rows)}
        for id, rows in groupby(answers.all(), key=lambda row: row.rating_id)
    )
    setting = RATING.update().where(RATING.c.id == sa.bindparam("of")).values(answers=sa.bindparam("said"))
    for some in _parts(stored):
        op.get_bind().execute(setting, some)
    op.drop_table("survey_rating_answer")
    op.drop_index(op.f("ix_core_stored_reply_expires_on"), "core_stored_reply")
    _keep_senders_by("day", "counter_id")


def downgrade() -> None:
    """Write the answers into rows of their own again."""
    _keep_senders_by("counter_id", "day")
    op.create_index(op.f("ix_core_stored_reply_expires_on"), "core_stored_reply", ["expires_on"])
    op.create_index(op.f("ix_survey_sender_count_day"), "survey_sender_count", ["day"])
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
    rows = (
        {"rating_id": row.id, "item": item, "option": option}
        for row in op.get_bind().execute(sa.select(RATING)).all()
        for item, options in json.loads(row.answers).items()
        for option in options
    )
    for some in _parts(rows):
        op.get_bind().execute(ANSWER.insert(), some)
    op.drop_column("survey_rating", "answers")


def _written(chosen: Iterable[tuple[str, str]]) -> str:
    answers: dict[str, list[str]] = {}
    for item, option in chosen:
        answers.setdefault(item, []).append(option)
    return json.dumps(answers, separators=(",", ":"))


def _parts(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _keep_senders_by(*first: str) -> None:
    """Copy the counts of senders into a table whose primary key begins with these columns."""
    op.execute("CREATE TEMPORARY TABLE sender_count_before AS SELECT * FROM survey_sender_count")
    op.drop_table("survey_sender_count")
    columns = {"day": sa.Date(), "counter_id": sa.Integer()}
    op.create_table(
        "survey_sender_count",
        *(sa.Column(name, columns[name], nullable=False) for name in first),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["survey_counter.id"], name=op.f("fk_survey_sender_count_counter_id_survey_counter")
        ),
        sa.PrimaryKeyConstraint(*first, "mark", name=op.f("pk_survey_sender_count")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO survey_sender_count (counter_id, day, mark, count) "
        "SELECT counter_id, day, mark, count FROM sender_count_before"
    )
    op.execute("DROP TABLE sender_count_before")
