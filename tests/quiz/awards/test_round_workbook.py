"""The workbook of a round as openpyxl reads it."""

from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from account.models import Account, AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from core.commands.worker import Worker
from quiz.awards.files import round_workbook as workbook
from quiz.awards.manage import round_file as manage
from quiz.results.operations.contact import grant_contact_access
from tests.factories import make_contest


def address(week, name="so-lieu.xlsx"):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}/ho-so/{name}"


def opened(client, week):
    answer = client.get(address(week))
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.data))


def rows(book, name):
    return [list(row) for row in book[name].iter_rows(min_row=5, values_only=True)]


def open_contacts(session, week, people="winners"):
    account = session.scalar(select(Account.id))
    now = clock.now()
    grant_contact_access(session, SYSTEM, week, account_id=account, people=people, reason="Gọi", now=now)
    session.commit()


def test_the_workbook_has_five_sheets_in_landscape_with_heads_on_every_page(organiser, week):
    book = opened(organiser, week)

    assert book.sheetnames == ["Tổng hợp", "Xếp hạng", "Theo đơn vị", "Đạt giải", "Câu hỏi"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "A5")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("file", ["so-lieu.xlsx", "tat-ca-bai.xlsx"])
def test_a_workbook_bears_the_name_of_a_round_that_is_no_week(session, organiser, week, file):
    week.name = "Đề 2"
    session.commit()

    book = openpyxl.load_workbook(BytesIO(organiser.get(address(week, file)).data))

    assert book.properties.title == f"Đề 2, {week.contest.title}"
    assert all(sheet["A1"].value.startswith(f"Đề 2, {week.contest.title}: ") for sheet in book)


def test_the_standings_have_numbers_times_and_moments_and_no_names(organiser, week):
    found = rows(opened(organiser, week), "Xếp hạng")

    first = found[0]
    assert first[:3] == [1, "xã Xuân Lập", 4]
    assert (first[3], first[6]) == (timedelta(seconds=95), datetime(2026, 6, 8, 9, 1, 35))
    assert [row[0] for row in found] == [1, 2, 2, 4, 5, 6, 7, 8]
    assert (first[7], found[4][7]) == (None, "số câu trả lời đúng")


def test_participation_by_unit_has_the_rate_and_the_change_on_the_week_before(organiser, week):
    found = rows(opened(organiser, week), "Theo đơn vị")

    assert found[0] == ["xã Thượng Lâm", 3, 3, 9_700, 0.3, 2, 1]
    assert found[1] == ["xã Xuân Lập", 3, 3, 4_200, 0.7, 3, 0]
    assert found[2][:5] == ["xã Lâm Bình", 1, 1, None, None]


def test_winners_have_no_names_until_somebody_opens_them(session, organiser, week):
    hidden = rows(opened(organiser, week), "Đạt giải")
    open_contacts(session, week)
    shown = rows(opened(organiser, week), "Đạt giải")

    assert {row[1] for row in hidden} == {workbook.HIDDEN}
    assert sorted(row[1] for row in shown) == ["=Lò Thị Bé", "Giàng A Páo", "Hoàng Văn Đức", "Ma Thị Hoà"]
    assert [row[3] for row in shown] == ["Giải Nhất", "Giải Nhì", "Giải Nhì", "Giải Ba"]


def test_a_published_week_names_those_alone_who_agreed_and_are_no_child(session, organiser, week):
    week.published_at = week.results_at
    session.commit()

    named = {row[1] for row in rows(opened(organiser, week), "Đạt giải")}

    assert named == {"Giàng A Páo", "Hoàng Văn Đức", workbook.HIDDEN}


def test_a_name_that_looks_like_a_formula_is_text(session, organiser, week):
    open_contacts(session, week)

    cells = [cell for row in opened(organiser, week)["Đạt giải"].iter_rows() for cell in row]

    assert [cell.data_type for cell in cells if cell.value == "=Lò Thị Bé"] in (["s"], ["inlineStr"])
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_front_of_the_standings_is_named_for_whom_it_was_opened(session, organiser, week):
    open_contacts(session, week, "front")

    found = rows(opened(organiser, week), "Xếp hạng")

    assert (found[0][1], found[7][1]) == ("Giàng A Páo", "Ma Văn Tường")


def test_a_file_with_opened_names_is_in_the_audit_trail_and_one_without_is_not(session, organiser, week):
    organiser.get(address(week))
    before = session.scalars(select(AuditEntry).where(AuditEntry.action == "file.take")).all()
    open_contacts(session, week)
    organiser.get(address(week))
    organiser.get(address(week, "quyet-dinh.docx"))

    session.expire_all()
    taken = session.scalars(select(AuditEntry).where(AuditEntry.action == "file.take")).all()
    assert (before, [each.after for each in taken]) == (
        [],
        ['{"file":"so-lieu.xlsx","people":4}', '{"file":"quyet-dinh.docx","people":4}'],
    )


def test_a_large_round_is_written_by_a_job_with_the_names_open_to_its_account(
    app, session, organiser, week, monkeypatch
):
    monkeypatch.setattr(manage, "LINES_IN_A_PAGE", 7)
    open_contacts(session, week)

    answer = organiser.get(address(week))

    session.rollback()
    Worker(app).work(is_burst=True)
    book = openpyxl.load_workbook(BytesIO(organiser.get(f"{answer.location}/ket-qua").data))
    taken = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "file.take")).all()
    assert "Giàng A Páo" in {row[1] for row in rows(book, "Đạt giải")}
    assert taken == ['{"file":"so-lieu.xlsx","people":4}']


def test_answers_are_counted_by_question_and_choice(organiser, week):
    found = rows(opened(organiser, week), "Câu hỏi")

    assert found[0] == [1, "Câu hỏi số 1?", "A. Đúng", "x", 7, 0.875]
    assert found[1][2:] == ["B. Sai", None, 1, 0.125]


def test_a_week_that_is_not_closed_has_a_page_that_says_so(session, organiser, season):
    contest = make_contest(session, unit=season.unit)
    session.commit()

    answer = organiser.get(address(contest.rounds[0]))

    assert (answer.status_code, answer.location) == (302, address(contest.rounds[0], "").rstrip("/"))
    assert "Đợt này chưa chốt" in organiser.get(answer.location).text


@pytest.mark.parametrize("name", ["ban-tin.docx"])
def test_the_bulletin_waits_for_the_publication(session, organiser, week, name):
    before = organiser.get(address(week, name)).status_code
    week.published_at = week.results_at
    session.commit()

    assert (before, organiser.get(address(week, name)).status_code) == (302, 200)
