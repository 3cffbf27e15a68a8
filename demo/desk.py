"""Fill the desks of staff: requests for approval, requests of persons, a job of posters, and their audit trail."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from account.models import Account, Approval
from account.operations.approval import approve, ask
from account.operations.audit import Actor
from account.queries.account import units_where
from account.rules.chain import Plain
from account.rules.permissions import Role
from account.views.current import handlers
from core.jobs.handlers import NEEDS
from core.jobs.queue import Order, enqueue
from core.values.numbers import thousands
from core.values.week import local_date
from core.workdays import holidays_around
from demo.accounts import ADMINISTRATOR, APPROVER, OFFICER, ORGANISER
from demo.hours import office_time
from demo.today import MAIN
from demo.world import World
from privacy.models import PersonRequest
from privacy.operations.requests import Asker, acknowledge, answer_request, identify, note_export, receive_request
from privacy.rules.deadlines import Kind
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.persons.queries.participants import subject_of
from quiz.results.models.contact import FRONT
from quiz.results.operations.audit_subjects import of_front
from quiz.results.queries.result import decrypt_contacts
from survey.counter.jobs import POSTERS
from survey.counter.labels import SHEET
from survey.counter.queries.counters import list_printing_offices

WorkTime = tuple[int, time]
"""Working days before today, and the hour."""
RECEIVED, IDENTIFIED, INFORMED, COPIED, ANSWERED = (
    (6, time(8, 12)),
    (6, time(8, 31)),
    (6, time(10, 5)),
    (4, time(14, 20)),
    (4, time(14, 46)),
)
"""The steps of a request for a copy."""
ASKED, AGREED = (3, time(9, 24)), (3, time(15, 8))
"""When the contacts of a front were requested, and when the approver agreed."""
CORRECTING, FOUND = (2, time(15, 37)), (2, time(15, 52))
WAITING = timedelta(minutes=40)
"""How long the request has waited that waits for the approver still."""
PRINTED = 3
"""The most offices of an order."""
ORDERS = (
    (ADMINISTRATOR, Role.ADMINISTRATOR, "a4"),
    (ORGANISER, Role.ORGANISER, "a5"),
    (OFFICER, Role.MANAGER, "nhan"),
)
"""The accounts that have posters drawn, by what role, and of which kind."""


def load_desk(world: World) -> None:
    """Load what waits for staff and what they have answered, oldest first, by the operations that the pages call."""
    contest = world.session.scalars(select(Contest).where(Contest.slug.startswith(MAIN))).one()
    asked, answered = _people(world, contest)
    _answer_request(world, answered)
    rounds = [round for round in contest.rounds if round.published_at is not None]
    for round in rounds[-2:-1]:
        _open_front(world, round)
    _receive(world, asked, Kind.CORRECT, "Tôi khai nhầm năm sinh, xin sửa lại cho đúng.", CORRECTING, FOUND)
    for round in rounds[-1:]:
        _ask_front(world, round, "Đối chiếu hai bài có họ tên gần giống nhau", world.now - WAITING)
    for email, role, sheet in ORDERS:
        _order_posters(world, email, role, sheet)
    world.say("  một yêu cầu phê duyệt và một yêu cầu về thông tin cá nhân đang chờ, mỗi loại một việc đã trả lời")


def _account(world: World, email: str) -> Account:
    return world.session.scalars(select(Account).where(Account.email == email)).one()


def _people(world: World, contest: Contest) -> Sequence[Participant]:
    """Return the first two people of *contest*."""
    first = select(Participant).where(Participant.contest_id == contest.id)
    return world.session.scalars(first.order_by(Participant.registered_at, Participant.id).limit(2)).all()


def _receive(
    world: World, person: Participant, kind: Kind, details: str, received: WorkTime, identified: WorkTime
) -> PersonRequest:
    """Write down a request of *person*, who telephoned, and whom it is about."""
    at, found = office_time(world.now, *received), office_time(world.now, *identified)
    contact = decrypt_contacts(world.session, world.keyring, [person])[person.id]
    asker = Asker(contact.name, contact.phone or "", details)
    by = Actor("account", _account(world, ORGANISER).id)
    request = receive_request(
        world.session,
        world.keyring,
        asker,
        unit_id=person.contest.unit_id,
        kind=kind,
        channel="phone",
        holidays=holidays_around(local_date(at)),
        actor=by,
        now=at,
        id=world.chance.id(),
    )
    identify(world.session, world.keyring, request, [subject_of(person)], asker, actor=by, now=found)
    return request


def _answer_request(world: World, person: Participant) -> None:
    """Load a request for a copy that was answered two working days later."""
    details = "Xin một bản những gì cuộc thi đang giữ về tôi."
    request = _receive(world, person, Kind.COPY, details, RECEIVED, IDENTIFIED)
    by = Actor("account", _account(world, ORGANISER).id)
    acknowledge(world.session, request, actor=by, now=office_time(world.now, *INFORMED))
    note_export(world.session, request, actor=by, now=office_time(world.now, *COPIED))
    answer_request(world.session, request, actor=by, now=office_time(world.now, *ANSWERED))


def _ask_front(world: World, round: Round, reason: str, at: datetime) -> Approval:
    """Request the contacts of the front of *round*, as its organiser."""
    organiser = _account(world, ORGANISER)
    details: dict[str, Plain] = {"round": round.id, "people": FRONT}
    return ask(
        world.session,
        organiser,
        QuizAction.CONTACT_OPEN,
        of_front(round, organiser.id),
        reason=reason,
        details=details,
        now=at,
        id=world.chance.id(),
    )


def _open_front(world: World, round: Round) -> None:
    """Load a request for the front of *round* that was approved."""
    asked = _ask_front(world, round, "Gọi lại người đạt giải chưa nhận được tin", office_time(world.now, *ASKED))
    approver, at = _account(world, APPROVER), office_time(world.now, *AGREED)
    approve(world.session, world.keyring, asked, approver, handlers(), note="Đồng ý, chỉ để gọi.", now=at)


def _order_posters(world: World, email: str, role: Role, sheet: str) -> None:
    """Enqueue posters of the first offices of an account, seen by all who read the audit trail of its unit; the worker
    of `make run` draws them.
    """
    account = _account(world, email)
    units = units_where(world.session, account, {role})
    offices = list_printing_offices(world.session, units)[:PRINTED]
    payload = {
        "offices": offices,
        "sheet": sheet,
        "language": "",
        NEEDS: {"permission": "office.see", "units": sorted(units)},
    }
    title = f"{SHEET[sheet]} của {thousands(len(offices))} cơ quan"
    order = Order(POSTERS, title, Actor("account", account.id).owner, account.unit_id, payload)
    enqueue(world.session, world.keyring, order, now=world.now, id=world.chance.id())
