"""The pages that hand out a code or ask for one say which of the three it is, and what it is for."""

import re
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image, ImageFilter
from sqlalchemy import select

from core import qr
from core.crypto import new_code
from core.values.codes import in_fours
from quiz.attempt.models import Attempt
from quiz.attempt.views.paper import MASK
from quiz.contest.rules.presets import Eligibility
from tests.factories import make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register


@pytest.fixture
def week(session):
    contest = make_contest(session, first_day=this_monday())
    session.commit()
    return contest.rounds[0]


def registered(client, contest):
    path = f"/thi/{contest.slug}/dang-ky"
    form = Page(client.get(path).text).form("?gui")
    given = {"name": "Giàng A Páo", "phone": "0912345678", "birth_year": "1971", "consent": "y"}
    return client.post(f"{path}?gui", data=dict(form.filled(**given))).text


def code_on(page, kind):
    """Return the code on the card of this kind."""
    return re.search(rf'class="code-card {kind}".*?<p class="code"[^>]*>([^<]+)<', page, re.DOTALL)[1]


def test_the_personal_link_keeps_its_code_in_the_fragment(client, week, monkeypatch):
    drawn = []
    monkeypatch.setattr(qr, "svg", lambda text, *, title: drawn.append(text) or f"<svg><title>{title}</title></svg>")

    page = registered(client, week.contest)

    code = code_on(page, "personal").replace("-", "")
    assert drawn == [f"http://lang-nghe.example/thi/{week.contest.slug}/vao-thi#{code}"]
    assert "Mã cá nhân dùng mỗi lần vào thi" in Page(page).text


def test_the_receipt_says_what_was_handed_in_and_what_it_is_for(client, session, keyring, week):
    form = Page(begin(client, week, register(session, keyring, week))).form("nop-bai")

    page = client.post(form.action, data=dict(form.filled(q1="A", q3="B", guess="480", blanks_seen="1"))).text

    text, receipt = Page(page).text, code_on(page, "receipt")
    assert "Đã trả lời 2/3 câu Bạn dự đoán 480 người" in text
    assert "Mã tra cứu chỉ để xem kết quả một bài" in text
    assert f"/thi/tra-cuu#{receipt}" in Page(page).links
    assert receipt == in_fours(receipt.replace("-", ""))


@pytest.mark.parametrize("is_over", [False, True])
def test_a_paper_that_the_clock_handed_in_says_so(client, session, keyring, week, is_over):
    form = Page(begin(client, week, register(session, keyring, week))).form("nop-bai")
    attempt = session.scalars(select(Attempt)).one()
    attempt.started_at -= timedelta(seconds=week.limit_seconds if is_over else week.limit_seconds // 2)
    session.commit()

    page = client.post(form.action, data=dict(form.filled(q1="A", guess="480", blanks_seen="1"))).text

    assert ("Đã hết giờ làm bài" in Page(page).text) is is_over


def test_the_receipt_has_a_code_for_a_camera_whose_secret_no_server_sees(client, session, keyring, week, monkeypatch):
    drawn, draw = [], qr.svg
    monkeypatch.setattr(qr, "svg", lambda text, **words: drawn.append(draw(text, **words)) or drawn[-1])
    form = Page(begin(client, week, register(session, keyring, week))).form("nop-bai")

    page = client.post(form.action, data=dict(form.filled(q1="A", q2="A", q3="B", guess="480"))).text

    (found,) = zxingcpp.read_barcodes(picture_of(drawn[0]), formats=zxingcpp.BarcodeFormat.QRCode)
    address, _, secret = found.text.partition("#")
    assert (address, in_fours(secret)) == ("http://lang-nghe.example/thi/tra-cuu", code_on(page, "receipt"))
    assert drawn[0] in page


def picture_of(drawing):
    """Return the QR code of an SVG as a picture, from its runs of dark modules."""
    size = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    picture = Image.new("L", (size, size), 255)
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)", drawing):
        picture.paste(0, (int(left), int(top), int(left) + int(width), int(top) + 1))
    return picture.resize((4 * size, 4 * size), Image.Resampling.NEAREST)


def test_every_receipt_is_read_whatever_its_letters():
    codes = [new_code() for _ in range(60)]

    drawn = [picture_of(qr.svg(f"https://lang-nghe.example/thi/tra-cuu#{code}", title="", mask=MASK)) for code in codes]
    poor = [each.reduce(2).filter(ImageFilter.GaussianBlur(0.6)) for each in drawn]

    read = [zxingcpp.read_barcodes(each, formats=zxingcpp.BarcodeFormat.QRCode) for each in poor]
    assert [each.text.partition("#")[2] for (each,) in read] == codes


def test_the_same_paper_sent_again_has_the_same_receipt_page(client, session, keyring, week):
    form = Page(begin(client, week, register(session, keyring, week))).form("nop-bai")
    sent = dict(form.filled(q1="A", q2="A", q3="B", guess="480"))

    first, second = (client.post(form.action, data=sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.text == second.text


@pytest.mark.parametrize(("path", "kind"), [("vao-thi", "personal"), ("nhap-the", "card")])
def test_a_field_for_a_code_is_marked_with_its_kind(client, session, path, kind):
    contest = make_contest(session, first_day=this_monday(), eligibility=Eligibility.CARD)
    session.commit()

    page = client.get(f"/thi/{contest.slug}/{path}").text

    assert f'class="kind {kind}"' in page
    assert f'<li class="{kind} asked">' in page
    assert all(name in page for name in ("<b>Mã cá nhân</b>", "<b>Mã tra cứu</b>", "<b>Mã thẻ</b>"))


def test_the_lookup_asks_for_the_receipt(client):
    page = client.get("/thi/tra-cuu").text

    assert 'class="kind receipt"' in page
    assert 'data-card="16"' in page


def test_a_paper_that_was_handed_in_names_the_next_steps(client, session, keyring, week):
    code = register(session, keyring, week)
    form = Page(begin(client, week, code)).form("nop-bai")
    client.post(form.action, data=dict(form.filled(q1="A", q2="A", q3="A", guess="1")))

    again = Page(begin(client, week, code))

    assert "Bạn đã thi" in again.heading
    assert f"/thi/{week.contest.slug}/lich.ics" in again.links
