"""Actions on accounts are audited, and their owners are mailed if there is a mail server."""

import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.account import set_password
from account.operations.roles import grant_role
from account.rules.permissions import Role
from core.crypto import unseal
from core.messages.models import Message
from tests.factories import make_account, make_unit
from tests.quiz.results.conftest import organiser
from tests.quiz.results.test_publishing import path_of, publish, week
from tests.support.staff import enter, send

__all__ = ["organiser", "week"]
LIST = "/quan-tri/tai-khoan/danh-sach/"
INVITED = {"email": "an@xa.gov.vn", "name": "Nguyễn Văn An", "role": "manager", "where": "lam binh"}


@pytest.fixture
def commune(session):
    return make_unit(session, name="xã Lâm Bình")


@pytest.fixture
def admin(session, client, commune):
    account = make_account(session, role=Role.ADMINISTRATOR, unit=commune)
    session.commit()
    enter(client, account)
    return account


@pytest.fixture
def mail(app, settings):
    """Configure a mail server."""
    app.extensions["settings"] = replace(settings, mail_url="console:")


def letters(session, keyring):
    """Return the waiting letters: recipient, subject, text."""
    waiting = session.scalars(select(Message).order_by(Message.created_at))
    opened = [json.loads(unseal(keyring.key("message"), each.sealed, about=each.id.bytes)) for each in waiting]
    return [(each["to"], each["subject"], each["body"]) for each in opened]


def deeds(session):
    return [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number))]


def test_an_invitation_goes_by_mail_with_the_link_that_the_page_shows(session, client, keyring, admin, mail):
    page = send(client, f"{LIST}moi", **INVITED).text

    [(to, subject, text)] = letters(session, keyring)
    link = next(word for word in text.split() if "/quan-tri/vao/" in word)
    assert (to, subject) == ("an@xa.gov.vn", "Lời mời nhận tài khoản Lắng Nghe")
    assert link in page
    assert "tại xã Lâm Bình. Vai trò: Phụ trách Một cửa." in text


def test_a_reset_link_goes_by_mail(session, client, keyring, admin, commune, mail):
    colleague = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()

    send(client, f"{LIST}{colleague.id}", to=f"{LIST}{colleague.id}/duong-dan")

    [(to, subject, _)] = letters(session, keyring)
    assert (to, subject) == (colleague.email, "Đặt lại mật khẩu Lắng Nghe")


@pytest.mark.parametrize("email", ["an\ue000@xa.gov.vn", "an,binh@xa.gov.vn", "an;binh@xa.gov.vn", "an<b@xa.gov.vn"])
def test_an_address_to_which_no_letter_can_be_posted_is_refused_in_words(client, admin, mail, email):
    reply = send(client, f"{LIST}moi", **INVITED | {"email": email})

    assert reply.status_code == 422
    assert "Chưa phải là địa chỉ thư điện tử" in reply.text


def test_the_letter_about_a_wider_role_does_not_say_that_the_old_password_works(
    session, client, keyring, admin, commune, mail
):
    elsewhere = make_unit(session, name="xã Thượng Lâm")
    grant_role(session, admin, Role.ADMINISTRATOR, elsewhere)
    set_password(session, admin, "bon lua mua nay")
    colleague = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    enter(client, admin)

    at = f"{LIST}{colleague.id}"
    send(client, at, to=f"{at}/vai-tro", role="writer", where="thuong lam", sure="y")

    [(to, _, text)] = letters(session, keyring)
    assert to == colleague.email
    assert "mật khẩu cũ không dùng được nữa" in text


def test_without_a_mail_server_nothing_waits(session, client, keyring, admin):
    assert send(client, f"{LIST}moi", **INVITED).status_code == 200
    assert letters(session, keyring) == []


def test_only_approvers_are_mailed_about_a_request(session, keyring, organiser, week, mail):
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    make_account(session, role=Role.APPROVER)
    session.commit()

    assert publish(organiser, week).status_code == 303

    [(to, subject, text)] = letters(session, keyring)
    assert to == approver.email
    assert subject.startswith("Cần phê duyệt: Công bố kết quả đợt thi, Tuần 1")
    assert "http://lang-nghe.example/quan-tri/phe-duyet/" in text


def test_a_request_sent_from_an_english_page_is_mailed_in_english(session, keyring, organiser, week, mail):
    make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    at = path_of(week)

    assert send(organiser, f"{at}?lang=en", to=f"{at}/cong-bo?lang=en").status_code == 303

    [(_, subject, text)] = letters(session, keyring)
    assert subject.startswith("Approval needed: Publish a round")
    assert "Week 1" in subject
    assert re.search(r"^http://lang-nghe\.example/quan-tri/phe-duyet/[\w-]+\?lang=en$", text, re.MULTILINE)
    assert "Công bố" not in subject + text


def test_an_invitation_from_an_english_page_names_the_role_in_english(session, client, keyring, admin, mail):
    send(client, f"{LIST}moi?lang=en", **INVITED)

    [(_, subject, text)] = letters(session, keyring)
    assert subject.startswith("Invitation")
    assert "Phụ trách" not in text
    assert re.search(r"/quan-tri/vao/[\w-]+\?lang=en$", text, re.MULTILINE)


def test_every_deed_about_an_account_is_in_the_trail_without_its_name(session, client, admin, commune):
    send(client, f"{LIST}moi", **INVITED)
    colleague = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    page = f"{LIST}{colleague.id}"

    send(client, page, to=f"{page}/vai-tro", role="inspector", where="lam binh")
    send(client, page, to=f"{page}/vai-tro/inspector/{commune.id}/thoi")
    for deed in ("duong-dan", "ket-thuc-phien", "tat", "bat"):
        send(client, page, to=f"{page}/{deed}")

    recorded = deeds(session)
    assert recorded == [
        "account.create", "role.give", "role.take", "account.link", "account.sign_out", "account.off", "account.on",
    ]  # fmt: skip
    assert "Nguyễn Văn An" not in str([entry.values for entry in session.scalars(select(AuditEntry))])


def test_a_reset_link_of_the_command_goes_by_mail_and_is_not_printed(app, session, keyring, commune, mail):
    make_account(session, role=Role.MANAGER, unit=commune, email="an@xa.gov.vn")
    session.commit()

    output = app.test_cli_runner().invoke(args=["account", "reset", "an@xa.gov.vn"]).output

    [(to, subject, text)] = letters(session, keyring)
    assert (to, subject) == ("an@xa.gov.vn", "Đặt lại mật khẩu Lắng Nghe")
    assert "http://lang-nghe.example/quan-tri/vao/" in text
    assert output == "Đã gửi đường dẫn đến an@xa.gov.vn. Thư không đến thì thêm --print.\n"
    assert deeds(session) == ["account.link"]


def test_without_a_mail_server_or_when_asked_to_the_terminal_prints_the_way_back(app, session, keyring, commune):
    make_account(session, role=Role.MANAGER, unit=commune, email="an@xa.gov.vn")
    session.commit()
    runner = app.test_cli_runner()

    bare = runner.invoke(args=["account", "reset", "an@xa.gov.vn"]).output
    app.extensions["settings"] = replace(app.extensions["settings"], mail_url="console:")
    asked = runner.invoke(args=["account", "reset", "an@xa.gov.vn", "--print"]).output

    assert bare.startswith("http://lang-nghe.example/quan-tri/vao/")
    assert asked.startswith("http://lang-nghe.example/quan-tri/vao/")
    assert letters(session, keyring) == []
