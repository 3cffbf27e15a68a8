"""A new personal code while a week is not published: by two people, or by a text message that no account sees."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Account, Approval, AuditEntry
from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.messages.outbox import claim
from privacy.operations.erasure import erase_subjects
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.contest.models import Participant
from quiz.persons.operations.holder import HOLDER
from quiz.persons.queries.renewal import GOOD_FOR
from quiz.results.queries.before_publication import list_texted_codes
from tests.factories import make_account, make_contest, make_participant, this_monday
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk, send

ASKED = {"name": "nguyễn văn AN", "phone": "0912.345.678", "birth_year": "1964", "reason": "Mất giấy ghi mã"}
CALLED = {"called": "y", "way": "hien-ma"}
TEXTED = {"way": "tin-nhan"}


@pytest.fixture
def contest(session):
    contest = make_contest(session, first_day=this_monday())
    session.commit()
    return contest


@pytest.fixture
def old(session, keyring, contest):
    """Return the code of the rival."""
    code = new_code()
    make_participant(session, keyring, contest, code=code, phone="0912345678")
    session.commit()
    return code


@pytest.fixture
def organiser(app, session, contest, old):
    account = make_account(session, unit=contest.unit)
    session.commit()
    return desk(app, account)


@pytest.fixture
def gateway(app):
    """Let the instance send text messages."""
    app.extensions["settings"] = replace(app.extensions["settings"], sms_url="https://sms.example/send")


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/ma-ca-nhan"


def ask(organiser, contest, **fields):
    return send(organiser, page_of(contest), **ASKED | fields)


def asked(session):
    session.expire_all()
    return session.scalars(select(Approval)).one()


def make(organiser, contest, approval):
    return send(organiser, page_of(contest), to=f"{page_of(contest)}/{approval.id}")


def shown(text):
    found = re.search(r'id="personal-code">([^<]+)<', text)
    return found[1].replace("-", "") if found else None


def works(session, keyring, contest, code):
    session.expire_all()
    return find_participant_by_code(session, keyring, contest, code) is not None


def test_one_organiser_alone_gets_no_code_of_a_rival(session, keyring, organiser, contest, old):
    reply = ask(organiser, contest, **CALLED)

    assert (reply.status_code, Page(organiser.get(reply.location).text).heading) == (303, "Chờ người thứ hai phê duyệt")
    assert '<nav class="crumbs"' in organiser.get(reply.location).text
    assert shown(reply.text) is None
    assert works(session, keyring, contest, old)
    assert make(organiser, contest, asked(session)).status_code == 404
    assert works(session, keyring, contest, old)


def test_the_second_person_reads_for_whom_and_never_the_code(app, session, keyring, organiser, contest, old):
    ask(organiser, contest, **CALLED)
    approver = make_account(session, role=Role.APPROVER, unit=contest.unit)
    session.commit()
    second = desk(app, approver)
    page = f"/quan-tri/phe-duyet/{asked(session).id}"

    today = Page(second.get("/quan-tri/").text).text
    before = second.get(page).text
    send(second, page, to=f"{page}/dong-y")
    after = second.get(page).text

    assert "Người dự thi đang chờ" in today
    assert "Nguyễn Văn An" in Page(before).text
    assert "0912345678" not in before
    assert (shown(before), shown(after)) == (None, None)
    assert works(session, keyring, contest, old)
    assert send(second, page, to=f"{page_of(contest)}/{asked(session).id}").status_code == 403


def test_after_the_yes_the_organiser_makes_one_code_and_no_second(app, session, keyring, organiser, contest, old):
    ask(organiser, contest, **CALLED)
    agree(app, session, asked(session))

    today = Page(organiser.get("/quan-tri/").text).text
    first, again = make(organiser, contest, asked(session)), make(organiser, contest, asked(session))

    assert "Người thứ hai đã đồng ý; người dự thi đang chờ mã" in today
    assert (first.status_code, again.status_code) == (200, 404)
    assert works(session, keyring, contest, shown(first.text))
    assert not works(session, keyring, contest, old)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "code.renew")).one()
    assert (entry.reason, '"second_approver":true' in entry.after) == (ASKED["reason"], True)


def test_an_old_yes_and_a_colleagues_yes_give_no_code(app, session, organiser, contest, old, monkeypatch):
    ask(organiser, contest, **CALLED)
    agree(app, session, asked(session))
    colleague = make_account(session, unit=contest.unit)
    session.commit()

    foreign = make(desk(app, colleague), contest, asked(session))
    late = clock.now() + GOOD_FOR
    monkeypatch.setattr("core.clock.now", lambda: late)
    me = session.scalars(select(Account).where(Account.id == asked(session).asked_by_id)).one()

    assert foreign.status_code == 404
    assert make(desk(app, me), contest, asked(session)).status_code == 404


def test_a_request_about_an_erased_person_fails_and_is_listed_nowhere(app, session, keyring, organiser, contest, old):
    ask(organiser, contest, **CALLED)
    someone = session.scalars(select(Participant.id)).one()
    erase_subjects(session, keyring, HOLDER, [someone], now=clock.now())
    agree(app, session, asked(session))

    assert asked(session).state == "failed"
    assert [organiser.get(path).status_code for path in ("/quan-tri/", page_of(contest))] == [200, 200]


def test_a_page_without_possible_approvers_says_what_to_do(organiser, contest, old):
    page = Page(organiser.get(page_of(contest)).text).text

    assert "nên không ai cấp mã một mình" in page
    assert "Chưa có ai khác phê duyệt được cho xã Lâm Bình." in page
    assert "Nhờ người quản trị mời một đồng nghiệp" in page


def test_with_the_setting_off_one_person_gives_the_code_and_it_is_stored_as_alone(
    app, session, keyring, organiser, contest, old
):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    code = shown(ask(organiser, contest, **CALLED).text)

    assert works(session, keyring, contest, code)
    assert asked(session).related == "alone"


@pytest.mark.usefixtures("gateway")
def test_a_code_by_text_goes_to_the_registered_phone_and_no_account_sees_it(session, keyring, organiser, contest, old):
    reply = ask(organiser, contest, **TEXTED)

    parcel = claim(session, keyring, clock.now())
    code = re.search(r"de thi: ([0-9A-Z-]+)\.", parcel.content["text"])[1].replace("-", "")
    assert (reply.status_code, parcel.content["to"]) == (200, "0912345678")
    assert "Không cán bộ nào thấy mã mới." in Page(reply.text).text
    assert code not in reply.text.replace("-", "")
    assert (works(session, keyring, contest, code), works(session, keyring, contest, old)) == (True, False)
    assert session.scalars(select(Approval)).all() == []
    assert session.scalars(select(Participant)).one().code_renewed_at is None


@pytest.mark.usefixtures("gateway")
def test_texts_are_limited_so_that_no_phone_is_flooded(session, keyring, organiser, contest, old):
    replies = [ask(organiser, contest, **TEXTED).status_code for _ in range(3)]

    assert replies == [200, 429, 429]


@pytest.mark.usefixtures("gateway")
def test_without_a_gateway_or_a_call_no_way_is_left(app, session, keyring, organiser, contest, old):
    uncalled = ask(organiser, contest, way="hien-ma")
    app.extensions["settings"] = replace(app.extensions["settings"], sms_url="")
    forged = ask(organiser, contest, **TEXTED)

    assert (uncalled.status_code, forged.status_code) == (422, 303)
    assert works(session, keyring, contest, old)


@pytest.mark.usefixtures("gateway")
def test_codes_sent_by_text_while_a_round_is_open_are_counted_for_its_approver(session, organiser, contest, old):
    round = contest.rounds[0]
    ask(organiser, contest, **TEXTED)
    round.closed_at = round.closes_at
    during = list_texted_codes(session, round)
    round.opens_at, round.closes_at, round.results_at, round.closed_at = (
        at - timedelta(weeks=2) for at in (round.opens_at, round.closes_at, round.results_at, round.closed_at)
    )

    assert (during, list_texted_codes(session, round)) == ([("Trần Thị Bình", 1, 1)], [])
