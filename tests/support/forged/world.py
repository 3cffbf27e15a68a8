"""An instance with something for every form: accounts, contests in each state, person requests, counters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Account, AccountSession, Grant
from account.models.approval import APPROVED
from account.operations.approval import ask
from account.operations.audit import SYSTEM, Actor
from account.operations.links import invite, make_link
from account.operations.second_factor import new_secret, set_factor
from account.operations.sessions import open_session
from account.rules.permissions import Role
from commune.models import Unit
from commune.operations.logos import set_logo
from core import clock
from core.crypto import Keyring, new_code
from core.images import redraw
from core.jobs import Order, enqueue
from core.sheets.memory import keep_draft
from core.values.week import local_date, monday_of
from core.web.extensions import db, keyring
from core.workdays import holidays_around
from privacy.operations.requests import Asker, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.attempt.files.imports import PURPOSE as ENTRIES
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.contest.files.roster import RosterSheets
from quiz.contest.models import Contest, Participant, QuestionReport, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.bank import add_questions
from quiz.contest.operations.cards import make_cards
from quiz.contest.operations.questions import QuestionText
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Eligibility
from quiz.persons.operations.renewal import of_participant
from quiz.persons.queries.participants import subject_of
from quiz.results.models import ClusterEntry, EntryCluster, MissedCall, RoundReview
from quiz.results.models.contact import LINES, WINNERS, ContactOpening
from quiz.results.operations.closing import Call, apply_call, rank_round
from quiz.results.queries.result import find_result, list_winners, winners_digest
from survey.counter.models import Counter
from survey.counter.operations.counters import close_counters
from survey.counter.queries.printed import address_of
from survey.instrument.rules.levels import Level
from survey.rating.files.imports import PURPOSE as RATINGS
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import (
    make_account,
    make_attempt,
    make_contest,
    make_counter,
    make_office,
    make_participant,
    make_unit,
)
from tests.support.entries import as_csv
from tests.support.forged.scenario import Names
from tests.support.images import file_of, sign
from tests.support.set_apart import rate_as_staff

DAY = timedelta(days=1)
VILLAGER = "Giàng A Páo"


@dataclass(frozen=True)
class Builder:
    """The context for building, and the names built so far."""

    session: Session
    keyring: Keyring
    names: Names
    now: datetime
    province: Unit
    commune: Unit
    me: Account
    colleague: Account
    organiser: Account


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
        for part in (add_accounts, add_plans, add_weeks, add_people, add_counters):
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


def add_contest(builder: Builder, name: str, opens: timedelta, closes: timedelta) -> Round:
    """Add a contest of one round that opens and closes at these distances from now; *name* is the name of its
    address.
    """
    contest = make_contest(builder.session, unit=builder.province, units=[builder.commune], weeks=1, questions=2)
    round, now = contest.rounds[0], builder.now
    round.opens_at, round.closes_at, round.results_at = now + opens, now + closes, now + closes
    builder.session.flush()
    builder.names[name] = contest.slug
    return round


def add_plans(builder: Builder) -> None:
    """Add contests without participants: drafts, one that is to come, one in rehearsal."""
    session, now = builder.session, builder.now
    monday = monday_of(local_date(now)) + timedelta(weeks=2)
    builder.names["monday"] = f"{monday}"
    draft = make_contest(session, unit=builder.province, units=[builder.commune], weeks=1, first_day=monday)
    draft.is_draft, builder.names["draft"] = True, draft.slug
    add_bank(builder, draft)
    add_contest(builder, "to_come", 5 * DAY, 9 * DAY)
    open_rehearsal(session, add_contest(builder, "rehearsed", 5 * DAY, 9 * DAY).contest, now=now)


def add_bank(builder: Builder, draft: Contest) -> None:
    """Add a question to the bank of a draft, and files of questions for its round and for the bank."""
    text = QuestionText("Ai ký giấy?", (("A", "Chủ tịch", True), ("B", "Thôn", False)))
    (question,) = add_questions(builder.session, SYSTEM, draft, [text], is_shared=False, now=builder.now)
    names, owner = builder.names, f"unit:{builder.province.id}"
    names["question"], names["questions"] = str(question.id), "Câu hỏi,A,B,Đáp án\nAi?,Quầy,Chợ,A\n"
    names["question_draft"] = kept(builder, owner, f"quiz-questions:{draft.id}:{draft.rounds[0].id}", "questions")
    names["bank_draft"] = kept(builder, owner, f"quiz-questions:{draft.id}:0", "questions")


def add_weeks(builder: Builder) -> None:
    """Add contests whose round is open, ended, ranked, ready for publication, and published."""
    session, now, names = builder.session, builder.now, builder.names
    add_open_week(builder, add_contest(builder, "open", -2 * DAY, 3 * DAY))
    add_cards(builder, add_contest(builder, "carded", -2 * DAY, 3 * DAY).contest)
    add_phone(builder, add_contest(builder, "texted", -2 * DAY, 3 * DAY).contest)
    registered = add_contest(builder, "registered", 2 * DAY, 6 * DAY).contest
    make_participant(session, builder.keyring, registered, now=now)
    add_ended_week(builder, add_contest(builder, "ended", -6 * DAY, -DAY))
    add_contest(builder, "ended_empty", -6 * DAY, -DAY)
    names["called"] = str(add_ranked_week(builder, "ranked", is_called=False)[1])
    add_shared_line(builder, "shared", is_open=False)
    add_shared_line(builder, "called_line", is_open=True)
    overdue, winner = add_ranked_week(builder, "overdue", is_called=False)
    make_overdue(session, overdue, winner, now - 4 * DAY)
    add_ranked_week(builder, "ready")
    asked, _winner = add_ranked_week(builder, "asked")
    names["asked_by_organiser"] = ask_to_publish(builder, asked, builder.organiser)
    asked, _winner = add_ranked_week(builder, "asked_myself")
    names["asked_by_me"] = ask_to_publish(builder, asked, builder.me)
    published, _winner = add_ranked_week(builder, "published")
    published.published_at = now - timedelta(hours=1)
    session.flush()


def add_open_week(builder: Builder, round: Round) -> None:
    """Add a participant who may begin, and one who has submitted."""
    session, names = builder.session, builder.names
    names["code"], names["receipt"] = new_code(), new_code()
    make_participant(
        session,
        builder.keyring,
        round.contest,
        name="Lò Thị Hoà",
        phone="0977333444",
        code=names["code"],
        now=builder.now,
    )
    started_at = builder.now - timedelta(hours=2)
    make_attempt(session, builder.keyring, round, started_at=started_at, receipt=names["receipt"])
    reported = QuestionReport(
        round_question_id=round.questions[0].id, text="Sai rồi.", reported_on=local_date(builder.now)
    )
    session.add(reported)
    session.flush()
    names["report"], names["title"] = str(reported.id), round.contest.title
    names["roster"] = "Họ và tên;Số điện thoại;Năm sinh\nMa Thị Hoa;0912345677;1970\n"
    owner = f"unit:{builder.province.id}"
    names["roster_draft"] = kept(builder, owner, f"{RosterSheets.purpose}:{round.contest_id}", "roster")


def add_ended_week(builder: Builder, round: Round) -> None:
    """Add a paper, and a sheet with another."""
    make_attempt(builder.session, builder.keyring, round)
    moment = f"{round.opens_at + DAY:%d/%m/%Y} 09:04:12"
    builder.names["entries"] = as_csv(f"Lò Thị Hoà;0912345678;1985;{builder.commune.name};{moment};4:12;2;10").decode(
        "utf-8-sig"
    )
    builder.names["entry_draft"] = kept(builder, f"unit:{builder.province.id}", f"{ENTRIES}:{round.id}", "entries")


def add_cluster(session: Session, round: Round, who: object, now: datetime) -> None:
    """Add a review with one weak cluster of one entry, which needs no decision."""
    session.add(RoundReview(round_id=round.id, entries=1, reading_ms=2000, tapping_ms=1000, made_at=now))
    session.flush()
    session.add(EntryCluster(round_id=round.id, number=1, size=1, perfect=1, is_strong=False, signs=[("fast", 1, 1)]))
    session.flush()
    session.add(ClusterEntry(round_id=round.id, number=1, participant_id=who))


def add_ranked_week(builder: Builder, name: str, *, is_called: bool = True) -> tuple[Round, object]:
    """Add a closed round with one winner, confirmed unless *is_called* is False."""
    session, now = builder.session, builder.now
    round = add_contest(builder, name, -6 * DAY, -DAY)
    winner = make_attempt(session, builder.keyring, round).participant_id
    rank_round(session, round, now=now)
    add_cluster(session, round, winner, now)
    opening = {"round_id": round.id, "account_id": builder.me.id, "people": WINNERS, "reason": "Gọi người đạt giải"}
    session.add(ContactOpening(**opening, opened_at=now, closes_at=now + DAY))
    if is_called:
        apply_call(session, round, winner, Call.CONFIRM, now=now)
    session.flush()
    return round, winner


def add_shared_line(builder: Builder, name: str, *, is_open: bool) -> None:
    """Add a closed round of a roster with a line that two participants fit; *is_open*: their numbers are, to me."""
    session, keys, now = builder.session, builder.keyring, builder.now
    round = add_contest(builder, name, -6 * DAY, -DAY)
    contest, unit = round.contest, builder.commune.id
    contest.rules = round.rules = contest.rules | {"eligibility": Eligibility.ROSTER.value}
    line = listed(keys, contest.id, Identity(VILLAGER, None, 1964, instead=f"unit {unit}"), unit, "")
    import_roster(session, SYSTEM, contest, [line], False, {}, now=now)
    two = [make_participant(session, keys, contest, name=VILLAGER, birth_year=1964) for _ in range(2)]
    make_attempt(session, keys, round, participant=two[0])
    builder.names["on_line"] = str(two[0].id)
    rank_round(session, round, now=now)
    opening = {"round_id": round.id, "account_id": builder.me.id, "people": LINES, "reason": "Gọi hai người"}
    if is_open:
        session.add(ContactOpening(**opening, opened_at=now, closes_at=now + DAY))
    session.flush()


def add_cards(builder: Builder, contest: Contest) -> None:
    """Make *contest* one for people with an entry card: a batch, and a participant who has not used a card."""
    names, now = builder.names, builder.now
    contest.rules = contest.rules | {"eligibility": Eligibility.CARD.value}
    made = make_cards(builder.session, builder.keyring, SYSTEM, contest, builder.commune, "thôn Nà Tông", 2, now=now)
    names["batch"], names["card"], names["card_owner"] = str(made[0].id), made[1][0], new_code()
    make_participant(builder.session, builder.keyring, contest, code=names["card_owner"], now=now)


def add_phone(builder: Builder, contest: Contest) -> None:
    """Make *contest* one for people with a confirmed phone, and add a participant whose phone is not."""
    contest.rules = contest.rules | {"eligibility": Eligibility.SMS.value}
    builder.names["phone_owner"] = new_code()
    make_participant(builder.session, builder.keyring, contest, code=builder.names["phone_owner"], now=builder.now)


def make_overdue(session: Session, round: Round, winner: object, since: datetime) -> None:
    """Note an unanswered call to *winner* at *since*."""
    session.add(MissedCall(round_id=round.id, participant_id=winner, called_at=since))
    session.flush()


def ask_to_publish(builder: Builder, round: Round, asker: Account) -> str:
    """Request the publication of *round* as *asker*; return the request's id."""
    session, result = builder.session, find_result(builder.session, round)
    assert result is not None and list_winners(session, result)
    details = {"round": round.id, "winners": winners_digest(session, result)}
    asked = ask(session, asker, QuizAction.ROUND_PUBLISH, of_round(round), reason="", details=details, now=builder.now)
    return str(asked.id)


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
    names["rating_draft"] = kept(builder, f"unit:{builder.commune.id}", f"{RATINGS}:{counter.id}", "ratings")


def add_rating(builder: Builder, counter: Counter, receipt: str) -> None:
    """Add a rating with a comment."""
    opinion, now = Opinion(Level.SATISFIED, [], "Nhanh"), builder.now
    record_rating(builder.session, builder.keyring, counter, opinion, channel=Channel.OPEN, receipt=receipt, now=now)


def kept(builder: Builder, owner: str, purpose: str, text: str) -> str:
    """Keep the draft of an uploaded sheet with the text of that name; return its id."""
    data, today = builder.names[text].encode(), local_date(builder.now)
    id = keep_draft(
        builder.session, builder.keyring, owner=owner, purpose=purpose, name="bang.csv", data=data, today=today
    )
    return str(id)
