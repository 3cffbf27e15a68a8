"""The prizes of units: figures without papers that are not recognised, decided by two people, and their files."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM
from commune.models import Headcount
from quiz.attempt.operations.amending_headcounts import amend_headcounts, list_newer
from quiz.awards.models import CollectiveDecision
from quiz.awards.operations.collective import (
    DrawsOpen,
    JustCorrected,
    NoMeasure,
    OverHeadcount,
    RoundsOpen,
    check_decidable,
    decide_collective,
)
from quiz.awards.queries.collective import draft_collective
from quiz.contest.models import ContestHeadcount, Participant, ParticipantVersion, PrizeTier
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.operations import closing
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.correction import find_at
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.quiz.results.test_exclusion import exclude
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk_in, send


@pytest.fixture
def week(session, keyring):
    """Create a published contest of one week: three people of one unit, two of another; a prize for the first unit."""
    home, other = (make_unit(session, name=name) for name in ("xã Xuân Lập", "xã Phúc Yên"))
    contest = make_contest(session, unit=home, units=[home, other], weeks=1)
    contest.terms = PrizeTerms(measure=CollectiveMeasure.PEOPLE).to_dict()
    prize = PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, amount=5_000_000, is_collective=True)
    contest.collective_tiers = [prize]
    round = contest.rounds[0]
    for at, unit in enumerate((home, home, home, other, other)):
        person = make_participant(session, keyring, contest, name=f"Nguyễn Văn An {'abcde'[at]}", unit=unit)
        make_attempt(session, keyring, round, participant=person, seconds=100 + at)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


@pytest.fixture
def organiser(app, session, week):
    return desk_in(app, session, week.contest.unit)


def publish(session, week):
    closing.mark_published(session, week, now=week.results_at)
    session.commit()


def page_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/giai-tap-the"


def people_of(session, week):
    draft = draft_collective(session, week.contest, week.results_at)
    return [(draft.units[each.figures.ref].name, each.figures.people) for each in draft.awards]


def test_papers_that_are_not_recognised_win_no_prize_for_their_unit(session, week):
    assert people_of(session, week) == [("xã Xuân Lập", 3), ("xã Phúc Yên", 2)]

    for _ in range(2):
        exclude(session, week, find_at(session, week, 1))

    assert people_of(session, week) == [("xã Phúc Yên", 2), ("xã Xuân Lập", 1)]


@pytest.mark.both_databases
@pytest.mark.parametrize("measure", list(CollectiveMeasure))
def test_people_who_move_after_the_close_take_no_prize_to_another_unit(session, week, measure):
    week.contest.terms = PrizeTerms(measure=measure, cap=1 if measure is CollectiveMeasure.CAPPED else None).to_dict()
    moving = session.get_one(Participant, find_at(session, week, 1))
    before = draft_collective(session, week.contest, week.results_at).figures

    moved = {"participant_id": moving.id, "version": 1, "unit_id": moving.unit_id, "sealed": b""}
    session.add(ParticipantVersion(**moved, until=week.closes_at + timedelta(hours=1)))
    moving.unit_id = next(each.unit_id for each in week.contest.units if each.unit_id != moving.unit_id)
    session.commit()

    assert draft_collective(session, week.contest, week.results_at).figures == before


def test_nothing_is_decided_before_every_round_is_published(session, week):
    with pytest.raises(RoundsOpen):
        check_decidable(session, week.contest, now=week.results_at)
    publish(session, week)

    with pytest.raises(RoundsOpen):
        check_decidable(session, week.contest, now=week.results_at - timedelta(milliseconds=1))
    assert check_decidable(session, week.contest, now=week.results_at)


def test_nothing_is_decided_before_the_results_are_final(session, week):
    publish(session, week)
    week.contest.terms = PrizeTerms(measure=CollectiveMeasure.PEOPLE, objection_days=3).to_dict()

    with pytest.raises(RoundsOpen):
        check_decidable(session, week.contest, now=week.results_at)
    week.finalised_at = week.results_at
    assert check_decidable(session, week.contest, now=week.results_at)


def test_units_that_are_equal_wait_for_the_draw(session, week):
    publish(session, week)
    exclude(session, week, find_at(session, week, 1))
    week.contest.rules |= {"ties": "draw"}

    with pytest.raises(DrawsOpen):
        check_decidable(session, week.contest, now=week.results_at)


@pytest.mark.parametrize("lacks", ["measure", "prizes"])
def test_a_contest_without_a_measure_or_prizes_of_units_decides_nothing(session, week, lacks):
    publish(session, week)
    if lacks == "measure":
        week.contest.terms = PrizeTerms().to_dict()
    else:
        week.contest.collective_tiers = []

    with pytest.raises(NoMeasure):
        check_decidable(session, week.contest, now=week.results_at)


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ("measure", "Thể lệ có giải tập thể mà chưa nói xếp theo gì."),
        ("prizes", "Thể lệ không có giải tập thể."),
    ],
)
def test_the_page_says_which_term_is_missing_and_where_it_is_set(organiser, session, week, monkeypatch, lacks, words):
    if lacks == "measure":
        week.contest.terms = PrizeTerms().to_dict()
    else:
        session.delete(week.contest.collective_tiers[0])
    session.commit()
    over = Page(organiser.get(page_of(week)).text).text
    monkeypatch.setattr("quiz.awards.manage.collective.list_amendable", lambda *_given: [week])
    page = organiser.get(page_of(week)).text

    assert words in over and "Mọi đợt đã mở" in over
    assert words in page and "/sua-doi-the-le#muc-giai" in page
    assert "Quyết định giải tập thể" not in page


@pytest.mark.parametrize(("measure", "figure"), [(CollectiveMeasure.POINTS, 9), (CollectiveMeasure.TURNS, 3)])
def test_a_decision_holds_the_figure_of_its_measure_and_is_made_once(session, week, measure, figure):
    publish(session, week)
    week.contest.terms = PrizeTerms(measure=measure).to_dict()
    now = week.results_at
    seen = check_decidable(session, week.contest, now=now)

    with pytest.raises(Changed):
        decide_collective(session, SYSTEM, week.contest, seen="0" * 32, reason="", now=now)
    made = decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=now)

    assert [each.figure for each in made.awards] == [figure]
    with pytest.raises(NothingToDo):
        decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=now)


def test_one_person_asks_and_another_decides(app, organiser, session, week):
    publish(session, week)

    answer = send(organiser, page_of(week), to=f"{page_of(week)}/de-nghi")
    session.expire_all()
    assert (answer.status_code, session.scalars(select(CollectiveDecision)).all()) == (303, [])

    agree(app, session, session.scalars(select(Approval)).one())
    decision = session.scalars(select(CollectiveDecision)).one()
    assert [(each.tier, each.unit_id, each.figure) for each in decision.awards] == [
        ("Giải Nhất tập thể", week.contest.unit_id, 3)
    ]


def test_the_public_page_shows_what_was_decided_and_nothing_before(client, session, week):
    publish(session, week)
    address = f"/thi/{week.contest.slug}/giai-tap-the"
    before = client.get(address).text
    seen = check_decidable(session, week.contest, now=week.results_at)
    decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=week.results_at)
    session.commit()

    after = client.get(address).text

    assert "chưa có quyết định" in before and "xã Xuân Lập" not in before
    assert "xã Xuân Lập đạt Giải Nhất tập thể" in after and "3 người dự thi" in after


def test_a_contest_without_prizes_of_units_has_no_page_of_them(client, session, week):
    session.delete(week.contest.collective_tiers[0])
    session.commit()

    assert client.get(f"/thi/{week.contest.slug}/giai-tap-the").status_code == 404


def test_the_organiser_of_a_trial_plays_both_parts(organiser, session, week):
    publish(session, week)
    week.contest.trial_of_id, week.contest.is_draft = make_contest(session).id, True
    session.commit()

    send(organiser, page_of(week), to=f"{page_of(week)}/de-nghi")

    session.expire_all()
    assert len(session.scalars(select(CollectiveDecision)).one().awards) == 1


def test_the_files_name_the_unit_and_its_prize(organiser, session, week):
    publish(session, week)
    seen = check_decidable(session, week.contest, now=week.results_at)
    decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=week.results_at)
    session.commit()
    unit = "xã Xuân Lập"

    words = Document(BytesIO(organiser.get(f"{page_of(week)}/quyet-dinh.docx").data))
    pdf = PdfDocument(BytesIO(organiser.get(f"{page_of(week)}/giay-chung-nhan.pdf").data))
    address = page_of(week).replace("giai-tap-the", "ho-so/so-lieu.xlsx")
    sheet = load_workbook(BytesIO(organiser.get(address).data))["Giải tập thể"]

    cells = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    assert {"Xã Xuân Lập", "Giải Nhất tập thể", "3 người dự thi", "5.000.000"} <= set(cells)
    assert "Giải Nhất tập thể" in pdf[0].get_textpage().get_text_range()
    assert unit in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_decision_waits_a_day_after_a_corrected_headcount(session, week):
    home, day = week.contest.unit, date(2026, 1, 1)
    session.add(Headcount(unit_id=home.id, people=4_200, as_of=day, source="Công an xã, số đã kiểm tra"))
    figures = {"contest_id": week.contest_id, "unit_id": home.id, "from_round": 1}
    session.add(ContestHeadcount(**figures, people=2_400, as_of=day, source="Công an xã"))
    before = week.results_at - timedelta(hours=1)
    amend_headcounts(session, SYSTEM, week.contest, list_newer(session, week.contest, before), reason="x", now=before)
    publish(session, week)

    with pytest.raises(JustCorrected):
        check_decidable(session, week.contest, now=week.results_at)

    assert check_decidable(session, week.contest, now=before + timedelta(hours=24))


@pytest.fixture
def over(session, week, monkeypatch):
    """Let the leader have fewer inhabitants than people, of units so small for a test; prizes go by rate."""
    monkeypatch.setattr("quiz.boards.queries.board_lines.usable_headcount", lambda *_given, **_named: True)
    week.contest.terms = PrizeTerms(measure=CollectiveMeasure.RATE).to_dict()
    for unit, people in zip(week.contest.units, (2, 200), strict=True):
        count = {"people": people, "as_of": date(2026, 1, 1), "source": "Công an xã"}
        session.add(ContestHeadcount(contest_id=week.contest_id, unit_id=unit.unit_id, from_round=1, **count))
    assert week.contest.headcounts_fixed_at
    publish(session, week)
    return week


def test_a_leader_with_more_people_than_inhabitants_is_looked_at_before_the_next_one_wins(organiser, session, over):
    with pytest.raises(OverHeadcount) as error:
        check_decidable(session, over.contest, now=over.results_at)
    assert error.value.units == [("xã Xuân Lập", 3, 2)]

    exclude(session, over, find_at(session, over, 1))
    assert check_decidable(session, over.contest, now=over.results_at)
    assert people_of(session, over)[0] == ("xã Xuân Lập", 2)


def test_the_approver_reads_which_unit_has_no_rate(app, organiser, session, over, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: over.results_at)
    sentence = "Xã Xuân Lập có 3 người thi, hơn số dân 2:"

    page = Page(organiser.get(page_of(over)).text).text
    assert sentence in page
    assert "xã Xuân Lập chưa xếp 3 người trên 2 dân" in page
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="")
    assert session.scalars(select(Approval)).all() == []
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="", leaves_over="y")
    asked = session.scalars(select(Approval)).one()
    read = as_approver_reads(app, session, asked.action, over.contest.unit)
    agree(app, session, asked)

    assert "xã Xuân Lập: 3 người thi, hơn số dân 2" in read
    decision = session.scalars(select(CollectiveDecision)).one()
    assert [each.unit.name for each in decision.awards] == ["xã Phúc Yên"]
    minutes = Document(BytesIO(organiser.get(f"{page_of(over)}/bien-ban.docx").data))
    assert "Không xếp xã Xuân Lập: có 3 người thi, hơn số dân 2." in [each.text for each in minutes.paragraphs]
