"""Every route × role × own or foreign unit × GET or POST, against one table (`permissions.txt`)."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from account.models import AccountSession
from account.operations.approval import ask
from account.operations.audit import SYSTEM, Actor
from account.rules.permissions import Role
from app import ROOMS
from core import clock
from core.jobs import Order, enqueue
from core.person_keys import find_person
from core.sheets import memory
from core.values.week import local_date, monday_of
from core.web.rooms import collect
from privacy.operations.requests import Asker, receive_request
from privacy.rules.deadlines import Kind
from quiz.attempt.files.imports import PURPOSE as ENTRIES
from quiz.attempt.models import PaperSheet
from quiz.bank.models import QuestionPicture
from quiz.contest.files.roster import RosterSheets
from quiz.contest.models import Participant, QuestionReport, UnitRequest
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.cards import make_cards
from quiz.contest.rules.actions import QuizAction
from quiz.outreach.models import Announcement
from survey.dossier.models import DossierSample
from survey.rating.files.imports import PURPOSE as RATINGS
from tests.factories import make_account, make_attempt, make_contest, make_counter, make_office, make_unit
from tests.support.entries import AN, as_csv
from tests.support.set_apart import rate_as_staff
from tests.support.staff import cookie_of

ROSTER = RosterSheets.purpose
WRITTEN = Path(__file__).with_name("permissions.txt")
ROLES = frozenset(Path(__file__).with_name("roles.txt").read_text().splitlines()[1:])
OURS = "quan-tri"
FAR = 9999
ASKED = "Câu hỏi,A,B,Đáp án\nAi?,Quầy,Chợ,A\n".encode()
SHEET = "Ngày,Mức độ\n05/10/2026,5\n".encode()
DOSSIERS = "Mã hồ sơ,Ngày tiếp nhận\n77,05/10/2026\n".encode()
REFUSED = {401, 403, 404, 405}
PERSONAL = {
    "account_approval.mine",
    "account_approval.withdraw",
    "jobs.call_off",
    "jobs.progress",
    "jobs.result",
    "jobs.show",
    "quiz_manage.renew_approved",
}
"""Endpoints for things of their owner alone, which answer 404 here; owners are tested with the pages."""
WHOLE = {"report_retention.document", "account_manage.many"}
"""Endpoints about the whole installation, without a unit."""


def written() -> dict[str, str]:
    """Return endpoint → its entry in the table."""
    lines = [line for line in WRITTEN.read_text().splitlines() if not line.startswith("#")]
    return {name: who.strip() for name, who in (line.split(maxsplit=1) for line in lines)}


def test_every_route_has_its_row_and_every_row_its_route(app):
    declared = {name: getattr(view, "permission", "public") for name, view in app.view_functions.items()}

    assert written() == declared


def test_the_rooms_give_each_role_the_permissions_of_the_written_table():
    declared = {f"{role} {each.code}" for each in collect(ROOMS).permissions.values() for role in each.roles}

    assert declared == ROLES


@pytest.fixture
def world(app, session, keyring):
    """Build a unit with one of everything, and the values for its addresses."""
    unit = make_unit(session, kind="province", name="tỉnh Tuyên Quang")
    commune = make_unit(session, name="xã Thượng Lâm", parent=unit)
    village = make_unit(session, kind="village", name="thôn Nà Tông", parent=commune)
    contest, counter = (
        make_contest(session, unit=unit, units=[unit, commune], weeks=1),
        make_counter(session, office=make_office(session, unit=unit)),
    )
    attempt = make_attempt(session, keyring, contest.rounds[0])
    colleague = make_account(session, role=Role.MANAGER, unit=unit)
    today = {"name": "bang.csv", "today": local_date(clock.now())}
    owner = f"unit:{unit.id}"
    drafts = [
        memory.keep_draft(
            session, keyring, owner=owner, purpose=f"{ENTRIES}:{contest.rounds[0].id}", data=as_csv(AN), **today
        ),
        memory.keep_draft(session, keyring, owner=owner, purpose=f"{RATINGS}:{counter.id}", data=SHEET, **today),
        memory.keep_draft(session, keyring, owner=owner, purpose=f"{ROSTER}:{contest.id}", data=as_csv(AN), **today),
        *(
            memory.keep_draft(
                session, keyring, owner=owner, purpose=f"quiz-questions:{contest.id}:{of}", data=ASKED, **today
            )
            for of in (contest.rounds[0].id, 0, "plan")
        ),
        memory.keep_draft(
            session, keyring, owner=owner, purpose=f"survey-dossiers:{counter.office_id}", data=DOSSIERS, **today
        ),
    ]
    day = local_date(clock.now())
    of_day = {"first_day": day, "last_day": day, "drawn_at": clock.now(), "seed": "1", "digest": "", "strata": []}
    drawn_dossiers = DossierSample(office_id=counter.office_id, stratified_by="channel", population=0, **of_day)
    session.add(drawn_dossiers)
    session.flush()
    question = contest.rounds[0].questions[0]
    reported = QuestionReport(round_question_id=question.id, text="Sai rồi.", reported_on=local_date(clock.now()))
    session.add(reported)
    batch, _codes = make_cards(session, keyring, SYSTEM, contest, unit, "", 1, now=clock.now())
    round, publishing = contest.rounds[0], {"round": contest.rounds[0].id, "winners": ""}
    asked = ask(
        session, colleague, QuizAction.ROUND_PUBLISH, of_round(round), details=publishing, reason="", now=clock.now()
    )
    request = receive_request(
        session, keyring, Asker("Ma Thị Hoà", "", "Xin xem"), unit_id=unit.id, kind=Kind.VIEW, channel="paper",
        holidays=(), actor=Actor("account", colleague.id), now=clock.now(),
    )  # fmt: skip
    job = enqueue(session, keyring, Order("k", "Việc", f"account:{colleague.id}"), now=clock.now())
    last_week = clock.now() - timedelta(weeks=1)
    rate_as_staff(session, keyring, counter, 5, now=last_week)
    who = session.get_one(Participant, attempt.participant_id)
    sealed = find_person(session, keyring, who.person_id).seal("Bấm nhầm")
    units = {"old_unit_id": who.unit_id, "unit_id": make_unit(session, name="xã Bình An").id}
    moving = UnitRequest(participant_id=who.id, sealed=sealed, asked_at=clock.now(), **units)
    drawn = QuestionPicture(digest="0" * 64, width=1, height=1, data=b"", stored_on=local_date(clock.now()))
    session.add_all([moving, drawn, PaperSheet(round_id=contest.rounds[0].id, number=1)])
    session.commit()
    known = {
        "number": 1, "sheet": 1, "key": "0" * 32, "position": 1, "cluster_number": 1, "sample_id": drawn_dossiers.id,
        "answer": "xac-nhan",
        "participant_id": attempt.participant_id,
        "account_id": colleague.id, "role": "manager", "unit_id": unit.id, "code": "x", "secret": "x",
        "filename": "js/copy.js", "approval_id": asked.id,
    }  # fmt: skip
    rooms = {
        "account_approval": {"id": asked.id, "answer": "dong-y"},
        "account_manage": {"deed": "tat"},
        "jobs": {"job_id": job},
        "privacy": {"id": request.id, "step": "bao-nhan"},
        "report_retention": {"name": "su-co"},
        "quiz_manage": {
            "slug": contest.slug,
            "draft_id": drafts[0],
            "whose": "xep-hang",
            "batch_id": batch.id,
            "question_id": question.revision.question_id,
            "report_id": reported.id,
            "id": moving.id,
            "kind": "xlsx",
            "digest": drawn.digest,
        },
        "survey_manage": {
            "slug": counter.office.slug,
            "number": counter.number,
            "draft_id": drafts[1],
            "turn": "bat",
            "deed": "dong",
            "kind": "own",
            "week": monday_of(local_date(last_week)).isoformat(),
        },
    }
    rooms |= dict.fromkeys(("quiz_manage.roster_review", "quiz_manage.roster_import_report"), {"draft_id": drafts[2]})
    rooms |= {"quiz_manage.questions_read": {"draft_id": drafts[3]}, "quiz_manage.bank_read": {"draft_id": drafts[4]}}
    reviewed = ("survey_manage.dossier_review", "survey_manage.dossier_import_report")
    rooms |= dict.fromkeys(reviewed, {"draft_id": drafts[6]})
    rooms["quiz_manage.plan_read"] = {"draft_id": drafts[5]}
    rooms |= dict.fromkeys(("quiz_manage.unit", "quiz_manage.delete_own_unit"), {"unit_id": village.id})
    made = Announcement(contest_id=contest.id, text="Mời", is_plain=True, has_link=True, made_at=clock.now())
    session.add(made)
    session.commit()
    rooms |= dict.fromkeys(("quiz_manage.announcement", "quiz_manage.retry_announcement"), {"id": made.id})
    rooms |= dict.fromkeys(("quiz_manage.claim", "quiz_manage.season_claim"), {"answer": "da-nhan"})
    rooms["quiz_manage.rank_changes_file"] = {"ending": "csv"}
    rooms["quiz_manage.round_document"] = {"name": "bien-ban.docx"}
    rooms["quiz_manage.season_list_file"] = {"name": "quyet-dinh.docx"}
    return unit, known, rooms


def address(app: Flask, rule, known, rooms, session_id: int) -> str:
    values = (
        known | rooms.get(rule.endpoint.split(".")[0], {}) | rooms.get(rule.endpoint, {}) | {"session_id": session_id}
    )
    values = {"slug": "nope", "draft_id": uuid.uuid4()} | values
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def expected(rule, method: str, who: str, role: Role | None, is_foreign: bool) -> set[int] | str:
    """Return what the table expects: the status, or anything but a refusal."""
    if method not in rule.methods:
        return {405}
    if rule.endpoint == "account.first_run_page":
        return {302}  # accounts exist, so it redirects to the sign-in
    if who == "public":
        return "open"
    if role is None:
        return {401}
    if who != "signed in" and f"{role} {who}" not in ROLES:
        return {403}
    if rule.arguments and rule.endpoint not in WHOLE and (is_foreign or rule.endpoint in PERSONAL):
        return {404}
    return "open"


def test_every_route_opens_to_exactly_the_roles_of_the_table(app, session, world):
    unit, known, rooms = world
    foreign, table, wrong = make_unit(session, kind="province", name="tỉnh khác"), written(), []
    callers = [(None, False, None)]
    for is_foreign, home in ((False, unit), (True, foreign)):
        callers += [(role, is_foreign, make_account(session, role=role, unit=home).email) for role in Role]
    session.commit()
    for role, is_foreign, email in callers:
        client = caller(app, email)
        session_id = own_session(session, email, is_foreign)
        for rule in staff_rules(app):
            path = address(app, rule, known, rooms, session_id)
            for method in ("GET", "POST"):
                due = expected(rule, method, table[rule.endpoint], role, is_foreign)
                status = client.open(path, method=method).status_code
                if not is_as(due, status):
                    wrong.append((method, path, str(role), "foreign" if is_foreign else "own", status, due))

    assert wrong == []


@pytest.mark.parametrize("backend", ["postgresql"])
def test_every_route_opens_on_postgresql_to_a_permitted_role(app, session, world, backend):
    unit, known, rooms = world
    emails, table, wrong, opened = {None: None}, written(), [], 0
    emails |= {role: make_account(session, role=role, unit=unit).email for role in Role}
    session.commit()
    clients = {role: (caller(app, email), own_session(session, email, False)) for role, email in emails.items()}
    for rule in staff_rules(app):
        for method in ("GET", "POST"):
            let_in = [role for role in emails if expected(rule, method, table[rule.endpoint], role, False) == "open"]
            for role in let_in[:1]:
                client, session_id = clients[role]
                path, opened = address(app, rule, known, rooms, session_id), opened + 1
                status = client.open(path, method=method).status_code
                if not is_as("open", status):
                    wrong.append((method, path, str(role), status))

    assert opened > 130
    assert wrong == []


def caller(app: Flask, email: str | None):
    """A browser, in which *email* is signed in."""
    client = app.test_client()
    if email:
        client.set_cookie("lang_nghe", cookie_of(app, email))
    return client


def staff_rules(app: Flask):
    """The routes of the staff's pages."""
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(f"/{OURS}")]


def is_as(due: set[int] | str, status: int) -> bool:
    """Whether the answer is what the table says."""
    return status != 500 and (status not in REFUSED if due == "open" else status in due)


def own_session(session, email: str | None, is_foreign: bool) -> int:
    """Return the newest session, which is the caller's; for a foreign caller another's."""
    ids = list(session.scalars(select(AccountSession.id).order_by(AccountSession.id)))
    return (ids[0] if is_foreign else ids[-1]) if email else 1
