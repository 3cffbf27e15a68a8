"""An instance with something for every form: accounts, contests in each state, person requests, counters."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from account.models import Account, AccountSession, Grant
from account.models.approval import APPROVED
from account.operations.approval import ask
from account.operations.audit import SYSTEM, Actor
from account.operations.links import invite, make_link
from account.operations.second_factor import new_secret, set_factor
from account.operations.sessions import open_session
from account.rules.permissions import Role
from commune.models import Office
from commune.operations.logos import set_logo
from core import clock
from core.crypto import new_code
from core.images import redraw
from core.jobs import Order, enqueue
from core.values.week import local_date, monday_of
from core.web.extensions import db, keyring
from core.workdays import holidays_around
from privacy.operations.requests import Asker, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.contest.models import Contest, Participant
from quiz.contest.operations.bank import add_questions
from quiz.contest.operations.questions import QuestionText
from quiz.contest.rules.actions import QuizAction
from quiz.persons.operations.renewal import of_participant
from quiz.persons.queries.participants import subject_of
from survey.counter.models import Counter
from survey.counter.operations.counters import close_counters
from survey.counter.queries.printed import address_of
from survey.dossier.files.imports import DossierSheets
from survey.dossier.models import Dossier
from survey.instrument.rules.levels import Level
from survey.rating.files.imports import PURPOSE as RATINGS
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import (
    make_account,
    make_contest,
    make_counter,
    make_office,
    make_participant,
    make_unit,
)
from tests.support.forged.builder import DAY, VILLAGER, Builder, add_contest, kept
from tests.support.forged.finals import add_finals
from tests.support.forged.scenario import Names
from tests.support.forged.weeks import add_weeks
from tests.support.images import file_of, sign
from tests.support.set_apart import rate_as_staff


def build_world(app: Flask) -> Names:
    """Fill the empty database of *app*; return the names in it."""
    with app.app_context():
        session, now = db.session, clock.now()
        province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
        commune = make_unit(session, parent=province)
        me = make_account(session, role=Role.ADMINISTRATOR, unit=province)
        me.grants.extend(Grant(role=role.value, unit_id=province.id) for role in Role if role != Role.ADMINISTRATOR)
        colleague = make_account(session, role=Role.MANAGER, unit=commune)
        names = {"province": str(province.id), "commune": str(commune.id), "commune_name": commune.name}
        organiser = make_account(session, role=Role.ORGANISER, unit=province)
        builder = Builder(session, keyring(), names, now, province, commune, me, colleague, organiser)
        for part in (add_accounts, add_plans, add_weeks, add_finals, add_people, add_counters):
            part(builder)
        session.commit()
    return names


def add_accounts(builder: Builder) -> None:
    """Add accounts in each state, with links, jobs and logos."""
    session, now, names, unit = builder.session, builder.now, builder.names, builder.commune
    builder.colleague.grants.append(Grant(role=Role.INTERVIEWER.value, unit_id=unit.id))
    off = make_account(session, role=Role.MANAGER, unit=unit)
    off.is_active = False
    invited = invite(session, email="moi@xa.example", name="Ma Thị Hoà", role=Role.MANAGER, unit=unit, now=now)
    guarded, secret = make_account(session, role=Role.APPROVER, unit=unit), new_secret()
    set_factor(session, builder.keyring, guarded, secret, step=0)
    unguarded = make_account(session, role=Role.APPROVER, unit=unit)
    logo = redraw(file_of(sign()))
    set_logo(session, builder.province, logo, by=f"account:{builder.me.id}", now=now)
    job = enqueue(session, builder.keyring, Order("k", "Việc", f"account:{builder.me.id}"), now=now)
    names |= {
        "me": builder.me.email,
        "colleague": str(builder.colleague.id),
        "colleague_email": builder.colleague.email,
        "off": str(off.id),
        "invited": str(invited.id),
        "link": make_link(session, invited, now=now),
        "my_other_session": sign_in(builder, builder.me),
        "colleague_session": sign_in(builder, builder.colleague),
        "guarded": guarded.email,
        "secret": secret,
        "unguarded": unguarded.email,
        "job": str(job),
    }


def sign_in(builder: Builder, account: Account) -> str:
    """Open a session of *account*; return its id."""
    open_session(builder.session, account, device="Chrome trên Android", now=builder.now)
    builder.session.flush()
    return str(builder.session.scalar(select(func.max(AccountSession.id))))


def add_plans(builder: Builder) -> None:
    """Add contests without participants: drafts, one that is to come, one in rehearsal."""
    session, now = builder.session, builder.now
    monday = monday_of(local_date(now)) + timedelta(weeks=2)
    builder.names["monday"] = f"{monday}"
    draft = make_contest(session, unit=builder.province, units=[builder.commune], weeks=1, first_day=monday)
    draft.is_draft, builder.names["draft"] = True, draft.slug
    add_bank(builder, draft)
    add_contest(builder, "to_come", 5 * DAY, 9 * DAY)
    village = make_unit(builder.session, kind="village", name="thôn Nà Khà", parent=builder.commune)
    builder.names["village"] = str(village.id)
    open_rehearsal(session, add_contest(builder, "rehearsed", 5 * DAY, 9 * DAY).contest, now=now)


def add_bank(builder: Builder, draft: Contest) -> None:
    """Add a question to the bank of a draft, and files of questions for its round and for the bank."""
    text = QuestionText("Ai ký giấy?", (("A", "Chủ tịch", True), ("B", "Thôn", False)))
    (question,) = add_questions(builder.session, SYSTEM, draft, [text], is_shared=False, now=builder.now)
    names, owner = builder.names, f"unit:{builder.province.id}"
    names["question"], names["questions"] = str(question.id), "Câu hỏi,A,B,Đáp án\nAi?,Quầy,Chợ,A\n"
    names["question_draft"] = kept(builder, owner, f"quiz-questions:{draft.id}:{draft.rounds[0].id}", "questions")
    names["plan_draft"] = kept(builder, owner, f"quiz-questions:{draft.id}:plan", "questions")
    names["bank_draft"] = kept(builder, owner, f"quiz-questions:{draft.id}:0", "questions")


def add_people(builder: Builder) -> None:
    """Add person requests of each kind, one of them without a known person."""
    contest = add_contest(builder, "asked_about", -2 * DAY, 3 * DAY).contest
    for kind in Kind:
        builder.names[f"to_{kind.value}"] = add_request(builder, contest, kind)
    builder.names["to_find"] = add_request(builder, contest, Kind.VIEW, is_found=False)
    builder.names["phone"] = "0977123456"
    villager = make_participant(builder.session, builder.keyring, contest, name=VILLAGER, phone=builder.names["phone"])
    builder.names["renewal"] = allow_renewal(builder, villager)


def allow_renewal(builder: Builder, participant: Participant) -> str:
    """Request a new personal code and agree to it; return the request's id."""
    about, reason = of_participant(participant), "Mất mã"
    asked = ask(builder.session, builder.me, QuizAction.CODE_RENEW, about, reason=reason, now=builder.now)
    asked.state, asked.decided_by, asked.decided_at = APPROVED, builder.colleague, builder.now
    builder.session.flush()
    return str(asked.id)


def add_request(builder: Builder, contest: Contest, kind: Kind, *, is_found: bool = True) -> str:
    """Add a request of *kind* by telephone."""
    session, keyring = builder.session, builder.keyring
    by = {"actor": Actor("account", builder.colleague.id), "now": builder.now}
    asker, holidays = Asker(VILLAGER, "", "Xin giúp tôi"), holidays_around(local_date(builder.now))
    request = receive_request(
        session, keyring, asker, unit_id=builder.province.id, kind=kind, channel="phone", holidays=holidays, **by
    )
    if is_found:
        identify(session, keyring, request, [subject_of(make_participant(session, keyring, contest))], asker, **by)
    session.flush()
    return str(request.id)


def add_counters(builder: Builder) -> None:
    """Add an office with an open counter, a closed one and one in rehearsal, a rating with a comment, and a sheet."""
    session, names = builder.session, builder.names
    office = make_office(session, unit=builder.commune)
    counter = make_counter(session, office=office, number=2)
    close_counters(session, SYSTEM, [make_counter(session, office=office, number=3)], now=builder.now)
    rehearsed = make_counter(session, office=office, number=4)
    rehearsed.is_rehearsal = True
    session.flush()
    names |= {"office": office.slug, "printed": address_of(builder.keyring, counter), "rating": new_code()}
    add_rating(builder, counter, names["rating"])
    add_rating(builder, rehearsed, new_code())
    rate_as_staff(session, builder.keyring, counter, 5, now=builder.now - 7 * DAY)
    names["set_apart"] = monday_of(local_date(builder.now - 7 * DAY)).isoformat()
    names["ratings"] = f"Ngày,Mức độ\n{local_date(builder.now - DAY):%d/%m/%Y},5\n"
    names["dossiers"] = f"Mã hồ sơ,Ngày nhận\n77,{local_date(builder.now - DAY):%d/%m/%Y}\n"
    names["dossier_draft"] = kept(
        builder, f"unit:{builder.commune.id}", f"{DossierSheets.purpose}:{office.id}", "dossiers"
    )
    add_dossiers(builder, office)
    names["rating_draft"] = kept(builder, f"unit:{builder.commune.id}", f"{RATINGS}:{counter.id}", "ratings")


def add_dossiers(builder: Builder, office: Office) -> None:
    """Add two dossiers that were returned today, and one that is open."""
    today = local_date(builder.now)
    for serial, returned in ((1, today), (2, today), (3, None)):
        builder.session.add(
            Dossier(
                office_id=office.id,
                number=f"{serial}",
                number_key=f"{serial}",
                series="#",
                serial=serial,
                received_on=today,
                due_on=today,
                returned_on=returned,
            )
        )


def add_rating(builder: Builder, counter: Counter, receipt: str) -> None:
    """Add a rating with a comment."""
    opinion, now = Opinion(Level.SATISFIED, [], "Nhanh"), builder.now
    record_rating(builder.session, builder.keyring, counter, opinion, channel=Channel.OPEN, receipt=receipt, now=now)
