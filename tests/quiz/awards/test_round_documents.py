"""The official documents of a round as Word reads them."""

from io import BytesIO
from types import SimpleNamespace

import docx
import pytest
from sqlalchemy import select

from account.models import Account
from account.operations.audit import SYSTEM
from core import clock
from quiz.awards.documents import parts
from quiz.results.operations.contact import grant_contact_access
from quiz.results.queries.result import find_result, list_winners
from tests.support.pages import Page


def address(week, name=""):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}/ho-so{'/' if name else ''}{name}"


def opened(client, week, name):
    answer = client.get(address(week, name))
    assert answer.status_code == 200
    return docx.Document(BytesIO(answer.data))


def words(document):
    """Return all text, cells by bars."""
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(lines)


def open_contacts(session, week):
    account = session.scalar(select(Account.id))
    grant_contact_access(session, SYSTEM, week, account_id=account, people="winners", reason="Gọi", now=clock.now())
    session.commit()


def test_the_minutes_say_figures_review_calls_ties_and_winners(session, organiser, week):
    open_contacts(session, week)

    text = words(opened(organiser, week, "bien-ban.docx"))

    assert "Nhận bài từ ngày 08/06/2026 đến hết ngày 14/06/2026." in text
    assert "Có 8 người dự thi với 8 lượt dự thi; 4 người trả lời đúng tất cả 4 câu hỏi." in text
    assert "khớp với bảng cộng dồn" in text
    assert "Đã xác nhận 4 người; không liên lạc được, chuyển giải cho người kế tiếp 0 người" in text
    assert "Hạng 2: 2 người bằng nhau ở mọi tiêu chí; theo thể lệ thì cùng nhận một giải." in text
    assert "4 | Ma Thị Hoà | Xã Lâm Bình | Giải Ba | 4/4 | 4:20 | 1 | thời gian làm bài" in text


def test_the_minutes_say_which_prizes_are_not_given_and_that_only_all_right_ones_win(session, organiser, week):
    winner = list_winners(session, find_result(session, week))[-1]
    session.delete(winner)
    week.rules = week.rules | {"all_right_only": True}
    session.commit()

    text = words(opened(organiser, week, "bien-ban.docx"))

    assert (
        ". Chỉ người trả lời đúng tất cả các câu mới được nhận giải." in text.partition("Thứ tự xét")[2].split("\n")[0]
    )
    assert "Không trao 1 Giải Ba: không còn ai đủ điều kiện nhận giải. Chỉ người" in text


def test_the_decision_has_its_list_on_a_page_of_its_own(session, organiser, week):
    open_contacts(session, week)

    document = opened(organiser, week, "quyet-dinh.docx")

    assert "Điều 1. Trao giải tuần 2 cho 4 cá nhân có tên trong danh sách kèm theo." in words(document)
    (annex,) = [each for each in document.paragraphs if each.text == "DANH SÁCH CÁ NHÂN ĐẠT GIẢI"]
    assert annex.paragraph_format.page_break_before
    assert [cell.text for cell in document.tables[2].rows[-1].cells] == ["", "Cộng", "", "4 giải", "............"]


def test_amounts_are_given_and_summed_where_the_prizes_have_them(organiser, week, monkeypatch):
    monkeypatch.setattr(parts, "amount_of", lambda _contest, tier, _bloc: {"Giải Nhất": 1_000_000}.get(tier, 500_000))

    text = words(opened(organiser, week, "danh-sach-ky-nhan.docx"))

    assert "Giải Nhất | 1.000.000 | " in text
    assert " | Cộng |  | 4 giải | 2.500.000 | " in text
    assert "Tổng số tiền bằng chữ: Hai triệu năm trăm nghìn đồng." in text
    assert "2.500.000 đồng (bằng chữ: hai triệu năm trăm nghìn đồng)" in words(
        opened(organiser, week, "quyet-dinh.docx")
    )


def test_the_prizes_of_each_bloc_stand_below_its_name():
    line = SimpleNamespace(bloc=2, winner=SimpleNamespace(tier="Giải Nhất"))
    contest = SimpleNamespace(bloc_name=lambda bloc: f"Khối {bloc}")
    file = SimpleNamespace(prizes=[SimpleNamespace(bloc=1), line, line], contest=contest)

    assert parts.by_bloc(file, [["a"], ["b"], ["c"]]) == ["Khối 1", ["a"], "Khối 2", ["b"], ["c"]]
    assert parts.prize_name(line) == "Giải Nhất"


def test_names_that_were_not_opened_are_dots_to_fill_in(organiser, week):
    for name in ("bien-ban.docx", "quyet-dinh.docx", "danh-sach-ky-nhan.docx"):
        text = words(opened(organiser, week, name))

        assert "Giàng" not in text
        assert "...................." in text


def test_a_person_who_was_not_called_yet_is_said_to_be_missing(session, organiser, week):
    list_winners(session, find_result(session, week))[0].state = "pending"
    session.commit()

    for name in ("bien-ban.docx", "quyet-dinh.docx", "danh-sach-ky-nhan.docx"):
        assert "[Còn 1 người chờ gọi xác nhận" in words(opened(organiser, week, name))
    assert "Còn 1 người chờ gọi xác nhận" in Page(organiser.get(address(week)).text).text


def test_the_bulletin_compares_with_the_week_before_and_names_those_who_agreed(session, organiser, week):
    open_contacts(session, week)
    week.published_at = week.results_at
    session.commit()

    text = words(opened(organiser, week, "ban-tin.docx"))

    assert "có 8 người dự thi (tăng 3, 60,0\xa0% so với tuần trước), mỗi người một lượt" in text
    assert "1 | Xã Thượng Lâm | 3 | 3 | 0,3 | +1" in text
    assert "Đúng từ 25\xa0% đến dưới 75\xa0% | 2 | 25,0\xa0%" in text
    assert "Giàng A Páo" in text
    assert "Lò Thị Bé" not in text
    assert "Ma Thị Hoà" not in text


def test_a_bulletin_with_people_to_call_says_how_many(session, organiser, week):
    list_winners(session, find_result(session, week))[3].state = "pending"
    week.published_at = week.results_at
    session.commit()

    said = "Còn 1 người chờ gọi xác nhận, chưa ghi trong danh sách đạt giải."

    assert said in words(opened(organiser, week, "ban-tin.docx"))
    assert said in Page(organiser.get(address(week)).text).text


def test_the_page_offers_a_text_for_the_press_with_the_names_of_those_who_agreed(session, organiser, week):
    open_contacts(session, week)
    before = organiser.get(address(week)).text
    week.published_at = week.results_at
    session.commit()

    page = Page(organiser.get(address(week)).text).text

    assert "Giải Nhất: Giàng A Páo (xã Xuân Lập)." in page
    assert "một người dự thi của xã Lâm Bình" in page
    assert "Ma Thị Hoà" not in page
    assert "Giải Nhất: Giàng" not in before


def test_documents_are_vietnamese_for_staff_who_read_english(organiser, week):
    answer = organiser.get(f"{address(week, 'bien-ban.docx')}?lang=en")

    assert "4 | " in words(docx.Document(BytesIO(answer.data)))
    assert "4/4" in words(docx.Document(BytesIO(answer.data)))


@pytest.mark.parametrize(
    ("organiser_name", "above", "issuer"),
    [
        (
            "Ban Tổ chức cuộc thi, Ủy ban nhân dân xã Thượng Lâm",
            "Ủy ban nhân dân xã Thượng Lâm",
            "Ban Tổ chức cuộc thi",
        ),
        ("Ban Tổ chức cuộc thi xã Thượng Lâm", "", "Ban Tổ chức cuộc thi xã Thượng Lâm"),
        ("Ủy ban nhân dân xã Thượng Lâm", "Ủy ban nhân dân xã Thượng Lâm", "Ban Tổ chức cuộc thi"),
        ("Hội Nông dân, Đoàn Thanh niên", "Hội Nông dân, Đoàn Thanh niên", "Ban Tổ chức cuộc thi"),
    ],
)
def test_the_board_signs_and_its_body_stands_above_it(organiser_name, above, issuer):
    assert parts.letterhead(organiser_name) == (above, issuer)


def test_the_body_stands_over_the_issuer_and_is_not_bold(session, organiser, week):
    week.contest.organiser = "Ủy ban nhân dân xã Thượng Lâm"
    session.commit()

    above, issuer = opened(organiser, week, "bien-ban.docx").tables[0].rows[0].cells[0].paragraphs[0].runs

    assert (above.text.strip(), above.bold, issuer.bold) == (
        "ỦY BAN NHÂN DÂN XÃ\xa0THƯỢNG\xa0LÂM",
        None,
        True,
    )
    assert issuer.text == "BAN TỔ CHỨC CUỘC THI"


def test_a_short_table_stays_on_one_page_with_the_line_that_leads_to_it(organiser, week):
    document = opened(organiser, week, "bien-ban.docx")
    table = document.tables[1]

    before = [each.text for each in document.paragraphs if each.paragraph_format.keep_with_next]
    assert any(text.startswith("[") or text.startswith("Hạng 2") for text in before)
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [*([True] * (len(table.rows) - 1)), None]
