"""Contests whose round is open, ended, ranked, ready for publication, and published."""

from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.models import Account
from account.operations.approval import ask
from account.operations.audit import SYSTEM
from commune.models import Headcount
from core.crypto import new_code
from core.messages.models import Message
from core.values.week import local_date
from quiz.attempt.files.imports import PURPOSE as ENTRIES
from quiz.contest.files.roster import RosterSheets
from quiz.contest.models import Contest, QuestionReport, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.cards import make_cards
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import Eligibility
from quiz.outreach.models import Announcement
from quiz.outreach.operations.announcement import FIRST, Links, Sending, post_some, stop_number
from quiz.results.models import ClusterEntry, EntryCluster, MissedCall, RoundReview
from quiz.results.models.contact import LINES, WINNERS, ContactOpening
from quiz.results.operations.closing import Call, apply_call, rank_round
from quiz.results.queries.result import find_result, list_winners, winners_digest
from tests.factories import (
    make_attempt,
    make_participant,
)
from tests.support.entries import as_csv
from tests.support.forged.builder import DAY, VILLAGER, Builder, add_contest, kept


def add_weeks(builder: Builder) -> None:
    """Add contests whose round is open, ended, ranked, ready for publication, and published."""
    session, now, names = builder.session, builder.now, builder.names
    add_open_week(builder, add_contest(builder, "open", -2 * DAY, 3 * DAY))
    add_cards(builder, add_contest(builder, "carded", -2 * DAY, 3 * DAY).contest)
    add_phone(builder, add_contest(builder, "texted", -2 * DAY, 3 * DAY).contest)
    registered = add_contest(builder, "registered", 2 * DAY, 6 * DAY).contest
    make_participant(session, builder.keyring, registered, now=now)
    session.add(Headcount(unit_id=builder.commune.id, people=9_000, as_of=date(2026, 1, 1), source="Công an xã"))
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


def add_announcement(builder: Builder, round: Round) -> None:
    """Add a message that was given up, to somebody who agreed to it, and the digits that came with it."""
    session, names, phone = builder.session, builder.names, "0977333555"
    agreed = (Purpose.TAKING_PART, Purpose.REACHED)
    person = make_participant(session, builder.keyring, round.contest, name="Bàn Chi", phone=phone, agreed=agreed)
    made = Announcement(
        contest_id=round.contest_id, text="Mời bà con dự thi", is_plain=False, has_link=True, made_at=builder.now
    )
    session.add(made)
    session.flush()
    post_some(session, builder.keyring, made, Sending(Links("x", "x"), "system"), FIRST, now=builder.now)
    session.execute(
        update(Message)
        .where(Message.is_bulk)
        .values(state="failed", expires_on=local_date(builder.now) + DAY, ended_at=builder.now)
    )
    names |= {"announcement": str(made.id), "reached": phone}
    names["stop_digits"] = stop_number(builder.keyring, person.contest_id, phone)


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
    add_announcement(builder, round)
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
