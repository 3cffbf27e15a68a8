"""The question bank with revisions and choices; answers are stored by round question."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None

AT_ONCE = 1000
"""Answer sheets that are read and written together."""
_NUMBERED = {"table_kwargs": {"sqlite_autoincrement": True}}
"""Keep AUTOINCREMENT when SQLite recreates the table."""
OLD = ("quiz_key_version", "quiz_choice", "quiz_question")
NEW = ("quiz_key_version", "quiz_choice", "quiz_round_question", "quiz_question_revision", "quiz_question")


def upgrade() -> None:
    """Turn every question of a round into revision 1 of a question of its contest, with its old id.

    A corrected key stays with the round, and the revision keeps the key with which it was asked.
    """
    _set_aside(OLD)
    op.add_column("quiz_round", sa.Column("paper_version", sa.BigInteger(), nullable=True))
    for (id,) in _rows("SELECT id FROM quiz_round"):
        op.execute(f"UPDATE quiz_round SET paper_version = {secrets.randbits(62)} WHERE id = {id}")  # noqa: S608
    with op.batch_alter_table("quiz_round", **_NUMBERED) as batch_op:
        batch_op.alter_column("paper_version", existing_type=sa.BigInteger(), nullable=False)
    op.add_column("quiz_answer_sheet", sa.Column("format", sa.SmallInteger(), nullable=True))
    op.execute("UPDATE quiz_answer_sheet SET format = 1")
    with op.batch_alter_table("quiz_answer_sheet") as batch_op:
        batch_op.alter_column("format", existing_type=sa.SmallInteger(), nullable=False)
        batch_op.create_check_constraint("format_known", "format IN (1, 2)")
    _create_bank()
    op.execute(
        "INSERT INTO quiz_question (id, contest_id) SELECT q.id, r.contest_id FROM old_quiz_question q "
        "JOIN quiz_round r ON r.id = q.round_id"
    )
    op.execute(
        "INSERT INTO quiz_question_revision (id, question_id, number, text, explanation, state) "
        "SELECT id, id, 1, text, explanation, 'used' FROM old_quiz_question"
    )
    op.execute(
        "INSERT INTO quiz_choice (revision_id, letter, text, is_right) "
        "SELECT question_id, letter, text, is_right FROM old_quiz_choice ORDER BY question_id, letter"
    )
    op.execute(
        "INSERT INTO quiz_round_question (id, round_id, position, revision_id, is_void) "
        "SELECT id, round_id, position, id, is_void FROM old_quiz_question"
    )
    op.execute(
        "INSERT INTO quiz_key_version (round_question_id, version, letters, is_void) "
        "SELECT question_id, version, letters, is_void FROM old_quiz_key_version"
    )
    _count_on("quiz_question", "quiz_question_revision", "quiz_round_question")
    _put_keys_apart()
    _rename_answers(_refs_by_position())
    _drop_aside(OLD)


def downgrade() -> None:
    """Delete questions that no round asks, and every revision but the asked one.

    Commitments to answers by round question are replaced by ones to letters by position, with the same salt.
    """
    _commit_by_position()
    _rename_answers({round_id: _turned(refs) for round_id, refs in _refs_by_position().items()})
    _set_aside(NEW)
    with op.batch_alter_table("quiz_answer_sheet") as batch_op:
        batch_op.drop_constraint(op.f("ck_quiz_answer_sheet_format_known"), type_="check")
        batch_op.drop_column("format")
    with op.batch_alter_table("quiz_round", **_NUMBERED) as batch_op:
        batch_op.drop_column("paper_version")
    _create_old()
    op.execute(
        "INSERT INTO quiz_question (id, round_id, position, text, explanation, is_void) "
        "SELECT a.id, a.round_id, a.position, r.text, r.explanation, a.is_void FROM old_quiz_round_question a "
        "JOIN old_quiz_question_revision r ON r.id = a.revision_id"
    )
    op.execute(
        "INSERT INTO quiz_choice (question_id, letter, text, is_right) "
        "SELECT a.id, c.letter, c.text, c.is_right FROM old_quiz_round_question a "
        "JOIN old_quiz_choice c ON c.revision_id = a.revision_id"
    )
    op.execute(
        "INSERT INTO quiz_key_version (question_id, version, letters, is_void) "
        "SELECT round_question_id, version, letters, is_void FROM old_quiz_key_version"
    )
    _count_on("quiz_question")
    for id, letters in _rows("SELECT id, letters FROM old_quiz_round_question WHERE letters IS NOT NULL"):
        _set_key("question_id", id, letters)
    _drop_aside(NEW)


def _set_aside(tables: tuple[str, ...]) -> None:
    """Copy *tables* without their constraints, whose names the new tables need, and drop them."""
    for name in tables:
        op.execute(f"CREATE TABLE old_{name} AS SELECT * FROM {name}")  # noqa: S608
    for name in tables:
        op.drop_table(name)


def _drop_aside(tables: tuple[str, ...]) -> None:
    for name in tables:
        op.drop_table(f"old_{name}")


def _create_bank() -> None:
    op.create_table(
        "quiz_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=80), server_default="", nullable=False),
        sa.Column("difficulty", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint(
            "(contest_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_quiz_question_of_a_contest_or_a_unit")
        ),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 5", name=op.f("ck_quiz_question_difficulty_known")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_question_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_question_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question")),
    )
    for column in ("contest_id", "unit_id"):
        op.create_index(op.f(f"ix_quiz_question_{column}"), "quiz_question", [column])
    op.create_table(
        "quiz_question_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("image", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'reviewed', 'used')", name=op.f("ck_quiz_question_revision_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_question.id"], name=op.f("fk_quiz_question_revision_question_id_quiz_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question_revision")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_quiz_question_revision_question_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quiz_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("image", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["quiz_question_revision.id"],
            name=op.f("fk_quiz_choice_revision_id_quiz_question_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_choice")),
        sa.UniqueConstraint("revision_id", "letter", name=op.f("uq_quiz_choice_revision_id_letter")),
    )  # fmt: skip
    op.create_table(
        "quiz_round_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("letters", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["quiz_question_revision.id"],
            name=op.f("fk_quiz_round_question_revision_id_quiz_question_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_round_question_round_id_quiz_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_round_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_quiz_round_question_round_id_position")),
        sa.UniqueConstraint("round_id", "revision_id", name=op.f("uq_quiz_round_question_round_id_revision_id")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index(op.f("ix_quiz_round_question_revision_id"), "quiz_round_question", ["revision_id"])
    _create_key_version("round_question_id", "quiz_round_question")


def _create_old() -> None:
    op.create_table(
        "quiz_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_question_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_quiz_question_round_id_position")),
    )
    op.create_table(
        "quiz_choice",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_question.id"], name=op.f("fk_quiz_choice_question_id_quiz_question")
        ),
        sa.PrimaryKeyConstraint("question_id", "letter", name=op.f("pk_quiz_choice")),
    )
    _create_key_version("question_id", "quiz_question")


def _create_key_version(column: str, referred: str) -> None:
    op.create_table(
        "quiz_key_version",
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("letters", sa.String(length=26), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=op.f(f"fk_quiz_key_version_{column}_{referred}")),
        sa.PrimaryKeyConstraint(column, "version", name=op.f("pk_quiz_key_version")),
    )


def _put_keys_apart() -> None:
    """Give re-marked questions of a round the present key, and their revision the key of the close."""
    for id, letters in _rows("SELECT round_question_id, letters FROM quiz_key_version WHERE version = 1"):
        now = _rows(f"SELECT letter FROM quiz_choice WHERE revision_id = {id} AND is_right ORDER BY letter")  # noqa: S608
        today = "".join(letter for (letter,) in now)
        if today != letters:
            op.get_bind().execute(
                sa.text("UPDATE quiz_round_question SET letters = :today WHERE id = :id"), {"today": today, "id": id}
            )
            _set_key("revision_id", id, letters)


def _set_key(column: str, id: int, letters: str) -> None:
    choices = sa.table("quiz_choice", sa.column(column), sa.column("letter"), sa.column("is_right", sa.Boolean))
    change = choices.update().where(choices.c[column] == id)
    op.get_bind().execute(change.values(is_right=choices.c.letter.in_(list(letters))))


def _refs_by_position() -> dict[int, dict[str, str]]:
    """Return round → position → id of its question."""
    refs: dict[int, dict[str, str]] = {}
    for id, round_id, position in _rows("SELECT id, round_id, position FROM quiz_round_question"):
        refs.setdefault(round_id, {})[str(position)] = str(id)
    return refs


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


SHEETS = sa.table(
    "quiz_answer_sheet", sa.column("attempt_id", sa.Uuid), sa.column("answers", sa.Text), sa.column("guess"),
    sa.column("salt", sa.LargeBinary), sa.column("format"),
)  # fmt: skip
ATTEMPTS = sa.table(
    "quiz_attempt", sa.column("id", sa.Uuid), sa.column("round_id"), sa.column("answers_commitment", sa.LargeBinary)
)


def _sheets(*which: sa.ColumnElement[bool]) -> Iterator[list[sa.Row]]:
    """Yield the answer sheets with their rounds in batches, so that memory does not grow with their number."""
    query = sa.select(SHEETS, ATTEMPTS.c.round_id).join(ATTEMPTS, ATTEMPTS.c.id == SHEETS.c.attempt_id)
    query = query.where(*which).order_by(SHEETS.c.attempt_id).limit(AT_ONCE)
    rows = op.get_bind().execute(query).all()
    while rows:
        yield list(rows)
        rows = op.get_bind().execute(query.where(SHEETS.c.attempt_id > rows[-1].attempt_id)).all()


def _rename_answers(names: Mapping[int, Mapping[str, str]]) -> None:
    """Store all answers under the new names of their questions; *names* has them by round and old name."""
    change = SHEETS.update().where(SHEETS.c.attempt_id == sa.bindparam("sheet"))
    change = change.values(answers=sa.bindparam("new"))
    for rows in _sheets(SHEETS.c.answers != "{}"):
        renamed = [
            {"sheet": row.attempt_id, "new": _canonical(_renamed(row.answers, names[row.round_id]))} for row in rows
        ]
        op.get_bind().execute(change, renamed)


def _commit_by_position() -> None:
    names = {round_id: _turned(refs) for round_id, refs in _refs_by_position().items()}
    change = ATTEMPTS.update().where(ATTEMPTS.c.id == sa.bindparam("attempt"))
    change = change.values(answers_commitment=sa.bindparam("new"))
    for rows in _sheets(SHEETS.c.format == 2):
        made = [
            {
                "attempt": row.attempt_id,
                "new": _commitment(row.salt, _renamed(row.answers, names.get(row.round_id, {})), row.guess),
            }
            for row in rows
        ]
        op.get_bind().execute(change, made)


def _commitment(salt: bytes, answers: Mapping[str, object], guess: int | None) -> bytes:
    return hashlib.sha256(_canonical(["answers-v1", salt.hex(), answers, guess]).encode()).digest()


def _renamed(answers: str, names: Mapping[str, str]) -> dict[str, object]:
    return {names[name]: letters for name, letters in json.loads(answers).items()}


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rows(query: str) -> list[sa.Row]:
    return list(op.get_bind().execute(sa.text(query)).all())


def _count_on(*tables: str) -> None:
    """Advance PostgreSQL's sequences past the ids that were inserted."""
    if op.get_bind().dialect.name == "postgresql":
        for name in tables:
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608
                f"(SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"
            )
