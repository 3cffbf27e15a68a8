"""The first run: a code from the terminal, one page, the first account, settings that are in force at once."""

import re
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from account.cli.first_run import begin
from account.models import Account
from account.operations import first_run
from account.queries.account import find_account
from account.rules.permissions import Role
from app import create_app
from commune.queries import find_unit
from core import clock
from core.settings import read_file
from core.web.extensions import db
from tests.factories import MONDAY, PASSWORD, make_account, make_unit
from tests.support.pages import Page
from tests.support.staff import send

PAGE = "/quan-tri/cai-dat"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def unit(session):
    unit = make_unit(session, name="xã Lâm Bình", parent=make_unit(session, name="tỉnh Tuyên Quang", kind="province"))
    session.commit()
    return unit


@pytest.fixture
def code(unit, settings):
    return first_run.issue_code(settings.instance_path, now=clock.now())


def answers(code, **changes):
    return {
        "code": code, "place": "xa lam binh", "brand": "Tuyên Quang lắng nghe", "host": "Mặt trận Tổ quốc xã",
        "public_url": "https://danhgia.tuyenquang.example", "mail_url": "", "name": "Ma Thị Hoà",
        "email": "hoa@xa.example", "password": PASSWORD, "again": PASSWORD,
    } | changes  # fmt: skip


@pytest.mark.both_databases
def test_one_page_makes_the_first_account_and_stores_the_settings(session, client, settings, unit, code):
    reply = send(client, PAGE, **answers(code))

    account = find_account(session, "hoa@xa.example")
    assert (reply.status_code, reply.location) == (302, "/quan-tri/dang-nhap")
    assert {(grant.role, grant.unit_id) for grant in account.grants} == {
        (Role.ADMINISTRATOR.value, unit.id),
        (Role.ORGANISER.value, unit.id),
    }
    assert read_file(settings.instance_path / "settings.toml") == {
        "PUBLIC_URL": "https://danhgia.tuyenquang.example",
        "BRAND": "Tuyên Quang lắng nghe",
        "HOST": "Mặt trận Tổ quốc xã",
    }


def test_the_code_may_be_typed_as_it_was_printed(session, client, code):
    printed = "-".join(code[at : at + 4] for at in range(0, 16, 4)).lower()

    assert send(client, PAGE, **answers(printed)).status_code == 302


def test_a_wrong_code_is_reported_and_nothing_typed_is_lost(session, client, code):
    reply = send(client, PAGE, **answers("0000-0000-0000-0000"))

    assert reply.status_code == 422
    assert "Mã cài đặt chưa đúng hoặc đã hết hạn" in reply.text
    assert 'value="Ma Thị Hoà"' in reply.text
    assert PASSWORD not in reply.text
    assert session.query(Account).count() == 0


def test_a_code_that_expires_while_typing_loses_no_answers(session, client, settings, code):
    page = Page(client.get(PAGE).text).form()
    (settings.instance_path / first_run.FILE).unlink()

    reply = client.post(PAGE, data=dict(page.filled(**answers(code))))

    assert reply.status_code == 422
    assert "Mã cài đặt chưa đúng hoặc đã hết hạn" in reply.text
    assert 'value="Ma Thị Hoà"' in reply.text
    assert session.query(Account).count() == 0


def test_a_wrong_code_is_reported_with_all_other_mistakes(client, code):
    reply = send(client, PAGE, **answers("0000-0000-0000-0000", email="khong-phai-thu", place="không có đâu", name=""))

    assert "Xin xem lại 4 chỗ" in reply.text
    assert "Mã cài đặt chưa đúng hoặc đã hết hạn" in reply.text
    assert "Xin nhập lại mật khẩu ở hai ô trên" in reply.text


def test_the_only_place_of_a_name_needs_no_tick(client, code):
    reply = send(client, PAGE, **answers(code, name=""))

    assert reply.status_code == 422
    assert len(Page(reply.text).forms[0].values("unit")) == 1


@pytest.mark.parametrize(("port", "line"), [(8000, "make serve\n"), (8123, "make serve PORT=8123\n")])
def test_the_line_to_copy_serves_at_the_printed_address(app, session, settings, port, line):
    app.extensions["settings"] = replace(settings, public_url=f"http://127.0.0.1:{port}")

    said = begin(session, date(2026, 6, 1))

    assert line in said
    assert f"http://127.0.0.1:{port}/quan-tri/cai-dat" in said


def test_an_address_of_this_machine_only_gets_a_warning(client, code):
    warning = "chỉ mở được trên máy này"

    loopback = send(client, PAGE, **answers(code, public_url="http://127.0.0.1:8000", name=""))
    real = send(client, PAGE, **answers(code, name=""))

    assert (warning in loopback.text, warning in real.text) == (True, False)


def test_without_a_code_there_is_no_form_and_the_page_says_how_to_get_one(client, settings, unit):
    before = client.get(PAGE)
    first_run.issue_code(settings.instance_path, now=clock.now())
    after = client.get(PAGE)

    assert (before.status_code, after.status_code) == (200, 200)
    assert "make setup" in before.text
    assert ("<form" in before.text, "<form" in after.text) == (False, True)


@pytest.mark.both_databases
def test_after_the_set_up_the_page_redirects_to_the_sign_in(session, client, settings, unit, code):
    make_account(session)
    session.commit()

    shown = client.get(PAGE, follow_redirects=True)

    assert shown.request.path == "/quan-tri/dang-nhap"
    assert '<div class="notice good"' in shown.text
    assert "Hệ thống đã được cài đặt. Xin đăng nhập." in shown.text


def test_before_the_set_up_the_sign_in_redirects_to_it(session, client):
    empty = [client.get(path).text for path in ("/quan-tri/dang-nhap", "/quan-tri/")]
    make_account(session)
    session.commit()
    used = client.get("/quan-tri/dang-nhap").text

    assert [f'href="{PAGE}">Cài đặt lần đầu</a>' in page for page in empty] == [True, True]
    assert "Cài đặt lần đầu" not in used


def test_a_code_lasts_two_hours_and_the_newest_alone_is_right(tmp_path):
    old = first_run.issue_code(tmp_path, now=MONDAY)
    new = first_run.issue_code(tmp_path, now=MONDAY)
    last = MONDAY + first_run.LIFE - timedelta(milliseconds=1)

    assert not first_run.is_code_right(tmp_path, old, now=MONDAY)
    assert first_run.is_code_right(tmp_path, new, now=last)
    assert not first_run.is_code_right(tmp_path, new, now=MONDAY + first_run.LIFE)
    assert (tmp_path / first_run.FILE).stat().st_mode & 0o077 == 0
    assert new not in (tmp_path / first_run.FILE).read_text()


def test_only_one_of_many_concurrent_uses_of_the_code_succeeds(tmp_path):
    code, taken, start = first_run.issue_code(tmp_path, now=MONDAY), [], threading.Barrier(8)

    def use():
        start.wait()
        taken.append(first_run.use_code(tmp_path, code, now=MONDAY))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 7 + [True]


def test_a_name_of_several_places_is_asked_for_side_by_side(session, client, code):
    other = make_unit(session, name="xã Lâm Bình", parent=make_unit(session, name="tỉnh Khác", kind="province"))
    session.commit()

    asked = send(client, PAGE, **answers(code))
    done = send(client, PAGE, **answers(code, unit=other.id))

    assert asked.status_code == 422
    assert "xã Lâm Bình, tỉnh Tuyên Quang" in asked.text
    assert "xã Lâm Bình, tỉnh Khác" in asked.text
    assert done.status_code == 302
    assert {grant.unit_id for grant in find_account(session, "hoa@xa.example").grants} == {other.id}


def test_a_unit_that_was_not_offered_is_none(session, client, code):
    foreign = make_unit(session, name="xã Xa Lạ")
    session.commit()

    reply = send(client, PAGE, **answers(code, place="không có đâu", unit=foreign.id))

    assert reply.status_code == 422
    assert "Không thấy nơi nào tên như vậy" in reply.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"public_url": "danhgia.example"}, "Xin nhập địa chỉ dạng https://"),
        ({"public_url": "http://danhgia.example"}, "Địa chỉ phải bắt đầu bằng https://"),
        ({"public_url": "https://a.example/muc"}, "Xin nhập địa chỉ dạng https://"),
        ({"public_url": "https://[::1"}, "Xin nhập địa chỉ dạng https://"),
        ({"mail_url": "smtp://"}, "Xin nhập dạng smtp://"),
        ({"mail_url": "https://thu.example"}, "Xin nhập dạng smtp://"),
        ({"email": "khong-phai-thu"}, "Chưa phải là địa chỉ thư điện tử"),
        ({"password": "ngan"}, "Mật khẩu cần ít nhất 12"),
        ({"password": "123456789012", "again": "123456789012"}, "Mật khẩu này quá dễ đoán"),
        ({"password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "Mật khẩu này quá dễ đoán"),
        ({"password": "Lâm Bình 2026", "again": "Lâm Bình 2026"}, "đơn vị của chính ông/bà"),
        ({"again": f"{PASSWORD}x"}, "Hai lần nhập chưa giống nhau."),
        ({"host": " "}, "Xin nhập cơ quan chủ trì."),
    ],
)
def test_unusable_answers_are_reported_and_the_code_stays_valid(client, settings, code, wrong, message):
    reply = send(client, PAGE, **answers(code, **wrong))

    assert reply.status_code == 422
    assert message in reply.text
    assert first_run.is_code_right(settings.instance_path, code, now=clock.now())
    assert not (settings.instance_path / "settings.toml").exists()


def test_a_communes_own_committee_as_host_needs_confirmation(client, settings, code):
    asked = send(client, PAGE, **answers(code, host="UBND xã Lâm Bình"))
    sure = send(client, PAGE, **answers(code, host="UBND xã Lâm Bình", is_meant="y"))

    assert (asked.status_code, sure.status_code) == (422, 302)
    assert "UBND xã Lâm Bình là cơ quan cấp trên trực tiếp" in asked.text
    assert 'name="is_meant"' in asked.text
    assert read_file(settings.instance_path / "settings.toml")["HOST"] == "UBND xã Lâm Bình"


def test_a_provinces_committee_may_run_the_survey_of_its_communes(client, code):
    reply = send(client, PAGE, **answers(code, place="tinh tuyen quang", host="UBND tỉnh Tuyên Quang"))

    assert reply.status_code == 302


def test_setup_prints_a_code_that_opens_the_page_and_none_once_there_is_an_account(app, session):
    said = app.test_cli_runner().invoke(args=["setup"]).output
    make_account(session, unit=find_unit(session, "08"))
    session.commit()
    later = app.test_cli_runner().invoke(args=["setup"]).output

    assert CODE.search(said)
    assert not CODE.search(later.replace(app.extensions["keyring"].fingerprint.upper(), ""))


def test_the_command_asks_and_creates_the_same_as_the_page(app, session, settings, unit):
    typed = [unit.code, "", "Mặt trận Tổ quốc xã", "https://danhgia.example", "", "Ma Thị Hoà", "hoa@xa.example"]

    done = app.test_cli_runner().invoke(args=["account", "first"], input="\n".join([*typed, PASSWORD, PASSWORD]) + "\n")

    assert done.exit_code == 0, done.output
    assert find_account(session, "hoa@xa.example").name == "Ma Thị Hoà"
    assert read_file(settings.instance_path / "settings.toml") == {
        "PUBLIC_URL": "https://danhgia.example", "BRAND": "Lắng Nghe", "HOST": "Mặt trận Tổ quốc xã",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "wrong", "message"),
    [
        (0, "99999", "Không thấy nơi nào tên hay mã là “99999”"),
        (2, " ", "Xin ghi tên cơ quan chủ trì"),
        (3, "danhgia.example", "Xin nhập địa chỉ dạng https://"),
        (4, "thu.example", "MAIL_URL phải có dạng smtp://"),
        (6, "hoa", "“hoa” chưa phải là địa chỉ thư điện tử"),
        (7, "ngan", "Mật khẩu cần ít nhất 12 ký tự."),
        (7, "matkhau12345", "Mật khẩu này quá dễ đoán"),
    ],
)
def test_the_command_asks_again_at_once_and_keeps_earlier_answers(app, session, unit, at, wrong, message):
    typed = [unit.code, "", "Mặt trận", "https://a.example", "", "Hoà", "hoa@xa.example", PASSWORD, PASSWORD]
    typed.insert(at, wrong)

    done = app.test_cli_runner().invoke(args=["account", "first"], input="\n".join(typed) + "\n")

    assert done.exit_code == 0, done.output
    assert done.output.count(message) == 1
    assert find_account(session, "hoa@xa.example").name == "Hoà"


def test_the_command_asks_to_confirm_a_communes_own_committee(app, session, settings, unit):
    typed = [unit.code, "", "UBND xã", "n", "UBND xã", "y", "https://a.example", "", "Hoà", "hoa@xa.example", PASSWORD]

    done = app.test_cli_runner().invoke(args=["account", "first"], input="\n".join([*typed, PASSWORD]) + "\n")

    assert done.exit_code == 0, done.output
    assert done.output.count("UBND xã là cơ quan cấp trên trực tiếp") == 2
    assert "Xin ghi cơ quan khác." in done.output
    assert read_file(settings.instance_path / "settings.toml")["HOST"] == "UBND xã"


def test_an_option_confirms_the_own_committee_beforehand(app, session, unit):
    said = {"host": "UBND xã", "unit": unit.code, "brand": "Lắng Nghe", "public-url": "https://a.example"}
    said |= {"mail-url": "", "name": "Hoà", "email": "hoa@xa.example", "password": PASSWORD}
    args = [part for name, value in said.items() for part in (f"--{name}", value)]

    refused = app.test_cli_runner().invoke(args=["account", "first", *args], input="n\n")
    done = app.test_cli_runner().invoke(args=["account", "first", *args, "--own-committee"], input="")

    assert refused.exit_code == 2
    assert done.exit_code == 0, done.output


def test_the_command_takes_a_units_name_and_prints_the_unit_found(app, session, unit):
    typed = ["xa lam binh", "", "Mặt trận", "https://a.example", "", "Hoà", "hoa@xa.example", PASSWORD, PASSWORD]

    done = app.test_cli_runner().invoke(args=["account", "first"], input="\n".join(typed) + "\n")

    assert done.exit_code == 0, done.output
    assert f"xã Lâm Bình, tỉnh Tuyên Quang (mã {unit.code})" in done.output
    assert find_account(session, "hoa@xa.example").unit_id == unit.id


def test_the_terminal_offers_the_codes_of_places_of_one_name(app, session, unit):
    other = make_unit(session, name="xã Lâm Bình", parent=make_unit(session, name="tỉnh Khác", kind="province"))
    session.commit()
    typed = ["lam binh", other.code, "", "Mặt trận", "https://a.example", "", "Hoà", "hoa@xa.example", PASSWORD]

    done = app.test_cli_runner().invoke(args=["account", "first"], input="\n".join([*typed, PASSWORD]) + "\n")

    assert f"{other.code}  xã Lâm Bình, tỉnh Khác" in done.output
    assert find_account(session, "hoa@xa.example").unit_id == other.id


@pytest.mark.both_databases
def test_after_the_set_up_the_terminal_asks_nothing(app, session):
    make_account(session)
    session.commit()

    done = app.test_cli_runner().invoke(args=["account", "first"], input="")

    assert done.exit_code == 1
    assert "Đơn vị của mình" not in done.output
    assert "Đã có tài khoản. Thêm người bằng:" in done.output


def test_the_new_settings_apply_from_the_next_request(unit, settings, monkeypatch):
    monkeypatch.setenv("INSTANCE_PATH", str(settings.instance_path))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    app = create_app()
    client = app.test_client()
    refused = client.get("/healthz", headers={"Host": "danhgia.tuyenquang.example"}).status_code
    code = first_run.issue_code(settings.instance_path, now=clock.now())

    send(client, PAGE, **answers(code))
    there = client.get("/", headers={"Host": "danhgia.tuyenquang.example"})
    with app.app_context():
        db.engine.dispose()

    assert refused == 400
    assert there.status_code == 200
    assert "Tuyên Quang lắng nghe" in there.text
    assert app.config["SESSION_COOKIE_SECURE"] is True
