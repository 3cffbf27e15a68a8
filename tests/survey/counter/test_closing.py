"""Several counters closed and opened at once, and undone from the message."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from account.models import AuditEntry
from account.rules.permissions import Role
from survey.counter.models import Counter
from survey.counter.operations import counters
from survey.counter.rules.actions import SurveyAction
from tests.factories import MONDAY, make_account, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import desk, enter, send

pytestmark = pytest.mark.both_databases

PAGE = "/quan-tri/danh-gia"


@pytest.fixture
def office(session, client):
    """Create an office of four counters, the last of them closed, and sign in its officer."""
    office = make_office(session, unit=make_unit(session))
    made = [make_counter(session, office=office, number=number) for number in (1, 2, 3, 4)]
    made[3].closed_on = MONDAY.date()
    account = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()
    enter(client, account)
    return office


def closed(session):
    query = select(Counter.number).where(Counter.closed_on.is_not(None))
    return list(session.scalars(query.order_by(Counter.number)))


def deeds(session):
    return [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number))]


def test_the_ticked_counters_are_read_out_first_with_those_that_are_skipped_and_why(session, client, office):
    page = client.get(f"{PAGE}/{office.slug}/nhieu-quay/dong?so=1&so=2&so=4&so=77&so=x").text

    assert "Đóng 2 quầy" in page
    assert "Bỏ qua 1 quầy" in page
    assert "đã đóng từ ngày" in page
    assert closed(session) == [4]


def test_the_page_says_when_every_ticked_counter_is_already_as_requested(client, office):
    page = client.get(f"{PAGE}/{office.slug}/nhieu-quay/mo-lai?so=1&so=2").text

    assert "Không có quầy nào phải mở lại" in page
    assert "Mở lại 0 quầy" not in page


def test_each_ticked_counter_is_closed_with_a_line_of_its_own_in_the_trail(session, client, office):
    page = f"{PAGE}/{office.slug}/nhieu-quay/dong?so=1&so=2&so=4"

    send(client, page, so=["1", "2"])

    assert closed(session) == [1, 2, 4]
    assert deeds(session) == ["counter.close", "counter.close"]


def test_the_undo_button_reopens_exactly_the_closed_counters(session, client, office):
    send(client, f"{PAGE}/{office.slug}/nhieu-quay/dong?so=1&so=2", so=["1", "2"])
    shown = Page(client.get(f"{PAGE}/{office.slug}").text)
    undo = next(form for form in shown.forms if "nhieu-quay/mo-lai" in (form.action or ""))

    client.post(undo.action, data=MultiDict(undo.filled()))

    assert closed(session) == [4]
    assert deeds(session)[2:] == ["counter.reopen", "counter.reopen"]


def test_one_counter_that_was_closed_is_opened_again_from_the_message(session, client, office):
    send(client, f"{PAGE}/{office.slug}/quay/2/dong")

    page = client.get(f"{PAGE}/{office.slug}").text

    notice = page.split('class="notice good"')[1].split("</div>")[0]
    assert f'action="{PAGE}/{office.slug}/quay/2/mo-lai"' in notice
    assert "Hoàn tác" in notice


def test_without_a_tick_the_page_says_what_to_do(session, client, office):
    page = client.get(f"{PAGE}/{office.slug}/nhieu-quay/dong", follow_redirects=True).text

    assert "Chưa đánh dấu quầy nào" in page


def test_counters_of_a_foreign_office_cannot_be_closed(session, client, office):
    foreign = make_office(session, unit=make_unit(session, name="xã Khác"))
    session.commit()

    assert client.get(f"{PAGE}/{foreign.slug}/nhieu-quay/dong?so=1").status_code == 404


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer
def test_two_who_close_the_same_counter_at_once_wait_for_one_another(monkeypatch, app, session, office):
    people = [make_account(session, role=Role.MANAGER, unit=office.unit) for _ in range(2)]
    session.commit()
    first, second = (desk(app, each) for each in people)
    telling, tell, at = Event(), counters.record, f"{PAGE}/{office.slug}"

    def slowly(*about, **more):
        tell(*about, **more)
        telling.set()
        sleep(1)

    monkeypatch.setattr(counters, "record", slowly)
    with ThreadPoolExecutor(2) as pool:
        several = pool.submit(send, first, f"{at}/nhieu-quay/dong?so=1&so=2", so=["1", "2"])
        telling.wait(10)
        one = pool.submit(send, second, f"{at}/quay/2/dong")
        statuses = several.result(20).status_code, one.result(20).status_code

    noted = session.scalars(
        select(AuditEntry.subject_id).where(AuditEntry.action == SurveyAction.COUNTER_CLOSE.value)
    ).all()
    assert statuses == (302, 302)
    assert closed(session) == [1, 2, 4]
    assert len(noted) == len(set(noted)) == 2
