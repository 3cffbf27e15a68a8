"""A scene with something on every page, and the ways through all pages."""

from datetime import timedelta
from typing import NamedTuple

from playwright.sync_api import expect

from account.operations.approval import ask
from account.operations.audit import TERMINAL, Subject
from account.rules.permissions import Role
from commune.models import Unit
from commune.operations.logos import set_logo
from core import clock
from core.crypto import new_code
from core.images import redraw
from core.values.week import local_date, monday_of
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from quiz.results.queries.result import list_winners
from survey.counter.operations.counters import reissue_address
from survey.counter.queries.printed import address_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import (
    make_account,
    make_attempt,
    make_contest,
    make_counter,
    make_office,
    make_participant,
    make_unit,
)
from tests.journeys.steps import THANKS, follow, heading, press, rate, register
from tests.support.calls import confirm_winner
from tests.support.images import disc, file_of

LONG = "phường Nguyễn Thị Minh Khai Đông"


class Scene(NamedTuple):
    """Addresses of a contest of three rounds (published, ended, open), a rated counter, a receipt, a unit, a
    request.
    """

    contest: str
    office: str
    counter: str
    replaced: str
    closed: str
    receipt: str
    unit: Unit
    request: str


def build(village) -> Scene:
    """Fill *village*."""
    with village.session() as session:
        unit = make_unit(session, name=LONG)
        counter = make_counter(session, office=make_office(session, unit=unit))
        set_logo(session, unit, redraw(file_of(disc())), by="account:1", now=clock.now())
        for level in (5, 5, 4, 3, 1, 5):
            record_rating(
                session,
                village.keyring,
                counter,
                Opinion(Level(level), comment="Chờ hơi lâu."),
                channel=Channel.OPEN,
                receipt=new_code(),
                now=clock.now(),
            )
        receipt, contest = new_code(), _contest(session, unit)
        for round in contest.rounds:
            for at in range(6):
                person = make_participant(session, village.keyring, contest, name="Hoàng Thị Thúy Khuyên")
                code = receipt if at == 3 and round.number == 1 else ""
                begun = round.opens_at + timedelta(seconds=1)
                make_attempt(
                    session, village.keyring, round, participant=person, seconds=90 + at, receipt=code, started_at=begun
                )
        _settle(session, contest.rounds[0])
        replaced, closed = (make_counter(session, office=counter.office, number=number) for number in (3, 4))
        dead = [address_of(village.keyring, each) for each in (replaced, closed)]
        reissue_address(session, TERMINAL, replaced, now=clock.now())
        closed.closed_on = local_date(clock.now())
        address = address_of(village.keyring, counter)
        request = _ask(session, contest.rounds[0])
        make_contest(session, unit=unit, weeks=4, first_day=contest.rounds[0].opens_at.date() - timedelta(weeks=9))
        return Scene(contest.slug, counter.office.slug, address, *dead, receipt, unit, request)


def _contest(session, unit):
    first_day = monday_of(local_date(clock.now())) - timedelta(weeks=2)
    contest = make_contest(session, unit=unit, units=[unit, make_unit(session)], weeks=3, first_day=first_day)
    contest.rounds[0].results_at = contest.rounds[0].closes_at
    return contest


def _settle(session, round):
    result = closing.rank_round(session, round, now=round.closes_at + SETTLING)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.closes_at)
    closing.mark_published(session, round, now=round.closes_at)


def _ask(session, round):
    asker = make_account(session, unit=round.contest.unit)
    words = f"20 bài đầu, {round.contest.title}"
    subject = Subject("quiz.contacts", f"{round.id}:{asker.id}", words, round.contest.unit_id)
    details = {"round": round.id, "people": "front"}
    asked = ask(session, asker, QuizAction.CONTACT_OPEN, subject, reason="Đối chiếu", details=details, now=clock.now())
    return str(asked.id)


def citizen_pages(page, url, scene):
    """Yield every page on a citizen's and a participant's way, by name."""
    for path in read_pages(scene):
        page.goto(url + path)
        yield path
    yield from _sent_pages(page, url, scene)


def read_pages(scene):
    """Return the addresses of the public pages."""
    board, round = f"/thi/{scene.contest}/bang", f"/thi/{scene.contest}/tuan/1"
    return (
        "/",
        "/ket-qua/",
        "/ket-qua/?sap-xep=ten",
        "/ket-qua/?sap-xep=luot",
        "/ket-qua/?tim=khongco",
        f"/ket-qua/?tim={scene.unit.name.split()[-1]}",
        "/tra-cuu",
        "/tro-nang",
        "/quyen-rieng-tu",
        "/thi/",
        "/thi/quyen-cua-toi",
        f"/q/{scene.counter}",
        f"/q/{scene.replaced}",
        f"/q/{scene.closed}",
        f"/ket-qua/{scene.office}",
        f"/ket-qua/{scene.office}/quay/2",
        f"/ket-qua/{scene.office}/so-sanh",
        "/danh-gia/tra-cuu",
        f"/thi/{scene.contest}",
        board,
        f"{board}?tuan=1&xep=nguoi",
        f"{board}?chieu",
        f"{board}-vang",
        round,
        f"{round}?chieu",
        f"{round}?chieu=1",
        f"{round}/luyen-tap",
        f"{round}/luyen-tap?cau=1&chon=B&xem=1",
        f"/embed{board}",
        f"/thi/{scene.contest}/doi-don-vi",
        f"/thi/{scene.contest}/thoi",
        f"/thi/{scene.contest}/giai-tap-the",
        f"/thi/{scene.contest}/dong-ho",
        f"{round}/khieu-nai",
        "/thi/bao-loi",
        "/thi/xac-minh",
        "/thi/tra-cuu",
        f"/thi/{scene.contest}/vao-thi",
        f"/thi/{scene.contest}/dang-ky",
        "/quan-tri/dang-nhap",
        "/khong-co",
    )


def _sent_pages(page, url, scene):
    page.goto(f"{url}/q/{scene.counter}")
    press(page, "Gửi")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "rating with a mistake"
    page.get_by_label("Rất hài lòng").check()
    press(page, "Gửi")
    expect(heading(page)).to_have_text(THANKS)
    yield "thanks"
    press(page, "Gửi thêm")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "thanks with a mistake"
    page.get_by_label("Góp ý thêm").fill("Chỉ từng dòng.")
    press(page, "Gửi thêm")
    expect(page.get_by_text("Đã nhận lời nói thêm")).to_be_visible()
    yield "thanks for more"
    page.goto(f"{url}/q/{scene.counter}")
    rate(page, "Không hài lòng")
    page.get_by_label("Góp ý thêm").fill("Chờ lâu.")
    page.locator("[name=ticket]").evaluate("(field) => { field.value += '0' }")
    press(page, "Gửi thêm")
    yield "words that were not taken"
    page.goto(f"{url}/thi/{scene.contest}/dang-ky")
    press(page, "Đăng ký")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "registration with mistakes"
    register(page, name="Lý Thị " + "".join(filter(str.isalpha, new_code())))
    expect(heading(page)).to_have_text("Bạn đã đăng ký")
    yield "registered"
    press(page, "Bắt đầu làm bài")
    expect(heading(page)).to_have_text("Bài thi tuần 3")
    yield "paper"
    press(page, "Nộp bài")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "paper with a mistake"
    page.get_by_label("Theo bạn, bao nhiêu người").fill("3")
    press(page, "Nộp bài")
    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    yield "submitted"
    page.goto(f"{url}/thi/tra-cuu")
    page.get_by_label("Mã").first.fill(scene.receipt)
    press(page, "Xem kết quả")
    expect(heading(page)).to_contain_text("Bạn đúng")
    yield "result"
    follow(page, "Mở trang để gửi cho người khác")
    yield "shared result"


def staff_pages(scene, role):
    """Return the addresses of the staff's pages."""
    quiz, survey = f"/quan-tri/cuoc-thi/{scene.contest}", f"/quan-tri/danh-gia/{scene.office}"
    if role is Role.MANAGER:
        forms = [f"{survey}/quay/{page}" for page in ("them", "2/thay-ma", "2/dong")]
        bulk = ["/quan-tri/danh-gia/to-treo", "/quan-tri/viec"]
        tabs = [survey, *(f"{survey}/{tab}" for tab in ("y-kien", "quay", "sua"))]
        found = ["/quan-tri/", "/quan-tri/tim/", "/quan-tri/tim/?tim=xa"]
        return [*found, "/quan-tri/danh-gia/", *tabs, *forms, "/quan-tri/danh-gia/them", *bulk]
    if role is Role.ADMINISTRATOR:
        accounts, mine = "/quan-tri/tai-khoan/danh-sach", "/quan-tri/tai-khoan"
        own = [mine, *(f"{mine}/{page}" for page in ("mat-khau", "ma-xac-thuc", "ma-khoi-phuc"))]
        logos = [f"/quan-tri/bieu-trung/{page}" for page in ("", scene.unit.id, f"{scene.unit.id}/go")]
        found = ["/quan-tri/", "/quan-tri/tim/?tim=khongco", "/quan-tri/luu-giu/"]
        return [*found, *own, f"{accounts}/", f"{accounts}/moi", *logos]
    if role is Role.APPROVER:
        return ["/quan-tri/", "/quan-tri/phe-duyet/", f"/quan-tri/phe-duyet/{scene.request}"]
    if role is Role.INSPECTOR:
        return ["/quan-tri/", "/quan-tri/nhat-ky/", "/quan-tri/nhat-ky/?viec=approval.ask", "/quan-tri/nhat-ky/?tu=x"]
    weeks = [f"{quiz}/tuan/{number}" for number in (1, 2, 3)]
    put_right = [f"{weeks[0]}/{page}" for page in ("bai?vi-tri=1", "cham-lai", "cham-lai/1?right=B")]
    lists = ["/quan-tri/", "/quan-tri/cuoc-thi/", "/quan-tri/cuoc-thi/them", "/quan-tri/cuoc-thi/ke-hoach"]
    asked = [f"{quiz}/doi-don-vi", f"{weeks[2]}/phieu-giay", f"{weeks[2]}/phieu-giay/co-ten", f"{weeks[0]}/biet-danh"]
    return [*lists, quiz, *weeks, f"{weeks[2]}/cau-hoi", *put_right, f"{quiz}/xoa-du-lieu", *asked, *_more(quiz, weeks)]


def _more(quiz, weeks):
    """Return the addresses of an organiser's pages that are seldom opened."""
    of_contest = (
        "cau-hoi/them",
        "don-vi",
        "don-vi/so-dan",
        "giai-tap-the",
        "sua-doi-the-le",
        "nhan-tin",
        "moi",
        "ho-so",
    )
    of_first = ("khieu-nai", "nhan-giai", "len-xuong", "doi-chieu", "thu-luat")
    of_last = ("cau-hoi/nhap", "chua-thi", "nhap-bai", "phieu-giay/in-lai")
    pages = [f"{quiz}/{page}" for page in of_contest] + [f"{weeks[0]}/{page}" for page in of_first]
    return [*pages, *(f"{weeks[2]}/{page}" for page in of_last), f"{weeks[1]}/chot"]


STAFF = [Role.ADMINISTRATOR, Role.ORGANISER, Role.MANAGER, Role.INSPECTOR, Role.APPROVER]
