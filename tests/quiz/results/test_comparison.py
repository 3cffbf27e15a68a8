"""The defence: two people in a box give the deciding criterion, the article of the rules, and an audit entry."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from quiz.contest.labels.guesses import guess_words
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import SETTLING
from quiz.results.manage.compare_words import compared_page
from quiz.results.models import StandingRow
from quiz.results.operations import closing, comparison
from quiz.results.operations.versions import TooEarly
from quiz.results.queries.comparison import find_typed, read_compared
from quiz.results.queries.correction import find_at
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.quiz.results.test_exclusion import exclude
from tests.support.staff import desk, send

PAO, BE, CHI, DIN = "Giàng A Páo", "Lò Thị Bé", "Bàn Chi", "Hoàng Dìn"


@pytest.fixture
def week(session, keyring):
    """Create a closed round: Páo, 28 s faster than Bé, then Chi with a worse guess, and two of the name Dìn."""
    contest = make_contest(session)
    round = contest.rounds[0]
    papers = ((PAO, 192, 3, 3), (BE, 220, 3, 3), (CHI, 220, 3, 9), (DIN, 9, 2, 3), (DIN, 9, 1, 3))
    for at, (name, seconds, correct, guess) in enumerate(papers):
        person = make_participant(session, keyring, contest, name=name, birth_year=1967 + at)
        make_attempt(session, keyring, round, participant=person, seconds=seconds, correct=correct, guess=guess)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/doi-chieu"


def ask(client, week, one, other, **more):
    return send(client, path_of(week), **{"one": one, "other": other, "reason": "Đơn số 3", **more})


def compared(session):
    return session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.ENTRY_COMPARE)).all()


def test_two_names_give_the_criterion_and_the_article(organiser, week):
    page = ask(organiser, week, BE, "giàng a PÁO").text

    assert (
        "Hai người cùng đúng 3/3 câu; Giàng A Páo làm trong 3 phút 12 giây, Lò Thị Bé làm trong 3 phút 40 giây: "
        "hơn nhau ở thời gian làm bài, 28 giây." in page
    )
    assert "Điều 3 của thể lệ, tiêu chí thứ 2" in page


@pytest.fixture
def words_of(app, session, keyring, week):
    """Return a function that compares the first with a rank, whose line and seat are changed as given, in words."""

    def compare(rank, *, line=(), seat=(), **changes):
        found = [find_typed(session, keyring, week, str(each))[0] for each in (1, rank)]
        one, other = (read_compared(session, week, each) for each in found)
        for row, values in ((other.line, line), (other.winner, seat)):
            for name, value in dict(values).items():
                setattr(row, name, value)
        with app.test_request_context(), session.no_autoflush:
            return compared_page(week, one, replace(other, **changes), guess_words(week.declared, None))

    return compare


@pytest.mark.parametrize(
    ("seat", "prize"),
    [
        ({}, "Giải Nhì, chờ gọi xác nhận"),
        ({"state": "confirmed"}, "Giải Nhì"),
        ({"state": "passed"}, "không liên lạc được, giải chuyển cho người kế tiếp"),
        ({"needs_draw": True}, "chờ bốc thăm công khai"),
    ],
)
def test_the_prize_of_each_is_said_as_it_stands(words_of, seat, prize):
    assert words_of(2, seat=seat).people[1].prize == prize


def test_why_somebody_ahead_has_no_prize_is_said(words_of, week):
    week.rules |= {"all_right_only": True}

    assert words_of(2, winner=None, barred=True).people[1].notes == (
        "Không nhận giải tuần này, vì đã có giải ở đợt trước (theo thể lệ).",
    )
    assert words_of(4, from_sheet=True).people[1].notes == (
        "Bài nhập từ bảng tính.",
        "Không nhận giải, vì chưa đúng tất cả các câu (Điều 6).",
    )


def test_equal_entries_rest_on_the_article_of_ties(words_of, week):
    page = words_of(2, line={"duration_ms": 192_000})

    assert page.sentence.endswith("bằng nhau ở mọi tiêu chí, nên cùng hạng.")
    assert (page.article, page.article_text[:9]) == ("Điều 5 của thể lệ", "Bằng nhau")


def test_parts_of_a_second_are_said_where_they_decide(words_of, week):
    week.rules |= {"order": [{"criterion": "duration", "bucket_ms": 1}]}
    near = words_of(2, line={"duration_ms": 192_400}).sentence
    week.rules |= {"order": [{"criterion": "submitted", "bucket_ms": 1}]}
    late = words_of(2, line={"submitted_at": week.opens_at + timedelta(days=1, milliseconds=500)}).sentence

    assert near == (
        "Bài hạng 1 làm trong 3 phút 12 giây, Bài hạng 2 làm trong 3 phút 12 giây 400 phần nghìn: "
        "hơn nhau ở thời gian làm bài, 400 phần nghìn giây."
    )
    assert "Bài hạng 2 nộp lúc 00:00:00,500 ngày 02/06/2026" in late


def test_a_name_in_another_order_is_another_name(session, keyring, week):
    assert [len(find_typed(session, keyring, week, name)) for name in (PAO, "Páo Giàng A")] == [1, 0]


def test_an_open_round_is_not_compared(session, keyring, week):
    entry = read_compared(session, week, find_typed(session, keyring, week, "1")[0])

    with pytest.raises(TooEarly):
        comparison.record_comparison(
            session, SYSTEM, week.contest.rounds[1], (entry, entry), reason="Đơn số 3", now=week.results_at
        )


def test_a_rank_names_no_person(organiser, week):
    page = ask(organiser, week, "1", "4").text

    assert "Bài hạng 1 đúng 3/3 câu, Bài hạng 4 đúng 2/3 câu: hơn nhau ở số câu trả lời đúng, 1 câu." in page
    assert PAO not in page


def test_a_comparison_is_recorded_without_the_names(organiser, session, week):
    ask(organiser, week, PAO, CHI)

    entry = compared(session)[0]
    assert (entry.reason, "1; 3" in entry.after, PAO in entry.after) == ("Đơn số 3", True, False)


def test_an_excluded_paper_is_said_to_be_excluded(organiser, session, week):
    exclude(session, week, find_at(session, week, 1), ExclusionReason.SEVERAL)

    page = ask(organiser, week, PAO, BE).text

    assert "Giàng A Páo không được xếp hạng, vì bài không được công nhận từ bản kết quả 2" in page


@pytest.mark.parametrize("typed", ["Páo", "Không Có Ai", "99"])
def test_a_second_field_that_fits_no_other_person_is_refused_and_recorded(organiser, session, week, typed):
    answer = ask(organiser, week, PAO, typed)

    assert (answer.status_code, [json.loads(each.after)["ranks"] for each in compared(session)]) == (
        422,
        ["1; không thấy"],
    )
    assert f'value="{PAO}"' in answer.text


def test_a_name_that_is_found_at_a_rank_is_recorded_and_counted(organiser, session, week, monkeypatch):
    monkeypatch.setattr(comparison, "MOST_A_DAY", 1)

    answer = ask(organiser, week, PAO, "1")

    assert (answer.status_code, "Đây cũng là người thứ nhất" in answer.text) == (422, True)
    assert ["1; 1" in entry.after for entry in compared(session)] == [True]
    assert ask(organiser, week, BE, "2").status_code == 429


def test_namesakes_are_chosen_by_unit_and_year(organiser, session, week):
    answer = ask(organiser, week, DIN, BE)

    assert answer.status_code == 422
    assert [json.loads(each.after)["ranks"] for each in compared(session)] == ["2 người như vậy; 2"]
    assert "sinh năm 1971" in answer.text
    assert "đúng 2/3 câu" in ask(organiser, week, DIN, BE, one_pick=str(find_at(session, week, 4))).text


def test_the_standings_are_not_read_by_comparing(organiser, session, week, monkeypatch):
    monkeypatch.setattr(comparison, "MOST_A_DAY", 1)
    ask(organiser, week, "1", "2")

    answer = ask(organiser, week, "1", "3")

    assert (answer.status_code, len(compared(session))) == (429, 1)


def test_a_comparison_needs_the_right_to_open_names(app, session, week):
    inspector = make_account(session, role=Role.INSPECTOR, unit=week.contest.unit)
    session.commit()

    assert desk(app, inspector).get(path_of(week)).status_code == 403


@pytest.fixture
def of_blocs(session, keyring):
    """Create a closed round with two blocs: Páo alone in one, Bé before Chi in the other."""
    contest = make_contest(session, blocs=["Cán bộ", "Người dân"])
    for at, (name, bloc) in enumerate(((PAO, 1), (BE, 2), (CHI, 2))):
        person = make_participant(session, keyring, contest, name=name, birth_year=1967 + at, bloc=bloc)
        make_attempt(session, keyring, contest.rounds[0], participant=person, seconds=192 + at)
    closing.rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + SETTLING)
    session.commit()
    return contest.rounds[0]


def test_people_of_two_blocs_are_not_compared_and_a_rank_of_both_is_chosen_from(app, session, of_blocs):
    account = make_account(session, unit=of_blocs.contest.unit)
    session.commit()
    organiser = desk(app, account)
    first = session.scalar(select(StandingRow.participant_id).where(StandingRow.bloc == 1))

    asked = ask(organiser, of_blocs, "1", CHI)
    apart = ask(organiser, of_blocs, "1", CHI, one_pick=str(first))
    together = ask(organiser, of_blocs, BE, CHI)

    assert asked.status_code == 422
    assert "Mỗi đối tượng dự thi có một người ở hạng này. Xin chọn một người." in asked.text
    assert (
        "Bài hạng 1 thuộc đối tượng “Cán bộ”, Bàn Chi thuộc đối tượng “Người dân”: mỗi đối tượng xếp hạng riêng."
        in apart.text
    )
    assert "hơn nhau ở thời gian làm bài" in together.text
    assert json.loads(compared(session)[1].after)["ranks"] == "1 (Cán bộ); 2 (Người dân)"
