"""Prizes of people for the whole contest: declared, called for, decided, drawn for."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0112"
down_revision = "0110"
branch_labels = None
depends_on = None

PEOPLE = "('winners', 'front', 'lines', 'absent')"
PEOPLE_AND_SEASON = "('winners', 'front', 'lines', 'absent', 'season')"
MEASURES = "('turns', 'capped', 'people', 'rate', 'winners', 'points')"
MEASURES_AND_SEASON = "('turns', 'capped', 'people', 'rate', 'winners', 'points', 'season')"
CHECKS = (
    ("quiz_contact_opening", "people_known", f"people IN {PEOPLE}", f"people IN {PEOPLE_AND_SEASON}"),
    ("quiz_draw", "measure_known", f"measure IN {MEASURES}", f"measure IN {MEASURES_AND_SEASON}"),
)


def upgrade() -> None:
    """Every prize that was declared before stays one of each round, or of units."""
    with op.batch_alter_table("quiz_prize_tier") as batch:
        batch.add_column(sa.Column("is_season", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(
            op.f("ck_quiz_prize_tier_of_people_or_units"), "NOT (is_collective AND is_season)"
        )
    for table, name, _before, after in CHECKS:
        _check(table, name, after)
    _calls()
    _decisions()
    _awards()


def _check(table: str, name: str, condition: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _calls() -> None:
    op.create_table(
        "quiz_season_call",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("missed", sa.SmallInteger(), nullable=False),
        sa.Column("first_missed", core.db.UtcDateTime(), nullable=True),
        sa.Column("called_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.CheckConstraint("state IN ('missed', 'confirmed', 'passed')", name=op.f("ck_quiz_season_call_state_known")),
        sa.CheckConstraint(
            "(state = 'passed') = (why IS NOT NULL)", name=op.f("ck_quiz_season_call_passed_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_season_call_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_season_call_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "participant_id", name=op.f("pk_quiz_season_call")),
    )


def _decisions() -> None:
    op.create_table(
        "quiz_season_decision",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("decided_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_season_decision_approval_id_account_approval")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_season_decision_contest_id_quiz_contest")
        ),
        sa.PrimaryKeyConstraint("contest_id", "version", name=op.f("pk_quiz_season_decision")),
    )
    op.create_index(op.f("ix_quiz_season_decision_approval_id"), "quiz_season_decision", ["approval_id"])


def _awards() -> None:
    op.create_table(
        "quiz_season_award",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("bloc", sa.SmallInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("rounds", sa.SmallInteger(), nullable=False),
        sa.Column("firsts", sa.SmallInteger(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "version"],
            ["quiz_season_decision.contest_id", "quiz_season_decision.version"],
            name=op.f("fk_quiz_season_award_contest_id_quiz_season_decision"),
        ),
        sa.ForeignKeyConstraint(["draw_id"], ["quiz_draw.id"], name=op.f("fk_quiz_season_award_draw_id_quiz_draw")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_season_award_participant_id_quiz_participant"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "version", "position", name=op.f("pk_quiz_season_award")),
    )
    for column in ("participant_id", "draw_id"):
        op.create_index(op.f(f"ix_quiz_season_award_{column}"), "quiz_season_award", [column])


def downgrade() -> None:
    """Prizes for the whole contest, their calls, draws and decisions are lost."""
    for table in ("quiz_season_award", "quiz_season_decision", "quiz_season_call"):
        op.drop_table(table)
    op.execute("DELETE FROM quiz_contact_opening WHERE people = 'season'")
    op.execute("DELETE FROM quiz_draw WHERE measure = 'season'")
    op.execute("DELETE FROM quiz_prize_tier WHERE is_season")
    for table, name, before, _after in CHECKS:
        _check(table, name, before)
    with op.batch_alter_table("quiz_prize_tier") as batch:
        batch.drop_constraint(op.f("ck_quiz_prize_tier_of_people_or_units"), type_="check")
        batch.drop_column("is_season")
