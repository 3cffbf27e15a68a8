"""Scenes of the pages of citizens, participants and staff: a name, a title, and the way to each page."""

from __future__ import annotations

from itertools import count
from operator import attrgetter
from typing import Any

from bench.scenes.scene import ASKED, QUIZ, SURVEY, WRONG, Scene, Way, at, open_request, press, sent_empty, sign_in
from bench.stage.instance import Stage

SAID = "Cô ở quầy chỉ từng dòng, tôi làm xong trong buổi sáng."
ERRORS = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


def rate_wrongly(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/q/{stage.counter_code}")
    press(page, "Gửi")


def rate_chosen(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/q/{stage.counter_code}")
    page.get_by_label("Hài lòng", exact=True).check()


def rate(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/q/{stage.counter_code}")
    page.get_by_label("Rất hài lòng").check()
    press(page, "Gửi")


def rate_rehearsing(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/q/{stage.rehearsing_code}")
    page.get_by_label("Không hài lòng", exact=True).check()
    press(page, "Gửi")


def rate_and_say(words: str = "") -> Way:
    """A rating, and then *words* and two reasons."""

    def way(page: Any, url: str, stage: Stage) -> None:
        rate(page, url, stage)
        page.get_by_label("Góp ý thêm").fill(words)
        if words:
            page.get_by_label("Hướng dẫn thủ tục").check()
            page.get_by_label("Thời gian chờ ở quầy").check()
        press(page, "Gửi thêm")

    return way


def say_late(page: Any, url: str, stage: Stage) -> None:
    """Reasons and a comment whose ticket is not taken any more."""
    rate(page, url, stage)
    page.get_by_label("Góp ý thêm").fill(SAID)
    page.get_by_label("Hướng dẫn thủ tục").check()
    page.locator("[name=ticket]").evaluate("(field) => { field.value += '0' }")
    press(page, "Gửi thêm")


def rate_dead(code: str) -> Way:
    """A rating filled in while the poster was valid, and sent afterwards."""

    def way(page: Any, url: str, stage: Stage) -> None:
        rate_chosen(page, url, stage)
        page.locator("form").evaluate("(form, to) => { form.action = to }", f"/q/{getattr(stage, code)}?gui")
        press(page, "Gửi")

    return way


def rating_found(page: Any, url: str, stage: Stage) -> None:
    rate_and_say(SAID)(page, url, stage)
    receipt = page.locator("#receipt").text_content()
    page.goto(f"{url}/danh-gia/tra-cuu")
    page.get_by_label("Mã tra cứu").fill(receipt)
    press(page, "Tra cứu")


def rating_not_found(page: Any, url: str, stage: Stage) -> None:
    at("/danh-gia/tra-cuu")(page, url, stage)
    page.get_by_label("Mã tra cứu").fill("7K3M-9QXD-2F4A-8BCE")
    press(page, "Tra cứu")


def register_wrongly(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/thi/{stage.running}/dang-ky")
    page.get_by_label("Họ và tên").fill("Giàng A Páo")
    page.get_by_role("textbox", name="Số điện thoại").fill("12345")
    page.get_by_role("textbox", name="Năm sinh").fill("2020")
    press(page, "Đăng ký")


_PHONES = count(345_678)
"""The ends of telephone numbers: each registration is of another person, also when a way is walked again."""
A_WHILE = 70_000
"""Milliseconds that a paper takes."""


def registered(slug: str, year: str, *, phone: str = "", opens: bool = True) -> Way:
    def way(page: Any, url: str, stage: Stage) -> None:
        if opens:
            page.goto(f"{url}/thi/{attrgetter(slug)(stage)}/dang-ky")
        page.get_by_label("Họ và tên").fill("Hoàng Thị Thúy Khuyên")
        page.get_by_role("textbox", name="Số điện thoại").fill(phone or f"0912 {next(_PHONES)}")
        page.get_by_role("textbox", name="Năm sinh").fill(year)
        page.get_by_label("Đơn vị dự thi").select_option(label="xã Côn Lôn")
        page.get_by_label("Tôi đồng ý").check()
        press(page, "Đăng ký")

    return way


def started(page: Any, url: str, stage: Stage) -> None:
    """A paper of ten questions, just opened."""
    registered("flagship.slug", "1971")(page, url, stage)
    press(page, "Bắt đầu làm bài")


def enter(code: str) -> Way:
    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(f"{url}/thi/{stage.running}/vao-thi")
        page.get_by_label("Mã cá nhân").fill(getattr(stage, code, code))
        press(page, "Bắt đầu làm bài")

    return way


def paper_wrongly(page: Any, url: str, stage: Stage) -> None:
    started(page, url, stage)
    for question in page.locator("form fieldset").all()[:8]:
        question.get_by_role("radio").first.check()
    press(page, "Nộp bài")


def submitted(page: Any, url: str, stage: Stage) -> None:
    started(page, url, stage)
    page.wait_for_timeout(A_WHILE)
    for question in page.locator("form fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_label("Theo bạn, bao nhiêu người").fill("480")
    press(page, "Nộp bài")


def kept(page: Any, url: str, stage: Stage) -> None:
    """A paper sent again with another answer: the first one stays."""
    enter("personal_code")(page, url, stage)
    page.get_by_role("radio").first.check(force=True)
    page.get_by_label("Theo bạn, bao nhiêu người").fill("480")
    page.locator("input[name=start]").evaluate("field => field.value = 'x'")
    press(page, "Nộp bài")


def looked_up(receipt: str) -> Way:
    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(f"{url}/thi/tra-cuu")
        page.get_by_label("Mã").first.fill(attrgetter(receipt)(stage) if receipt.islower() else receipt)
        press(page, "Xem kết quả")

    return way


def shared(page: Any, url: str, stage: Stage) -> None:
    """The page that somebody sends to others."""
    looked_up("flagship.prize_receipt")(page, url, stage)
    page.get_by_role("link", name="Mở trang để gửi").click()
    page.wait_for_load_state()


def signed_in_wrongly(page: Any, url: str, stage: Stage) -> None:
    sign_in(page, url, stage.organiser, WRONG)


def opened_to_call(page: Any, url: str, stage: Stage) -> None:
    """The names and numbers of winners, opened with a reason."""
    at(QUIZ + "/{running}/tuan/2")(page, url, stage)
    if page.get_by_role("button", name="Mở danh sách để gọi").count():
        page.get_by_label("Lý do mở").first.fill("Gọi xác nhận người đạt giải tuần 2")
        press(page, "Mở danh sách để gọi")


def asked_for_names(page: Any, url: str, stage: Stage) -> None:
    """A request for the front of the standings, which waits for a second person."""
    at(QUIZ + "/{running}/tuan/2")(page, url, stage)
    page.locator("#xep-hang > summary").click()
    page.get_by_text("Xem họ tên của 20 bài đầu").click()
    page.get_by_label("Lý do mở").last.fill("Đối chiếu hai bài có họ tên gần giống nhau")
    press(page, "Gửi yêu cầu mở")


def refused_without_a_word(page: Any, url: str, stage: Stage) -> None:
    at("/quan-tri/phe-duyet/{request}")(page, url, stage)
    press(page, "Không đồng ý")


def renamed(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}{ASKED}/{stage.correction}/sua")
    page.get_by_label("Họ và tên đúng").fill("Hoàng Thị Khuyên")
    press(page, "Gửi yêu cầu sửa")
    page.goto(f"{url}{ASKED}/{stage.correction}")


def renaming(page: Any, url: str, _stage: Stage) -> None:
    open_request(page, url, "Sửa thông tin cá nhân theo yêu cầu")


def my_rights(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/thi/quyen-cua-toi")
    page.get_by_label("Mã").first.fill(stage.personal_code)
    press(page, "Tiếp tục")


def asked(page: Any, url: str, stage: Stage) -> None:
    my_rights(page, url, stage)
    press(page, "Gửi yêu cầu")


def rehearsed(page: Any, url: str, stage: Stage) -> None:
    registered("rehearsing", "1971")(page, url, stage)
    press(page, "Bắt đầu làm bài")


SCENES = [
    Scene("trang-chu", "Trang chủ", at("/")),
    Scene("cham", "Chấm điểm tại quầy", at("/q/{counter_code}")),
    Scene("cham-da-chon", "Chấm điểm: đã chọn", rate_chosen),
    Scene("cham-loi", "Chấm điểm: chưa chọn mức", rate_wrongly),
    Scene("cham-xong", "Cảm ơn", rate),
    Scene("cham-noi-them", "Cảm ơn: đã nói thêm", rate_and_say(SAID)),
    Scene("cham-noi-them-trong", "Cảm ơn: chưa nói gì", rate_and_say()),
    Scene("cham-noi-them-so", "Cảm ơn: lời có số điện thoại", rate_and_say("Gọi tôi 0912 345 678 nhé")),
    Scene("cham-noi-them-muon", "Lời nói thêm chưa gửi được", say_late),
    Scene("ma-da-thay", "Quầy đã có mã mới", at("/q/{replaced_code}")),
    Scene("ma-da-thay-gui", "Quầy đã có mã mới: vừa gửi", rate_dead("replaced_code")),
    Scene("quay-da-dong", "Quầy đã đóng", at("/q/{closed_code}")),
    Scene("quay-da-dong-gui", "Quầy đã đóng: vừa gửi", rate_dead("closed_code")),
    Scene("loi-thieu-ma", "Địa chỉ thiếu mã của quầy", at("/Q/")),
    Scene("tra-cuu-danh-gia", "Tra cứu lượt đánh giá", at("/danh-gia/tra-cuu")),
    Scene("tra-cuu-danh-gia-thay", "Tra cứu: thấy", rating_found),
    Scene("tra-cuu-danh-gia-khong", "Tra cứu: không thấy", rating_not_found),
    Scene("cac-co-quan", "Kết quả của các cơ quan", at("/ket-qua/"), prints=True),
    Scene("cac-co-quan-thay-doi", "Các cơ quan, xếp theo thay đổi", at("/ket-qua/?sap-xep=thay-doi")),
    Scene("cac-co-quan-tim", "Tìm cơ quan: nhiều nơi", at("/ket-qua/?tim=tan")),
    Scene("cac-co-quan-ten-cu", "Tìm cơ quan: tên xã trước khi sắp xếp", at("/ket-qua/?tim=xuan+lap")),
    Scene("cac-co-quan-goi-y", "Tìm cơ quan: gõ sai, gợi ý", at("/ket-qua/?tim=lam+bing")),
    Scene("cac-co-quan-khong", "Tìm cơ quan: không thấy", at("/ket-qua/?tim=khong+co")),
    Scene("so-lieu-co-quan", "Kết quả của cơ quan", at("/ket-qua/lam-binh"), prints=True),
    Scene("so-lieu-ngoai-tinh", "Kết quả của cơ quan, chưa có tỉnh để so", at("/ket-qua/{office}"), prints=True),
    Scene("so-lieu-quay", "Kết quả của một quầy", at("/ket-qua/lam-binh/quay/2"), prints=True),
    Scene("so-lieu-chua-du", "Chưa đủ lượt", at("/ket-qua/{office}/quay/5")),
    Scene("so-lieu-trong", "Cơ quan chưa có quầy", at("/ket-qua/{quiet_office}")),
    Scene("so-sanh", "So sánh: chưa chọn", at("/ket-qua/lam-binh/so-sanh")),
    Scene("so-sanh-hai-noi", "So sánh hai nơi", at("/ket-qua/lam-binh/so-sanh?voi=binh-an")),
    Scene("so-sanh-hai-ky", "So sánh hai kỳ", at("/ket-qua/lam-binh/so-sanh?ky=2026&ky-voi=2025")),
    Scene("cuoc-thi", "Cuộc thi đang mở", at("/thi/{flagship.slug}")),
    Scene("cuoc-thi-cham", "Cuộc thi có hai tuần chưa công bố", at("/thi/{running}")),
    Scene("cuoc-thi-sap-mo", "Cuộc thi sắp mở", at("/thi/{coming}")),
    Scene("cuoc-thi-da-qua", "Cuộc thi đã qua", at("/thi/{past}")),
    Scene("dang-ky", "Đăng ký", at("/thi/{flagship.slug}/dang-ky")),
    Scene("dang-ky-loi", "Đăng ký: cần sửa", register_wrongly),
    Scene("da-dang-ky", "Đã đăng ký", registered("flagship.slug", "1964")),
    Scene("da-dang-ky-truoc", "Đã đăng ký trước", registered("coming", "1964")),
    Scene("vao-thi", "Vào thi", at("/thi/{flagship.slug}/vao-thi")),
    Scene("vao-thi-chua-mo", "Vào thi khi chưa mở", at("/thi/{coming}/vao-thi")),
    Scene("vao-thi-sai-ma", "Vào thi: sai mã", enter("7K3M-9QXD-2F4A-8BCE")),
    Scene("bai-thi", "Bài thi", started),
    Scene("bai-thi-loi", "Bài thi: chưa dự đoán", paper_wrongly),
    Scene("da-nop", "Đã nộp bài", submitted),
    Scene("da-thi", "Đã dự thi tuần này", enter("late_code")),
    Scene("giu-lai", "Bài không được tính", kept),
    Scene("bang", "Bảng xếp hạng", at("/thi/{flagship.slug}/bang"), prints=True),
    Scene("bang-tuan-mo", "Bảng xếp hạng, tuần đang mở, ít người", at("/thi/{running}/bang")),
    Scene("bang-da-qua", "Bảng xếp hạng, đã qua", at("/thi/{past}/bang"), prints=True),
    Scene("bang-trong", "Bảng xếp hạng, chưa có gì", at("/thi/{coming}/bang")),
    Scene("ket-qua-tuan", "Kết quả tuần", at("/thi/{flagship.slug}/tuan/2"), prints=True),
    Scene("ket-qua-tuan-it", "Kết quả tuần ba câu, ít người", at("/thi/{running}/tuan/1")),
    Scene("bang-2023", "Bảng xếp hạng Lâm Bình 2023", at("/thi/lam-binh-2023/bang"), prints=True),
    Scene(
        "bang-2023-hom-nay", "Lâm Bình 2023 theo xã hiện nay", at("/thi/lam-binh-2023/bang?don-vi=hom-nay"), prints=True
    ),
    Scene("bang-chia", "Theo xã hiện nay, có xã bị chia", at("/thi/{merged}/bang?don-vi=hom-nay")),
    Scene("tuan-2023", "Kết quả một tuần của Lâm Bình 2023", at("/thi/lam-binh-2023/tuan/1"), prints=True),
    Scene("tra-cuu-thi", "Tra cứu kết quả thi", at("/thi/tra-cuu")),
    Scene("tra-cuu-thi-sai", "Tra cứu: không thấy mã", looked_up("7K3M-9QXD-2F4A-8BCE")),
    Scene("ket-qua-cua-toi", "Kết quả của tôi, đạt giải", looked_up("flagship.prize_receipt"), prints=True),
    Scene("ket-qua-cua-toi-hang", "Kết quả của tôi, không đạt giải", looked_up("flagship.receipt")),
    Scene("ket-qua-cua-toi-it", "Kết quả của tôi, bài ba câu", looked_up("past_receipt")),
    Scene("khoe", "Kết quả gửi cho người khác", shared),
    Scene("ket-qua-cho", "Kết quả của tôi, chưa công bố", looked_up("open_receipt")),
    Scene("quyen-rieng-tu", "Quyền riêng tư", at("/quyen-rieng-tu"), prints=True),
    Scene("quyen-cua-toi", "Thông tin của tôi: nhập mã", at("/thi/quyen-cua-toi")),
    Scene("quyen-cua-toi-ma", "Thông tin của tôi", my_rights),
    Scene("quyen-cua-toi-gui", "Thông tin của tôi: đã gửi yêu cầu", asked),
    Scene("dien-tap", "Cuộc thi đang diễn tập", at("/thi/{rehearsing}")),
    Scene("dien-tap-bai", "Bài thi diễn tập", rehearsed),
    Scene("dien-tap-cham", "Chấm điểm khi diễn tập", at("/q/{rehearsing_code}")),
    Scene("dien-tap-cham-xong", "Chấm điểm khi diễn tập: đã gửi", rate_rehearsing),
    Scene("dang-nhap", "Đăng nhập", at("/quan-tri/dang-nhap")),
    Scene("dang-nhap-loi", "Đăng nhập: sai mật khẩu", signed_in_wrongly),
    Scene("hom-nay", "Hôm nay", at("/quan-tri/"), "organiser"),
    Scene("hom-nay-tinh", "Hôm nay của tỉnh", at("/quan-tri/"), "province"),
    Scene("hom-nay-trong", "Hôm nay, không có việc", at("/quan-tri/"), "newcomer"),
    Scene("hom-nay-bat-dau", "Hôm nay, đường đến lượt đánh giá đầu tiên", at("/quan-tri/"), "new_officer"),
    Scene("ql-cuoc-thi", "Các cuộc thi", at(f"{QUIZ}/"), "organiser"),
    Scene("ql-cuoc-thi-trong", "Chưa có cuộc thi", at(f"{QUIZ}/"), "newcomer"),
    Scene("ql-lap", "Lập cuộc thi", at(f"{QUIZ}/them"), "organiser"),
    Scene("ql-lap-loi", "Lập cuộc thi: cần sửa", sent_empty(f"{QUIZ}/them", "Lập bản nháp"), "organiser"),
    Scene("ql-mot-cuoc-thi", "Một cuộc thi", at(QUIZ + "/{running}"), "organiser"),
    Scene("ql-cau-hoi", "Câu hỏi, đã mở", at(QUIZ + "/{running}/tuan/4/cau-hoi"), "organiser"),
    Scene("ql-cau-hoi-moi", "Câu hỏi, chưa có", at(QUIZ + "/{running}/tuan/5/cau-hoi"), "organiser"),
    Scene("ql-tuan-mo", "Tuần đang mở", at(QUIZ + "/{running}/tuan/4"), "organiser"),
    Scene("ql-tuan-cho-chot", "Tuần chờ chốt", at(QUIZ + "/{running}/tuan/3"), "organiser"),
    Scene("ql-tuan-chot", "Chốt tuần: hỏi trước", at(QUIZ + "/{running}/tuan/3/chot"), "organiser"),
    Scene("ql-tuan-dong", "Tuần đã chốt, tên được giấu", at(QUIZ + "/{running}/tuan/2"), "organiser"),
    Scene("ql-tuan-goi", "Tuần đang gọi xác nhận", opened_to_call, "organiser"),
    Scene("ql-tuan-xin-mo", "Xin mở họ tên 20 bài đầu", asked_for_names, "organiser"),
    Scene("ql-tuan-cho-duyet", "Tuần chờ phê duyệt công bố", at(QUIZ + "/{waiting}/tuan/1"), "organiser"),
    Scene("ql-tuan-cong-bo", "Tuần đã công bố", at(QUIZ + "/{running}/tuan/1"), "organiser"),
    Scene("ql-dien-tap", "Cuộc thi đang diễn tập", at(QUIZ + "/{rehearsing}"), "organiser"),
    Scene("ql-dien-tap-xoa", "Kết thúc diễn tập", at(QUIZ + "/{rehearsing}/xoa-dien-tap"), "organiser"),
    Scene("ql-dien-tap-duoc", "Cuộc thi diễn tập được", at(QUIZ + "/{coming}"), "organiser"),
    Scene("ql-yeu-cau", "Yêu cầu về thông tin cá nhân", at(f"{ASKED}/"), "organiser"),
    Scene("ql-yeu-cau-trong", "Không có yêu cầu", at(f"{ASKED}/"), "newcomer"),
    Scene("ql-yeu-cau-them", "Ghi yêu cầu", sent_empty(f"{ASKED}/them", "Ghi yêu cầu"), "organiser"),
    Scene("ql-yeu-cau-mot", "Một yêu cầu", at(ASKED + "/{asked}"), "organiser"),
    Scene("ql-yeu-cau-khac-ten", "Một yêu cầu: người xin mang tên khác", at(ASKED + "/{agreeing}"), "organiser"),
    Scene("ql-yeu-cau-chua", "Yêu cầu chưa biết của ai", at(ASKED + "/{unknown}"), "organiser"),
    Scene("ql-yeu-cau-xoa", "Xóa thông tin", at(ASKED + "/{asked}/xoa"), "organiser"),
    Scene("ql-yeu-cau-dong-y", "Ghi sự đồng ý", at(ASKED + "/{agreeing}/dong-y"), "organiser"),
    Scene("ql-yeu-cau-nham", "Bỏ yêu cầu ghi nhầm", sent_empty(ASKED + "/{asked}/ghi-nham", "Bỏ yêu cầu"), "organiser"),
    Scene("ql-yeu-cau-ghi-sai", "Sửa yêu cầu ghi sai", at(ASKED + "/{asked}/sua-yeu-cau"), "organiser"),
    Scene("ql-yeu-cau-sua", "Việc không phải điều đã xin", at(ASKED + "/{asked}/sua"), "organiser"),
    Scene("ql-yeu-cau-sua-ten", "Sửa tên đã công bố", at(ASKED + "/{correction}/sua"), "organiser"),
    Scene("ql-yeu-cau-sua-cho", "Sửa tên đã công bố: chờ phê duyệt", renamed, "organiser"),
    Scene("phe-duyet-sua-ten", "Phê duyệt sửa tên đã công bố", renaming, "approver", after="ql-yeu-cau-sua-cho"),
    Scene("ql-luu-giu", "Lưu giữ và xóa dữ liệu", at("/quan-tri/luu-giu/"), "administrator"),
    Scene("ql-quay-dien-tap-bat", "Bắt đầu diễn tập ở quầy", at(SURVEY + "/{office}/quay/2/dien-tap/bat"), "organiser"),
    Scene("ql-quay-dien-tap-xoa", "Xóa lượt diễn tập", at(SURVEY + "/{office}/xoa-dien-tap"), "organiser"),
    Scene("ql-co-quan", "Các cơ quan", at(f"{SURVEY}/"), "officer"),
    Scene("ql-co-quan-trong", "Chưa có cơ quan", at(f"{SURVEY}/"), "new_officer"),
    Scene("ql-them-co-quan", "Thêm cơ quan", sent_empty(f"{SURVEY}/them", "Thêm cơ quan"), "officer"),
    Scene("ql-mot-co-quan", "Một cơ quan: số liệu", at(SURVEY + "/lam-binh"), "commune"),
    Scene("ql-mot-co-quan-rieng", "Một cơ quan: có lượt để riêng", at(SURVEY + "/{office}"), "officer"),
    Scene("ql-y-kien", "Một cơ quan: ý kiến", at(SURVEY + "/{office}/y-kien"), "officer"),
    Scene("ql-quay", "Một cơ quan: quầy và tờ treo", at(SURVEY + "/{office}/quay"), "officer"),
    Scene("ql-quay-trong", "Cơ quan chưa có quầy: quầy", at(SURVEY + "/{quiet_office}/quay"), "officer"),
    Scene("ql-hs", "Một cơ quan: hồ sơ", at(SURVEY + "/lam-binh/ho-so"), "commune"),
    Scene("ql-hs-trong", "Một cơ quan: chưa có danh sách hồ sơ", at(SURVEY + "/{quiet_office}/ho-so"), "officer"),
    Scene("ql-hs-so-trong", "Hồ sơ: số còn trống", at(SURVEY + "/lam-binh/ho-so/so-trong"), "commune"),
    Scene(
        "ql-hs-he-thong-tinh", "Hồ sơ: số của hệ thống tỉnh", at(SURVEY + "/lam-binh/ho-so/he-thong-tinh"), "commune"
    ),
    Scene("ql-hs-rut-mau", "Hồ sơ: rút mẫu", at(SURVEY + "/lam-binh/ho-so/mau"), "host"),
    Scene("ql-hs-mau", "Hồ sơ: một mẫu đã rút", at(SURVEY + "/lam-binh/ho-so/mau/1"), "host"),
    Scene("ql-tim", "Tìm khắp nơi", at("/quan-tri/tim/?tim=lam"), "administrator"),
    Scene("ql-de-rieng", "Lượt để riêng", at(SURVEY + "/{office}/de-rieng"), "inspector"),
    Scene("ql-de-rieng-mot", "Một đợt để riêng", at(SURVEY + "/{office}/quay/2/de-rieng/own/{set_apart}"), "inspector"),
    Scene("ql-de-rieng-trong", "Không có lượt để riêng", at(SURVEY + "/{quiet_office}/de-rieng"), "inspector"),
    Scene("ql-mot-co-quan-trong", "Cơ quan chưa có quầy", at(SURVEY + "/{quiet_office}"), "officer"),
    Scene("ql-them-quay", "Thêm quầy", at(SURVEY + "/{office}/quay/them"), "officer"),
    Scene("ql-thay-ma", "Thay mã", at(SURVEY + "/{office}/quay/2/thay-ma"), "officer"),
    Scene("ql-dong-quay", "Đóng quầy", at(SURVEY + "/{office}/quay/2/dong"), "officer"),
    Scene("phe-duyet-hom-nay", "Hôm nay của người phê duyệt", at("/quan-tri/"), "approver"),
    Scene("phe-duyet", "Các yêu cầu phê duyệt", at("/quan-tri/phe-duyet/"), "approver"),
    Scene("phe-duyet-trong", "Không có yêu cầu", at("/quan-tri/phe-duyet/"), "new_approver"),
    Scene("phe-duyet-mot", "Một yêu cầu phê duyệt", at("/quan-tri/phe-duyet/{request}"), "approver"),
    Scene("phe-duyet-loi", "Không đồng ý mà chưa ghi vì sao", refused_without_a_word, "approver"),
    Scene("nhat-ky", "Nhật ký", at("/quan-tri/nhat-ky/"), "inspector"),
    Scene("nhat-ky-loc", "Nhật ký đã lọc", at("/quan-tri/nhat-ky/?viec=counter.close"), "inspector"),
    Scene("loi-quay", "Lỗi 404 dưới một cơ quan", at("/ket-qua/{office}/quay/99")),
    Scene("loi-thi", "Lỗi 404 dưới một cuộc thi", at("/thi/{running}/tuan/99")),
    Scene("loi-can-bo", "Lỗi 404 dưới cơ quan, cho cán bộ", at(SURVEY + "/{office}/quay/99/thay-ma"), "officer"),
    Scene("loi-trang-khac", "Nội dung gửi từ trang khác", at("/pictures/foreign")),
    *(Scene(f"loi-{code}", f"Lỗi {code}", at(f"/pictures/{code}")) for code in ERRORS),
]
SHEETS = {"a4": "Tờ treo A4", "a5": "Tờ treo A5", "the": "Thẻ để bàn", "nhan": "Tờ nhãn dán"}
PAPERS = [
    (
        f"to-treo-{kind}-{language}",
        f"{title}, {language}",
        SURVEY + f"/{{office}}/quay/2/to-treo.pdf?kho={kind}&ngon_ngu={language}",
        "officer",
    )
    for kind, title in SHEETS.items()
    for language in ("vi", "en")
] + [
    ("ket-qua-quy", "Kết quả của quý, để treo", "/ket-qua/lam-binh/quy/2026-3.pdf", ""),
    ("to-treo-cuoc-thi-a4", "Tờ treo của cuộc thi", "/thi/{running}/to-treo.pdf?kho=a4", ""),
    ("to-treo-cuoc-thi-a5", "Giấy mời dự thi", "/thi/{running}/to-treo.pdf?kho=a5", ""),
]
