"""B28 at the staff's door: a form sent when the session is over is there again after the sign-in; one tap sends it."""

from datetime import timedelta
from inspect import getmodule, getsource, isfunction, unwrap
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from account.models import AccountSession
from account.rules.permissions import Role
from commune.models import Office
from core import clock
from core.unsent import MOST, UnsentForm, purge_unsent
from core.web.overnight import LARGEST
from tests.factories import MONDAY, make_account, make_counter, make_office
from tests.support.codes import CODE, code_now, give_password, give_telephone
from tests.support.pages import Form, Page
from tests.support.staff import send

OURS = {"Origin": "http://localhost"}
NEW = "/quan-tri/danh-gia/them"
TYPED = {"name": "Trung tâm Phục vụ hành chính công", "host": "Mặt trận xã", "hotline": "0207 3888 999"}


@pytest.fixture
def manager(session, client):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    give_password(client, account.email)
    return account


def form_on(client: FlaskClient, path: str) -> Form:
    """The page's own form, behind the one for signing out."""
    return Page(client.get(path).text).forms[-1]


def token_of(client: FlaskClient, path: str) -> str:
    return form_on(client, path).value("csrf_token") or ""


def overnight(session, client: FlaskClient, path: str = NEW, headers=OURS, to: str = "", **typed: object):
    """Somebody types until after their session's twelve hours, then sends."""
    token = token_of(client, path)
    session.execute(update(AccountSession).values(seen_at=clock.now() - timedelta(hours=13)))
    session.commit()
    return client.post(to or path, data={"csrf_token": token, **(typed or TYPED)}, headers=headers)


def sign_in_again(client: FlaskClient, email: str, page: str):
    """The sign-in as the page that came instead of the answer has it."""
    form = Page(page).form("dang-nhap")
    return client.post(form.action, data=dict(form.filled(email=email, password="bon lua mua nay")))


def test_what_was_typed_overnight_is_there_after_the_sign_in_and_goes_at_one_tap(session, client, manager):
    late = overnight(session, client, unit=manager.unit_id, **TYPED)
    before = session.scalars(select(Office)).all()

    inside = sign_in_again(client, manager.email, late.text)
    again = client.get(inside.location)
    kept = Page(again.text).forms[-1]
    sent = client.post(inside.location, data=dict(kept.pairs))

    assert (late.status_code, inside.location, again.status_code) == (401, NEW, 422)
    assert "sẽ hiện lại để xem và bấm gửi" in late.text
    assert "Phiên đăng nhập đã hết giờ" in again.text
    assert "Cần sửa" not in again.text
    assert {name: kept.value(name) for name in TYPED} == TYPED
    assert before == []
    assert sent.status_code == 302
    assert session.scalars(select(Office.name)).all() == [TYPED["name"]]


def test_the_second_factor_stands_between_and_nothing_is_lost(session, client, keyring):
    account = make_account(session, role=Role.ADMINISTRATOR)
    secret = give_telephone(keyring, account)
    session.commit()
    give_password(client, account.email)
    send(client, CODE, code=code_now(secret, clock.now() - timedelta(seconds=30)))
    late = overnight(session, client)

    between = sign_in_again(client, account.email, late.text)
    inside = send(client, between.location, code=code_now(secret))

    assert between.location == CODE
    assert inside.location == NEW
    assert form_on(client, NEW).value("host") == "Mặt trận xã"


def test_reading_the_page_again_keeps_it_and_sending_it_forgets_it(session, client, manager):
    late = overnight(session, client, unit=manager.unit_id, **TYPED)
    sign_in_again(client, manager.email, late.text)
    client.get(NEW)

    kept = form_on(client, NEW)
    client.post(NEW, data=dict(kept.pairs))

    assert kept.value("hotline") == "0207 3888 999"
    assert form_on(client, NEW).value("hotline") == ""
    assert session.scalars(select(UnsentForm)).all() == []


def test_somebody_else_at_the_same_computer_sees_nothing_of_it(session, client, manager):
    other = make_account(session, role=Role.MANAGER, unit=manager.unit)
    session.commit()
    late = overnight(session, client)

    sign_in_again(client, other.email, late.text)
    page = client.get(NEW)

    assert page.status_code == 200
    assert "Mặt trận xã" not in page.text


def test_a_button_overnight_is_not_pressed_by_itself(session, client, manager):
    counter = make_counter(session, office=make_office(session, unit=manager.unit))
    counter.closed_on = MONDAY.date()
    session.commit()
    page = f"/quan-tri/danh-gia/{counter.office.slug}"
    reopen = f"{page}/quay/{counter.number}/mo-lai"
    late = overnight(session, client, page, to=reopen, whatever="1")

    inside = sign_in_again(client, manager.email, late.text)
    led = client.get(inside.location)
    again = client.get(led.location)

    session.refresh(counter)
    assert (inside.location, led.status_code, led.location) == (reopen, 302, page)
    assert "việc vừa bấm chưa được làm" in again.text
    assert client.get(reopen).status_code == 405
    assert counter.closed_on == MONDAY.date()


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}])
def test_what_does_not_say_that_it_is_from_our_page_is_not_kept(session, client, manager, headers):
    late = overnight(session, client, headers=headers)

    assert late.status_code == 401
    assert session.scalars(select(UnsentForm)).all() == []


def test_nothing_is_kept_of_a_stranger_or_of_what_nobody_types(app, session, client, manager):
    stranger = app.test_client().post(NEW, data=TYPED, headers=OURS)
    long = overnight(session, client, name="a" * LARGEST)

    assert (stranger.status_code, long.status_code) == (401, 401)
    assert session.scalars(select(UnsentForm)).all() == []


def test_it_is_sealed_and_names_nobody_in_the_address(session, client, manager):
    late = overnight(session, client)

    row = session.scalars(select(UnsentForm)).one()

    assert "Mặt trận xã".encode() not in row.sealed
    assert "3888" not in Page(late.text).form("dang-nhap").action


def test_passwords_and_codes_are_never_kept(session, client, manager):
    path = "/quan-tri/tai-khoan/mat-khau"
    late = overnight(
        session, client, path, present="bon lua mua nay", password="mot cau bi mat", again="mot cau bi mat"
    )

    sign_in_again(client, manager.email, late.text)
    again = client.get(path)

    assert "Riêng tệp và mã không giữ lại được" in late.text
    assert again.status_code == 422
    assert "mot cau bi mat" not in again.text
    assert "xin chọn hoặc nhập lại" in again.text


def test_a_large_sheet_overnight_is_asked_for_a_sign_in_and_not_called_too_large(session, client, manager):
    counter = make_counter(session, office=make_office(session, unit=manager.unit))
    session.commit()
    path = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/nhap"
    session.execute(update(AccountSession).values(seen_at=clock.now() - timedelta(hours=13)))
    session.commit()

    late = client.post(path, data={"sheet": (BytesIO(b"a" * 300_000), "bang.csv")}, headers=OURS)

    assert late.status_code == 401
    assert "Xin đăng nhập" in late.text


def test_after_an_hour_it_is_gone_and_the_purge_takes_it(session, client, manager):
    late = overnight(session, client)
    sign_in_again(client, manager.email, late.text)
    session.execute(update(UnsentForm).values(until=clock.now() - timedelta(seconds=1)))
    session.commit()

    page = client.get(NEW)

    assert (page.status_code, Page(page.text).forms[-1].value("hotline")) == (200, "")
    assert purge_unsent(session, clock.now()) == 1


def test_whoever_lost_the_permission_meanwhile_is_told_so(session, client, manager):
    late = overnight(session, client)
    manager.grants[0].role = Role.INTERVIEWER.value
    session.commit()

    inside = sign_in_again(client, manager.email, late.text)

    assert client.get(inside.location).status_code == 403


def test_two_tabs_overnight_are_both_kept_and_of_many_the_latest(session, client, manager):
    token = token_of(client, NEW)
    session.execute(update(AccountSession).values(seen_at=clock.now() - timedelta(hours=13)))
    session.commit()

    for number in range(MOST + 2):
        late = client.post(f"{NEW}?{number}", data={"csrf_token": token, "name": f"tab-{number}"}, headers=OURS)
    sign_in_again(client, manager.email, late.text)

    shown = [form_on(client, f"{NEW}?{number}").value("name") for number in range(MOST + 2)]
    assert shown == ["", "", *(f"tab-{number}" for number in range(2, MOST + 2))]


def validates(function):
    """Whether it, or a function beside it that it names, validates a form."""
    beside = (vars(getmodule(function)).get(name) for name in function.__code__.co_names)
    parts = [function, *(each for each in beside if isfunction(each) and each.__module__ == function.__module__)]
    return any(".validate" in getsource(each) for each in parts)


def test_every_view_that_is_sent_a_form_asks_for_its_token(app):
    """What is shown again is asked for without a token: no view may act on that."""
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and hasattr(app.view_functions[rule.endpoint], "permission")
    }
    bare = {name for name in changing if not validates(unwrap(app.view_functions[name]))}

    assert len(changing) > 40
    assert bare == set()
