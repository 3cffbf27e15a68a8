"""The minutes of the prizes of units and the list to sign, as Word and LibreOffice open them."""

from io import BytesIO

from docx import Document
from pypdfium2 import PdfDocument

from account.operations.audit import SYSTEM
from quiz.awards.operations.collective import check_decidable, decide_collective
from quiz.contest.models import PrizeTier
from quiz.results.queries.correction import find_at
from tests.quiz.awards.test_collective import organiser, page_of, publish, week  # noqa: F401 fixtures
from tests.quiz.awards.test_round_documents import words
from tests.quiz.results.test_exclusion import exclude
from tests.support.office import convert


def decide(session, week):  # noqa: F811
    seen = check_decidable(session, week.contest, now=week.results_at)
    decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=week.results_at)
    session.commit()


def opened(client, week, name):  # noqa: F811
    return client.get(f"{page_of(week)}/{name}.docx").data


def test_the_minutes_before_a_decision_are_a_proposal(organiser, session, week):  # noqa: F811
    exclude(session, week, find_at(session, week, 4))

    text = words(Document(BytesIO(opened(organiser, week, "bien-ban"))))

    assert "[Đợt 1 chưa công bố hoặc chưa chính thức: số liệu còn có thể thay đổi.]" in text
    assert "Không tính 1 bài không được công nhận: 1 bài vì một người dự thi dưới nhiều tên." in text
    assert "Theo Thể lệ, giải tập thể xếp theo số người dự thi" in text
    assert "[Chưa có quyết định: đây là danh sách đề nghị.]" in text
    assert "1 | Xã Xuân Lập | 3 người dự thi | 2 người dự thi | Giải Nhất tập thể" in text
    assert "2 | Xã Phúc Yên | 1 người dự thi | – | " in text


def test_equal_units_and_a_later_change_are_said(organiser, session, week):  # noqa: F811
    publish(session, week)
    decide(session, week)
    assert "Như quyết định lần 1" in words(Document(BytesIO(opened(organiser, week, "bien-ban"))))

    exclude(session, week, find_at(session, week, 1))

    text = words(Document(BytesIO(opened(organiser, week, "bien-ban"))))
    assert "[Số liệu đã thay đổi sau quyết định lần 1; cần quyết định lại.]" in text
    assert "Hạng 1: 2 đơn vị bằng nhau (xã Xuân Lập và xã Phúc Yên); theo thể lệ thì cùng nhận một giải." in text


def test_representatives_sign_for_the_units_that_were_decided_on(organiser, session, week):  # noqa: F811
    publish(session, week)
    assert organiser.get(f"{page_of(week)}/danh-sach-ky-nhan.docx").status_code == 302
    second = PrizeTier(position=10, name="Giải Nhì tập thể", quantity=1, amount=3_000_000, is_collective=True)
    week.contest.collective_tiers.append(second)
    session.commit()
    decide(session, week)

    text = words(Document(BytesIO(opened(organiser, week, "danh-sach-ky-nhan"))))

    assert "của Trưởng Ban Tổ chức (quyết định lần 1 trên hệ thống, lúc " in text
    assert "1 | Xã Xuân Lập | Giải Nhất tập thể | 5.000.000 |  | " in text
    assert " | Cộng | 2 giải | 8.000.000 |  | " in text


def test_libreoffice_opens_the_minutes(organiser, week, tmp_path):  # noqa: F811
    file = tmp_path / "bien-ban.docx"
    file.write_bytes(opened(organiser, week, "bien-ban"))

    pages = PdfDocument(convert(file, "pdf", tmp_path))

    assert len(pages) == 2
    assert "TRƯỞNG BAN TỔ CHỨC" in "".join(page.get_textpage().get_text_range() for page in pages)


def test_libreoffice_opens_the_list_that_representatives_sign(organiser, session, week, tmp_path):  # noqa: F811
    publish(session, week)
    decide(session, week)
    file = tmp_path / "danh-sach-ky-nhan.docx"
    file.write_bytes(opened(organiser, week, "danh-sach-ky-nhan"))

    text = words(Document(convert(convert(file, "odt", tmp_path), "docx", tmp_path / "back")))

    assert "1 | Xã Xuân Lập | Giải Nhất tập thể | 5.000.000 |  | " in text
    assert len(PdfDocument(convert(file, "pdf", tmp_path))) == 1
