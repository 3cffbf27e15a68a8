"""One's own result as a card, and the picture of it that may be shared without a person in it."""

import base64
import gzip
import re
from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code
from quiz.results.models import Result, Winner
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.result import FRONT, find_result
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.pages import Page

TOKEN = re.compile(r"/khoe/([\w.-]+)\.png")


@pytest.fixture
def week(session):
    contest = make_contest(session, weeks=1, questions=4)
    session.commit()
    return contest.rounds[0]


def enter(session, keyring, week, *, correct=4, seconds=100, guess=10):
    receipt = new_code()
    make_attempt(session, keyring, week, correct=correct, seconds=seconds, guess=guess, receipt=receipt)
    return receipt


def publish(session, week):
    rank_round(session, week, now=clock.now())
    mark_published(session, week, now=clock.now())
    session.commit()


def look_up(client, receipt):
    form = Page(client.get("/thi/tra-cuu").text).form()
    return client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text


def test_the_card_says_the_rank_and_what_separates_it_from_the_next(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + 3 * at) for at in range(6)]
    publish(session, week)

    first, third = (Page(look_up(client, receipts[at])) for at in (0, 2))

    assert third.heading == "Bạn đúng cả 4 câu"
    assert "Hạng 3 trong 6 người Bạn chậm hơn hạng 2 đúng 3 giây" in third.text
    assert "Hạng 1 trong 6 người Không ai xếp trên bạn" in first.text
    assert "Bạn đứng trong nhóm 6 người đúng hết" in third.text


def test_the_neighbours_have_their_gaps(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + 3 * at) for at in range(6)]
    publish(session, week)

    text = Page(look_up(client, receipts[2])).text

    around = "1:40 nhanh hơn 6 giây Hạng 2, 1:43 nhanh hơn 3 giây Hạng 3, 1:46 bạn Hạng 4, 1:49 chậm hơn 3 giây"
    assert around in text
    assert "Hạng 6" not in text


def test_neighbours_may_differ_in_the_guess_alone(client, session, keyring, week):
    receipts = [enter(session, keyring, week, guess=3 + 5 * at) for at in range(6)]
    publish(session, week)

    text = Page(look_up(client, receipts[2])).text

    assert "Những người xếp gần bạn nhất" in text
    assert "Hạng 4" in text


def test_beyond_the_public_front_a_neighbour_has_a_gap_and_no_time(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + at) for at in range(FRONT + 4)]
    publish(session, week)

    text = Page(look_up(client, receipts[FRONT])).text

    assert f"Hạng {FRONT}, 1:59 nhanh hơn 1 giây" in text
    assert f"Hạng {FRONT + 2} chậm hơn 1 giây" in text


def test_a_low_result_says_first_what_was_right(client, session, keyring, week):
    for _ in range(6):
        enter(session, keyring, week)
    low = enter(session, keyring, week, correct=1)
    publish(session, week)

    page = Page(look_up(client, low))

    assert page.heading == "Bạn đúng 1 trong 4 câu"
    assert "Hạng 7 trong 7 người" in page.text


def test_groups_of_few_people_are_joined_on_the_card(client, session, keyring, week):
    receipts = [enter(session, keyring, week, correct=4) for _ in range(6)]
    receipts += [enter(session, keyring, week, correct=right) for right in (3, 2, 1)]
    publish(session, week)

    text = Page(look_up(client, receipts[0])).text

    assert "Số câu đúng Số người 1–4 9" in text


def test_each_question_has_the_share_that_was_right(client, session, keyring, week):
    receipts = [enter(session, keyring, week, correct=right) for right in (4, 4, 1, 1, 1)]
    publish(session, week)

    text = Page(look_up(client, receipts[0])).text

    assert text.count("40 % đúng") == 3
    assert "100 % đúng" in text


def test_the_words_to_send_along_are_numbers_and_the_shared_address(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + 3 * at) for at in range(6)]
    publish(session, week)

    page = look_up(client, receipts[2])

    ((said, address),) = re.findall(r'<p class="boast" id="boast">([^<]+) <span class="adr">([^<]+)</span></p>', page)
    assert said == ("Tôi đúng 4/4 câu, hạng 3 trong 6 người. Tuần 1, Tìm hiểu cải cách hành chính. Xem tại:")
    shared = client.get(address.removeprefix("http://lang-nghe.example"))
    assert "Hạng 3 trong 6 người" in Page(shared.text).heading
    assert re.search(r'<button type="button"[^>]* data-copy="#boast"[^>]* hidden>', page)


def test_the_words_to_send_along_name_the_prize(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + at) for at in range(3)]
    publish(session, week)
    for winner in session.query(Winner):
        winner.state = "confirmed"
    session.commit()

    assert "Tôi đạt Giải Nhì: đúng 4/4 câu, hạng 2 trong 3 người." in look_up(client, receipts[1])


def test_the_prize_is_on_the_card(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + at) for at in range(3)]
    publish(session, week)
    for winner in session.query(Winner):
        winner.state = "confirmed"
    session.commit()

    text = Page(look_up(client, receipts[1])).text

    assert "2 Bạn đạt Giải Nhì" in text


def test_the_shared_address_carries_numbers_alone(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + at) for at in range(6)]
    publish(session, week)

    page = look_up(client, receipts[2])
    token = TOKEN.search(page)[1]
    payload = token.partition(".")[0]

    assert base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) == b"[1,4,4,3,6,0]"
    assert TOKEN.search(look_up(client, receipts[2]))[1] == token


def test_the_shared_page_and_picture_have_no_name(client, session, keyring, week):
    receipts = [enter(session, keyring, week) for _ in range(5)]
    publish(session, week)
    path = f"/thi/{week.contest.slug}/tuan/1/khoe/{TOKEN.search(look_up(client, receipts[0]))[1]}"

    page, picture = client.get(path).text, client.get(f"{path}.png")

    assert Page(page).heading == "Hạng 1 trong 5 người"
    assert not any(word in page for word in ("Nguyễn", "0912", *receipts))
    assert (picture.status_code, picture.mimetype) == (200, "image/png")


def test_ones_own_result_and_the_shared_page_are_light(client, session, keyring, week):
    receipts = [enter(session, keyring, week) for _ in range(5)]
    publish(session, week)
    path = f"/thi/{week.contest.slug}/tuan/1/khoe/{TOKEN.search(look_up(client, receipts[0]))[1]}"
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    form = Page(gzip.decompress(client.get("/thi/tra-cuu").data).decode()).form()

    own, shared = client.post("/thi/tra-cuu", data=dict(form.filled(code=receipts[0]))), client.get(path)

    assert own.headers["Content-Encoding"] == shared.headers["Content-Encoding"] == "gzip"
    assert max(len(own.data), len(shared.data)) <= 20 * 1024
    assert "Set-Cookie" not in own.headers


def test_a_forged_score_has_no_page_and_no_picture(client, session, keyring, week):
    receipt = enter(session, keyring, week)
    enter(session, keyring, make_contest(session, weeks=1, questions=4).rounds[0])
    publish(session, week)
    token = TOKEN.search(look_up(client, receipt))[1]
    forged = base64.urlsafe_b64encode(b"[1,4,4,1,999,1]").decode().rstrip("=")

    shares = f"/thi/{week.contest.slug}/tuan/1/khoe/"
    bad = [f"{forged}.{token.partition('.')[2]}", token[:-1], "x", f"{forged}."]

    assert client.get(shares + token).status_code == 200
    assert [client.get(shares + each + end).status_code for each in bad for end in ("", ".png")] == [404] * 8


def test_a_score_is_shown_while_its_round_is_published_alone(client, session, keyring, week):
    receipt = enter(session, keyring, week)
    publish(session, week)
    token = TOKEN.search(look_up(client, receipt))[1]
    week.published_at = clock.now() + timedelta(hours=1)
    session.commit()

    shares = f"/thi/{week.contest.slug}/tuan/1/khoe/{token}"
    assert [client.get(shares + end).status_code for end in ("", ".png")] == [404, 404]


def test_a_score_of_another_round_is_not_taken(client, session, keyring):
    contest = make_contest(session, weeks=2, questions=4)
    receipts = [enter(session, keyring, round) for round in contest.rounds]
    for round in contest.rounds:
        publish(session, round)
    token = TOKEN.search(look_up(client, receipts[0]))[1]

    statuses = [client.get(f"/thi/{contest.slug}/tuan/{number}/khoe/{token}").status_code for number in (1, 2)]

    assert statuses == [200, 404]


def test_a_corrected_round_takes_back_the_scores_that_were_shared(client, session, keyring, week):
    receipts = [enter(session, keyring, week, seconds=100 + at) for at in range(2)]
    publish(session, week)
    token = TOKEN.search(look_up(client, receipts[0]))[1]
    rank_again(session, week)

    reply = client.get(f"/thi/{week.contest.slug}/tuan/1/khoe/{token}.png")

    assert reply.status_code == 410


def rank_again(session, week):
    """Store the same results as the next version."""
    old = find_result(session, week)
    values = {name: getattr(old, name) for name in ("target", "turns", "people", "perfect", "differences", "made_at")}
    session.add(Result(round_id=week.id, version=old.version + 1, cause="remark", **values))
    session.commit()


def test_before_the_publication_there_is_nothing_to_share(client, session, keyring, week):
    receipt = enter(session, keyring, week)
    rank_round(session, week, now=week.closes_at + timedelta(minutes=2))
    session.commit()

    page = look_up(client, receipt)

    assert "Bài của bạn đã được ghi nhận" in page
    assert "/khoe/" not in page
    assert "4/4" not in page


def test_a_low_rank_is_not_offered_as_a_boast(client, session, keyring, week):
    for _ in range(11):
        enter(session, keyring, week)
    receipt = enter(session, keyring, week, correct=2)
    publish(session, week)

    page = look_up(client, receipt)

    (words,) = re.findall(r'<p class="boast" id="boast">([^<]+)<', page)
    assert words.startswith("Tôi đúng 2/4 câu. ")
    (token,) = set(TOKEN.findall(page))
    assert "Đúng 2 trong 4 câu" in client.get(f"/thi/{week.contest.slug}/tuan/1/khoe/{token}").text
    assert "Hạng" not in client.get(f"/thi/{week.contest.slug}/tuan/1/khoe/{token}").text


def test_a_personal_code_opens_the_newest_paper(client, session, keyring, week):
    code = new_code()
    person = make_participant(session, keyring, week.contest, code=code)
    make_attempt(session, keyring, week, participant=person)
    waits = Page(look_up(client, code)).heading
    publish(session, week)

    assert waits == "Bài của bạn đã được ghi nhận"
    assert "Hạng 1 trong 1 người" in Page(look_up(client, code)).text


def test_a_personal_code_without_a_paper_finds_nothing(client, session, keyring, week):
    code = new_code()
    make_participant(session, keyring, week.contest, code=code)
    session.commit()

    assert "Không có bài nào mang mã này." in look_up(client, code)
