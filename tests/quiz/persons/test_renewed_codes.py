"""A lost personal code: the organiser gives a new one after a call, and the old one is void at once.

These weeks are published; while one is not, a second person is needed: `test_renewal_by_two`.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from core import clock
from core.crypto import new_code
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.contest.models import Participant
from tests.factories import make_account, make_contest, make_participant, make_unit
from tests.support.pages import Page
from tests.support.staff import desk, desk_in, send

HOUR = timedelta(hours=1)
FACTS = {"name": "nguyễn văn AN", "phone": "0912.345.678", "birth_year": "1964"}
ASKED = FACTS | {"reason": "Mất giấy ghi mã, đã gọi lại", "called": "y"}


@pytest.fixture
def contest(session):
    contest = make_contest(session)
    for round in contest.rounds:
        round.closed_at, round.published_at = round.closes_at, round.results_at
    session.commit()
    return contest


@pytest.fixture
def old(session, keyring, contest):
    """Return the lost code of a participant."""
    code = new_code()
    make_participant(session, keyring, contest, code=code, phone="0912345678")
    session.commit()
    return code


@pytest.fixture
def organiser(app, session, contest):
    return desk_in(app, session, contest.unit)


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/ma-ca-nhan"


def renew(organiser, contest, **changes):
    return send(organiser, page_of(contest), **ASKED | changes)


def test_the_new_code_opens_the_contest_and_the_old_one_does_not(session, keyring, organiser, contest, old):
    person = find_participant_by_code(session, keyring, contest, old).id

    reply = renew(organiser, contest)

    code = re.search(r'id="personal-code">([^<]+)<', reply.text)[1].replace("-", "")
    assert reply.status_code == 200
    assert find_participant_by_code(session, keyring, contest, code).id == person
    assert find_participant_by_code(session, keyring, contest, old) is None


def test_the_deed_is_recorded_with_its_reason_and_neither_name_nor_code_in_clear(session, organiser, contest, old):
    reply = renew(organiser, contest)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "code.renew")).one()
    code = re.search(r'id="personal-code">([^<]+)<', reply.text)[1]
    clear = f"{entry.subject}{entry.before}{entry.after}{entry.reason}"
    assert entry.reason == "Mất giấy ghi mã, đã gọi lại"
    assert entry.sealed is not None
    assert [text in clear for text in ("An", "0912", code, code.replace("-", ""))] == [False] * 4


@pytest.mark.parametrize(
    "changes",
    [{"name": "Nguyễn Văn Bình"}, {"phone": "0912345679"}, {"birth_year": "1965"}],
)
def test_a_new_code_needs_name_phone_and_birth_year(session, keyring, organiser, contest, old, changes):
    reply = renew(organiser, contest, **changes)

    assert reply.status_code == 404
    assert "Không có người dự thi nào đăng ký với đúng họ tên" in reply.text
    assert all(f'value="{typed}"' in reply.text for typed in (FACTS | changes).values())
    assert find_participant_by_code(session, keyring, contest, old) is not None


@pytest.mark.parametrize("missing", ["reason", "called", "name", "phone", "birth_year"])
def test_every_answer_is_needed(session, keyring, organiser, contest, old, missing):
    reply = renew(organiser, contest, **{missing: ""})

    assert reply.status_code == 422
    assert find_participant_by_code(session, keyring, contest, old) is not None


def test_a_restricted_participant_gets_no_code(session, keyring, organiser, contest, old):
    person = find_participant_by_code(session, keyring, contest, old)
    session.get(Participant, person.id).restricted_at = clock.now()
    session.commit()

    assert renew(organiser, contest).status_code == 404


def test_an_organiser_of_another_unit_finds_no_page(app, session, contest, old):
    stranger = make_account(session, unit=make_unit(session, name="xã Khác"))
    session.commit()

    assert desk(app, stranger).get(page_of(contest)).status_code == 404


def test_a_paper_that_was_begun_under_the_old_code_goes_on(app, client, session, keyring, organiser, contest, old):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)
    week, later = contest.rounds[0], clock.now() + HOUR
    week.opens_at, week.closes_at, week.results_at = clock.now() - HOUR, later, later
    week.closed_at = week.published_at = None
    session.commit()
    enter = f"/thi/{contest.slug}/vao-thi"
    begun = client.post(enter, data=dict(Page(client.get(enter).text).form().filled(code=old))).text

    code = re.search(r'id="personal-code">([^<]+)<', renew(organiser, contest).text)[1]
    again = client.post(enter, data=dict(Page(client.get(enter).text).form().filled(code=code))).text

    assert Page(again).form("nop-bai").value("start") == Page(begun).form("nop-bai").value("start")
