"""A contest's front page in each state, its calendar, and the tags and pictures of public pages."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from core import clock
from core.content import ENGLISH, set_texts
from quiz.contest.rules.presets import GuessTarget
from quiz.results.models import Result
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import MONDAY, make_attempt, make_contest, make_counter
from tests.support.pages import Page

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def contest(session):
    contest = make_contest(session)
    session.commit()
    return contest


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def door(client, contest):
    return Page(client.get(f"/thi/{contest.slug}").text)


def test_before_the_first_week_one_may_register(client, contest, at):
    at(contest.rounds[0].opens_at - DAY)

    page = door(client, contest)

    assert "Sắp mở" in page.text
    assert "Tuần 1 mở lúc 0 giờ thứ Hai, 01/06/2026" in page.text
    assert f"/thi/{contest.slug}/dang-ky" in page.links
    assert not {f"/thi/{contest.slug}/vao-thi", f"/thi/{contest.slug}/bang"} & set(page.links)


def test_an_open_week_says_how_much_time_is_left(client, contest, at):
    at(contest.rounds[0].closes_at - 2 * DAY - 6 * HOUR)

    page = door(client, contest)

    assert "Đang mở Tuần 1 trong 2 tuần" in page.text
    assert "2 ngày 6 giờ nữa thì hết giờ nhận bài (hết Chủ nhật, 07/06/2026)" in page.text
    assert ("li", "aria-current", "date") in page.attributes
    assert f"/thi/{contest.slug}/vao-thi" in page.links


@pytest.mark.parametrize(
    ("left", "words"), [(HOUR + timedelta(minutes=5), "1 giờ 5 phút"), (timedelta(seconds=40), "chưa đầy 1 phút")]
)
def test_the_last_hours_are_said_to_the_minute(client, contest, at, left, words):
    at(contest.rounds[0].closes_at - left)

    assert words in door(client, contest).text


def test_after_the_last_close_the_page_names_the_hour_of_the_results(client, contest, at):
    at(contest.rounds[1].closes_at + HOUR)

    page = door(client, contest)

    assert "Chờ kết quả" in page.text
    assert "Dự kiến có kết quả lúc 12 giờ trưa thứ Hai" in page.text
    assert f"/thi/{contest.slug}/vao-thi" not in page.links


def test_a_finished_contest_leads_to_its_results(client, session, keyring, contest, at):
    publish(session, keyring, contest)
    at(contest.rounds[1].closes_at + 7 * DAY)

    page = door(client, contest)

    assert "Đã kết thúc" in page.text
    assert f"/thi/{contest.slug}/tuan/2" in page.links


def test_a_finished_contest_shows_who_won_in_place_of_the_prizes(client, session, keyring, contest, at):
    publish(session, keyring, contest)
    at(contest.rounds[1].closes_at + 7 * DAY)

    page = door(client, contest)

    assert "Người đạt giải tuần 2" in page.text
    assert "6 người đã thi tuần 2" in page.text
    assert "giải mỗi tuần" not in page.text


def test_on_the_first_day_of_a_week_the_days_of_the_week_before_are_shown(client, session, keyring, contest, at):
    opens = contest.rounds[0].opens_at
    for day, people in enumerate((6, 2, 7)):
        for _ in range(people):
            make_attempt(session, keyring, contest.rounds[0], started_at=opens + day * DAY + HOUR)
    session.commit()
    at(contest.rounds[1].opens_at + HOUR)

    page = door(client, contest)

    assert "15 người đã thi tuần 1" in page.text
    assert "6 6 T2 2 2 T3 7 7 T4" in page.text


def test_a_contest_that_was_called_off_offers_nothing(client, session, contest, at):
    contest.called_off_at, contest.called_off_why = contest.rounds[0].opens_at, "Bão số 5"
    session.commit()
    at(contest.rounds[0].opens_at + DAY)

    page = door(client, contest)

    assert "Bão số 5" in page.text
    assert not any("/vao-thi" in link or "/dang-ky" in link or ".ics" in link for link in page.links)
    assert "BEGIN:VEVENT" not in client.get(f"/thi/{contest.slug}/lich.ics").text


def test_an_open_week_shows_the_days_that_its_board_shows(client, session, keyring, contest, at):
    opens = contest.rounds[0].opens_at
    for day, people in enumerate((6, 2, 7)):
        for _ in range(people):
            make_attempt(session, keyring, contest.rounds[0], started_at=opens + day * DAY + HOUR)
    session.commit()
    at(opens + 2 * DAY + 12 * HOUR)

    page = door(client, contest)

    assert "6 6 T2 2 2 T3 T4 T5 T6 T7 CN" in page.text
    assert "8 người đã thi tuần này" in page.text
    assert "đến hết 02/06/2026" in page.text


def test_no_days_are_shown_where_people_guess_their_number(client, session, keyring, at):
    contest = make_contest(session, guess_target=GuessTarget.PEOPLE)
    for _ in range(6):
        make_attempt(session, keyring, contest.rounds[0], started_at=contest.rounds[0].opens_at + HOUR)
    session.commit()
    at(contest.rounds[0].opens_at + 2 * DAY)

    page = client.get(f"/thi/{contest.slug}").text

    assert 'class="days"' not in page
    assert "lượt dự thi" not in card_words(client, f"/thi/{contest.slug}/bang/anh.png")


def test_the_calendar_holds_what_is_still_to_come(client, contest, at):
    at(contest.rounds[0].opens_at + DAY)

    reply = client.get(f"/thi/{contest.slug}/lich.ics")

    assert reply.content_type == "text/calendar; charset=utf-8"
    assert reply.text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260608T000000\r\n" in reply.text
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20260608T000000\r\n" in reply.text


def publish(session, keyring, contest):
    for round in contest.rounds:
        for _ in range(6):
            make_attempt(session, keyring, round)
        rank_round(session, round, now=round.closes_at + HOUR)
        mark_published(session, round, now=round.closes_at + HOUR)
    session.commit()


def card_words(client, path):
    """Return the words of the picture at *path*."""
    drawn = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.web.sharing.draw_card", lambda card: drawn.append(card) or b"PNG")
        assert client.get(path).status_code == 200
    return " / ".join([drawn[0].above, drawn[0].title, *drawn[0].lines])


def test_each_picture_says_what_its_page_says(client, session, keyring, contest, at):
    publish(session, keyring, contest)
    office = make_counter(session).office
    session.commit()
    at(contest.rounds[1].closes_at + 7 * DAY)

    words = [card_words(client, f"/thi/{contest.slug}{path}/anh.png") for path in ("", "/bang", "/tuan/1")]

    assert words == [
        "Cuộc thi hằng tuần / Tìm hiểu cải cách hành chính / Đã có kết quả",
        "Bảng xếp hạng / Tìm hiểu cải cách hành chính / 12 lượt dự thi",
        "Kết quả tuần 1 / Tìm hiểu cải cách hành chính / 6 người dự thi, 6 người đúng tất cả các câu",
    ]
    assert "Chưa đủ 5 lượt để công bố" in card_words(client, f"/ket-qua/{office.slug}/anh.png")


def test_the_picture_of_a_contest_invites_while_people_may_take_part(client, contest, at):
    at(contest.rounds[0].opens_at + HOUR)

    words = card_words(client, f"/thi/{contest.slug}/anh.png")

    assert words.startswith("Mời bạn dự thi / Tìm hiểu cải cách hành chính / Tuần 1 đang mở")


def test_a_picture_speaks_the_language_of_its_address(client, session, contest, at):
    at(contest.rounds[1].closes_at + 7 * DAY)
    path = f"/thi/{contest.slug}/anh.png"
    set_texts(session, contest, ENGLISH, {"title": "Know the Reform"})
    session.commit()

    vietnamese = card_words(client, path)
    session.expire_all()  # a request has a session of its own, a test shares one
    english = card_words(client, f"{path}?lang=en")

    assert vietnamese.startswith("Cuộc thi hằng tuần / Tìm hiểu cải cách hành chính / ")
    assert english.startswith("Weekly contest / Know the Reform / ")
    session.expire_all()
    assert card_words(client, path) == vietnamese


def test_a_round_that_is_not_published_has_no_picture(client, session, keyring, contest, at):
    rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + HOUR)
    session.commit()
    at(contest.rounds[0].closes_at + 2 * HOUR)

    assert client.get(f"/thi/{contest.slug}/tuan/1/anh.png").status_code == 404


def test_a_picture_is_a_png_that_browsers_may_keep(client, contest):
    path = f"/thi/{contest.slug}/anh.png"
    reply = client.get(path)

    again = client.get(path, headers={"If-None-Match": reply.headers["ETag"]})

    with Image.open(io.BytesIO(reply.data)) as picture:
        assert picture.size == (1200, 630)
    assert reply.headers["Cache-Control"] == "public, max-age=600"
    assert (again.status_code, again.data) == (304, b"")


def given_address(app, monkeypatch, url):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], public_url=url))


def tags(client, path, **headers):
    page = Page(client.get(path, headers=headers).text)
    metas, found = [(name, value) for tag, name, value in page.attributes if tag == "meta"], {}
    for (name, value), (_content, content) in zip(metas, metas[1:], strict=False):
        if name == "property":
            found[value] = content
    return found


def test_tags_are_built_of_the_configured_address_alone(app, client, contest, monkeypatch):
    given_address(app, monkeypatch, "https://lang-nghe.vn")
    path = f"/thi/{contest.slug}"

    found = tags(client, f"{path}?a=1", **{"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "http"})

    assert found["og:title"] == "Tìm hiểu cải cách hành chính"
    assert found["og:url"] == f"https://lang-nghe.vn{path}"
    assert found["og:image"] == f"https://lang-nghe.vn{path}/anh.png"


def test_every_public_page_has_a_title_and_a_picture(client, contest):
    door = f"/thi/{contest.slug}"
    paths = ["/", "/thi/", f"{door}/bang", f"{door}/vao-thi", "/ket-qua/", "/tra-cuu", "/thi/tra-cuu"]

    found = {path: tags(client, path) for path in paths}

    assert all(each.keys() >= {"og:title", "og:description", "og:image"} for each in found.values()), found
    assert found["/"]["og:image"] == "http://lang-nghe.example/anh.png"
    assert found[f"{door}/bang"]["og:image"] == f"http://lang-nghe.example{door}/bang/anh.png"


@pytest.mark.parametrize(("language", "locale"), [("vi", "vi_VN"), ("en", "en_GB")])
def test_a_shared_page_names_its_language(client, contest, language, locale):
    assert tags(client, f"/thi/{contest.slug}?lang={language}")["og:locale"] == locale


def test_without_a_public_address_there_are_no_tags_and_no_invitation(app, client, contest, monkeypatch):
    given_address(app, monkeypatch, "http://127.0.0.1:8000")

    page = client.get(f"/thi/{contest.slug}").text

    assert tags(client, f"/thi/{contest.slug}") == {}
    assert "Rủ người khác cùng thi" not in page
    assert 'class="addr"' not in page


def test_a_picture_is_built_once(client, contest, count_queries):
    path = f"/thi/{contest.slug}/anh.png"
    first = client.get(path)
    count_queries.clear()

    again = client.get(f"{path}?fbclid=1")

    assert again.data == first.data
    assert len(count_queries) == 1


def test_names_in_the_path_of_an_english_page_are_marked_as_vietnamese(client, contest, at):
    at(contest.rounds[0].opens_at + HOUR)
    marked = '<span lang="vi">Tìm hiểu cải cách hành chính</span></a> <span aria-hidden="true">›</span>'

    assert marked in client.get(f"/thi/{contest.slug}/bang?lang=en").text
    assert 'lang="vi">Tìm' not in client.get(f"/thi/{contest.slug}/bang").text


def test_the_list_of_contests_says_what_is_open_and_how_many_took_part_in_past_ones(client, session, contest, at):
    round = contest.rounds[0]
    at(round.opens_at + timedelta(hours=1))
    while_open = client.get("/thi/").text
    session.add(Result(round_id=round.id, version=1, turns=1200, people=900, perfect=3, differences=[], made_at=MONDAY))
    session.add(Result(round_id=round.id, version=2, turns=1234, people=900, perfect=3, differences=[], made_at=MONDAY))
    session.commit()
    at(contest.rounds[-1].closes_at + timedelta(days=30))

    past = client.get("/thi/").text

    assert "Một cuộc thi đang mở" in while_open
    assert "Hiện chưa có cuộc thi nào mở" in past
    assert "1.234 lượt thi" in past
