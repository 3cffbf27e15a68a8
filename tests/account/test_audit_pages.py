"""The audit trail's pages and commands: search, paging, export, verification, with real actions in it."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.account import rename_account
from account.operations.audit import SYSTEM, TERMINAL, Actor, Subject, account_subject, record
from account.queries.audit import find_head, verify
from account.rules.actions import AccountAction
from account.rules.chain import head_text
from account.rules.permissions import Role
from core.person_keys import create_person
from tests.factories import MONDAY, make_account, make_contest, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import desk, send

TRAIL = "/quan-tri/nhat-ky/"


@pytest.fixture
def unit(session):
    return make_unit(session)


@pytest.fixture
def inspector(app, session, unit):
    account = make_account(session, role=Role.INSPECTOR, unit=unit)
    session.commit()
    return desk(app, account)


def add(session, unit, count=1, *, actor=TERMINAL, action="counter.close", now=MONDAY, **more):
    where = Subject("survey.counter", 7, "Quầy 2, Trung tâm xã Lâm Bình", unit.id)
    for _ in range(count):
        record(session, actor, action, where, now=now, **more)
    session.commit()


def text_of(client, query=""):
    return Page(client.get(f"{TRAIL}?{query}").text).text


def test_an_entry_is_read_as_a_sentence_with_before_and_after(session, unit, inspector):
    add(session, unit, before={"closed_on": None}, after={"closed_on": "2026-06-01"}, reason="Dồn quầy")

    text = text_of(inspector)

    assert "Đóng quầy : Quầy 2, Trung tâm xã Lâm Bình" in text
    assert "đóng từ ngày: 01/06/2026" in text
    assert "Lý do: Dồn quầy" in text


def test_what_was_nought_is_left_out_and_what_became_nought_is_read(session, unit, inspector):
    add(session, unit, action="roster.import", before={"known": 3}, after={"deleted": 0, "known": 0, "new": 5})

    text = text_of(inspector)

    assert "số mục bị xóa" not in text
    assert "3 → thành 0" in text and "5" in text


@pytest.mark.parametrize("typed", ["Phấn đấu 100% người dân tham gia", "100%", "%(n)s", "{{ 7 * 7 }}"])
def test_a_typed_value_is_shown_as_it_is(session, unit, inspector, typed):
    add(session, unit, before={"name": typed}, after={"name": f"{typed}!"})

    text = text_of(inspector)

    assert f"{typed} → thành {typed}!" in text


def test_a_foreign_units_deeds_are_not_there(session, unit, inspector):
    other = make_unit(session, name="xã khác")
    add(session, other)

    assert "Không có mục nào" in text_of(inspector)
    assert "Không có mục nào" in text_of(inspector, f"don_vi={other.id}")


def test_a_manager_does_not_read_the_trail(app, session, unit):
    account = make_account(session, role=Role.MANAGER, unit=unit)
    session.commit()
    client = desk(app, account)

    assert [client.get(f"{TRAIL}{file}").status_code for file in ("", "nhat-ky.csv", "nhat-ky.xlsx")] == [403] * 3


@pytest.mark.both_databases
def test_pages_are_turned_by_number_and_miss_nothing(session, unit, inspector):
    add(session, unit, 60)
    query, seen = "", []
    for _ in range(3):
        page = inspector.get(f"{TRAIL}?{query}").text
        seen += [int(number) for number in re.findall(r"mục (\d+)</span>", page)]
        older = re.search(r'truoc=(\d+)" rel="next"', page)
        query = f"truoc={older[1]}" if older else ""

    assert seen == list(range(60, 0, -1))


def test_an_actor_without_an_account_is_named_in_the_field_that_filters(session, inspector):
    page = inspector.get(f"{TRAIL}?ai=dong-lenh").text

    assert re.search(r'<input[^>]*name="ai"[^>]*>', page)[0].count("Dòng lệnh") == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("viec=round.close", [3]),
        ("ai=dong-lenh", [2, 1]),
        ("ai=d%C3%B2ng+l%E1%BB%87nh", [2, 1]),
        ("ai=he-thong", [3]),
        ("ai=binh%40lang-nghe.example", [4]),
        ("ai=khong-co%40lang-nghe.example", []),
        ("tu=2026-06-02&den=2026-06-02", [2]),
        ("tu=2026-06-02", [4, 3, 2]),
        ("ai=0", []),
    ],
)
def test_a_search_is_kept_in_the_address(session, unit, inspector, query, shown):
    somebody = make_account(session, unit=unit, email="binh@lang-nghe.example")
    add(session, unit)
    add(session, unit, now=MONDAY + timedelta(days=1))
    add(session, unit, actor=SYSTEM, action="round.close", now=MONDAY + timedelta(days=2))
    add(session, unit, actor=Actor("account", somebody.id), now=MONDAY + timedelta(days=3))

    found = [int(number) for number in re.findall(r"mục (\d+)</span>", inspector.get(f"{TRAIL}?{query}").text)]

    assert found == shown


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("asked", "shown"),
    [("lo thi be", [2, 1]), ("Bé", [2, 1]), ("Lò Thị Bé Hai", [2]), ("Ma Văn Xa", []), ("lò thị bé tư", [])],
)
def test_entries_are_found_by_the_name_of_an_account_of_ones_units(session, unit, inspector, asked, shown):
    away = make_unit(session, name="xã khác")
    people = [("Lò Thị Bé", unit), ("Lò Thị Bé Hai", unit), ("Ma Văn Xa", away)]
    for name, home in people:
        account = make_account(session, unit=home)
        rename_account(account, name)
        add(session, unit, actor=Actor("account", account.id))

    page = inspector.get(TRAIL, query_string={"ai": asked}).text

    assert [int(number) for number in re.findall(r"mục (\d+)</span>", page)] == shown


NO_SENSE = ["viec=%27+OR+1%3D1", "tu=hôm+nay", "den=2026-13-99", "viec=khong.co", "tu=2026-06-02&den=2026-06-01"]


@pytest.mark.parametrize("query", NO_SENSE)
def test_a_senseless_search_is_refused_with_a_message(session, unit, inspector, query):
    assert inspector.get(f"{TRAIL}?{query}").status_code == 400


@pytest.mark.both_databases
@pytest.mark.parametrize("query", ["truoc=x", "truoc=999999999", "don_vi=x", "ai=%3Cscript%3E", "truoc=0"])
def test_an_odd_address_finds_something_or_nothing(session, unit, inspector, query):
    assert inspector.get(f"{TRAIL}?{query}").status_code == 200


def test_a_persons_name_is_read_until_they_are_erased(session, keyring, unit, inspector):
    person = create_person(session, keyring)
    add(session, unit, action="winner.confirm", person=(person, {"name": "Giàng A Páo"}))
    before = text_of(inspector)

    session.execute(type(session.get_one(AuditEntry, 1)).metadata.tables["core_person_key"].delete())
    session.commit()

    assert "· Giàng A Páo" in before
    assert "· (đã xóa theo yêu cầu)" in text_of(inspector)


def test_sheets_are_text_and_hold_the_head_of_the_chain(session, unit, inspector):
    add(session, unit, reason="=HYPERLINK(1)", after={"name": "+84"})
    head = find_head(session)

    csv = inspector.get(f"{TRAIL}nhat-ky.csv").data.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(inspector.get(f"{TRAIL}nhat-ky.xlsx").data)).active

    assert ";'=HYPERLINK(1);" in csv
    assert csv.splitlines()[1].endswith(head[1].hex())
    cells = {cell.value: cell.data_type for row in book.iter_rows() for cell in row}
    assert cells["=HYPERLINK(1)"] == "s"
    assert book["A1"].value.startswith("Đầu chuỗi khi tải: 2:")
    assert [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number))][1:] == [
        "audit.export", "audit.export",
    ]  # fmt: skip


@pytest.mark.parametrize("file", ["", "nhat-ky.csv", "nhat-ky.xlsx"])
def test_many_entries_take_as_many_queries_as_few(session, unit, inspector, count_queries, file):
    asked = []
    for more in (2, 20):
        add(session, unit, more, actor=Actor("account", make_account(session, unit=unit).id))
        count_queries.clear()
        inspector.get(f"{TRAIL}{file}")
        asked.append(len(count_queries))

    assert asked[0] == asked[1]


def test_the_command_verifies_and_prints_a_head_that_it_accepts_again(app, session, unit):
    add(session, unit, 3)
    head = head_text(*find_head(session))
    run = app.test_cli_runner().invoke

    done = run(args=["account", "verify-audit"])
    again = run(args=["account", "verify-audit", "--head", head])
    other = run(args=["account", "verify-audit", "--head", f"9:{'0' * 64}"])
    odd = run(args=["account", "verify-audit", "--head", "9"])

    assert (done.exit_code, done.output.splitlines()[:2]) == (0, ["Nhật ký nguyên vẹn: 3 mục.", f"Đầu chuỗi: {head}"])
    assert again.exit_code == 0
    assert (other.exit_code, "phần cuối đã bị cắt: không còn mục số 4" in other.output) == (1, True)
    assert (odd.exit_code, "dạng SỐ:MÃ" in odd.output) == (1, True)


def actions(session):
    session.expire_all()
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    return [(entry.action, entry.actor, entry.unit_id) for entry in entries]


def test_an_officers_actions_are_recorded(app, session, unit):
    office = make_office(session, unit=unit)
    make_counter(session, office=office)
    account = make_account(session, role=Role.MANAGER, unit=unit)
    session.commit()
    client, page = desk(app, account), f"/quan-tri/danh-gia/{office.slug}"

    send(client, f"{page}/quay/them", number=5, name="Đất đai")
    send(client, f"{page}/quay/2/thay-ma", replacing=1)
    send(client, f"{page}/quay/2/dong")
    send(client, f"{page}/quay/5/dong", to=f"{page}/quay/2/mo-lai")
    send(client, "/quan-tri/danh-gia/them", unit=unit.id, name="Trung tâm mới", host="Mặt trận Tổ quốc xã")

    deeds = ["counter.create", "counter.reissue", "counter.close", "counter.reopen", "office.create"]
    assert actions(session) == [(deed, "account", unit.id) for deed in deeds]


def test_an_organisers_actions_are_recorded_without_the_answer_key(app, session, unit):
    contest = make_contest(session, unit=unit, first_day=(MONDAY + timedelta(days=3650)).date())
    account = make_account(session, unit=unit)
    session.commit()
    client, page = desk(app, account), f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi"

    send(client, page, text="Câu 1. Một cộng một?\n*A. Hai\nB. Ba\n")

    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.changes[0]) == ("question.save", ("questions", 3, 1))
    assert "Hai" not in entry.after


def test_actions_of_commands_are_recorded(app, session, unit):
    office = make_office(session, unit=unit)
    make_counter(session, office=office)
    session.commit()
    run = app.test_cli_runner().invoke
    password = ["--password", "bon lua mua nay"]

    run(args=["survey", "reissue", office.slug, "2"])
    run(args=["survey", "recount", office.slug])
    run(args=["commune", "add", "99999", "xã Mới", "--kind", "commune"])
    made = ["account", "create", "a@xa.vn", "--name", "Lý A", "--role", "organiser", "--unit", unit.code]
    run(args=[*made, *password])

    assert actions(session) == [
        ("counter.reissue", "terminal", unit.id),
        ("rating.recount", "terminal", unit.id),
        ("unit.add", "terminal", None),
        ("account.create", "terminal", unit.id),
    ]
    assert "Lý A" not in str([entry.values for entry in session.scalars(select(AuditEntry))])


def test_accounts_are_called_by_name_with_the_address_where_two_share_one_and_by_number_once_gone(
    session, unit, inspector
):
    first, second, other = (make_account(session, role=Role.MANAGER, unit=unit) for _ in range(3))
    for account, name in ((first, "Lò Thị Hoa"), (second, "Lò Thị Hoa"), (other, "Ma Văn Tiến")):
        rename_account(account, name)
    gone = Subject("account.account", 999, "Tài khoản số 999", unit.id)
    for about in (account_subject(first), account_subject(other), gone):
        actor = Actor("account", second.id)
        record(session, actor, AccountAction.ROLE_GIVE, about, after={"asked_by": other.id}, now=MONDAY)
    session.commit()

    text, sheet = text_of(inspector), inspector.get(f"{TRAIL}nhat-ky.csv").text

    for shown in (text, sheet):
        assert f"Lò Thị Hoa ({first.email})" in shown
        assert f"Lò Thị Hoa ({second.email})" in shown
        assert "Ma Văn Tiến" in shown
        assert f"Ma Văn Tiến ({other.email})" not in shown
        assert "Tài khoản số 999 (đã xóa)" in shown
    assert "người yêu cầu: Ma Văn Tiến" in text
    assert verify(session).broken is None


def test_a_day_that_is_none_is_not_written_back_where_a_browser_takes_only_days(session, unit, inspector):
    wrong = inspector.get(TRAIL + "?tu=x&den=2026-06-01").text

    assert re.search(r'<input[^>]* id="tu"[^>]* value=""', wrong)
    assert re.search(r'<input[^>]* id="den"[^>]* value="2026-06-01"', wrong)


@pytest.mark.parametrize("file", ["nhat-ky.xlsx", "nhat-ky.csv"])
@pytest.mark.parametrize("asked", ["tu=2026-06-02&den=2026-06-01", "tu=hôm+nay", "viec=khong.co"])
def test_an_export_with_a_wrong_filter_shows_the_error_and_exports_nothing(session, inspector, file, asked):
    before = session.scalar(select(func.count()).select_from(AuditEntry))

    answer = inspector.get(f"{TRAIL}{file}?{asked}")

    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert 'role="alert"' in answer.text
    assert f'action="{TRAIL}"' in answer.text
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
