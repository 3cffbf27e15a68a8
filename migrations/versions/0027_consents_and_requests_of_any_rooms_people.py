"""consents and requests about people of any room: each is named by its holder and its id there."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("view", "correct", "copy", "withdraw", "restrict", "delete", "agree")
CHANNELS = ("phone", "paper", "counter", "online")
OUTCOMES = ("done", "nothing", "mistaken")
DEEDS = (
    "received",
    "identified",
    "acknowledged",
    "exported",
    "corrected",
    "withdrawn",
    "restricted",
    "lifted",
    "erased",
    "answered",
    "agreed",
    "mistaken",
    "amended",
)
PURPOSES = ("taking-part", "guardian", "named", "reached")
HOLDS = sa.text("withdrawn_at IS NULL")
REQUEST = (
    "id, unit_id, kind, channel, received_at, acknowledge_by, answer_by, acknowledged_at, answered_at, outcome, "
    "person_id, sealed"
)
STEP = "id, request_id, deed, at, account_id"


def upgrade() -> None:
    """Everybody so far is a participant; who answers for them is the unit of their contest."""
    _create_requests("privacy_request", "privacy_request_step")
    op.create_table(
        "privacy_request_subject",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        _refers("privacy_request_subject", "request_id", "privacy_request"),
        _refers("privacy_request_subject", "unit_id", "commune_unit"),
        sa.PrimaryKeyConstraint("request_id", "holder", "subject_id", name=op.f("pk_privacy_request_subject")),
    )
    op.create_index(op.f("ix_privacy_request_subject_subject_id"), "privacy_request_subject", ["subject_id"])
    _create_consents()
    _copy_requests(("quiz_person_request", "quiz_request_step"), ("privacy_request", "privacy_request_step"))
    op.execute(
        "INSERT INTO privacy_request_subject (request_id, holder, subject_id, unit_id) "
        "SELECT s.request_id, 'participant', s.participant_id, c.unit_id FROM quiz_request_subject s "
        "JOIN quiz_participant p ON p.id = s.participant_id JOIN quiz_contest c ON c.id = p.contest_id"
    )
    op.execute(
        "INSERT INTO privacy_consent (subject_id, purpose, holder, wording, given_at, withdrawn_at) "
        "SELECT participant_id, purpose, 'participant', wording, given_at, withdrawn_at FROM quiz_consent"
    )
    for table in ("quiz_consent", "quiz_request_subject", "quiz_request_step", "quiz_person_request"):
        op.drop_table(table)


def downgrade() -> None:
    """Only participants have a place in the old tables; what is known of anybody else's wishes is lost."""
    _create_requests("quiz_person_request", "quiz_request_step")
    op.create_table(
        "quiz_request_subject",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        _refers("quiz_request_subject", "request_id", "quiz_person_request"),
        _refers("quiz_request_subject", "participant_id", "quiz_participant"),
        sa.PrimaryKeyConstraint("request_id", "participant_id", name=op.f("pk_quiz_request_subject")),
    )
    _create_old_consents()
    _copy_requests(("privacy_request", "privacy_request_step"), ("quiz_person_request", "quiz_request_step"))
    of_participants = "holder = 'participant' AND subject_id IN (SELECT id FROM quiz_participant)"
    op.execute(
        "INSERT INTO quiz_request_subject (request_id, participant_id) "  # noqa: S608
        f"SELECT request_id, subject_id FROM privacy_request_subject WHERE {of_participants}"
    )
    op.execute(
        "INSERT INTO quiz_consent (participant_id, purpose, wording, given_at, withdrawn_at) "  # noqa: S608
        f"SELECT subject_id, purpose, wording, given_at, withdrawn_at FROM privacy_consent WHERE {of_participants}"
    )
    for table in ("privacy_consent", "privacy_request_subject", "privacy_request_step", "privacy_request"):
        op.drop_table(table)


def _create_requests(request: str, step: str) -> None:
    op.create_table(
        request,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f(f"ck_{request}_kind_known")),
        sa.CheckConstraint(f"channel IN {CHANNELS}", name=op.f(f"ck_{request}_channel_known")),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name=op.f(f"ck_{request}_outcome_known")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f(f"ck_{request}_outcome_iff_answered")
        ),
        _refers(request, "unit_id", "commune_unit"),
        _refers(request, "person_id", "core_person_key", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{request}")),
    )
    op.create_index(op.f(f"ix_{request}_unit_id"), request, ["unit_id"])
    op.create_index(op.f(f"ix_{request}_answer_by"), request, ["answer_by"])
    op.create_table(
        step,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"deed IN {DEEDS}", name=op.f(f"ck_{step}_deed_known")),
        _refers(step, "request_id", request),
        _refers(step, "account_id", "account_account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{step}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{step}_request_id"), step, ["request_id"])


def _create_consents() -> None:
    op.create_table(
        "privacy_consent",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_privacy_consent_withdrawn_after_given")
        ),
        sa.PrimaryKeyConstraint("subject_id", "purpose", "holder", "given_at", name=op.f("pk_privacy_consent")),
    )
    op.create_index(
        "uq_privacy_consent_standing",
        "privacy_consent",
        ["subject_id", "purpose", "holder"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def _create_old_consents() -> None:
    op.create_table(
        "quiz_consent",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("wording", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"purpose IN {PURPOSES}", name=op.f("ck_quiz_consent_purpose_known")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_quiz_consent_withdrawn_after_given")
        ),
        _refers("quiz_consent", "participant_id", "quiz_participant"),
        sa.PrimaryKeyConstraint("participant_id", "purpose", "given_at", name=op.f("pk_quiz_consent")),
    )
    op.create_index(
        "uq_quiz_consent_standing",
        "quiz_consent",
        ["participant_id", "purpose"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def _copy_requests(old: tuple[str, str], new: tuple[str, str]) -> None:
    for before, after, columns in zip(old, new, (REQUEST, STEP), strict=True):
        op.execute(f"INSERT INTO {after} ({columns}) SELECT {columns} FROM {before}")  # noqa: S608
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{new[1]}', 'id'), "  # noqa: S608
            f"coalesce((SELECT max(id) FROM {new[1]}), 0) + 1, false)"
        )


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)
