"""A staff form that is sent when the session is over does nothing, and the browser gets it back."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, update
from wtforms import PasswordField

from account.models import AccountSession
from account.rules.permissions import Role
from account.views.late_form import LARGEST, NOT_STORED, SECRETS
from commune.models import Office
from core import clock
from core.web.extensions import db
from core.web.forms import StaffForm
from tests.factories import MONDAY, make_account, make_counter, make_office
from tests.support.codes import CODE, code_now, give_password, give_telephone
from tests.support.pages import Form, Page
from tests.support.staff import send

OURS = {"Origin": "http://localhost", "Referer": "http://localhost/quan-tri/"}
NEW, HOME = "/quan-tri/danh-gia/them", "/quan-tri/"
TYPED = {"name": "Trung tâm Phục vụ hành chính công", "host": "Mặt trận xã", "hotline": "0207 3888 999"}
NOT_SENT = "Phiên đăng nhập đã hết giờ, chưa có gì được gửi đi."


@pytest.fixture
def manager(session, client):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    give_password(client, account.email)
    return account


def form_on(client: FlaskClient, path: str) -> Form:
    """The page's own form, behind the one for signing out."""
    return Page(client.get(path).text).forms[-1]


def end_sessions(session) -> None:
    """Twelve hours without a request."""
    session.execute(update(AccountSession).values(seen_at=clock.now() - timedelta(hours=13)))
    session.commit()


def send_late(session, client: FlaskClient, path: str = NEW, headers=OURS, **typed: object):
    """Somebody types until after their session's twelve hours, then sends."""
    token = form_on(client, path).value("csrf_token")
    end_sessions(session)
    return client.post(path, data={"csrf_token": token, **(typed or TYPED)}, headers=headers)


def given_back(late) -> Form | None:
    """The form with what was typed, on the page that answers a late one."""
    return next((form for form in Page(late.text).forms if form.value("kept_for")), None)


def sign_in_again(client: FlaskClient, email: str, page: str):
    """The sign-in as the page that came instead of the answer has it."""
    form = Page(page).form("dang-nhap")
    return client.post(form.action, data=dict(form.filled(email=email, password="bon lua mua nay")))


def test_a_late_form_does_nothing_and_the_page_says_so(session, client, manager):
    late = send_late(session, client, unit=manager.unit_id, **TYPED)

    assert late.status_code == 401
    assert late.headers["Cache-Control"] == "no-store"
    assert NOT_SENT in late.text
    assert session.scalars(select(Office)).all() == []


def test_after_signing_in_the_typed_form_can_be_sent_with_one_tap(session, client, manager):
    late = send_late(session, client, unit=manager.unit_id, **TYPED)
    kept = given_back(late)

    inside = sign_in_again(client, manager.email, late.text)
    again = client.post(kept.action, data=kept.pairs and dict(kept.pairs))
    shown = Page(again.text).forms[-1]
    sent = client.post(NEW, data=dict(shown.pairs))

    assert (inside.status_code, inside.location, kept.action, again.status_code) == (302, NEW, NEW, 422)
    assert {name: shown.value(name) for name in TYPED} == TYPED
    assert "Cần sửa" not in again.text
    assert sent.status_code == 302
    assert session.scalars(select(Office.name)).all() == [TYPED["name"]]


def test_the_page_keeps_the_form_while_the_sign_in_opens_in_another_tab(session, client, manager):
    late = send_late(session, client)

    assert ("form", "target", "_blank") in Page(late.text).attributes
    assert ("form", "data-late", f"account:{manager.id}") in Page(late.text).attributes
    assert "/static/js/keep.js" in late.text


def test_the_second_factor_leads_back_to_the_page(session, client, keyring):
    account = make_account(session, role=Role.ADMINISTRATOR)
    secret = give_telephone(keyring, account)
    session.commit()
    give_password(client, account.email)
    send(client, CODE, code=code_now(secret, clock.now() - timedelta(seconds=30)))
    late = send_late(session, client)

    between = sign_in_again(client, account.email, late.text)
    inside = send(client, between.location, code=code_now(secret))

    assert (between.location, inside.location) == (CODE, NEW)


def test_a_form_given_back_is_not_shown_to_another_account(session, client, manager):
    other = make_account(session, role=Role.MANAGER, unit=manager.unit)
    session.commit()
    kept = given_back(send_late(session, client))
    give_password(client, other.email)

    again = client.post(kept.action, data=dict(kept.pairs))

    assert (again.status_code, again.location) == (302, HOME)
    assert "do tài khoản khác nhập" in client.get(HOME).text


def test_a_form_of_another_accounts_page_is_not_shown_in_this_accounts_session(session, client, manager):
    other = make_account(session, role=Role.MANAGER, unit=manager.unit)
    session.commit()
    form = form_on(client, NEW)
    give_password(client, other.email)

    answer = client.post(NEW, data=dict(form.filled(**TYPED)), headers=OURS)

    assert (answer.status_code, answer.location) == (302, HOME)
    assert "do tài khoản khác nhập" in client.get(HOME).text


def test_a_form_of_an_earlier_session_of_the_same_account_is_shown_again(session, client, manager):
    form = form_on(client, NEW)
    give_password(client, manager.email)

    answer = client.post(NEW, data=dict(form.filled(**TYPED)), headers=OURS)

    assert answer.status_code == 422
    assert Page(answer.text).forms[-1].value("name") == TYPED["name"]


def test_after_signing_out_in_another_window_a_form_is_given_back(session, client, manager):
    form = form_on(client, NEW)
    token = form_on(client, HOME).value("csrf_token")
    client.post("/quan-tri/dang-xuat", data={"csrf_token": token})

    late = client.post(NEW, data=dict(form.filled(**TYPED)), headers=OURS)

    assert late.status_code == 401
    assert dict(given_back(late).pairs).items() >= TYPED.items()


def test_between_password_and_code_a_form_is_given_back_again(session, client, keyring, manager):
    give_telephone(keyring, manager)
    session.commit()
    kept = given_back(send_late(session, client))
    give_password(client, manager.email)

    again = client.post(kept.action, data=dict(kept.pairs), headers=OURS)

    assert again.status_code == 401
    assert given_back(again).pairs == kept.pairs


def test_a_form_given_back_may_be_sent_before_the_sign_in_and_comes_back_again(session, client, manager):
    kept = given_back(send_late(session, client))

    again = client.post(kept.action, data=dict(kept.pairs), headers=OURS)

    assert again.status_code == 401
    assert given_back(again).pairs == kept.pairs


def test_staff_pages_name_the_owner_of_a_kept_form(client, manager):
    page = client.get(NEW)

    assert ("div", "data-kept-for", f"account:{manager.id}") in Page(page.text).attributes
    assert ("div", "hidden", "") in Page(page.text).attributes


def test_a_late_button_leads_back_to_its_page_and_is_not_pressed_by_itself(session, client, manager):
    counter = make_counter(session, office=make_office(session, unit=manager.unit))
    counter.closed_on = MONDAY.date()
    session.commit()
    page = f"/quan-tri/danh-gia/{counter.office.slug}"
    reopen = f"{page}/quay/{counter.number}/mo-lai"
    end_sessions(session)

    late = client.post(reopen, data={"csrf_token": "old"}, headers=OURS | {"Referer": f"http://localhost{page}?tim=a"})
    inside = sign_in_again(client, manager.email, late.text)

    session.refresh(counter)
    assert NOT_SENT in late.text
    assert given_back(late) is None
    assert inside.location == f"{page}?tim=a"
    assert counter.closed_on == MONDAY.date()


@pytest.mark.parametrize(
    "sender",
    ["", "http://evil.example/quan-tri/danh-gia/", "http://localhost/quan-tri/dang-xuat", "http://localhost//evil"],
)
def test_a_sender_that_is_no_page_of_ours_leads_home(session, client, manager, sender):
    counter = make_counter(session, office=make_office(session, unit=manager.unit))
    session.commit()
    end_sessions(session)
    address = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/mo-lai"

    late = client.post(address, headers=OURS | {"Referer": sender})

    assert sign_in_again(client, manager.email, late.text).location == HOME


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-site"}])
def test_a_form_without_proof_that_it_is_from_our_page_is_not_given_back(session, client, manager, headers):
    late = send_late(session, client, headers=headers)

    assert late.status_code == 401
    assert NOT_SENT in late.text
    assert "Mặt trận xã" not in late.text


def test_no_form_is_given_back_to_a_stranger_nor_one_that_no_person_types(app, session, client, manager):
    stranger = app.test_client().post(NEW, data=TYPED, headers=OURS)
    long = send_late(session, client, name="a" * LARGEST)

    assert (stranger.status_code, long.status_code) == (401, 401)
    assert (given_back(stranger), given_back(long)) == (None, None)


def test_the_server_does_not_store_the_form(session, client, manager):
    token = form_on(client, NEW).value("csrf_token")
    end_sessions(session)
    before = rows_of(session)

    client.post(NEW, data={"csrf_token": token, **TYPED}, headers=OURS)

    assert rows_of(session) == before


def test_passwords_codes_and_tokens_are_not_given_back(session, client, manager):
    path = "/quan-tri/tai-khoan/mat-khau"
    late = send_late(session, client, path, present="bon lua mua nay", password="mot cau bi mat", again="khac", x="1")

    assert given_back(late).pairs == [("kept_for", f"account:{manager.id}"), ("x", "1")]


def test_every_field_of_a_staff_form_for_a_password_a_code_or_a_citizens_number_is_known():
    forms = every_form(StaffForm)
    fields = {(name, field.field_class) for form in forms for name, field in vars(form).items() if is_field(field)}

    assert len(forms) > 30
    assert {name for name, kind in fields if kind is PasswordField or "code" in name} <= SECRETS
    phones = {name for name, _ in fields if "phone" in name and not name.startswith("cot_")}
    assert phones - {"people_per_phone"} <= NOT_STORED


def test_a_citizens_telephone_number_is_not_for_the_browser_to_store(session, client, manager):
    late = send_late(session, client, "/quan-tri/tai-khoan/mat-khau", phone="0912345678", name="Ma Thị Hoà")

    assert '<input type="hidden" name="phone" value="0912345678" data-unstored>' in late.text
    assert '<input type="hidden" name="name" value="Ma Thị Hoà">' in late.text


def test_typed_markup_is_shown_as_text(session, client, manager):
    late = send_late(session, client, name='"><script>alert(1)</script>')

    assert "<script>alert" not in late.text
    assert given_back(late).value("name") == '"><script>alert(1)</script>'


def test_a_large_sheet_overnight_is_asked_for_a_sign_in_and_not_called_too_large(session, client, manager):
    counter = make_counter(session, office=make_office(session, unit=manager.unit))
    session.commit()
    path = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/nhap"
    end_sessions(session)

    late = client.post(path, data={"sheet": (BytesIO(b"a" * 300_000), "bang.csv")}, headers=OURS)

    assert late.status_code == 401
    assert "Xin đăng nhập rồi làm lại." in late.text


def test_an_account_that_lost_the_permission_is_refused(session, client, manager):
    late = send_late(session, client)
    manager.grants[0].role = Role.INTERVIEWER.value
    session.commit()

    inside = sign_in_again(client, manager.email, late.text)

    assert client.get(inside.location).status_code == 403


def every_form(parent: type) -> set[type]:
    """The forms below *parent*."""
    return {each for form in parent.__subclasses__() for each in (form, *every_form(form))}


def is_field(attribute: object) -> bool:
    """Whether a form's attribute is a field."""
    return hasattr(attribute, "field_class")


def rows_of(session) -> dict[str, int]:
    """How many rows every table has."""
    names = inspect(db.engine).get_table_names()
    return {name: session.connection().exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in names}
