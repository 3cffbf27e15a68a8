"""An organiser imports a sheet: upload, review, decisions on doubtful units, and only then storing."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from account.rules.permissions import Role
from bench import ugly_sheet
from commune.models import Spelling
from core.sheets.memory import SheetDraft, SheetMapping
from core.values.week import VIETNAM
from quiz.attempt.models import Attempt
from quiz.contest.models import Participant
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_contest, make_unit
from tests.support.entries import AN, HEADER, PAO, as_csv
from tests.support.pages import Page
from tests.support.staff import enter, send
from tests.support.ugly import later, round

__all__ = ["later", "round"]


@pytest.fixture
def organiser(session, client, round):
    account = make_account(session, role=Role.ORGANISER, unit=round.contest.unit)
    session.commit()
    return enter(client, account)


def path_of(round, rest=""):
    return f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/{round.number}/nhap-bai{rest}"


def upload(client, round, data, name="bang.xlsx"):
    """Return the review page of the uploaded sheet."""
    sent = send(client, path_of(round), sheet=(io.BytesIO(data), name))
    assert sent.status_code == 302, Page(sent.text).text
    return sent.location


def review_form(page):
    return next(form for form in page.forms if any(name.startswith("cot_") for name, _ in form.pairs))


def press(client, at, button, **changes):
    """Send the review page with one of its buttons."""
    form = review_form(Page(client.get(at).text))
    pairs = form.filled(**changes)
    return client.post(at, data=dict(pairs) | {button: "1"})


def turns(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Attempt))


def field_of(page, spelled):
    """Return the radio field for a spelling."""
    found = re.search(rf"“{spelled}” là</legend>.*?name=\"(don_vi_[0-9a-f]{{16}})\"", page, re.DOTALL)
    assert found, spelled
    return found[1]


def test_the_damaged_sheet_is_imported_in_the_browser(session, organiser, round):
    opens = round.opens_at.astimezone(VIETNAM)
    at = upload(organiser, round, ugly_sheet.as_xlsx(opens))
    page = organiser.get(at).text
    units = {unit.unit.name: unit.unit_id for unit in round.contest.units}
    decided = {
        field_of(page, ugly_sheet.MISSPELT): units["xã Thượng Lâm"],
        field_of(page, ugly_sheet.CONTRADICTING): units["xã Côn Lôn"],
    }

    early = press(organiser, at, "bring_in", skip_errors="y")
    again = press(organiser, at, "read_again", **decided)
    wary = press(organiser, at, "bring_in")
    before = turns(session)
    done = press(organiser, at, "bring_in", skip_errors="y")

    assert "Còn 2 cách ghi đơn vị chưa xác định." in Page(early.text).text
    assert (early.status_code, again.status_code, wary.status_code, before) == (422, 200, 422, 0)
    assert f"{ugly_sheet.TURNS} dòng sẽ nhập" in Page(again.text).text
    assert f"Còn {ugly_sheet.ERRORS} dòng có lỗi" in Page(wary.text).text
    assert (done.status_code, turns(session)) == (302, ugly_sheet.TURNS)
    assert f"Đã nhập {ugly_sheet.TURNS} lượt dự thi vào tuần 1." in Page(organiser.get(done.location).text).text
    assert session.scalar(select(func.count()).select_from(SheetDraft)) == 0


def test_a_decided_spelling_is_not_asked_again(session, organiser, round):
    opens = round.opens_at.astimezone(VIETNAM)
    at = upload(organiser, round, ugly_sheet.as_xlsx(opens))
    page = organiser.get(at).text
    any_unit = round.contest.units[0].unit_id
    decided = {field_of(page, each): any_unit for each in (ugly_sheet.MISSPELT, ugly_sheet.CONTRADICTING)}
    others = {f"{name}_khac": unit_id for name, unit_id in decided.items()}
    press(organiser, at, "bring_in", skip_errors="y", **dict.fromkeys(decided, "khac"), **others)

    second = Page(organiser.get(upload(organiser, round, ugly_sheet.as_xlsx(opens))).text).text

    assert "cách ghi đơn vị" not in second
    assert f"{ugly_sheet.TURNS} dòng đã nhập từ trước" in second


def test_an_unrecognised_column_is_chosen_and_remembered(session, organiser, round):
    data = as_csv(AN.replace("xã Lâm Bình", "Côn Lôn"), header=HEADER.replace("Họ và tên", "Người"))
    at = upload(organiser, round, data, "bang.csv")
    lost = organiser.get(at)
    read = press(organiser, at, "read_again", cot_name="0")

    second = organiser.get(upload(organiser, round, data, "bang.csv"))

    assert "Xin chọn cột cho mục này." not in Page(lost.text).text
    assert "1 dòng sẽ nhập" in Page(read.text).text
    assert "1 dòng sẽ nhập" in Page(second.text).text
    assert "Bước 2/3: Xem lại bảng" in Page(second.text).text
    assert session.scalar(select(func.count()).select_from(SheetMapping)) == 1


@pytest.mark.parametrize("change", [{"cot_name": "99"}, {"cot_name": "-1"}, {"cot_name": "x"}, {"cot_name": "1"}])
def test_a_wrong_mapping_is_reported_and_nothing_is_lost(organiser, round, change):
    at = upload(organiser, round, as_csv(AN.replace("xã Lâm Bình", "Côn Lôn")), "bang.csv")

    reply = press(organiser, at, "bring_in", **change)

    assert reply.status_code == 422
    assert organiser.get(at).status_code == 200


def test_a_file_that_is_no_sheet_is_reported_on_the_page(organiser, round):
    for data, words in ((b"", "không có dữ liệu"), (b"PK\x03\x04rac", "Không đọc được"), (b"mot dong", "không có cột")):
        sent = send(organiser, path_of(round), sheet=(io.BytesIO(data), "bang.xlsx"))
        assert (sent.status_code, words in Page(sent.text).text) == (422, True), words


def test_the_report_has_every_row_and_no_formula(organiser, round):
    at = upload(organiser, round, ugly_sheet.as_xlsx(round.opens_at.astimezone(VIETNAM)))

    book = openpyxl.load_workbook(io.BytesIO(organiser.get(at + "/bao-cao.xlsx").data))

    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert sum(row[1] == "Lỗi" for row in rows) == ugly_sheet.ERRORS
    assert all(cell.data_type == "s" for row in book.active.iter_rows(min_row=2) for cell in row if cell.value)


def test_a_draft_is_sealed_and_opens_only_for_its_own_round(session, organiser, round):
    at = upload(organiser, round, as_csv(PAO.replace("Lâm Bình", "Côn Lôn")), "bang.csv")
    other = round.contest.rounds[1]

    session.rollback()
    assert b"912345679" not in session.scalar(select(SheetDraft.sealed))
    assert organiser.get(at.replace("/tuan/1/", f"/tuan/{other.number}/")).status_code in (302, 404)


def test_a_closed_round_refuses_a_sheet_with_a_message(session, organiser, round):
    at = upload(organiser, round, as_csv(PAO.replace("Lâm Bình", "Côn Lôn")), "bang.csv")
    rank_round(session, round, now=round.closes_at + timedelta(hours=1))
    session.commit()

    for path in (at, path_of(round), path_of(round, "/mau.xlsx")):
        page = organiser.get(path)
        assert page.status_code == 302
        assert "Tuần 1 đã chốt nên không nhập thêm bài được" in Page(organiser.get(page.location).text).text
    assert session.scalar(select(func.count()).select_from(Participant)) == 0


def test_another_units_organiser_finds_nothing(session, client, round):
    stranger = make_account(session, role=Role.ORGANISER, unit=make_unit(session, name="xã Khác"))
    session.commit()

    assert enter(client, stranger).get(path_of(round)).status_code == 404


def test_an_officer_can_not_import_a_sheet(session, client, round):
    officer = make_account(session, role=Role.MANAGER, unit=round.contest.unit)
    session.commit()

    assert enter(client, officer).get(path_of(round)).status_code == 403


def test_a_winner_without_a_phone_is_marked(session, organiser, round):
    data = as_csv(AN.replace("xã Lâm Bình", "Côn Lôn").replace("0912345678", ""))
    press(organiser, upload(organiser, round, data, "bang.csv"), "bring_in")
    session.rollback()
    rank_round(session, round, now=round.closes_at + timedelta(hours=1))
    session.commit()

    week = path_of(round).removesuffix("/nhap-bai")
    send(organiser, week, to=f"{week}/mo-lien-he/nguoi-dat-giai", reason="Gọi người đạt giải")
    page = Page(organiser.get(week).text).text

    assert "Lò Thị Hoà , xã Côn Lôn, chưa có số điện thoại" in page


def test_dropping_a_draft_imports_nothing(session, organiser, round):
    at = upload(organiser, round, as_csv(PAO.replace("Lâm Bình", "Côn Lôn")), "bang.csv")

    press(organiser, at, "drop")

    assert (organiser.get(at).status_code, turns(session)) == (302, 0)


def test_both_templates_are_offered(organiser, round):
    marked = openpyxl.load_workbook(io.BytesIO(organiser.get(path_of(round, "/mau.xlsx")).data))
    scored = openpyxl.load_workbook(io.BytesIO(organiser.get(path_of(round, "/mau.xlsx?diem=1")).data))

    titles = [[cell.value for cell in book["Nhập liệu"][1]] for book in (marked, scored)]
    assert ("Câu 3" in titles[0], "Điểm" in titles[0], "Điểm" in titles[1]) == (True, False, True)


def test_contest_rules_without_a_guess_have_no_guess_column(session, client, keyring):
    contest = make_contest(session, preset="duration")
    session.commit()
    account = make_account(session, role=Role.ORGANISER, unit=contest.unit)
    session.commit()
    template = enter(client, account).get(path_of(contest.rounds[0], "/mau.xlsx"))

    assert "Dự đoán" not in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(template.data))["Nhập liệu"][1]]


@pytest.fixture
def doubtful(organiser, round):
    """Upload a sheet with two doubtful spellings: one may be a unit, one is none."""
    lines = [AN.replace("xã Lâm Bình", "xã Thượg Lâm"), PAO.replace("Lâm Bình", "Hà Nội")]
    return upload(organiser, round, as_csv(*lines), "bang.csv")


def outside_field(page, spelled):
    """Return the list for a spelling that resembles no unit."""
    found = re.search(rf"“{spelled}”</h3>.*?name=\"(don_vi_[0-9a-f]{{16}}_khac)\"", page, re.DOTALL)
    assert found, spelled
    return found[1]


@pytest.mark.parametrize("wrong", [{"cot_phone": "0"}, {"cot_name": ""}, {"cot_name": "99"}, {"cot_score": ""}])
def test_picked_units_stay_when_the_columns_are_wrong(organiser, round, doubtful, wrong):
    page = organiser.get(doubtful).text
    unit_id = str(next(each.unit_id for each in round.contest.units if each.unit.name == "xã Thượng Lâm"))
    picks = {field_of(page, "xã Thượg Lâm"): unit_id, outside_field(page, "Hà Nội"): "0"}

    reply = press(organiser, doubtful, "bring_in", **picks, **wrong, skip_errors="y")

    sent = dict(review_form(Page(reply.text)).pairs)
    assert reply.status_code == 422
    assert {name: sent.get(name) for name in picks} == picks
    assert sent["skip_errors"] == "y"


def test_picks_stay_when_the_page_was_open_too_long(app, organiser, round, doubtful, monkeypatch):
    page = organiser.get(doubtful).text
    picks = {outside_field(page, "Hà Nội"): "0"}
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    reply = press(organiser, doubtful, "bring_in", csrf_token="cũ", **picks)

    assert (reply.status_code, "Trang đã mở quá lâu" in Page(reply.text).text) == (422, True)
    sent = dict(review_form(Page(reply.text)).pairs)
    assert {name: sent.get(name) for name in picks} == picks


def test_a_spelling_that_is_no_unit_of_the_contest_is_left_out_with_its_rows(session, organiser, round, doubtful):
    page = organiser.get(doubtful).text
    near = field_of(page, "xã Thượg Lâm")

    asked = press(organiser, doubtful, "read_again", **{near: "khac"})
    read = press(organiser, doubtful, "read_again", **{near: "0", outside_field(page, "Hà Nội"): "0"})
    wary = press(organiser, doubtful, "bring_in")

    assert "Nút Nhập hiện ra khi mọi cách ghi đơn vị đã được xác định." in Page(page).text
    assert (asked.status_code, "Xin chọn đơn vị trong danh sách này." in Page(asked.text).text) == (422, True)
    assert Page(read.text).text.count("đơn vị này không dự thi; không tính lượt") == 2
    assert "Còn 2 dòng có lỗi" in Page(wary.text).text
    assert turns(session) == 0


def test_earlier_decisions_are_shown_and_can_be_changed(session, organiser, round):
    line = AN.replace("xã Lâm Bình", "Tổ 5")
    first, second = (each.unit_id for each in round.contest.units[:2])
    at = upload(organiser, round, as_csv(line), "bang.csv")
    press(organiser, at, "bring_in", **{outside_field(organiser.get(at).text, "Tổ 5"): first})

    at = upload(organiser, round, as_csv(line.replace("Lò Thị Hoà", "Lò Văn Hai")), "bang.csv")
    page = organiser.get(at)
    name = field_of(page.text, "Tổ 5")
    shown = dict(review_form(Page(page.text)).pairs)[name]
    done = press(organiser, at, "bring_in", **{name: "khac", f"{name}_khac": second})

    assert "Đã chọn ở lần nhập trước" in Page(page.text).text
    assert (shown, done.status_code) == (str(first), 302)
    session.rollback()
    assert session.scalars(select(Spelling.unit_id)).all() == [second]
