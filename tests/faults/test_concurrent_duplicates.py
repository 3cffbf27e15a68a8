"""One person has one entry, however often the phone sends it, over two workers."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from core import clock
from core.crypto import new_code, new_key
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.contest.models import Contest, Participant
from survey.rating.models import OptionTally, Rating
from tests.factories import make_participant
from tests.support.crowd import Crowd
from tests.support.served import round_of
from tests.support.visitor import Visitor

pytestmark = pytest.mark.both_databases

PEOPLE, TIMES = 200 if os.environ.get("LONG") else 60, 8


def receipts_by_person(answers):
    """Return the statuses and receipts of each person."""
    people = [answers[at : at + TIMES] for at in range(0, len(answers), TIMES)]
    return [([answer.status for answer in each], {answer.receipt for answer in each}) for each in people]


def assert_one_receipt_each(answers):
    for statuses, receipts in receipts_by_person(answers):
        assert sorted(statuses) == [200] * (TIMES - 1) + [201]
        assert len(receipts) == 1


def test_people_tapping_eight_times_are_one_rating_each(served, visitor):
    form, before, crowd = served.rating_form(visitor), served.count(Rating), Crowd(served)
    bodies = [form.filled(level=at % 5 + 1, key=new_key()) for at in range(PEOPLE)]

    answers = crowd.do(lambda body: crowd.insist(served.rating, body), [body for body in bodies for _ in range(TIMES)])

    assert served.count(Rating) == before + PEOPLE
    assert_one_receipt_each(answers)
    with served.session() as session:
        assert session.scalar(select(func.sum(OptionTally.count)).where(OptionTally.item == "level")) == before + PEOPLE


def test_one_ticket_sent_many_times_at_once_adds_once(served, visitor):
    thanks = visitor.post(served.rating, served.rating_form(visitor).filled(level=2))
    form, crowd = thanks.page.form("/them"), Crowd(served)
    path = form.action
    before = written(served)

    answers = crowd.do(
        lambda words: crowd.insist(path, form.filled(comment=words)), [f"Lời thứ {at}" for at in range(TIMES)]
    )

    stored = served.find_rating(thanks.receipt)
    assert sorted(answer.status for answer in answers) == [201] + [422] * (TIMES - 1)
    assert written(served) == before + 1
    assert stored.comment.startswith("Lời thứ ")
    assert stored.level == 2


def written(served):
    """Return how many comments the tally has."""
    with served.session() as session:
        return session.scalar(select(func.sum(OptionTally.count)).where(OptionTally.item == "comment")) or 0


def new_people(served, slug, count):
    """Return personal codes of *count* new participants."""
    codes = [new_code() for _ in range(count)]
    with served.session() as session:
        contest = session.scalars(select(Contest).where(Contest.slug == slug)).one()
        for code in codes:
            make_participant(session, served.keyring, contest, code=code, now=clock.now())
    return codes


def papers(served, slug, count):
    """Return the filled papers of *count* participants, each with its own key."""
    enter, crowd = f"/thi/{slug}/vao-thi", Crowd(served)
    with Visitor(served.live.url) as visitor:
        form = visitor.get(enter).page.form()

    def open_paper(code):
        paper = crowd.insist(enter, form.filled(code=code, key=new_key())).page.form("nop-bai")
        return paper.filled(q1="A", q2="A", q3="A", guess=PEOPLE)

    return crowd.do(open_paper, new_people(served, slug, count))


@pytest.mark.parametrize("preset", ["lam-binh"])
def test_people_submitting_eight_times_are_one_entry_each(served, preset):
    slug, crowd = served.new_contest(preset), Crowd(served)
    bodies = papers(served, slug, PEOPLE)

    answers = crowd.do(
        lambda body: crowd.insist(f"/thi/{slug}/nop-bai", body), [body for body in bodies for _ in range(TIMES)]
    )

    assert_one_receipt_each(answers)
    with served.session() as session:
        round = round_of(session, slug)
        tally = session.scalars(select(Tally).where(Tally.round_id == round.id)).all()
        assert len(served.attempts(slug, Attempt.submitted_at.is_not(None))) == PEOPLE
        assert len(session.scalars(select(Entry).where(Entry.round_id == round.id)).all()) == PEOPLE
        assert [sum(getattr(row, name) for row in tally) for name in ("turns", "people", "perfect")] == [PEOPLE] * 3


def test_fifty_kept_answers_sent_five_times_from_two_tabs_are_fifty(served, visitor):
    form, before, crowd = served.rating_form(visitor), served.count(Rating), Crowd(served, 2)
    queue = [form.filled(level=5, comment=f"Lượt {at}", key=new_key()) for at in range(50)]

    def empty_the_queue(_tab):
        return [[crowd.insist(served.rating, body).receipt for body in queue] for _ in range(5)]

    tabs = crowd.do(empty_the_queue, range(2))

    assert served.count(Rating) == before + 50
    assert {tuple(receipts) for tab in tabs for receipts in tab} == {tuple(tabs[0][0])}


def register_at_once(served, slug, people):
    """Register each of *people* from its own browser, all at the same time."""
    path, start = f"/thi/{slug}/dang-ky", Barrier(len(people))
    with Visitor(served.live.url) as visitor:
        form = visitor.get(path).page.form()

    def register(facts):
        with Visitor(served.live.url) as visitor:
            start.wait()
            return visitor.post(path, form.filled(**facts, consent="y", key=new_key()))

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(register, people))


def registered(served, slug):
    with served.session() as session:
        return len(session.scalars(select(Participant).join(Contest).where(Contest.slug == slug)).all())


@pytest.mark.parametrize("time", range(3))
def test_one_person_registering_under_eight_keys_at_once_is_one_participant(served, time):
    slug = served.new_contest()
    ways = ["Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", "nguyễn  thị hòa", "Nguyễn Thị Ho\u200bà"] * 2
    people = [{"name": name, "phone": "0912 555 666", "birth_year": 1960} for name in ways]

    answers = register_at_once(served, slug, people)

    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert registered(served, slug) == 1


@pytest.mark.parametrize("time", range(3))
def test_of_six_people_under_one_phone_at_once_exactly_four_have_a_place(served, time):
    slug = served.new_contest()
    people = [
        {"name": f"Lý {name}", "phone": "0912 555 777", "birth_year": 1990} for name in ("A", "B", "C", "D", "E", "G")
    ]

    answers = register_at_once(served, slug, people)

    assert [answer.status for answer in answers] == [201] * 6
    with served.session() as session:
        query = select(Participant.phone_slot).join(Contest).where(Contest.slug == slug)
        assert sorted(session.scalars(query), key=str) == [1, 2, 3, 4, None, None]
