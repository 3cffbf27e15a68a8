"""The people of a contest of eight weeks at their browsers, for the journey through its pages."""

import os
from datetime import datetime, timedelta

import docx
from playwright.sync_api import expect

from account.rules.permissions import Role
from core import clock
from core.values.week import VIETNAM
from core.web.extensions import db
from tests.factories import make_account, make_unit
from tests.journeys.steps import approval_link, code_on, follow, heading, press
from tests.support.staff import COOKIE, cookie_of

WEEKS, ASKED = 8, 3
BEGIN = datetime(2026, 11, 30, 8, 0, tzinfo=VIETNAM)
"""A Monday; the first round opens on the Monday after."""
OPENING = datetime(2026, 12, 7, 9, 0, tzinfo=VIETNAM)
TITLE = "Tìm hiểu cải cách hành chính xã Lâm Bình"
SLUG = "tim-hieu-cai-cach-hanh-chinh-xa-lam-binh"
COMMUNES = ["xã Lâm Bình", "xã Minh Quang", "xã Bình An"]
PEOPLE = ["Ma Văn Chiến", "Lý Thị Mùi", "Nông Văn Sơn", "Triệu Thị Dung"]
DOCUMENTS = ["bien-ban.docx", "quyet-dinh.docx", "danh-sach-ky-nhan.docx", "ban-tin.docx", "so-lieu.xlsx"]
PAPERS = ["tat-ca-bai.xlsx", "tat-ca-bai.csv"]


def write_questions(file):
    """Write the questions as an office does: a heading, weeks, choices, the key in bold letters, the source."""
    document = docx.Document()
    document.add_heading("BỘ CÂU HỎI", 1)
    for at in range(WEEKS * ASKED):
        if at % ASKED == 0:
            document.add_paragraph(f"TUẦN {at // ASKED + 1}")
        document.add_paragraph(f"Câu {at % ASKED + 1}. Việc thứ {at + 1} do cơ quan nào giải quyết?")
        document.add_paragraph().add_run(f"A. Cơ quan đúng của việc {at + 1}").bold = True
        for letter, words in (("B", "khác"), ("C", "nào cũng được")):
            document.add_paragraph(f"{letter}. Cơ quan {words} của việc {at + 1}")
        document.add_paragraph("Căn cứ: Nghị định số 118/2025/NĐ-CP")
    document.save(file)


class Journey:
    """The people of a contest at their browsers, and a clock that is put on."""

    def __init__(self, app, url, new_context, later, folder):
        self.app, self.url, self.new_context, self.later, self.folder = app, url, new_context, later, folder
        self.codes, self.accounts = {}, {}
        self.base = f"/quan-tri/cuoc-thi/{SLUG}"
        self.people = new_context().new_page()
        with app.app_context():
            province = make_unit(db.session, name="tỉnh Tuyên Quang", kind="province")
            for name in COMMUNES:
                make_unit(db.session, name=name, parent=province)
            for role in (Role.ORGANISER, Role.APPROVER):
                self.accounts[role] = make_account(db.session, role=role, unit=province).email
            db.session.commit()
        self.organiser, self.approver = self.at_desk(Role.ORGANISER), self.at_desk(Role.APPROVER)

    def at_desk(self, role):
        context = self.new_context()
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": COOKIE, "value": cookie_of(self.app, self.accounts[role]), "url": self.url}])
        return context.new_page()

    def at(self, moment):
        """Let it be *moment*; staff sign in anew, since days have passed."""
        self.later(moment - clock.now())
        for role, page in ((Role.ORGANISER, self.organiser), (Role.APPROVER, self.approver)):
            cookie = {"name": COOKIE, "value": cookie_of(self.app, self.accounts[role]), "url": self.url}
            page.context.add_cookies([cookie])

    def go(self, path):
        self.organiser.goto(self.url + self.base + path)

    def keep(self, name, page=None):
        """Keep a picture of a page at both widths, where a folder for them is named."""
        page = page or self.organiser
        for width, height in ((360, 740), (1280, 800)) if os.environ.get("PICTURES") else ():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{os.environ['PICTURES']}/{name}-{width}.png", full_page=True)

    def agree(self):
        """Let the second person agree to what the organiser asked for."""
        link = approval_link(self.organiser)
        self.approver.goto(self.url + link)
        press(self.approver, "Đồng ý và thực hiện")
        expect(self.approver.get_by_role("status")).to_have_text("Đã phê duyệt và thực hiện xong.")

    def plan(self, file):
        page = self.organiser
        page.goto(f"{self.url}/quan-tri/cuoc-thi/ke-hoach")
        page.get_by_label("Tên cuộc thi", exact=True).fill(TITLE)
        page.get_by_label("Ban Tổ chức", exact=True).fill("Ban Tổ chức Cuộc thi")
        page.get_by_label("Đơn vị tổ chức").select_option(label="tỉnh Tuyên Quang")
        page.locator("details.folded summary").first.click()
        for name in COMMUNES:
            page.get_by_label(name).check()
        press(page, "Lưu, sang bước 2: Lịch thi")
        page.locator("[name=weeks]").fill(str(WEEKS))
        press(page, "Lưu, sang bước 3: Thể lệ")
        press(page, "Lưu, sang bước 4: Câu hỏi")
        page.locator("input[type=file]").set_input_files(file)
        press(page, "Đọc câu hỏi")
        self.keep("ke-hoach-doc")
        press(page, f"Đưa vào {WEEKS * ASKED} câu")
        expect(page.get_by_role("status")).to_contain_text(f"{WEEKS} đợt")
        press(page, "Sang bước 5: Giải thưởng")
        page.locator("[name=tiers]").fill("01 giải Nhất: 1.000.000 đồng\n01 giải Nhì: 500.000 đồng")
        page.get_by_text("Giải tập thể, xếp riêng từng khối").click()
        page.locator("[name=collective]").fill("01 giải Nhất tập thể: 2.000.000 đồng")
        page.locator("[name=measure]").select_option(label="số người dự thi")
        page.get_by_text("Hạn khiếu nại, hạn nhận giải").click()
        page.locator("[name=objection_days]").fill("2")
        page.locator("[name=claim_days]").fill("30")
        self.keep("ke-hoach-giai")
        press(page, "Lưu, sang bước 6: Xem lại")
        self.keep("ke-hoach-xem-lai")
        page.get_by_role("button", name="Mở cuộc thi").or_(page.get_by_role("link", name="Mở cuộc thi")).first.click()

    def take(self, at, week):
        """Take a paper: the first time with the registration, later with the personal code."""
        page, name = self.people, PEOPLE[at]
        page.goto(f"{self.url}/thi/{SLUG}/{'vao-thi' if name in self.codes else 'dang-ky'}")
        if name in self.codes:
            page.get_by_label("Mã cá nhân").fill(self.codes[name])
        else:
            page.get_by_label("Họ và tên").fill(name)
            page.get_by_role("textbox", name="Số điện thoại").fill(f"091234567{at}")
            page.get_by_role("textbox", name="Năm sinh").fill("1985")
            page.get_by_label("Đơn vị dự thi").select_option(label=COMMUNES[at % 2])
            page.get_by_label("Tôi đồng ý").check()
            press(page, "Đăng ký")
            self.codes[name] = code_on(page)
        press(page, "Bắt đầu làm bài")
        for place, question in enumerate(page.locator("form fieldset").all()):
            is_right = (at + week) % len(PEOPLE) < 3 or place
            question.locator("label", has_text="Cơ quan đúng" if is_right else "Cơ quan khác").click()
        page.get_by_label("Theo bạn, bao nhiêu người").fill(str(at))
        self.later(timedelta(seconds=60 + 20 * ((at + week) % len(PEOPLE))))
        press(page, "Nộp bài")
        expect(heading(page)).to_have_text("Bạn đã nộp bài", timeout=20_000)

    def close_and_publish(self, week):
        page = self.organiser
        self.go(f"/tuan/{week}")
        follow(page, f"Chốt tuần {week}")
        press(page, "Khóa bài và xếp hạng")
        expect(page.get_by_role("status")).to_contain_text(f"xếp hạng {len(PEOPLE)} bài")
        self.review(week)
        self.call_all(week)
        press(page, f"Gửi yêu cầu công bố tuần {week}")
        self.agree()

    def review(self, week):
        """Recognise the papers that look alike: four people took theirs at one tablet."""
        page = self.organiser
        self.go(f"/tuan/{week}/ra-soat/1")
        self.keep(f"tuan-{week}-ra-soat")
        page.locator("[name=decision] >> nth=0").check()
        page.locator("#reason").fill("Máy tính bảng của nhà văn hóa")
        press(page, "Gửi yêu cầu")
        self.agree()

    def call_all(self, week):
        """Confirm every winner who waits for a call."""
        page = self.organiser
        self.go(f"/tuan/{week}")
        if page.get_by_label("Lý do mở").first.is_visible():
            page.get_by_label("Lý do mở").first.fill("Gọi xác nhận người đạt giải")
            press(page, "Mở danh sách để gọi")
        self.keep(f"tuan-{week}-goi")
        while page.get_by_text("Đã gọi được", exact=True).count():
            page.get_by_text("Đã gọi được", exact=True).first.click()
            page.get_by_role("button", name="Đã gọi, xác nhận đúng").first.click()
            page.wait_for_load_state()

    def object(self, at, week):
        """Object to the results with the personal code, and read the answer afterwards."""
        page = self.people
        page.goto(f"{self.url}/thi/{SLUG}/tuan/{week}/khieu-nai")
        page.get_by_label("Mã cá nhân").fill(self.codes[PEOPLE[at]])
        page.locator("textarea").first.fill("Câu 1 có hai phương án đúng, đề nghị xem lại đáp án.")
        page.locator("main form button[type=submit]").last.click()
        self.keep(f"tuan-{week}-khieu-nai", page)

    def answer(self, week):
        page = self.organiser
        self.go(f"/tuan/{week}/khieu-nai/1")
        page.locator("[name=outcome][value=accepted]").check()
        page.locator("[name=answer]").fill("Ban Tổ chức bỏ câu 1: ai cũng được tính đúng.")
        self.keep(f"tuan-{week}-tra-loi")
        press(page, "Gửi trả lời")

    def mark_again(self, week):
        page = self.organiser
        self.go(f"/tuan/{week}/cham-lai/1")
        page.get_by_label("Cơ quan khác").check()
        press(page, "Xem trước thay đổi")
        expect(page.locator(".bad-field .error").first).to_contain_text("chỉ cho chọn một phương án")
        page.get_by_label("Bỏ câu này").check()
        press(page, "Xem trước thay đổi")
        self.keep(f"tuan-{week}-cham-lai")
        page.get_by_label("Lý do").fill("Có khiếu nại đúng về câu 1")
        press(page, "Gửi yêu cầu chấm lại")
        self.agree()
        self.call_all(week)

    def finish(self, week):
        page = self.organiser
        self.go(f"/tuan/{week}/khieu-nai")
        page.locator("[name=reason]").fill("Hết hạn khiếu nại")
        press(page, "Gửi yêu cầu chốt kết quả chính thức")
        self.agree()
        self.go(f"/tuan/{week}/nhan-giai")
        page.get_by_role("button", name="Ghi:").first.click()
        expect(page.get_by_text("đã nhận", exact=False).first).to_be_visible()
        self.keep(f"tuan-{week}-nhan-giai")

    def give_units_their_prizes(self):
        self.go("/giai-tap-the")
        self.keep("giai-tap-the")
        self.organiser.locator("[name=reason]").fill("Tổng kết cuộc thi")
        press(self.organiser, "Gửi yêu cầu quyết định giải tập thể")
        self.agree()

    def download(self, path):
        """Return the file at *path* of the contest as stored by a click."""
        reply = self.organiser.request.get(self.url + self.base + path)
        assert reply.status == 200, path
        file = self.folder / path.strip("/").replace("/", "-")
        file.write_bytes(reply.body())
        return file
