"""One's own result says in one sentence why a place that has a prize gives none."""

from datetime import timedelta

from core import clock
from core.crypto import new_code
from quiz.contest.rules.prizes import Tier
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner, pass_winner
from tests.support.pages import Page

TWO = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 1))
PASSED = "không gọi xác nhận được nên giải đã chuyển cho người kế tiếp"
EARLIER = "bạn đã có giải ở đợt trước, nên theo thể lệ giải thuộc về người kế tiếp"
ALL_RIGHT = "thể lệ chỉ trao giải cho người đúng tất cả các câu"
WAITS = "Ban Tổ chức chưa gọi được cho bạn để xác nhận"
REASONS = (PASSED, EARLIER, ALL_RIGHT, WAITS)


def entered(session, keyring, week, people, *, correct=()):
    """Let *people* enter *week* in the order of their speed; return their receipts."""
    receipts = [new_code() for _ in people]
    for at, (person, receipt) in enumerate(zip(people, receipts, strict=True)):
        right = correct[at] if correct else None
        make_attempt(session, keyring, week, participant=person, seconds=100 + at, correct=right, receipt=receipt)
    rank_round(session, week, now=week.closes_at + timedelta(minutes=2))
    return receipts


def published(session, week, *, confirmed=(), passed=()):
    for person in passed:
        pass_winner(session, week, person.id)
    for person in confirmed:
        confirm_winner(session, week, person.id, now=clock.now())
    mark_published(session, week, now=clock.now())
    session.commit()


def reasons(client, receipt):
    """Return those of the reasons that the page of *receipt* gives."""
    form = Page(client.get("/thi/tra-cuu").text).form()
    text = Page(client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text).text
    return [each for each in REASONS if each in text]


def test_a_person_who_was_not_reached_reads_that_the_prize_went_on(session, client, keyring):
    contest = make_contest(session, weeks=1, tiers=TWO)
    people = [make_participant(session, keyring, contest) for _ in range(3)]
    receipts = entered(session, keyring, contest.rounds[0], people)
    published(session, contest.rounds[0], passed=people[:1], confirmed=people[1:])

    assert [reasons(client, receipt) for receipt in receipts] == [[PASSED], [], []]


def test_a_winner_whose_call_is_still_to_come_reads_so_and_those_behind_read_nothing(session, client, keyring):
    contest = make_contest(session, weeks=1, tiers=TWO)
    people = [make_participant(session, keyring, contest) for _ in range(3)]
    receipts = entered(session, keyring, contest.rounds[0], people)
    published(session, contest.rounds[0], confirmed=people[1:2])

    assert [reasons(client, receipt) for receipt in receipts] == [[WAITS], [], []]


def test_a_winner_of_an_earlier_round_reads_that_this_prize_goes_to_the_next(session, client, keyring):
    contest = make_contest(session, weeks=2, tiers=TWO[:1], rest_rounds=1)
    people = [make_participant(session, keyring, contest) for _ in range(3)]
    first, second = contest.rounds
    entered(session, keyring, first, people)
    published(session, first, confirmed=people[:1])
    receipts = entered(session, keyring, second, people)
    published(session, second, confirmed=people[1:2])

    assert [reasons(client, receipt) for receipt in receipts] == [[EARLIER], [], []]


def test_where_only_the_all_right_win_a_front_place_reads_so(session, client, keyring):
    contest = make_contest(session, weeks=1, questions=4, tiers=TWO, all_right_only=True)
    people = [make_participant(session, keyring, contest) for _ in range(4)]
    receipts = entered(session, keyring, contest.rounds[0], people, correct=(4, 3, 2, 1))
    published(session, contest.rounds[0], confirmed=people[:1])

    found = [reasons(client, receipt) for receipt in receipts]

    assert found == [[], [ALL_RIGHT], [], []]


def test_a_contest_without_prizes_gives_no_reason(session, client, keyring):
    contest = make_contest(session, weeks=1, tiers=())
    people = [make_participant(session, keyring, contest)]
    receipts = entered(session, keyring, contest.rounds[0], people)
    published(session, contest.rounds[0])

    assert reasons(client, receipts[0]) == []
