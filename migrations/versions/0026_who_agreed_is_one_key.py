"""Refer to the approval of an action by one key, which gives the requester, the approver and their relation."""

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DECIDED = ("approved", "refused", "failed")
RELATIONS = ("none", "alone", "related")
NUMBERED = {"table_kwargs": {"sqlite_autoincrement": True}}
"""SQLite copies the table; this keeps its AUTOINCREMENT."""
CLAIMS = {
    "quiz_round": ("published_alone", "published_tied", "renamed_alone", "renamed_tied"),
    "quiz_result": ("is_alone", "is_tied"),
}
KEYS = {"quiz_round": "publication_id", "quiz_result": "approval_id"}
CORRECTIONS = {
    "remark": ("round.remark", "quiz.question"),
    "exclude": ("entry.exclude", "quiz.entry"),
    "restore": ("entry.exclude", "quiz.entry"),
}
"""Action and kind of subject of a version's cause."""
DECIDED_BY_ANOTHER = "ck_account_approval_decided_by_another"
DECIDED_BY_SOMEBODY = "ck_account_approval_decided_by_somebody"

approvals = sa.table(
    "account_approval",
    sa.column("id", sa.Uuid()),
    sa.column("action"),
    sa.column("unit_id"),
    sa.column("kind"),
    sa.column("subject_id"),
    sa.column("subject"),
    sa.column("payload"),
    sa.column("reason"),
    sa.column("asked_by_id"),
    sa.column("asked_at", sa.DateTime(timezone=True)),
    sa.column("expires_on", sa.Date()),
    sa.column("state"),
    sa.column("decided_by_id"),
    sa.column("decided_at", sa.DateTime(timezone=True)),
    sa.column("note"),
    sa.column("related"),
)
audit = sa.table(
    "account_audit",
    sa.column("number"),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("account_id"),
    sa.column("action"),
    sa.column("unit_id"),
    sa.column("kind"),
    sa.column("subject_id"),
    sa.column("subject"),
    sa.column("after"),
    sa.column("reason"),
)
contests = sa.table("quiz_contest", sa.column("id"), sa.column("unit_id"), sa.column("title"))
rounds = sa.table(
    "quiz_round",
    sa.column("id"),
    sa.column("contest_id"),
    sa.column("number"),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("published_alone", sa.Boolean()),
    sa.column("published_tied", sa.Boolean()),
    sa.column("renamed_at", sa.DateTime(timezone=True)),
    sa.column("renamed_alone", sa.Boolean()),
    sa.column("renamed_tied", sa.Boolean()),
    sa.column("publication_id", sa.Uuid()),
)
results = sa.table(
    "quiz_result",
    sa.column("round_id"),
    sa.column("version"),
    sa.column("cause"),
    sa.column("made_at", sa.DateTime(timezone=True)),
    sa.column("is_alone", sa.Boolean()),
    sa.column("is_tied", sa.Boolean()),
    sa.column("approval_id", sa.Uuid()),
)
renamings = sa.table(
    "quiz_renaming",
    sa.column("round_id"),
    sa.column("renamed_at", sa.DateTime(timezone=True)),
    sa.column("approval_id", sa.Uuid()),
)


def upgrade() -> None:
    """Make an approval from the audit entry for actions done alone; let the others refer to theirs if it still
    exists.
    """
    _relate_accounts()
    for table, column in KEYS.items():
        with op.batch_alter_table(table, **(NUMBERED if table == "quiz_round" else {})) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_{column}_account_approval"), "account_approval", [column], ["id"]
            )
            batch_op.create_index(op.f(f"ix_{table}_{column}"), [column])
    _create_renaming()
    _fill_keys()
    for table, columns in CLAIMS.items():
        with op.batch_alter_table(table, **(NUMBERED if table == "quiz_round" else {})) as batch_op:
            for column in columns:
                batch_op.drop_column(column)
            if table == "quiz_round":
                batch_op.drop_column("renamed_at")


def downgrade() -> None:
    """Delete the approvals of actions that were done alone; the audit trail still has these actions."""
    for table, columns in CLAIMS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("quiz_round", sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=True))
    _fill_claims()
    op.drop_table("quiz_renaming")
    for table, column in KEYS.items():
        with op.batch_alter_table(table, **(NUMBERED if table == "quiz_round" else {})) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_{column}"))
            batch_op.drop_constraint(op.f(f"fk_{table}_{column}_account_approval"), type_="foreignkey")
            batch_op.drop_column(column)
    _tie_accounts()


def _relate_accounts() -> None:
    with op.batch_alter_table("account_approval") as batch_op:
        batch_op.add_column(sa.Column("related", sa.String(length=10), nullable=False, server_default="none"))
    op.execute("UPDATE account_approval SET related = 'related' WHERE is_tied")
    with op.batch_alter_table("account_approval") as batch_op:
        batch_op.drop_column("is_tied")
        batch_op.alter_column("asked_by_id", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(op.f(DECIDED_BY_ANOTHER), type_="check")
        batch_op.drop_constraint(op.f(DECIDED_BY_SOMEBODY), type_="check")
        batch_op.create_check_constraint(op.f("ck_account_approval_related_known"), f"related IN {RELATIONS}")
        batch_op.create_check_constraint(
            op.f(DECIDED_BY_ANOTHER), "related = 'alone' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id"
        )
        batch_op.create_check_constraint(
            op.f("ck_account_approval_alone_is_by_the_asker"),
            "related <> 'alone' OR (state = 'approved' AND coalesce(decided_by_id, 0) = coalesce(asked_by_id, 0))",
        )
        batch_op.create_check_constraint(
            op.f(DECIDED_BY_SOMEBODY),
            f"(state IN {DECIDED}) = (decided_by_id IS NOT NULL) OR asked_by_id IS NULL",
        )


def _tie_accounts() -> None:
    op.execute("DELETE FROM account_approval WHERE related = 'alone' OR asked_by_id IS NULL")
    with op.batch_alter_table("account_approval") as batch_op:
        batch_op.add_column(sa.Column("is_tied", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE account_approval SET is_tied = (related = 'related')")
    with op.batch_alter_table("account_approval") as batch_op:
        for name in ("related_known", "decided_by_another", "alone_is_by_the_asker", "decided_by_somebody"):
            batch_op.drop_constraint(op.f(f"ck_account_approval_{name}"), type_="check")
        batch_op.drop_column("related")
        batch_op.alter_column("asked_by_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(
            op.f(DECIDED_BY_ANOTHER), "decided_by_id IS NULL OR decided_by_id <> asked_by_id"
        )
        batch_op.create_check_constraint(
            op.f(DECIDED_BY_SOMEBODY), f"(state IN {DECIDED}) = (decided_by_id IS NOT NULL)"
        )


def _create_renaming() -> None:
    op.create_table(
        "quiz_renaming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_renaming_round_id_quiz_round")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_renaming_approval_id_account_approval")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_renaming")),
    )
    for column in ("round_id", "approval_id"):
        op.create_index(op.f(f"ix_quiz_renaming_{column}"), "quiz_renaming", [column])


def _fill_keys() -> None:
    weeks = {
        week.id: week
        for week in _rows(
            sa.select(rounds, contests.c.unit_id, contests.c.title).join_from(
                rounds, contests, contests.c.id == rounds.c.contest_id
            )
        )
    }
    for week in weeks.values():
        about = ("round.publish", "quiz.round", str(week.id))
        if week.published_at is not None:
            related = _related(week.published_alone, week.published_tied)
            key = _approval_of(week, *about, related, week.published_at)
            op.execute(rounds.update().where(rounds.c.id == week.id).values(publication_id=key))
        if week.renamed_at is not None:
            _fill_renamings(week)
    for result in _rows(sa.select(results).where(results.c.cause != "close")):
        related = _related(result.is_alone, result.is_tied)
        about = (*CORRECTIONS[result.cause], f"{result.round_id}:%")
        key = _approval_of(weeks[result.round_id], *about, related, result.made_at, version=result.version)
        this = (results.c.round_id == result.round_id, results.c.version == result.version)
        op.execute(results.update().where(*this).values(approval_id=key))


def _fill_renamings(week: Any) -> None:
    """Insert a renaming for each relation that the round claims, or one without a relation."""
    claims = [name for name, is_set in (("alone", week.renamed_alone), ("related", week.renamed_tied)) if is_set]
    for related in claims or ["none"]:
        key = _approval_of(week, "person.correct", "quiz.request", "%", related, week.renamed_at)
        op.execute(renamings.insert().values(round_id=week.id, renamed_at=week.renamed_at, approval_id=key))


def _related(is_alone: bool, is_tied: bool) -> str:
    return "alone" if is_alone else "related" if is_tied else "none"


def _approval_of(
    week: Any, action: str, kind: str, subject: str, related: str, until: Any, version: int | None = None
) -> uuid.UUID | None:
    """Return the last approval with that relation until then; for a person alone make one from the last audit entry."""
    if related == "alone":
        return _make_alone(week, action, kind, _entry_of(week, action, kind, subject, until, version), until)
    found = sa.select(approvals.c.id).where(
        approvals.c.action == action,
        approvals.c.kind == kind,
        approvals.c.subject_id.like(subject),
        approvals.c.state == "approved",
        approvals.c.related == related,
        approvals.c.decided_at <= until,
        approvals.c.unit_id == week.unit_id,
    )
    if action == "person.correct" and related == "none":
        found = found.where(approvals.c.decided_at == until)
    return op.get_bind().scalar(found.order_by(approvals.c.decided_at.desc()).limit(1))


def _entry_of(week: Any, action: str, kind: str, subject: str, until: Any, version: int | None) -> Any | None:
    query = sa.select(audit).where(
        audit.c.action == action,
        audit.c.kind == kind,
        audit.c.subject_id.like(subject),
        audit.c.at <= until,
        audit.c.unit_id == week.unit_id,
    )
    for entry in _rows(query.order_by(audit.c.number.desc())):
        after = json.loads(entry.after)
        if after.get("second_approver") is False and version in (None, after.get("version")):
            return entry
    return None


def _make_alone(week: Any, action: str, kind: str, entry: Any | None, until: Any) -> uuid.UUID:
    """Insert an approval; without an account if the audit trail has no entry or the account is gone."""
    id, at = uuid.uuid4(), entry.at if entry else until
    who = entry.account_id if entry and entry.account_id in _accounts() else None
    op.execute(
        approvals.insert().values(
            id=id,
            action=action,
            unit_id=week.unit_id,
            kind=kind,
            subject_id=entry.subject_id if entry else str(week.id),
            subject=entry.subject if entry else f"Tuần {week.number}, {week.title}",
            payload="{}",
            reason=entry.reason if entry else "",
            asked_by_id=who,
            asked_at=at,
            expires_on=at.date(),
            state="approved",
            decided_by_id=who,
            decided_at=at,
            note="",
            related="alone",
        )
    )
    return id


def _accounts() -> set[int]:
    return {id for (id,) in _rows(sa.text("SELECT id FROM account_account"))}


def _fill_claims() -> None:
    of_round = sa.select(rounds.c.id, approvals.c.related).join_from(
        rounds, approvals, approvals.c.id == rounds.c.publication_id
    )
    for id, related in _rows(of_round):
        claims = {"published_alone": related == "alone", "published_tied": related == "related"}
        op.execute(rounds.update().where(rounds.c.id == id).values(**claims))
    of_result = sa.select(results.c.round_id, results.c.version, approvals.c.related).join_from(
        results, approvals, approvals.c.id == results.c.approval_id
    )
    for id, version, related in _rows(of_result):
        this = (results.c.round_id == id, results.c.version == version)
        claims = {"is_alone": related == "alone", "is_tied": related == "related"}
        op.execute(results.update().where(*this).values(**claims))
    of_renaming = sa.select(renamings, approvals.c.related).join_from(
        renamings, approvals, approvals.c.id == renamings.c.approval_id, isouter=True
    )
    for row in _rows(of_renaming.order_by(renamings.c.renamed_at)):
        claims = {"alone": {"renamed_alone": True}, "related": {"renamed_tied": True}}.get(row.related, {})
        op.execute(rounds.update().where(rounds.c.id == row.round_id).values(renamed_at=row.renamed_at, **claims))


def _rows(query: Any) -> Iterator[Any]:
    found: Sequence[Any] = op.get_bind().execute(query).all()
    return iter(found)
