"""The pages of public draws: tickets, the second person, and what the public and the participant read."""

from io import BytesIO
from uuid import UUID

import pytest
from docx import Document
from sqlalchemy import select

from account.models import Approval
from core.values.week import local_date
from quiz.contest.labels.guesses import guess_words
from quiz.contest.rules.schedule import SETTLING
from quiz.results.manage.compare_words import compared_page
from quiz.results.models import Draw
from quiz.results.operations import closing
from quiz.results.queries.comparison import Found, read_compared
from quiz.results.queries.draw_words import own_sentence
from quiz.results.queries.draws import find_own_draw
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.results.test_draws import FIRST, SECOND, the_group
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import send


@pytest.fixture
def week(session, keyring, monkeypatch):
    """Create a closed round by the rules `guess` in which four people are equal, for two prizes, at its close."""
    contest = make_contest(session, preset="guess", weeks=1, tiers=(FIRST, SECOND))
    round = contest.rounds[0]
    for at, name in enumerate(("Nguyễn Văn An", "Trần Văn Bình", "Lê Thị Chi", "Phạm Thị Dung")):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, receipt=f"ABCDEFGHJKMNPQR{at + 2}")
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: round.closed_at)
    return round


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/boc-tham"


def form(week, **other):
    filled = {
        "held_on": local_date(week.closed_at).isoformat(),
        "place": "Hội trường UBND xã",
        "ticket_1": "3",
        "ticket_2": "1",
        "witness_1": "Lò Văn Tâm, MTTQ xã",
        "witness_2": "Hà Thị Lan, Đoàn xã",
    }
    return {**filled, **other}


def send_draw(client, session, week, **other):
    page = f"{path_of(week)}/{the_group(session, week).key}"
    return send(client, page, **form(week, **other))


def test_the_page_lists_the_tie_its_prizes_and_all_tickets(organiser, session, week):
    listed = Page(organiser.get(path_of(week)).text).text
    sheet = Page(organiser.get(f"{path_of(week)}/{the_group(session, week).key}").text).text

    assert "Đồng hạng 1: 4 người" in listed
    assert "1 Giải Nhất, 1 Giải Nhì" in listed
    assert "4 phiếu" in sheet


def test_a_draw_waits_for_a_second_person_and_then_gives_the_prizes(app, organiser, session, week):
    answer = send_draw(organiser, session, week)
    asked = session.scalars(select(Approval)).one()
    before = session.scalars(select(Draw)).all()

    agree(app, session, asked)

    assert (answer.status_code, before) == (303, [])
    draw = session.scalars(select(Draw)).one()
    winners = list_winners(session, find_result(session, week))
    assert [(str(each.participant_id), each.tier) for each in winners] == [
        (draw.members[2], "Giải Nhất"),
        (draw.members[0], "Giải Nhì"),
    ]
    assert "Lò Văn Tâm" in Page(organiser.get(path_of(week)).text).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ticket_2": "3"}, "Phiếu này đã chọn ở trên."),
        ({"ticket_2": ""}, "Xin chọn phiếu bốc được."),
        ({"ticket_2": "9"}, "Xin chọn một mục trong danh sách."),
        ({"reserve_2": "2"}, "mục trên còn trống"),
        ({"witness_2": "lò văn tâm, MTTQ xã"}, "hai người chứng kiến khác nhau"),
        ({"held_on": "2020-01-01"}, "Ngày bốc thăm phải từ ngày chốt"),
        ({"place": ""}, "Xin ghi nơi bốc thăm."),
    ],
)
def test_a_mistake_comes_back_with_everything_typed(organiser, session, week, wrong, said):
    answer = send_draw(organiser, session, week, **wrong)

    assert answer.status_code == 422
    assert said in Page(answer.text).text
    assert "Hà Thị Lan" in answer.text or "lò văn tâm" in answer.text
    assert session.scalars(select(Approval)).all() == []


def test_a_page_of_another_list_leads_back(organiser, week):
    answer = organiser.get(f"{path_of(week)}/{'0' * 32}")

    assert answer.headers["Location"].endswith("/boc-tham")


def drawn_and_published(app, organiser, session, week, monkeypatch):
    """Record the draw by two people, and publish the round."""
    send_draw(organiser, session, week, reserve_1="4")
    agree(app, session, session.scalars(select(Approval)).one())
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: max(week.results_at, week.closed_at))


def test_the_public_reads_when_and_where_and_no_witness(app, client, organiser, session, week, monkeypatch):
    drawn_and_published(app, organiser, session, week, monkeypatch)

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Hạng 1: 4 người bằng nhau ở mọi tiêu chí, còn 2 giải; quyết định bằng bốc thăm công khai ngày" in text
    assert "Lò Văn Tâm" not in text


def test_until_the_draw_a_published_round_names_no_winner(client, session, week, monkeypatch):
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: max(week.results_at, week.closed_at))

    results = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text
    form = Page(client.get("/thi/tra-cuu").text).form()
    own = Page(client.post("/thi/tra-cuu", data=dict(form.filled(code="ABCD-EFGH-JKMN-PQR2"))).text).text

    assert "4 người bằng nhau, chờ bốc thăm" in results and "người đạt giải" not in results
    assert "Đồng hạng 1, chờ bốc thăm" in own and "Chia sẻ kết quả" not in own


def test_the_minutes_name_the_order_the_place_and_the_witnesses(app, organiser, session, week, monkeypatch):
    drawn_and_published(app, organiser, session, week, monkeypatch)

    reply = organiser.get(f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/ho-so/bien-ban.docx")
    text = "\n".join(each.text for each in Document(BytesIO(reply.data)).paragraphs)

    assert "Giải Nhất: phiếu số 3" in text
    assert "Dự khuyết: phiếu số 4" in text
    assert "Người chứng kiến: Lò Văn Tâm, MTTQ xã và Hà Thị Lan, Đoàn xã." in text


@pytest.mark.parametrize(
    ("place", "said"), [(0, "Bạn bốc được số 1."), (2, "Bạn là dự khuyết thứ 1."), (None, "Bạn không bốc được giải.")]
)
def test_everybody_in_the_tie_reads_what_they_drew(app, organiser, session, week, monkeypatch, place, said):
    drawn_and_published(app, organiser, session, week, monkeypatch)
    draw = session.scalars(select(Draw)).one()
    [undrawn] = set(draw.members) - set(draw.drawn)

    own = find_own_draw(
        session, find_result(session, week), week, UUID(undrawn if place is None else draw.drawn[place])
    )

    assert own_sentence(own).endswith(said)


def test_who_waits_for_the_draw_reads_that(app, session, week):
    own = find_own_draw(session, find_result(session, week), week, UUID(the_group(session, week).group.refs[0]))

    with app.test_request_context():
        assert "Bạn đồng hạng 1 với 3 người khác" in own_sentence(own)


def test_two_equal_people_are_apart_by_the_draw(app, organiser, session, week, monkeypatch):
    drawn_and_published(app, organiser, session, week, monkeypatch)
    draw = session.scalars(select(Draw)).one()
    first, second = (read_compared(session, week, Found(UUID(ref), "xã")) for ref in (draw.drawn[1], draw.drawn[0]))

    page = compared_page(week, first, second, guess_words(week.declared, None))

    assert "Bốc thăm công khai ngày" in page.sentence
    assert (page.lines[-1].label, page.lines[-1].upper, page.lines[-1].lower) == (
        "Bốc thăm công khai",
        "thứ 1",
        "thứ 2",
    )
