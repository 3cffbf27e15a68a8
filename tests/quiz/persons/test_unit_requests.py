"""A wrong unit is corrected on request while rounds take papers, never after; moves are counted for the approver."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM, Actor
from core import clock
from privacy.operations.erasure import erase_subjects
from quiz.attempt.models import Tally
from quiz.attempt.operations.attempt import Submission, start_attempt, submit_attempt
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt
from quiz.contest.models import Participant, UnitRequest
from quiz.contest.rules.actions import QuizAction
from quiz.persons.operations.holder import HOLDER
from quiz.persons.operations.unit_requests import (
    AlreadyAsked,
    NoRoundLeft,
    SameUnit,
    UnitRequestDecided,
    ask_for_unit,
    decide_request,
)
from quiz.persons.queries.unit_requests import read_reason
from quiz.results.operations.closing import rank_round
from quiz.results.queries.moves import list_movers, list_moves
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit, this_monday
from tests.support.pages import Page
from tests.support.staff import desk_in, send

CODE = "7K3M9QXD2F4A8BCE"
HOUR = timedelta(hours=1)


@pytest.fixture
def units(session):
    return [make_unit(session), make_unit(session, name="xã Thượng Lâm")]


@pytest.fixture
def contest(session, units):
    """Create a contest of two communes whose first week is open."""
    return make_contest(session, unit=units[0], units=units, weeks=2, first_day=this_monday())


@pytest.fixture
def who(session, keyring, contest):
    person = make_participant(session, keyring, contest, code=CODE)
    make_attempt(session, keyring, contest.rounds[0], participant=person, started_at=contest.rounds[0].opens_at)
    session.commit()
    return person


def ask(session, keyring, who, unit, *, now=None):
    ask_for_unit(session, keyring, who, unit.id, "Bấm nhầm dòng trên", now=now or clock.now())
    return session.scalars(select(UnitRequest).where(UnitRequest.decided_at.is_(None))).one()


def grant(session, request, *, now=None, actor=SYSTEM):
    decide_request(session, actor, request, is_granted=True, answer="Đã hỏi trưởng thôn", now=now or clock.now())


def turns_of(session):
    return {cell.unit_id: (cell.turns, cell.people, cell.perfect) for cell in session.scalars(select(Tally))}


@pytest.mark.both_databases
def test_a_granted_request_moves_turns_people_and_perfect_papers(session, keyring, contest, who, units):
    make_attempt(session, keyring, contest.rounds[0], correct=1, started_at=contest.rounds[0].opens_at)

    grant(session, ask(session, keyring, who, units[1]))

    assert turns_of(session) == {units[0].id: (1, 1, 0), units[1].id: (1, 1, 1)}
    assert rebuild_tally(session, contest.rounds[0]) == []


def test_the_request_and_its_answer_are_in_the_trail_without_a_name(session, keyring, who, units):
    grant(session, ask(session, keyring, who, units[1]))

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.UNIT_MOVE)).one()
    assert (entry.before, entry.after) == ('{"unit":"xã Lâm Bình"}', '{"unit":"xã Thượng Lâm"}')
    assert entry.reason == "Đã hỏi trưởng thôn"
    assert "Nguyễn" not in entry.subject


def test_a_refused_request_moves_nothing(session, keyring, who, units):
    request = ask(session, keyring, who, units[1])

    decide_request(session, SYSTEM, request, is_granted=False, answer="Chưa rõ", now=clock.now())

    assert session.get_one(Participant, who.id).unit_id == units[0].id
    assert turns_of(session) == {units[0].id: (1, 1, 1)}


def test_a_move_is_refused_once_all_rounds_are_over(session, keyring, contest, who, units):
    request, over = ask(session, keyring, who, units[1]), contest.rounds[-1].closes_at

    with pytest.raises(NoRoundLeft):
        grant(session, request, now=over)

    with pytest.raises(NoRoundLeft):
        ask_for_unit(session, keyring, who, units[1].id, "Bấm nhầm", now=over)
    assert turns_of(session) == {units[0].id: (1, 1, 1)}


def test_a_move_in_the_second_week_leaves_the_first_at_a_recount_too(session, keyring, contest, who, units):
    first, second = contest.rounds
    request = ask(session, keyring, who, units[1])

    grant(session, request, now=second.opens_at + HOUR)

    assert rank_round(session, first, now=second.opens_at + 2 * HOUR).differences == []
    assert rebuild_tally(session, first) == []
    assert turns_of(session) == {units[0].id: (1, 1, 1)}
    assert session.get_one(Participant, who.id).unit_id == units[1].id


def test_one_request_waits_at_a_time_for_another_unit_and_is_decided_once(session, keyring, who, units):
    request = ask(session, keyring, who, units[1])

    with pytest.raises(AlreadyAsked):
        ask_for_unit(session, keyring, who, units[1].id, "Lần nữa", now=clock.now())
    with pytest.raises(SameUnit):
        ask_for_unit(session, keyring, who, units[0].id, "Chính nó", now=clock.now())
    grant(session, request)
    with pytest.raises(UnitRequestDecided):
        grant(session, request)


@pytest.mark.both_databases
def test_a_paper_read_before_a_move_counts_for_the_new_unit(session, keyring, contest, units):
    round = contest.rounds[0]
    who = make_participant(session, keyring, contest)
    begun = start_attempt(session, round, who, now=round.opens_at + HOUR)
    read = find_attempt(session, begun.id)
    grant(session, ask(session, keyring, who, units[1], now=round.opens_at + HOUR), now=round.opens_at + HOUR)

    submit_attempt(session, keyring, read, Submission({}, 10, "R" * 16), now=round.opens_at + HOUR)

    assert turns_of(session) == {units[1].id: (1, 1, 0)}


def test_moves_are_counted_by_pair_with_papers_and_requests(session, keyring, contest, who, units):
    account = make_account(session, unit=contest.unit)
    idle = make_participant(session, keyring, contest)
    for each in (who, idle):
        grant(session, ask(session, keyring, each, units[1]), actor=Actor("account", account.id))

    move = list_moves(session, contest.rounds[0])[0]

    assert (move.old, move.new) == ("xã Lâm Bình", "xã Thượng Lâm")
    assert (move.people, move.with_paper, move.asked) == (2, 1, 2)
    assert list_movers(session, contest.rounds[0]) == [("Trần Thị Bình", 2)]
    assert list_moves(session, contest.rounds[1]) == []


def test_a_participant_asks_by_code_and_reads_the_answer(app, session, client, contest, who, units):
    address = f"/thi/{contest.slug}/doi-don-vi"
    form = Page(client.get(address).text).form()
    data = dict(form.filled(code=CODE, unit=units[1].id, reason="Bấm nhầm <b>dòng</b>"))

    sent = client.post(address, data=data)
    again = client.post(address, data=data)

    assert (sent.status_code, again.status_code) == (200, 200)
    assert "Đã gửi yêu cầu" in sent.text
    request = session.scalars(select(UnitRequest)).one()
    organiser = desk_in(app, session, contest.unit)
    page = f"/quan-tri/cuoc-thi/{contest.slug}/doi-don-vi"
    assert "Bấm nhầm &lt;b&gt;dòng&lt;/b&gt;" in organiser.get(page).text
    assert "Nguyễn Văn An" not in organiser.get(page).text
    reply = send(organiser, page, f"{page}/{request.id}", answer="Đã hỏi trưởng thôn", deed="doi")
    assert reply.status_code == 302
    session.expire_all()
    blank = client.post(address, data=dict(Page(client.get(address).text).form().filled(code=CODE)))
    assert "Đã hỏi trưởng thôn" in blank.text
    looking = Page(client.get(f"{address}?xem=1").text).forms[-1].filled(xem="1")
    seen = client.post(address, data=dict(looking) | {"code": CODE})
    wrong = client.post(address, data=dict(looking) | {"code": "0000-0000-0000-0000"})
    assert ("Đã hỏi trưởng thôn" in seen.text, "Đã hỏi trưởng thôn" in wrong.text) == (True, False)
    assert '<p class="error" id="look-code-error">' in wrong.text


def test_a_decision_without_an_answer_is_asked_again(app, session, keyring, contest, who, units):
    request = ask(session, keyring, who, units[1])
    session.commit()
    organiser, page = desk_in(app, session, contest.unit), f"/quan-tri/cuoc-thi/{contest.slug}/doi-don-vi"

    reply = send(organiser, page, f"{page}/{request.id}", answer=" ", deed="doi")

    assert reply.status_code == 422
    assert "Xin ghi căn cứ" in reply.text
    assert session.get_one(Participant, who.id).unit_id == units[0].id


def test_a_foreign_organiser_decides_nothing(app, session, keyring, contest, who, units):
    request = ask(session, keyring, who, units[1])
    other = make_contest(session, unit=make_unit(session, name="xã Bình An"))
    foreign, answer = desk_in(app, session, other.unit), {"answer": "x", "deed": "doi"}

    for slug in (other.slug, contest.slug):
        address = f"/quan-tri/cuoc-thi/{slug}/doi-don-vi/{request.id}"
        assert send(foreign, f"/quan-tri/cuoc-thi/{other.slug}/ma-ca-nhan", address, **answer).status_code == 404


def test_an_erasure_takes_the_request_with_it(session, keyring, who, units):
    request = ask(session, keyring, who, units[1])
    assert read_reason(session, keyring, request) == "Bấm nhầm dòng trên"

    erase_subjects(session, keyring, HOLDER, [who.id], now=clock.now())

    assert session.scalars(select(UnitRequest)).all() == []


def test_requests_that_wait_are_a_task_of_the_day_and_stand_on_the_page_of_the_contest(
    app, session, keyring, contest, who, units
):
    client = desk_in(app, session, units[0])
    pages = [client.get(place).text for place in ("/quan-tri/", f"/quan-tri/cuoc-thi/{contest.slug}")]
    ask(session, keyring, who, units[1])
    session.commit()
    today, page = (client.get(place).text for place in ("/quan-tri/", f"/quan-tri/cuoc-thi/{contest.slug}"))

    assert all("Trả lời 1 yêu cầu" not in each and "1 chờ trả lời" not in each for each in pages)
    assert "Trả lời 1 yêu cầu đổi đơn vị" in today
    assert "1 chờ trả lời" in page
