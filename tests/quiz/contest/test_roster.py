"""The roster of a contest: imported through the common pages, compared, never readable, deleted with the contest."""

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from commune.models import Spelling
from core import clock
from core.commands.worker import Worker
from core.jobs import Job
from core.values.week import local_date
from core.web.importing import pages
from privacy.models.holder import NewFacts
from privacy.operations.erasure import erase_subjects
from quiz.attempt.operations.lifecycle import delete_draft
from quiz.contest.models import Participant, RosterPerson
from quiz.persons.operations.correction import correct_participants
from quiz.persons.operations.holder import HOLDER
from quiz.persons.operations.retention import purge_contacts
from tests.factories import make_account, make_contest, make_participant, make_unit
from tests.support.pages import Page
from tests.support.staff import enter, send

ROOT = Path(__file__).resolve().parents[3]
KIND = ("quiz/contest/files/roster.py", "quiz/contest/operations/roster_import.py")
HEADER = "STT;Họ và tên;Số điện thoại;Năm sinh;Đơn vị;Khối"
HOA = "1;Lò Thị Hoà;0912345678;1985;xã Lâm Bình;Cán bộ"
PAO = "2;Giàng A Páo;912 345 679;1990;Lâm Bình;"
CHI = "3;Bàn Thị Chi;;2001;xã Lâm Bình;Người dân"


@pytest.fixture
def contest(session):
    contest = make_contest(session, first_day=local_date(clock.now()))
    session.commit()
    return contest


@pytest.fixture
def organiser(session, client, contest):
    account = make_account(session, role=Role.ORGANISER, unit=contest.unit)
    session.commit()
    return enter(client, account)


def page_of(contest, rest=""):
    return f"/quan-tri/cuoc-thi/{contest.slug}/danh-sach{rest}"


def upload(client, contest, *lines):
    data = "\n".join([HEADER, *lines]).encode()
    sent = send(client, page_of(contest, "/nhap"), sheet=(io.BytesIO(data), "danh sách.csv"))
    assert sent.status_code == 302, Page(sent.text).text
    return sent.location


def press(client, at, button="bring_in", value="1", **changes):
    form = next(form for form in Page(client.get(at).text).forms if form.value("cot_name") is not None)
    return client.post(at, data=dict(form.filled(**changes)) | {button: value}, follow_redirects=True)


def test_a_second_tap_on_import_says_that_it_is_done(session, organiser, contest):
    at = upload(organiser, contest, HOA)
    form = next(form for form in Page(organiser.get(at).text).forms if form.value("cot_name") is not None)
    press(organiser, at)

    again = organiser.post(at, data=dict(form.filled()) | {"bring_in": "1"}, follow_redirects=True)

    assert again.status_code == 200
    assert "Bảng này đã được nhập hoặc đã hủy." in Page(again.text).text
    assert len(people(session)) == 1


def people(session):
    session.rollback()
    return list(session.scalars(select(RosterPerson)))


def test_a_new_kind_of_sheet_takes_less_than_150_lines():
    lines = sum(len((ROOT / file).read_text().splitlines()) for file in KIND)

    assert lines < 150


@pytest.mark.both_databases
def test_a_roster_is_imported_and_shown_on_its_page(session, organiser, contest):
    at = upload(organiser, contest, HOA, PAO, CHI)

    done = press(organiser, at)

    assert "Đã nhập 3 người vào danh sách." in done.text
    assert "3 người trong danh sách" in Page(done.text).text
    assert sorted(person.bloc for person in people(session)) == ["", "Cán bộ", "Người dân"]
    assert {person.unit_id for person in people(session)} == {contest.units[0].unit_id}
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.after) == ("roster.import", '{"deleted":0,"known":0,"left_out":0,"new":3}')


def test_a_roster_is_unreadable_and_a_participant_is_found_by_hashes(session, keyring, organiser, contest):
    press(organiser, upload(organiser, contest, HOA))
    participant = make_participant(session, keyring, contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)

    [person] = people(session)
    stored = b"".join((person.identity_hash, person.name_hash, person.phone_hash, person.bloc.encode()))
    assert "Hoà".encode() not in stored and b"912345678" not in stored
    assert person.identity_hash == participant.identity_hash
    assert person.phone_hash == participant.phone_hash


def test_a_person_twice_in_the_sheet_is_an_error_of_the_later_row(session, organiser, contest):
    at = upload(organiser, contest, HOA, PAO, HOA.replace("1;Lò", "9;LÒ"))

    shown = Page(organiser.get(at).text).text
    refused = press(organiser, at)
    done = press(organiser, at, skip_errors="y")

    assert "trùng với dòng 2; không nhập hai lần." in shown
    assert "Còn 1 dòng có lỗi" in Page(refused.text).text
    assert "Đã nhập 2 người vào danh sách." in done.text


def test_a_name_that_registration_refuses_is_an_error_of_its_row(session, organiser, contest):
    shown = Page(organiser.get(upload(organiser, contest, HOA, CHI.replace("Chi", "Chi 2"))).text).text

    assert "họ tên “Bàn Thị Chi 2” có “2”, mà họ tên chỉ gồm chữ cái; xin ghi lại." in shown
    assert "1 dòng sẽ nhập" in shown


def test_given_names_below_one_merged_title_belong_to_the_names(session, organiser, contest):
    data = "Họ và tên;;Năm sinh;Đơn vị\nLò Thị;Hoà;1985;xã Lâm Bình\nLò Thị;Chi;1985;xã Lâm Bình\n".encode()
    sent = send(organiser, page_of(contest, "/nhap"), sheet=(io.BytesIO(data), "ds.csv"))

    press(organiser, sent.location)

    assert len(people(session)) == 2


def test_the_same_sheet_again_adds_no_row_and_names_the_listed_rows(session, organiser, contest):
    press(organiser, upload(organiser, contest, HOA))
    at = upload(organiser, contest, HOA, PAO)

    shown = Page(organiser.get(at).text).text
    press(organiser, at)

    assert "đã có từ trước; không thêm lần nữa." in shown
    assert "1 dòng sẽ nhập" in shown
    assert len(people(session)) == 2


@pytest.mark.both_databases
def test_a_replacing_sheet_removes_people_it_does_not_name(session, organiser, contest):
    press(organiser, upload(organiser, contest, HOA, CHI))
    before = {person.identity_hash for person in people(session)}
    at = upload(organiser, contest, HOA, PAO)

    unseen = press(organiser, at, mode="replace")
    kept = {person.identity_hash for person in people(session)}
    press(organiser, at, value="replace", mode="replace")

    assert "2 dòng sẽ nhập" in Page(unseen.text).text
    assert "Thay cả danh sách: 2 người đang có trong danh sách sẽ bị xóa trước khi nhập." in Page(unseen.text).text
    assert '<button class="button" type="submit" name="bring_in" value="replace"' in unseen.text
    assert kept == before
    after = {person.identity_hash for person in people(session)}
    assert (len(after), len(after & before)) == (2, 1)
    assert '"deleted":2' in session.scalars(select(AuditEntry.after).order_by(AuditEntry.number.desc())).first()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1;;0912345678;1985;;", "chưa có họ tên"),
        ("1;Lò Thị Hoà;;;;", "xin ghi số điện thoại hoặc năm sinh"),
        ("1;Lò Thị Hoà;12;1985;;", "không đọc được số điện thoại “12”"),
        ("1;Lò Thị Hoà;0912345678;năm nào;;", "không đọc được năm sinh “năm nào”"),
        ("1;Lò Thị Hoà;0912345678;2090;;", "không đọc được năm sinh “2090”"),
    ],
)
def test_an_incomplete_row_is_reported_with_its_remedy(organiser, contest, line, said):
    at = upload(organiser, contest, line, PAO)

    assert said in Page(organiser.get(at).text).text


def test_a_doubtful_unit_is_decided_and_remembered(session, organiser, contest):
    at = upload(organiser, contest, HOA.replace("xã Lâm Bình", "Tổ 5"))
    page = organiser.get(at).text
    field = next(name for form in Page(page).forms for name, _ in form.pairs if name.startswith("don_vi_"))

    press(organiser, at, **{field: str(contest.units[0].unit_id)})

    assert "Những cách ghi này là đơn vị nào?" in page
    assert [person.unit_id for person in people(session)] == [contest.units[0].unit_id]
    assert session.scalars(select(Spelling.spelling)).all() == ["tổ 5"]


def test_a_large_roster_is_imported_by_a_job(app, session, organiser, contest, monkeypatch):
    monkeypatch.setattr(pages, "ROWS_IN_A_PAGE", 1)
    press(organiser, upload(organiser, contest, HOA, PAO))
    session.rollback()

    Worker(app).work(is_burst=True)

    assert session.scalars(select(Job.said).where(Job.kind == "quiz.roster")).all() == [
        "Đã nhập 2 người vào danh sách."
    ]
    assert len(people(session)) == 2


def test_a_roster_is_emptied_after_a_confirmation(session, organiser, contest):
    press(organiser, upload(organiser, contest, HOA, PAO))

    unsure = send(organiser, page_of(contest, "/xoa"))
    left = len(people(session))
    done = send(organiser, page_of(contest, "/xoa"), sure="y", reason="Nhập nhầm tệp")

    assert (unsure.status_code, left) == (422, 2)
    assert "Đã xóa danh sách 2 người." in organiser.get(done.location).text
    assert people(session) == []


def test_the_template_reads_back_and_offers_the_units(organiser, contest):
    book = openpyxl.load_workbook(io.BytesIO(organiser.get(page_of(contest, "/nhap/mau.xlsx")).data))

    assert [cell.value for cell in book["Nhập liệu"][1]][0] == "Họ và tên"
    assert "xã Lâm Bình" in [row[4] for row in book["Danh mục"].iter_rows(values_only=True)]


def test_a_cancelled_contest_takes_no_roster(session, organiser, contest):
    contest.called_off_at, contest.called_off_why = clock.now(), "Bão"
    session.commit()

    page = organiser.get(page_of(contest, "/nhap"), follow_redirects=True)

    assert "Cuộc thi đã hủy nên không nhập danh sách." in page.text


def test_another_units_organiser_finds_no_roster(session, client, contest):
    stranger = make_account(session, role=Role.ORGANISER, unit=make_unit(session, name="xã Khác"))
    session.commit()

    assert enter(client, stranger).get(page_of(contest)).status_code == 404


@pytest.mark.both_databases
def test_a_roster_is_purged_with_the_contacts_of_its_contest(session, keyring, organiser, contest):
    press(organiser, upload(organiser, contest, HOA, PAO))
    over = local_date(contest.rounds[-1].results_at) + timedelta(days=400)

    early = purge_contacts(session, keyring, local_date(contest.rounds[-1].results_at))
    removed = purge_contacts(session, keyring, over)

    assert (early, removed) == (0, 2)
    assert session.scalar(select(func.count()).select_from(RosterPerson)) == 0


def test_an_erased_participant_is_removed_from_the_roster(session, keyring, organiser, contest):
    press(organiser, upload(organiser, contest, HOA, PAO))
    make_participant(session, keyring, contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)

    erase_subjects(session, keyring, HOLDER, list(session.scalars(select(Participant.id))), now=clock.now())

    assert session.scalar(select(func.count()).select_from(RosterPerson)) == 1


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (HOA.replace("1985", ""), 0),
        (HOA.replace("0912345678", ""), 0),
        (HOA.replace("1985", "").replace("0912345678", "0912345999"), 1),
        (HOA.replace("1985", "1986"), 1),
    ],
    ids=["no year", "no phone", "no year, another phone", "another year"],
)
def test_an_erasure_finds_a_row_that_lacks_the_year_or_the_phone(session, keyring, organiser, contest, line, left):
    press(organiser, upload(organiser, contest, line))
    unit_id = session.scalars(select(RosterPerson.unit_id)).one()
    who = make_participant(session, keyring, contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)
    who.unit_id = unit_id

    erase_subjects(session, keyring, HOLDER, [who.id], now=clock.now())

    assert session.scalar(select(func.count()).select_from(RosterPerson)) == left


@pytest.mark.parametrize("lines", [(HOA,), (HOA, HOA.replace("Hoà", "Hoài"))])
def test_a_corrected_participant_stays_on_the_roster_and_is_erased_from_it(session, keyring, organiser, contest, lines):
    press(organiser, upload(organiser, contest, *lines))
    who = make_participant(session, keyring, contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)

    correct_participants(session, keyring, [who.id], NewFacts("Lò Thị Hoài"), now=clock.now())
    on_roster = [row.identity_hash for row in session.scalars(select(RosterPerson))]
    corrected = who.identity_hash
    erase_subjects(session, keyring, HOLDER, [who.id], now=clock.now())

    assert on_roster == [corrected]
    assert session.scalar(select(func.count()).select_from(RosterPerson)) == 0


def test_a_draft_is_deleted_with_its_roster(session, organiser, contest):
    contest.is_draft = True
    session.commit()
    press(organiser, upload(organiser, contest, HOA))

    delete_draft(session, SYSTEM, contest, now=clock.now())

    assert session.scalar(select(func.count()).select_from(RosterPerson)) == 0


def test_the_page_of_people_begins_with_those_registered_by_unit(session, keyring, organiser, contest):
    empty = Page(organiser.get(page_of(contest)).text)
    make_participant(session, keyring, contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)

    page = Page(organiser.get(page_of(contest)).text)

    assert empty.heading == page.heading == "Người dự thi"
    assert "Chưa có ai đăng ký" in empty.text
    assert "1 người đã đăng ký" in page.text
    assert f"{contest.units[0].unit.name} 1" in page.text
    assert page.text.index("đã đăng ký") < page.text.index("Danh sách đối chiếu")
