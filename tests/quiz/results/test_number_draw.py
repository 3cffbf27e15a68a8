"""A draw by a public number on the pages: typed, agreed to by a second person, and recomputed from what is public."""

import csv
import hashlib
import hmac
import json
import re
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import UUID

import pytest
from docx import Document
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM, Actor
from core.values.week import local_date
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import Draw
from quiz.results.operations import closing
from quiz.results.operations.draw import record_round_draw
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.versions import Changed
from quiz.results.queries.draw_words import own_sentence
from quiz.results.queries.draws import find_own_draw
from quiz.results.queries.result import find_result, list_winners
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.draws import DrawRecord
from quiz.results.rules.number_draws import NumberRecord
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.quiz.results.test_draws import FIRST, SECOND, the_group
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import send

SOURCE = "giải Đặc biệt Xổ số miền Bắc"
NUMBER = "04821"


@pytest.fixture
def week(session, keyring, monkeypatch):
    """Create a closed round whose rules name a public number: four people are equal, for two prizes, a day after."""
    contest = make_contest(session, preset="guess", weeks=1, tiers=(FIRST, SECOND))
    round = contest.rounds[0]
    contest.rules = contest.rules | {"draw_source": SOURCE, "draw_digits": 5}
    round.rules = contest.rules
    for at, name in enumerate(("Nguyễn Văn An", "Trần Văn Bình", "Lê Thị Chi", "Phạm Thị Dung")):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, receipt=f"ABCDEFGHJKMNPQR{at + 2}")
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: round.closed_at + timedelta(days=1))
    return round


def day_after(week, days=1):
    return local_date(week.closed_at) + timedelta(days=days)


def page_of(session, week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/boc-tham/{the_group(session, week).key}"


def type_number(client, session, week, **other):
    filled = {"held_on": day_after(week).isoformat(), "number": NUMBER, **other}
    return send(client, page_of(session, week), **filled)


def published(app, organiser, session, week, monkeypatch):
    """Record the number by two people, and publish the round; return the draw."""
    type_number(organiser, session, week)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "draw.record")).one())
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: max(week.results_at, week.closed_at) + timedelta(days=1))
    return session.scalars(select(Draw)).one()


def derive(seeded, codes):
    """Return *codes* in the order of the recipe on the page."""
    seed = hashlib.sha256(seeded.encode()).digest()
    return sorted(codes, key=lambda code: hmac.new(seed, code.encode(), hashlib.sha256).hexdigest())


def rows_of(client, week):
    reply = client.get(f"/thi/{week.contest.slug}/tuan/1/so-lieu.csv")
    text = reply.get_data(as_text=True).lstrip("\ufeff")
    rows = csv.reader(StringIO(text), delimiter=";")
    return [row for row in rows if row and row[0] == "Bốc thăm hạng 1"]


def test_the_page_asks_for_the_number_alone(organiser, session, week):
    page = Page(organiser.get(page_of(session, week)).text).text

    assert f"Thể lệ: {SOURCE}, số đầu tiên được công bố từ ngày" in page
    assert "Người chứng kiến" not in page


def test_the_number_waits_for_a_second_person_who_sees_the_order(app, organiser, session, week):
    answer = type_number(organiser, session, week)
    asked = session.scalars(select(Approval)).one()
    before = session.scalars(select(Draw)).all()

    agree(app, session, asked)

    draw = session.scalars(select(Draw)).one()
    winners = list_winners(session, find_result(session, week))
    assert (answer.status_code, before) == (303, [])
    assert (draw.source, draw.number, draw.place, draw.witnesses) == (SOURCE, NUMBER, "", [])
    assert [(str(each.participant_id), each.tier) for each in winners] == [
        (draw.drawn[0], "Giải Nhất"),
        (draw.drawn[1], "Giải Nhì"),
    ]


def test_anybody_derives_the_winners_from_the_public_file(app, client, organiser, session, week, monkeypatch):
    draw = published(app, organiser, session, week, monkeypatch)

    [source, seeded, *listed] = rows_of(client, week)

    day = day_after(week).isoformat()
    assert source[2] == NUMBER
    assert json.loads(seeded[2]) == ["draw-v1", week.contest.slug, "tuan-1", SOURCE, day, NUMBER]
    assert [row[2] for row in listed] == derive(seeded[2], [row[2] for row in listed])
    of_ref = dict(zip(draw.members, draw.codes, strict=True))
    assert [of_ref[ref] for ref in draw.drawn] == [row[2] for row in listed]


def test_the_page_of_the_round_shows_the_inputs(app, client, organiser, session, week, monkeypatch):
    draw = published(app, organiser, session, week, monkeypatch)

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert f"quyết định bằng số công khai ({SOURCE}, ngày" in text
    assert draw.seeded in text
    assert all(code in text for code in draw.codes)


def test_a_participant_finds_the_code_in_their_own_result(app, organiser, session, week, monkeypatch):
    draw = published(app, organiser, session, week, monkeypatch)

    own = find_own_draw(session, find_result(session, week), week, UUID(draw.drawn[2]))

    code = draw.codes[draw.members.index(draw.drawn[2])]
    assert own_sentence(own).endswith(f"Mã phiếu của bạn: {code[:16]}. Bạn là dự khuyết thứ 1.")


def test_the_own_page_has_what_the_code_is_derived_from(app, client, organiser, session, week, monkeypatch):
    draw = published(app, organiser, session, week, monkeypatch)
    form = Page(client.get("/thi/tra-cuu").text).form()

    text = Page(client.post("/thi/tra-cuu", data=dict(form.filled(code="ABCD-EFGH-JKMN-PQR2"))).text).text

    attempt = re.search(r"Mã lượt thi: ([0-9a-f-]{36})", text)[1]
    code = hashlib.sha256(f'["entry-v1","{attempt}"]'.encode()).hexdigest()
    assert code in draw.codes
    assert f"Mã phiếu của bạn: {code[:16]}" in text


def test_the_minutes_have_the_number_and_what_it_is_derived_from(app, organiser, session, week, monkeypatch):
    draw = published(app, organiser, session, week, monkeypatch)

    reply = organiser.get(f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/ho-so/bien-ban.docx")
    text = "\n".join(each.text for each in Document(BytesIO(reply.data)).paragraphs)

    assert f"Bốc thăm bằng số công khai đã ghi trong thể lệ, giữa 4 người đồng hạng 1: {SOURCE}" in text
    assert draw.seeded in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "4a21"}, "Xin chỉ ghi chữ số"),
        ({"number": ""}, "Xin ghi số được công bố."),
        ({"number": "7"}, "từ 2 đến 20 số"),
        ({"number": "4821"}, "Thể lệ ghi số có 5 chữ số."),
        ({"number": "00004821"}, "Thể lệ ghi số có 5 chữ số."),
        ({"number": "04821 59173"}, "viết liền"),
        ({"number": "04.821"}, "viết liền"),
        ({"days": 0}, "Số phải được công bố sau ngày khóa bài"),
        ({"days": 2}, "không sau hôm nay"),
    ],
)
def test_a_wrong_number_or_day_comes_back(organiser, session, week, wrong, said):
    typed = {"held_on": day_after(week, wrong["days"]).isoformat()} if "days" in wrong else wrong

    answer = type_number(organiser, session, week, **typed)

    assert answer.status_code == 422
    assert said in Page(answer.text).text
    assert session.scalars(select(Approval)).all() == []


def test_tickets_drawn_by_hand_are_not_what_the_rules_declare(session, week):
    organiser = Actor("account", make_account(session, unit=week.contest.unit).id)
    by_hand = DrawRecord(local_date(week.closed_at), "Hội trường", ("Lò Văn Tâm", "Hà Thị Lan"), (3, 1))
    key = the_group(session, week).key

    with pytest.raises(Changed):
        record_round_draw(session, organiser, week, key, by_hand, reason="", now=week.closed_at)


def test_a_number_is_not_what_rules_without_a_source_declare(session, week):
    week.rules = week.rules | {"draw_source": None, "draw_digits": None}
    organiser = Actor("account", make_account(session, unit=week.contest.unit).id)
    number, later = NumberRecord(day_after(week), NUMBER), week.closed_at + timedelta(days=1)
    key = the_group(session, week).key

    with pytest.raises(Changed):
        record_round_draw(session, organiser, week, key, number, reason="", now=later)


def test_rules_from_before_digits_were_declared_take_a_number_as_it_is_typed(app, organiser, session, week):
    stored = {name: value for name, value in week.rules.items() if name != "draw_digits"} | {"version": 7}
    week.contest.rules = week.rules = stored
    session.commit()

    answer = type_number(organiser, session, week, number="4821")
    read = as_approver_reads(app, session, "draw.record", week.contest.unit)

    assert answer.status_code == 303
    assert "4; thể lệ không ghi số chữ số, xin so với số nguồn đã công bố" in read


def test_the_approver_reads_number_day_source_and_digits(app, organiser, session, week):
    type_number(organiser, session, week)

    read = as_approver_reads(app, session, "draw.record", week.contest.unit)

    assert f"Số được công bố {NUMBER}" in read
    assert "Số chữ số 5, như thể lệ" in read
    assert SOURCE in read
    assert "Nhóm đã thay đổi" not in read


def leave(session, week, now):
    """Exclude one of the tie at *now*."""
    who = UUID(the_group(session, week).group.refs[0])
    seen = preview_exclusion(session, week, who, ExclusionReason.FALSE).digest
    exclude_entry(session, SYSTEM, week, who, ExclusionReason.FALSE, reason="", seen=seen, now=now)
    session.commit()


def test_everybody_reads_who_left_the_tie_once_the_number_was_out(app, client, organiser, session, week, monkeypatch):
    leave(session, week, week.closed_at + timedelta(days=1))
    type_number(organiser, session, week)
    read = as_approver_reads(app, session, "draw.record", week.contest.unit)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "draw.record")).one())
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: max(week.results_at, week.closed_at) + timedelta(days=1))

    public = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    said = "Từ ngày của số, nhóm bằng nhau có thay đổi: 0 người vào, 1 người ra."
    assert said in read and said in public


def test_who_left_before_the_number_is_not_said(app, client, organiser, session, week, monkeypatch):
    leave(session, week, week.closed_at)
    published(app, organiser, session, week, monkeypatch)

    assert "nhóm bằng nhau có thay đổi" not in Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text


def test_everybody_reads_that_the_number_is_not_of_the_first_day(client, session, week, monkeypatch):
    number, now = NumberRecord(day_after(week, 3), NUMBER), week.closed_at + timedelta(days=3)
    record_round_draw(session, SYSTEM, week, the_group(session, week).key, number, reason="", now=now)
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: max(week.results_at, week.closed_at) + timedelta(days=4))

    public = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Số không phải của ngày đầu tiên có thể (" in public
