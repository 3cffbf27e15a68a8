"""Rules of real contests, set up through the pages from the words of their plans, down to the published winners."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from account.operations.audit import SYSTEM
from commune.models import Headcount
from quiz.awards.operations.collective import check_decidable, decide_collective
from quiz.contest.models import Participant
from quiz.contest.queries import list_contests
from quiz.contest.rules.presets import CUSTOM, GuessTarget, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_unit
from tests.quiz.contest.test_contest_form import PAGE, answers
from tests.quiz.contest.test_contest_schedule import next_monday, row, table
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk, send

QUESTIONS = "Câu 1?\n*A. Đúng\nB. Sai\n\nCâu 2?\n*A. Đúng\nB. Sai"
BACK = timedelta(weeks=20)
HUE = {
    "preset": "guess",
    "blocs": "Cán bộ, công chức, viên chức, lực lượng vũ trang\nNgười dân, học sinh, sinh viên",
    "tiers": (
        "Khối cán bộ, công chức, viên chức, lực lượng vũ trang:\n01 giải Nhất: 800.000 đồng\n"
        "01 giải Nhì: 500.000 đồng\n01 giải Ba: 300.000 đồng\n"
        "Khối người dân, học sinh, sinh viên:\n01 giải Nhất: 700.000 đồng\n"
        "01 giải Nhì: 400.000 đồng\n01 giải Ba: 200.000 đồng"
    ),
    "collective": "01 giải Nhất về tỷ lệ dự thi: 5.000.000 đồng\n01 giải Nhất về tổng số câu đúng: 5.000.000 đồng",
    "measure": "",
}
"""Huế 2025 in the shape of its plan: two blocs ranked apart, two papers a week, collective prizes by two measures.

From the published rules (QĐ 148/QĐ-BTCHT, September 2025): six prizes a week, the first one 800.000 đồng for officials
and 700.000 đồng for residents, prizes of units by rate and by quality. The other sums are invented; quality is measured
by right answers, which the rules leave to the organisers.
"""
PHONG_NHA = {
    "preset": CUSTOM,
    "first": "correct",
    "second": "guess",
    "third": "submitted",
    "guess_target": "people",
    "all_right_only": "y",
    "tiers": "01 giải Nhất: 1.000.000 đồng\n02 giải Nhì: 500.000 đồng",
}
"""Phong Nha 2018 in the shape of its rules: only those who have every answer right can win."""


@pytest.fixture
def unit(session):
    return make_unit(session, name="phường Mẫu")


@pytest.fixture
def organiser(app, session, unit):
    account = make_account(session, unit=unit)
    session.commit()
    return desk(app, account)


def set_up(session, organiser, unit, given):
    """Create the contest by its form, give each round questions, and make it public; return it."""
    reply = send(organiser, PAGE, **given)
    assert reply.status_code == 302, reply.text
    contest = list_contests(session)[0]
    path = f"/quan-tri/cuoc-thi/{contest.slug}"
    for round in contest.rounds:
        assert send(organiser, f"{path}/tuan/{round.number}/cau-hoi", text=QUESTIONS).status_code == 302
    assert send(organiser, path, to=f"{path}/cong-khai").status_code == 302
    session.expire_all()
    return contest


def registers(session, client, contest, name, **chosen):
    """Register by the public page; return the participant."""
    path = f"/thi/{contest.slug}/dang-ky"
    form = Page(client.get(path).text).form("?gui")
    phone = f"09120000{session.query(Participant).count():02}"
    given = {"name": name, "phone": phone, "birth_year": "1980", "consent": "y", "named": "y"}
    assert client.post(f"{path}?gui", data=dict(form.filled(**given, **chosen))).status_code == 201
    return session.scalars(select(Participant).order_by(Participant.registered_at.desc())).first()


def runs(session, keyring, contest, papers):
    """Let the days pass, hand the *papers* in (round, person, right answers, guess), close, call and publish."""
    for round in contest.rounds:
        for name in ("opens_at", "closes_at", "results_at"):
            setattr(round, name, getattr(round, name) - BACK)
    session.flush()
    for at, (number, person, right, guess) in enumerate(papers):
        round = contest.rounds[number - 1]
        began = round.opens_at + timedelta(minutes=at)
        make_attempt(session, keyring, round, participant=person, correct=right, guess=guess, started_at=began)
    for round in contest.rounds:
        result = rank_round(session, round, now=round.closes_at + SETTLING)
        for winner in list_winners(session, result):
            confirm_winner(session, round, winner.participant_id, now=round.closes_at + SETTLING)
        mark_published(session, round, now=round.results_at)
    session.commit()


def prizes(session, round):
    return [(each.prize, each.rank) for each in list_winners(session, find_result(session, round))]


def decides(session, contest):
    """Decide the prizes of units; return (prize, unit, figure, headcount, money) of each."""
    now = contest.rounds[-1].published_at
    seen = check_decidable(session, contest, now=now)
    made = decide_collective(session, SYSTEM, contest, seen=seen, reason="Theo thể lệ", now=now)
    session.commit()
    money = {tier.name: tier.amount for tier in contest.collective_tiers}
    return [(each.tier, each.unit.name, each.figure, each.headcount, money[each.tier]) for each in made.awards]


def with_people(session, unit, people):
    session.add(Headcount(unit_id=unit.id, people=people, as_of=date(2025, 1, 1), source="Thống kê thành phố"))
    session.flush()
    return unit


def test_two_blocs_two_papers_a_week_and_collective_prizes_as_in_hue(app, session, keyring, client, unit):
    city = make_unit(session, name="thành phố Mẫu", kind="province")
    unit.parent, other = city, make_unit(session, name="xã Mẫu", parent=city)
    units = [with_people(session, unit, 4_000), with_people(session, other, 2_000)]
    account = make_account(session, unit=city)
    session.commit()
    organiser = desk(app, account)
    monday, sunday = next_monday(), next_monday() + timedelta(days=6)
    week = (row(0, monday, sunday, name="Đề 1"), row(1, monday, sunday, name="Đề 2"), {"rounds-1-same_week": "y"})

    contest = set_up(session, organiser, unit, table(unit, *week, **HUE, units=[each.id for each in units]))
    of = {"An": "1", "Bình": "1", "Chi": "2", "Dũng": "2", "Em": "2"}
    home = dict.fromkeys(("An", "Bình", "Chi"), unit) | dict.fromkeys(("Dũng", "Em"), other)
    people = {
        name: registers(session, client, contest, f"Lò Thị {name}", bloc=bloc, unit=str(home[name].id))
        for name, bloc in of.items()
    }
    papers = [("An", 2, 9), ("Bình", 2, 4), ("Chi", 2, 2), ("Dũng", 1, 3), ("Em", 1, 1)]
    runs(session, keyring, contest, [(number, people[who], *paper) for number in (1, 2) for who, *paper in papers])

    officials, residents = (bloc.name for bloc in contest.blocs)
    assert [(round.name, round.same_week) for round in contest.rounds] == [("Đề 1", False), ("Đề 2", True)]
    assert (contest.rounds[0].declared.ties, len(contest.collective_tiers)) == (Ties.DRAW, 2)
    assert prizes(session, contest.rounds[0]) == [  # three are all right: 4 is nearer than 9
        (f"Giải Nhất, {officials}", 1),
        (f"Giải Nhì, {officials}", 2),
        (f"Giải Nhất, {residents}", 1),
        (f"Giải Nhì, {residents}", 2),
        (f"Giải Ba, {residents}", 3),
    ]
    page = Page(client.get(f"/thi/{contest.slug}/tuan/2").text).text
    assert f"{officials}: 2 bài đầu" in page
    assert f"{residents}: 3 bài đầu" in page
    book = openpyxl.load_workbook(
        BytesIO(organiser.get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/ho-so/so-lieu.xlsx").data)
    )
    assert {line[0] for line in book["Xếp hạng"].iter_rows(min_row=5, values_only=True)} == {officials, residents}
    staff = organiser.get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1").text
    assert f"<h3>{officials}</h3>" in staff
    assert f"Giải Nhất, {residents} · hạng 1" in staff
    budget = organiser.get(f"/quan-tri/cuoc-thi/{contest.slug}").text
    assert "mỗi đợt 2.900.000 đồng cho cả 2 khối, 2 đợt; giải tập thể 10.000.000 đồng" in budget
    assert client.get(f"/thi/{contest.slug}/bang-vang").text.count(residents) >= 2
    rules = client.get(f"/thi/{contest.slug}").text
    assert "Giải Nhất về tỷ lệ dự thi xếp theo số người dự thi trên số dân." in rules
    assert "Giải Nhất về tổng số câu đúng xếp theo tổng số câu đúng của các bài được tính." in rules
    assert "Mỗi cách xếp có thứ hạng riêng: một đơn vị có thể nhận giải ở nhiều cách xếp." in rules

    # 3 people of 4.000 and 2 of 2.000 took part, in either round; right answers: 6 a round in one unit, 2 in the other
    assert decides(session, contest) == [
        ("Giải Nhất về tỷ lệ dự thi", "xã Mẫu", 2, 2_000, 5_000_000),
        ("Giải Nhất về tổng số câu đúng", "phường Mẫu", 12, None, 5_000_000),
    ]
    public = Page(client.get(f"/thi/{contest.slug}/giai-tap-the").text).text
    assert "xã Mẫu 1,0 người trên 1.000 dân (2 người)" in public


def test_only_the_all_right_win_as_in_phong_nha(session, keyring, client, organiser, unit):
    contest = set_up(session, organiser, unit, answers(unit, weeks=1, **PHONG_NHA))
    people = [registers(session, client, contest, f"Bàn Văn {name}") for name in ("An", "Bình", "Chi")]

    runs(session, keyring, contest, [(1, people[0], 1, 3), (1, people[1], 2, 7), (1, people[2], 2, 5)])

    rules = contest.rounds[0].declared
    assert (rules.all_right_only, rules.guess_target) == (True, GuessTarget.PEOPLE)
    assert prizes(session, contest.rounds[0]) == [("Giải Nhất", 1), ("Giải Nhì", 2)]
    assert [tier.value for tier in contest.tiers] == [Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000)]
    assert "Chỉ người trả lời đúng tất cả các câu mới được nhận giải." in client.get(f"/thi/{contest.slug}").text
