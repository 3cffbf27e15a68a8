"""The content of the loaded demo."""

import re
import stat
from collections import Counter as Count
from datetime import UTC, date, datetime
from statistics import fmean

import pytest
from sqlalchemy import func, select

from account.operations.account import is_password_right
from account.operations.second_factor import use_code
from account.queries.account import find_account
from commune.models import Office
from commune.queries.headcount import latest_headcounts
from commune.queries.offices import find_office, list_offices
from core import clock
from core.web.extensions import db, keyring, settings
from demo.accounts import ACCOUNTS, INSPECTOR, OFFICER
from demo.people import IN_THE_NEWS
from demo.published import compare
from demo.today import SCRIPTED
from quiz.attempt.models import AnswerSheet, Attempt
from quiz.attempt.rules.commitment import of_answers, read_answers
from quiz.attempt.rules.scoring import count_correct
from quiz.boards.queries.board_lines import lines_of_round
from quiz.boards.queries.today import turnout_of_today
from quiz.boards.rules.board import BoardOrder, offered_orders
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries import find_contest, phase_of
from quiz.contest.rules.schedule import Phase
from quiz.results.models import StandingRow, Winner
from quiz.results.queries.result import contacts_of, find_result
from quiz.results.queries.review import list_clusters
from quiz.results.queries.turnout import perfect_of_contest, turnout_of_contest
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures.queries.figures import cards_by_counter, figures_of
from survey.rating.models import OptionTally, Rating
from survey.rating.queries.batches import list_class_batches
from survey.rating.queries.comment import comment_months, list_comments
from survey.rating.rules.answers import read_answers as read_options
from survey.rating.rules.classes import RatingClass

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 3, tzinfo=UTC)

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("province")]

LEADERS = {"Tô Lâm", "Lương Cường", "Phạm Minh Chính", "Trần Thanh Mẫn", "Nguyễn Phú Trọng", "Chẩu Văn Lâm"}
NAME = re.compile(r"\w+( \w+){2,3}")


def lam_binh() -> Contest:
    contest = find_contest(db.session, "lam-binh-2023")
    assert contest is not None
    return contest


def winners() -> list[Winner]:
    query = select(Winner).join(Round, Round.id == Winner.round_id).where(Round.contest_id == lam_binh().id)
    return list(db.session.scalars(query))


def test_no_rating_is_in_a_future_week():
    assert db.session.scalar(select(func.max(Rating.week))) == date(2026, 11, 16)


def test_lam_binh_has_11963_turns_and_3914_perfect_papers():
    board = turnout_of_contest(db.session, lam_binh())

    assert (board.turns, perfect_of_contest(db.session, lam_binh())) == (11_963, 3_914)


def test_the_four_published_communes_have_their_turns_and_xuan_lap_is_first():
    board = turnout_of_contest(db.session, lam_binh())

    assert [(row.unit.name, row.turns) for row in board.rows[:4]] == [
        ("xã Xuân Lập", 5_821),
        ("xã Phúc Yên", 1_827),
        ("xã Thượng Lâm", 1_179),
        ("thị trấn Lăng Can", 1_008),
    ]


def test_8656_turns_of_2023_fall_in_the_lam_binh_of_today_and_no_turn_is_lost():
    contest = lam_binh()

    rows = turnout_of_today(db.session, contest, turnout_of_contest(db.session, contest), TODAY)

    assert (rows[0].unit.name, rows[0].unit.valid_to, rows[0].turns) == ("xã Lâm Bình", None, 8_656)
    assert sum(row.turns for row in rows) == 11_963
    assert {row.unit.name for row in rows} == {"xã Lâm Bình", "xã Thượng Lâm", "xã Bình An", "xã Minh Quang"}
    assert not any(row.heirs for row in rows)


def test_the_old_communes_of_lam_binh_have_the_headcounts_that_were_published():
    contest = lam_binh()

    rows = turnout_of_today(db.session, contest, turnout_of_contest(db.session, contest), TODAY)

    assert {row.unit.name: row.then.people for row in rows} == {
        "xã Lâm Bình": 2_771 + 1_909 + 8_373,
        "xã Thượng Lâm": 5_129 + 3_553,
        "xã Bình An": 2_852 + 5_077,
        "xã Minh Quang": 3_371 + 7_842 + 6_757,
    }


def test_the_six_others_share_2128_turns_each_below_the_town():
    others = [row.turns for row in turnout_of_contest(db.session, lam_binh()).rows[4:]]

    assert (len(others), sum(others)) == (6, 2_128)
    assert max(others) < 1_008


def test_five_people_share_the_eight_weekly_first_prizes():
    first = [winner for winner in winners() if winner.tier == "Giải Nhất" and winner.state == "confirmed"]

    assert (len(first), len({winner.participant_id for winner in first})) == (8, 5)
    assert all(winner.participant.verified_at for winner in first)


def test_every_published_figure_is_printed_as_agreeing(loaded):
    lines = [line for line in loaded[1].splitlines() if line.endswith(("khớp", "LỆCH"))]

    assert len(lines) == len(compare(db.session, lam_binh())) == 13
    assert all(line.endswith("khớp") for line in lines)


def test_the_summary_distinguishes_published_and_invented_figures():
    contest = lam_binh()

    assert contest.is_illustrative
    assert "số liệu đã công bố" in contest.summary
    assert "số liệu minh họa" in contest.summary


def test_the_tally_at_each_close_found_nothing_to_correct():
    results = [find_result(db.session, round) for round in lam_binh().rounds]

    assert [result.differences for result in results] == [[]] * 8
    assert [round.published_at == round.results_at for round in lam_binh().rounds] == [True] * 8


def test_the_guess_decides_one_week_at_least():
    rounds = [round.id for round in lam_binh().rounds]
    second_places = select(StandingRow.decided_by).where(StandingRow.round_id.in_(rounds), StandingRow.position == 2)

    assert "guess" in db.session.scalars(second_places).all()


def test_answers_give_the_stored_marks_and_open_their_commitment():
    query = select(Attempt, AnswerSheet).join(AnswerSheet).where(Attempt.round_id == lam_binh().rounds[0].id)
    key = {question.ref: question.key for question in lam_binh().rounds[0].questions}

    for attempt, sheet in db.session.execute(query.limit(200)):
        answers = {name: frozenset(chosen) for name, chosen in read_answers(sheet.answers).items()}
        assert count_correct(answers, key) == attempt.correct
        assert of_answers(sheet.salt, answers, sheet.guess) == attempt.answers_commitment


def test_each_participant_answers_once_a_week_within_the_time_limit_and_only_the_script_in_seconds():
    pairs = select(func.count()).select_from(select(Attempt.round_id, Attempt.participant_id).distinct().subquery())
    outside = select(func.count()).where(Attempt.submitted_at >= Round.closes_at, Attempt.round_id == Round.id)
    slow = select(func.count()).where(~Attempt.duration_ms.between(60_000, 900_000))

    assert db.session.scalar(pairs) == db.session.scalar(select(func.count(Attempt.id)))
    assert (db.session.scalar(outside), db.session.scalar(slow)) == (0, SCRIPTED)


def test_people_have_plausible_names_of_no_official_and_unassigned_phone_numbers():
    participants = list(db.session.scalars(select(Participant).limit(3_000)))
    contacts = contacts_of(db.session, keyring(), participants).values()
    names = {contact.name for contact in contacts}

    assert all(NAME.fullmatch(name) for name in names)
    assert len(names) > 1_200
    assert not names & (LEADERS | IN_THE_NEWS)
    assert {contact.phone[:3] for contact in contacts} == {"071"}


def test_a_family_shares_a_phone_and_never_more_than_four_people_do():
    slots = set(db.session.scalars(select(Participant.phone_slot).distinct()))

    assert slots == {1, 2, 3, 4}


def test_a_contest_is_open_in_its_fourth_week_with_three_published():
    contest = find_contest(db.session, "cai-cach-hanh-chinh-2026")
    *held, present = contest.rounds[:4]
    begun = db.session.scalar(select(func.count(Attempt.id)).where(Attempt.round_id == present.id))

    assert all(round.published_at for round in held)
    assert (present.closed_at, begun) == (None, 180)
    assert [len(round.questions) for round in contest.rounds] == [10] * 6
    assert all(question.explanation or question.source for round in contest.rounds for question in round.questions)


def test_the_contest_of_today_is_compared_by_headcount():
    contest = find_contest(db.session, "cai-cach-hanh-chinh-2026")

    lines = lines_of_round(db.session, contest.rounds[0], None, clock.now()).lines

    assert len(lines) == 12
    assert offered_orders(lines)[0] is BoardOrder.RATE


def test_a_contest_closes_tonight_and_an_earlier_week_waits_before_anybody_was_called():
    contest = find_contest(db.session, "chuyen-doi-so-thuong-lam")
    states = db.session.scalars(select(Participant.verified_at).where(Participant.contest_id == contest.id)).all()
    second = contest.rounds[-1]
    begun = db.session.scalar(select(func.count(Attempt.id)).where(Attempt.round_id == second.id))

    assert [phase_of(round, NOW) for round in contest.rounds] == [Phase.CLOSED, Phase.ENDED, Phase.OPEN]
    assert second.closes_at == datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert begun == 48
    assert 50 <= len(states) <= 70
    assert set(states) == {None}  # without a call so far: the first week waits for its review


def test_a_script_of_a_closed_week_waits_for_a_decision():
    contest = find_contest(db.session, "chuyen-doi-so-thuong-lam")
    clusters = list_clusters(db.session, contest.rounds[0], is_strong=True)

    assert [(each.size, each.perfect, each.decision) for each in clusters] == [(12, 12, "open")]


def test_every_commune_of_the_province_has_an_office_with_three_counters_and_a_headcount():
    offices = list_offices(db.session)
    counters = db.session.scalars(select(Counter.office_id)).all()
    counted = latest_headcounts(db.session, [office.unit_id for office in offices], TODAY)

    assert (len(offices), len({office.unit_id for office in offices}), len(counters)) == (124, 124, 372)
    assert {count.source for count in counted.values()} == {"Số liệu minh họa"}
    assert len(counted) == 124


def test_a_year_of_ratings_has_the_shape_of_the_published_interviews():
    stored = db.session.scalars(select(Rating.answers).where(Rating.channel == "phone"))
    phoned = [read_options(text) for text in stored]
    interviews, level = len(phoned), fmean(int(each["level"][0]) for each in phoned)
    reasons = Count(reason for each in phoned for reason in each.get("reasons", ()))
    ticked = {reason: count / interviews for reason, count in reasons.items()}
    weeks = db.session.scalar(select(func.count(Rating.week.distinct())))

    assert abs(2 * float(level) - 8.7) < 0.1
    assert abs(ticked["trips"] - 0.09) < 0.01
    assert abs(ticked["cost"] - 0.03) < 0.01
    assert max(ticked, key=ticked.get) == "attitude"
    assert weeks == 53


def test_every_channel_is_there_and_the_tallies_are_the_ratings():
    ratings = select(Rating.channel, func.count()).group_by(Rating.channel)
    tallies = select(OptionTally.channel, func.sum(OptionTally.count)).where(OptionTally.item == "level")

    counted = {channel: int(count) for channel, count in db.session.execute(tallies.group_by(OptionTally.channel))}
    assert counted == dict(db.session.execute(ratings).all())
    assert set(counted) == {"open", "code", "kiosk", "phone", "paper"}


def test_the_land_counter_is_the_worst_and_has_become_better():
    counters = list_counters(db.session, find_office(db.session, "lam-binh"))
    cards = cards_by_counter(db.session, counters, TODAY)
    shares = [cards[counter.id].share for counter in counters]
    months = [point.share for point in figures_of(db.session, [counters[1]], TODAY).trend if point.share is not None]

    assert shares[1] < 0.7 < min(shares[0], shares[2])
    assert months[0] < months[-1]
    assert len(list_comments(db.session, comment_months(db.session, counters, TODAY))) >= 20


def test_a_burst_at_the_land_counter_is_set_apart_and_waits_for_the_inspector():
    counters = list_counters(db.session, find_office(db.session, "lam-binh"))

    (batch,) = list_class_batches(db.session, [counter.id for counter in counters], TODAY)

    assert (batch.counter_id, batch.kind, batch.n) == (counters[1].id, RatingClass.MORE, 12)
    assert batch.until < TODAY


def test_a_small_office_has_too_few_ratings_to_be_shown():
    counters = list_counters(db.session, find_office(db.session, "thuong-lam"))

    assert figures_of(db.session, counters, TODAY).card is None
    assert db.session.scalar(select(func.count(Rating.id)).where(Rating.counter_id == counters[0].id)) == 4


def test_the_password_is_kept_for_its_owner_alone_and_not_printed(loaded):
    path = settings().instance_path / "demo-password.txt"
    password = path.read_text().strip()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(password) == 16
    assert str(path) in loaded[1]
    assert password not in loaded[1]


@pytest.mark.parametrize("email", ACCOUNTS)
def test_the_demo_accounts_sign_in_with_the_password_and_the_code_of_the_command(province, email):
    password = (settings().instance_path / "demo-password.txt").read_text().strip()
    code = province.test_cli_runner().invoke(args=["demo", "code", email]).output.strip()
    account = find_account(db.session, email)

    is_code_right = use_code(db.session, keyring(), account, code, clock.now())

    db.session.rollback()
    assert is_password_right(account, password)
    assert is_code_right == (email not in {INSPECTOR, OFFICER})


def test_the_second_factor_is_kept_for_its_owner_alone(province):
    path = settings().instance_path / "demo-second-factor.txt"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert province.test_cli_runner().invoke(args=["demo", "code", "la@xa.gov.vn"]).exit_code == 1


def test_the_printed_addresses_name_every_contest_and_the_password(province):
    output = province.test_cli_runner().invoke(args=["demo", "doors"]).output

    assert "http://lang-nghe.example/thi/lam-binh-2023" in output
    assert (settings().instance_path / "demo-password.txt").read_text().strip() in output


def test_every_printed_address_of_the_public_opens(province):
    client = province.test_client()
    output = province.test_cli_runner().invoke(args=["demo", "doors"]).output
    public = [path for path in re.findall(r"http://lang-nghe.example(/\S+)", output) if "/quan-tri/" not in path]

    assert len(public) > 15 and {client.get(path).status_code for path in public} == {200}
    assert "Giấy chứng nhận đúng với kết quả đang công bố" in client.get(public[-1]).text


def test_the_printed_addresses_describe_each_account_once(province):
    lines = province.test_cli_runner().invoke(args=["demo", "doors"]).output.splitlines()

    assert [sum(email in line for line in lines) for email in ACCOUNTS] == [1, 1, 1, 1, 1]
    assert "  phê duyệt: nguoiduyet@lang-nghe.example" in lines
    assert [line for line in lines if "quầy 1" in line][1].startswith(
        "  Đánh giá quầy 1, Trung tâm Phục vụ hành chính công xã Thượng Lâm (mới có vài lượt, chưa đủ để hiện số): "
    )


def test_every_invented_office_is_marked_as_such(province):
    assert set(db.session.scalars(select(Office.is_illustrative))) == {True}


def test_a_second_load_is_refused_kindly_or_left_alone(province):
    runner = province.test_cli_runner()

    again, if_empty = runner.invoke(args=["demo", "load"]), runner.invoke(args=["demo", "load", "--if-empty"])

    assert (again.exit_code, if_empty.exit_code, if_empty.output) == (1, 0, "")
    assert "đã có dữ liệu" in again.output
