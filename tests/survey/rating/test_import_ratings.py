"""A sheet of ratings is imported once, whole or not at all, and counts like any other rating."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from account.rules.permissions import Role
from core.crypto import new_code
from core.sheets.memory import ImportedLine, SheetDraft
from survey.figures.queries.figures import figures_of
from survey.instrument.rules.levels import Level
from survey.rating.files.imports import RatingSheets
from survey.rating.models import Rating
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_counter
from tests.support.pages import Page
from tests.support.staff import TOKEN, enter
from tests.support.tallies import tally

SHEET = """Số phiếu;Ngày đánh giá;Mức độ hài lòng;Góp ý
1;01/06/2026;Rất hài lòng;
2;01/06/2026;Hài lòng;
3;02/06/2026;Hài lòng;
4;02/06/2026;Không hài lòng;Chờ lâu
5;03/06/2026;5;
Tổng cộng;;5;
"""
BAD = SHEET.replace("Không hài lòng", "Tàm tạm")


def run(app, tmp_path, counter, text=SHEET, *words):
    file = tmp_path / "phieu.csv"
    file.write_text(text, encoding="utf-8-sig")
    where = f"{counter.office.slug}/{counter.number}"
    return app.test_cli_runner().invoke(args=["survey", "import-ratings", str(file), "--counter", where, *words])


def counts(session):
    return [session.scalar(select(func.count()).select_from(model)) for model in (Rating, ImportedLine)]


@pytest.mark.both_databases
def test_an_imported_sheet_has_the_figures_of_the_same_ratings(app, session, keyring, counter, tmp_path):
    native = make_counter(session, office=counter.office, number=3)
    for level, day in ((5, 0), (4, 0), (4, 1), (2, 1), (5, 2)):
        record_rating(
            session, keyring, native, Opinion(Level(level)), channel=Channel.PAPER, receipt=new_code(),
            now=MONDAY + timedelta(days=day),
        )  # fmt: skip
    session.commit()

    done = run(app, tmp_path, counter)

    figures = [figures_of(session, [each], date(2026, 6, 8), Channel.PAPER) for each in (counter, native)]
    assert "Đã nhập 5 lượt đánh giá vào quầy 2" in done.output, done.output
    assert figures[0] == figures[1]
    assert figures[0].card.n == 5


@pytest.mark.both_databases
def test_the_same_sheet_again_changes_nothing(app, session, counter, tmp_path):
    run(app, tmp_path, counter)
    before = counts(session)

    done = run(app, tmp_path, counter)

    assert "Đã nhập từ trước, bỏ qua: 5." in done.output
    assert counts(session) == before == [5, 5]


@pytest.mark.both_databases
def test_a_sheet_that_has_grown_adds_only_its_new_rows(app, session, counter, tmp_path):
    run(app, tmp_path, counter)

    done = run(app, tmp_path, counter, SHEET.replace("Tổng cộng;;5;", more_forms(6, 10)))

    assert "Sẽ nhập: 5." in done.output
    assert counts(session) == [10, 10]


def more_forms(first, last):
    return "\n".join(f"{number};04/06/2026;3;" for number in range(first, last + 1))


def test_published_figures_never_change_by_a_few_ratings(app, session, counter, tmp_path):
    run(app, tmp_path, counter)
    figures = figures_of(session, [counter], date(2026, 6, 8), Channel.PAPER)

    done = run(app, tmp_path, counter, SHEET.replace("Tổng cộng;;5;", more_forms(6, 9)), "--skip-errors")

    assert "Dòng 7: tháng 06/2026 đã có số liệu được xem; để không lộ ý kiến của ai, xin gom từ 5 phiếu" in done.output
    assert counts(session) == [5, 5]
    assert figures_of(session, [counter], date(2026, 6, 8), Channel.PAPER) == figures


def test_the_same_forms_written_another_way_are_the_same(app, session, counter, tmp_path):
    run(app, tmp_path, counter)

    done = run(app, tmp_path, counter, SHEET.replace("\n1;", "\nPhiếu 01;").replace("Chờ lâu", "CHỜ  LÂU"))

    assert "Đã nhập từ trước, bỏ qua: 5." in done.output
    assert counts(session) == [5, 5]


def test_forms_of_two_series_are_other_forms(app, session, counter, tmp_path):
    series = SHEET.replace("Tổng cộng;;5;\n", "")
    for letter in "AB":
        lines = [f"{letter}-{line}" if line[0].isdigit() else line for line in series.splitlines()]
        run(app, tmp_path, counter, "\n".join(lines))

    assert counts(session) == [10, 10]


def test_a_draft_imported_in_another_window_is_reported(desk, session, monkeypatch):
    review = desk.upload().location
    fields = desk.fields_of(desk.client.get(review), bring_in=1)
    plan = RatingSheets.plan

    def plan_while_another_window_brings_in(*given):
        monkeypatch.setattr(RatingSheets, "plan", plan)
        planned = plan(*given)
        desk.client.post(review, data=fields)
        return planned

    monkeypatch.setattr(RatingSheets, "plan", plan_while_another_window_brings_in)
    done = desk.client.post(review, data=fields, follow_redirects=True)

    assert "Bảng này vừa được nhập ở cửa sổ khác." in done.text
    assert counts(session) == [5, 5]


def test_one_bad_row_refuses_the_whole_sheet_until_it_is_left_out(app, session, counter, tmp_path):
    refused = run(app, tmp_path, counter, BAD)
    after_refusal = counts(session)

    done = run(app, tmp_path, counter, BAD, "--skip-errors")

    assert (refused.exit_code, after_refusal) == (1, [0, 0])
    assert "Dòng 5: không hiểu mức “Tàm tạm”" in refused.output
    assert (done.exit_code, counts(session)) == (0, [4, 4])


def test_a_dry_run_writes_nothing(app, session, counter, tmp_path):
    done = run(app, tmp_path, counter, SHEET, "--dry-run")

    assert "Đã đọc 5 dòng. Sẽ nhập: 5." in done.output
    assert counts(session) == [0, 0]


@pytest.mark.both_databases
def test_a_recounted_tally_is_the_same(app, session, counter, tmp_path):
    run(app, tmp_path, counter)
    session.expire_all()
    before = tally(session)

    rebuild_tallies(session, counter)

    session.expire_all()
    assert tally(session) == before


def test_an_unknown_counter_gets_an_explanation(app, session, counter, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(SHEET)

    for where in ("khong-co/1", f"{counter.office.slug}/{'9' * 30}", f"{counter.office.slug}/１"):
        done = app.test_cli_runner().invoke(args=["survey", "import-ratings", str(file), "--counter", where])

        assert (done.exit_code, done.exception.__class__) == (1, SystemExit), where
        assert "Không có quầy nào" in done.output


class Desk:
    """The host of the survey, at the import pages of a counter."""

    def __init__(self, client, session, counter, role=Role.ORGANISER):
        self.client, self.counter = client, counter
        account = make_account(session, role=role, unit=counter.office.unit)
        session.commit()
        enter(client, account)
        self.path = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/nhap"

    def send(self, path, **data):
        token = TOKEN.search(self.client.get(path).text)
        reply = self.client.post(path, data={"csrf_token": token[1], **data})
        reply.request.environ["wsgi.input"].close()  # the client keeps a large body in a file
        return reply

    def upload(self, text=SHEET, name="phiếu giấy.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        return self.send(self.path, sheet=(BytesIO(data), name))

    def fields_of(self, page, **changes):
        """Return the values of the page's form as a browser would send them, with *changes*."""
        return MultiDict(
            next(form for form in Page(page.text).forms if form.value("cot_level") is not None).filled(**changes)
        )


@pytest.fixture
def desk(client, session, counter):
    return Desk(client, session, counter)


def test_upload_review_and_import(desk, session):
    review = desk.upload().location
    page = desk.client.get(review)

    done = desk.client.post(review, data=desk.fields_of(page, bring_in=1), follow_redirects=True)

    assert "dòng sẽ nhập" in page.text
    assert "Đã nhập 5 lượt đánh giá vào quầy 2." in done.text
    assert counts(session) == [5, 5]
    assert session.scalar(select(func.count()).select_from(SheetDraft)) == 0


def test_a_wrongly_mapped_column_is_corrected_and_remembered(desk, session):
    odd = "Ô 1,Ngày\nHài lòng,05/06/2026\nRất hài lòng,05/06/2026\n"
    review = desk.upload(odd).location
    asked = desk.client.get(review)
    read = desk.client.post(review, data=desk.fields_of(asked, cot_level="0", read_again=1))

    again = desk.client.get(desk.upload(odd).location)

    assert asked.status_code == 422
    assert "không có cột “Mức độ hài lòng”" in asked.text
    two = '<span class="big">2</span> <span class="k">dòng sẽ nhập</span>'
    assert (two in read.text, two in again.text) == (True, True)


def test_one_column_for_two_meanings_is_reported_and_nothing_is_lost(desk):
    review = desk.upload().location
    page = desk.client.get(review)

    reply = desk.client.post(review, data=desk.fields_of(page, cot_comment="2", day="2026-06-05", bring_in=1))

    assert reply.status_code == 422
    assert "Cột C đang được chọn cho hai mục." in reply.text
    assert 'value="2026-06-05"' in reply.text


@pytest.mark.parametrize("place", ["99", "-1", "x", "1e9"])
def test_a_column_that_is_not_offered_is_refused(desk, session, place):
    review = desk.upload().location
    page = desk.client.get(review)

    reply = desk.client.post(review, data=desk.fields_of(page, cot_level=place, bring_in=1))

    assert reply.status_code == 422
    assert counts(session) == [0, 0]


def test_bad_rows_are_listed_and_left_out_only_on_request(desk, session):
    review = desk.upload(BAD).location
    page = desk.client.get(review)
    refused = desk.client.post(review, data=desk.fields_of(page, bring_in=1))

    done = desk.client.post(review, data=desk.fields_of(page, bring_in=1, skip_errors="y"), follow_redirects=True)

    assert "không hiểu mức “Tàm tạm”" in page.text
    assert "Còn 1 dòng có lỗi." in refused.text
    assert "Đã nhập 4 lượt" in done.text
    assert counts(session) == [4, 4]


def test_the_report_is_a_workbook_of_text_alone(desk):
    review = desk.upload(BAD.replace("Tàm tạm", '"=HYPERLINK(""http://evil"")"')).location

    book = openpyxl.load_workbook(BytesIO(desk.client.get(f"{review}/bao-cao.xlsx").data))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_a_dropped_sheet_is_deleted(desk, session):
    review = desk.upload().location
    page = desk.client.get(review)

    done = desk.client.post(review, data=desk.fields_of(page, drop=1), follow_redirects=True)

    assert "Chưa nhập gì từ bảng này." in done.text
    assert "đã được nhập hoặc đã hủy" in desk.client.get(review, follow_redirects=True).text
    assert counts(session) == [0, 0]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "không có dữ liệu"), (b"PK\x03\x04 no zip", "Không đọc được"), ("Họ tên\n".encode(), "chưa có dòng nào")],
)
def test_a_file_that_is_no_sheet_is_reported_at_the_field(desk, data, said):
    reply = desk.upload(data)

    assert reply.status_code == 422
    assert said in reply.text


def test_no_file_at_all_is_asked_for(desk):
    reply = desk.send(desk.path)

    assert reply.status_code == 422
    assert "Xin chọn tệp bảng tính." in reply.text


def test_the_rated_office_itself_imports_nothing(client, session, counter):
    officer = Desk(client, session, counter, role=Role.MANAGER)

    assert client.get(officer.path).status_code == 403
    assert "Nhập phiếu" not in client.get(f"/quan-tri/danh-gia/{counter.office.slug}/quay").text


def test_a_draft_of_another_counter_is_not_there(desk, session):
    other = make_counter(session, office=desk.counter.office, number=9)
    session.commit()
    draft = desk.upload().location.rsplit("/", 1)[1]

    assert desk.client.get(f"{desk.path.replace('/2/', f'/{other.number}/')}/{draft}").status_code == 404


def test_a_stranger_can_not_make_the_server_read_a_large_body(client, counter):
    path = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/nhap"

    assert client.post(path, data={"sheet": (BytesIO(b"a" * 300_000), "a.csv")}).status_code == 401


def test_a_sheet_of_a_megabyte_is_taken_from_staff_with_the_right(desk):
    rows = "".join(f"{n};01/06/2026;Hài lòng;{'dài ' * 20}\n" for n in range(10_000))

    assert desk.upload(SHEET.splitlines()[0] + "\n" + rows).status_code == 302


def test_an_upload_is_stored_sealed(desk, session):
    desk.upload(SHEET.replace("Chờ lâu", "Bà Hoàng Thị Bí Mật"))

    assert "Bí Mật".encode() not in session.scalars(select(SheetDraft)).one().sealed


def test_equal_forms_can_be_different_ratings(desk, app, session, counter, tmp_path):
    alike = "Ngày;Mức độ hài lòng\n11/06/2026;Hài lòng\n11/06/2026;Hài lòng\n"
    run(app, tmp_path, counter, alike)
    review = desk.upload(alike).location
    known = desk.client.get(review)

    read = desk.client.post(review, data=desk.fields_of(known, other_forms="y", read_again=1))
    done = desk.client.post(review, data=desk.fields_of(read, other_forms="y", bring_in=1), follow_redirects=True)

    assert "Không có gì mới" in known.text
    assert "Nhập 2 dòng" in read.text
    assert "Đã nhập 2 lượt" in done.text
    assert counts(session) == [4, 4]


@pytest.mark.parametrize("channel", ["Mã QR tại quầy", "Mã đánh giá theo hồ sơ"])
def test_a_sheet_can_not_name_the_channels_of_scans_and_codes(app, session, counter, tmp_path, channel):
    done = run(app, tmp_path, counter, f"Ngày;Mức độ hài lòng;Hình thức\n11/06/2026;5;{channel}\n")

    assert f"kênh “{channel}” không nhập được từ bảng tính" in done.output
    assert counts(session) == [0, 0]


def test_a_picture_that_was_renamed_is_no_sheet(desk):
    reply = desk.upload(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "phieu.xlsx")

    assert "không phải bảng tính" in reply.text
