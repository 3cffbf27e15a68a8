"""An organiser closes a round; an officer prints a poster."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect

from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.values.codes import in_fours
from core.values.week import local_date, monday_of
from survey.counter.queries.printed import address_of
from tests.factories import make_attempt, make_contest, make_counter, make_office, make_participant, make_unit
from tests.journeys.steps import ON_BOTH_DATABASES, THANKS, approval_link, follow, heading, path_of, press, scan

NAMES = ["Ma Văn Chiến", "Lý Thị Mùi", "Nông Văn Sơn", "Triệu Thị Dung"]


@pytest.fixture
def ended(village):
    """Create a contest whose only round ended a week ago with twelve papers; return the receipt of the third."""
    first_day = monday_of(local_date(clock.now())) - timedelta(weeks=2)
    receipt = new_code()
    with village.session() as session:
        contest = make_contest(session, first_day=first_day, weeks=1)
        round = contest.rounds[0]
        for at in range(12):
            name = NAMES[at] if at < len(NAMES) else f"Hoàng Thị Bình {at}"
            person = make_participant(session, village.keyring, contest, name=name, now=round.opens_at)
            make_attempt(
                session, village.keyring, round, participant=person, seconds=100 + 7 * at, guess=at,
                correct=3 if at < 5 else 2, receipt=receipt if at == 2 else "",
            )  # fmt: skip
        return contest.slug, contest.unit, in_fours(receipt)


def confirm(card):
    """Confirm the winner on *card*, after the confirmation page."""
    card.get_by_text("Đã gọi được", exact=True).click()
    card.get_by_role("button", name="Đã gọi, xác nhận đúng").click()
    expect(card).to_contain_text("Đã xác nhận")


@ON_BOTH_DATABASES
def test_close_call_publish_and_a_participant_reads_why_not_better(village, ended, desk, page, scripts):
    slug, unit, receipt = ended
    organiser = desk(Role.ORGANISER, unit)
    follow(organiser, "Chốt tuần 1")
    press(organiser, "Khóa bài và xếp hạng")
    expect(organiser.get_by_role("status")).to_have_text("Đã khóa bài và xếp hạng 12 bài dự thi.")
    expect(organiser.get_by_text("Còn 3 người chưa gọi.")).to_be_visible()

    called = organiser.locator(".called > li")
    expect(called.nth(0)).to_contain_text("Giải Nhất")
    expect(called.nth(0)).not_to_contain_text("Ma Văn Chiến")
    organiser.get_by_label("Lý do mở").first.fill("Gọi xác nhận người đạt giải")
    press(organiser, "Mở danh sách để gọi")
    expect(called.nth(0)).to_contain_text("Ma Văn Chiến")
    confirm(called.nth(0))
    expect(called.nth(0)).to_contain_text("Đã xác nhận")
    expect(called.nth(1)).to_contain_text("Lý Thị Mùi")
    called.nth(1).get_by_role("button", name="Không ai nghe máy").click()
    expect(called.nth(1)).to_contain_text("không ai nghe máy")
    called.nth(1).get_by_text("Bỏ qua, chuyển giải cho người kế tiếp").click()
    called.nth(1).get_by_label("Lý do").fill("Số máy không đúng")
    press(organiser, "Gửi yêu cầu bỏ qua")
    asked = approval_link(organiser)
    approver = desk(Role.APPROVER, unit)
    approver.goto(village.url + asked)
    press(approver, "Đồng ý và thực hiện")
    follow(organiser, "Quay lại việc đang làm")
    expect(called.nth(1)).to_contain_text("Đã bỏ qua")
    expect(called.nth(3)).to_contain_text("Triệu Thị Dung")
    confirm(called.nth(2))
    confirm(called.nth(3))
    press(organiser, "Gửi yêu cầu công bố tuần 1")
    expect(heading(organiser)).to_have_text("Chờ người thứ hai phê duyệt")
    link = approval_link(organiser)

    follow(approver, "Hôm nay")
    expect(approver.get_by_role("link", name=re.compile("^Xem và quyết định ?: Công bố kết quả"))).to_be_visible()
    approver.goto(village.url + link)
    expect(approver.get_by_role("row").filter(has_text="Giải Nhất")).to_contain_text("Ma Văn Chiến")
    press(approver, "Đồng ý và thực hiện")
    expect(approver.get_by_role("status")).to_have_text("Đã phê duyệt và thực hiện xong.")

    follow(organiser, "Quay lại việc đang làm")
    follow(organiser, "Xem trang công bố")
    expect(heading(organiser)).to_contain_text("Tuần 1: 5 trong 12 người đúng hết")
    expect(organiser.get_by_role("listitem").filter(has_text="Giải Nhì")).to_have_count(2)
    expect(organiser.locator(".champs")).not_to_contain_text("Lý Thị Mùi")
    passed = "Hạng 2: không trao được giải, chuyển cho người kế tiếp."
    expect(organiser.get_by_text(passed)).to_be_visible()

    page.goto(f"{village.url}/thi/tra-cuu")
    page.get_by_label("Mã tra cứu").fill(receipt)
    press(page, "Xem kết quả")
    expect(page.get_by_text("Bạn đạt Giải Nhì")).to_be_visible()
    expect(page.get_by_text("Bạn chậm hơn hạng 2 đúng 7 giây")).to_be_visible()
    expect(page.get_by_text("Hạng 3 trong 12 người", exact=True)).to_be_visible()


def test_a_week_with_uncalled_winners_is_not_published(village, ended, desk, scripts):
    slug, unit, _receipt = ended
    organiser = desk(Role.ORGANISER, unit)
    follow(organiser, "Chốt tuần 1")

    press(organiser, "Khóa bài và xếp hạng")

    expect(organiser.get_by_text("Còn 3 người chưa gọi.")).to_be_visible()
    expect(organiser.get_by_role("button", name="Gửi yêu cầu công bố tuần 1")).to_have_count(0)


def test_an_organiser_without_a_contest_sees_the_first_steps(village, desk, scripts):
    with village.session() as session:
        unit = make_unit(session, name="xã Yên Nguyên")

    organiser = desk(Role.ORGANISER, unit)

    expect(heading(organiser)).to_have_text("Hôm nay, bắt đầu từ đây")
    expect(organiser.get_by_role("heading", name="Các bước để có người dự thi đầu tiên")).to_be_visible()
    expect(organiser.get_by_role("link", name="Lập cuộc thi", exact=True).first).to_be_visible()


def test_the_officer_adds_a_counter_and_its_poster_leads_to_it(village, desk, page, scripts):
    with village.session() as session:
        unit = make_unit(session)
        make_office(session, unit=unit)
        unit_name = unit.name
    officer = desk(Role.MANAGER, unit)
    follow(officer, "Đánh giá")
    follow(officer, unit_name)
    follow(officer, "Quầy và tờ treo")
    follow(officer, "Thêm quầy")
    officer.get_by_label("Số quầy").fill("7")
    officer.get_by_label("Lĩnh vực", exact=True).fill("Hộ tịch, chứng thực")
    press(officer, "Thêm quầy")
    expect(officer.get_by_role("status")).to_contain_text("Đã thêm quầy.")

    address = officer.get_by_role("link", name="Tờ treo A4").get_attribute("href")
    poster = officer.request.get(village.url + address).body()
    with pypdfium2.PdfDocument(poster) as document:
        page.goto(village.url + path_of(scan(document[0].render(scale=3).to_pil())))

    expect(heading(page)).to_contain_text("Quầy 7: Hộ tịch, chứng thực")


def test_a_code_replaced_during_a_rating_loses_nothing(village, desk, page, scripts):
    with village.session() as session:
        counter = make_counter(session, office=make_office(session), number=2, name="Đất đai")
        office, unit, old = counter.office.slug, counter.office.unit, address_of(village.keyring, counter)
    page.goto(f"{village.url}/q/{old}")
    page.get_by_label("Không hài lòng", exact=True).check()

    officer = desk(Role.MANAGER, unit)
    officer.goto(f"{village.url}/quan-tri/danh-gia/{office}/quay")
    officer.get_by_text("Việc khác").first.click()
    follow(officer, "Thay mã")
    press(officer, "Thay mã của Quầy 2")
    expect(officer.get_by_role("status")).to_contain_text("Đã thay mã của Quầy 2.")

    press(page, "Gửi")
    expect(heading(page)).to_have_text("Quầy này đã có mã mới")
    expect(page.get_by_label("Không hài lòng", exact=True)).to_be_checked()
    press(page, "Gửi đánh giá về Quầy 2 Đất đai")
    expect(heading(page)).to_have_text(THANKS)

    page.goto(f"{village.url}/q/{old}")
    follow(page, "Đánh giá Quầy 2 Đất đai")
    expect(heading(page)).to_contain_text("Quầy 2: Đất đai")
    officer.reload()
    expect(officer.get_by_text("1 lần từ đầu tuần trước: hãy gỡ tờ cũ.")).to_be_visible()


def test_an_office_prints_all_its_sheets_at_once(village, desk, page, scripts):
    with village.session() as session:
        unit = make_unit(session)
        office = make_office(session, unit=unit)
        for number in (1, 2):
            make_counter(session, office=office, number=number, name=f"Lĩnh vực {number}")
    officer = desk(Role.MANAGER, unit)
    officer.goto(f"{village.url}/quan-tri/danh-gia/{office.slug}/quay")

    officer.get_by_label("Loại tờ").select_option(label="Tờ treo A5")
    officer.get_by_label("Ngôn ngữ").select_option(label="Tiếng Việt và tiếng Anh")
    form = officer.get_by_role("button", name="In tất cả tờ treo").locator("xpath=ancestor::form")
    asked = form.evaluate("form => form.action + '?' + new URLSearchParams(new FormData(form))")
    with pypdfium2.PdfDocument(officer.request.get(asked).body()) as document:
        codes = [scan(sheet.render(scale=3).to_pil()) for sheet in document]

    assert len(codes) == 2
    for number, code in enumerate(codes, start=1):
        page.goto(village.url + path_of(code))
        expect(heading(page)).to_contain_text(f"Quầy {number}: Lĩnh vực {number}")


def tab_to(page, what):
    """Tab from the present focus to the first of *what*, which must come."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(what)


def test_the_console_is_worked_with_the_keyboard_alone(village, desk, page, scripts):
    with village.session() as session:
        counter = make_counter(session, office=make_office(session, unit=make_unit(session)))
        unit, office = counter.office.unit, counter.office.slug
    officer = desk(Role.MANAGER, unit)
    officer.goto(f"{village.url}/quan-tri/danh-gia/{office}/quay/them")
    focused = officer.locator(":focus")

    officer.keyboard.press("Tab")
    expect(focused).to_have_text("Đến nội dung chính")
    expect(focused).to_be_in_viewport()
    officer.keyboard.press("Enter")
    expect(focused).to_have_attribute("id", "main")
    tab_to(officer, "#number")
    assert officer.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("alert")).to_be_visible()
    if scripts:
        expect(focused).to_have_attribute("role", "alert")

    tab_to(officer, "[href='#number']")
    officer.keyboard.press("Enter")
    expect(focused).to_have_attribute("id", "number")
    officer.keyboard.type("7")
    officer.keyboard.press("Tab")
    officer.keyboard.type("Đất đai")
    officer.keyboard.press("Enter")

    expect(officer.get_by_role("status")).to_contain_text("Đã thêm quầy.")
