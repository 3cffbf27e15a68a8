"""From the close to the publication."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from account.operations.audit import SYSTEM
from quiz.attempt.models import Attempt, Tally
from quiz.attempt.queries.attempt import entry_value
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.contest.models import Participant, Round
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import MissedCall, StandingRow
from quiz.results.operations import closing
from quiz.results.queries.result import find_place, find_prize, find_result, list_standings, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner, pass_winner, recall_winner
from tests.support.staff import enter, send

pytestmark = pytest.mark.both_databases


@pytest.fixture
def ended(session, keyring):
    """Create a round with four entries: two all-correct at 180 and 183 s, one slow, one with a mistake."""
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round = contest.rounds[0]
    for name, correct, seconds in (("A", 3, 180.2), ("B", 3, 183.9), ("C", 3, 400), ("D", 2, 60)):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, correct=correct, seconds=seconds, guess=3)
    return round


def closed(session, round):
    return closing.rank_round(session, round, now=round.closes_at + SETTLING)


def test_standings_follow_the_declared_rules_and_name_the_deciding_criterion(session, ended):
    result = closed(session, ended)

    rows = list_standings(session, result)
    assert [row.rank for row in rows] == [1, 2, 3, 4]
    assert [row.decided_by for row in rows] == [None, "duration", "duration", "correct"]
    assert (result.target, result.turns, result.people, result.perfect) == (3, 4, 4, 3)
    assert result.differences == []


def test_a_week_is_ranked_from_columns_and_its_papers_stay_unloaded(session, ended):
    attempts = {each.id: each for each in session.scalars(select(Attempt))}
    expected = {(entry_value(attempt, 3), id) for id, attempt in attempts.items()}
    session.expunge_all()
    round = session.get_one(Round, ended.id)

    found = counted_entries(session, round)

    assert set(zip(found.values(), map(UUID, found.attempts), strict=True)) == expected
    assert not any(isinstance(each, Attempt) for each in session.identity_map.values())


def test_the_gap_to_the_next_better_rank_is_shown_in_its_own_units(session, ended):
    result = closed(session, ended)
    second = list_standings(session, result)[1]

    place = find_place(session, ended, second.attempt)

    assert (place.standing.rank, place.better_rank) == (2, 1)
    assert (place.gap.criterion, place.gap.amount) == ("duration", 3000)


def test_a_round_is_not_closed_before_its_time(session, ended):
    with pytest.raises(closing.TooEarly):
        closing.rank_round(session, ended, now=ended.closes_at + SETTLING - timedelta(milliseconds=1))


def test_closing_twice_changes_nothing(session, ended):
    closed(session, ended)

    again = closing.rank_round(session, ended, now=ended.closes_at + timedelta(hours=1))

    assert again is None
    assert len(list(session.scalars(select(StandingRow)))) == 4


def test_a_tally_that_was_tampered_with_is_found_and_kept_as_found(session, ended):
    session.flush()
    session.scalar(select(Tally)).turns += 100

    result = closed(session, ended)

    assert len(result.differences) == 1
    assert result.turns == 4


def test_a_week_with_uncalled_winners_can_not_be_published(session, ended):
    result = closed(session, ended)
    with pytest.raises(closing.StillPending) as refusal:
        closing.publish_round(session, SYSTEM, ended, reason="", now=ended.closes_at)

    assert refusal.value.count == 2
    assert [(winner.tier, winner.state) for winner in list_winners(session, result)] == [
        ("Giải Nhất", "pending"),
        ("Giải Nhì", "pending"),
    ]


def test_a_verified_participant_needs_no_call(session, ended):
    for participant in session.scalars(select(Participant)):
        participant.verified_at = ended.opens_at
    result = closed(session, ended)

    assert {winner.state for winner in list_winners(session, result)} == {"confirmed"}


def test_the_next_one_is_seated_for_a_winner_who_was_not_reached(session, ended):
    result = closed(session, ended)
    first = list_winners(session, result)[0]

    pass_winner(session, ended, first.participant_id)

    seated = [(winner.rank, winner.tier, winner.state) for winner in list_winners(session, result)]
    assert seated == [(1, "Giải Nhất", "passed"), (2, "Giải Nhất", "pending"), (3, "Giải Nhì", "pending")]


def test_a_confirmation_outlives_the_next_ones_seating(session, ended):
    result = closed(session, ended)
    first, second = list_winners(session, result)
    confirm_winner(session, ended, second.participant_id, now=ended.closes_at)

    pass_winner(session, ended, first.participant_id)

    states = {winner.rank: winner.state for winner in list_winners(session, result)}
    assert states == {1: "passed", 2: "confirmed", 3: "pending"}


def test_a_passed_winner_can_not_be_confirmed_from_an_old_page(session, ended):
    result = closed(session, ended)
    first = list_winners(session, result)[0]
    pass_winner(session, ended, first.participant_id)

    confirmed = confirm_winner(session, ended, first.participant_id, now=ended.closes_at)
    passed = pass_winner(session, ended, first.participant_id)

    assert (confirmed, passed) == (False, False)
    assert [winner.tier for winner in list_winners(session, result) if winner.state != "passed"] == [
        "Giải Nhất",
        "Giải Nhì",
    ]


def test_a_confirmed_winner_can_not_be_passed_from_an_old_page(session, ended):
    result = closed(session, ended)
    first = list_winners(session, result)[0]
    confirm_winner(session, ended, first.participant_id, now=ended.closes_at)

    assert pass_winner(session, ended, first.participant_id) is False
    assert [winner.state for winner in list_winners(session, result)] == ["confirmed", "pending"]


def test_a_pass_is_taken_back_with_everything_that_followed(session, ended):
    result = closed(session, ended)
    first = list_winners(session, result)[0]
    pass_winner(session, ended, first.participant_id)

    recalled = recall_winner(session, ended, first.participant_id)
    again = recall_winner(session, ended, first.participant_id)

    assert (recalled, again) == (True, False)
    seated = [(winner.rank, winner.tier, winner.state) for winner in list_winners(session, result)]
    assert seated == [(1, "Giải Nhất", "pending"), (2, "Giải Nhì", "pending")]


def test_a_confirmed_winner_who_moves_down_needs_no_second_call(session, ended):
    result = closed(session, ended)
    first, second = list_winners(session, result)
    pass_winner(session, ended, first.participant_id)
    confirm_winner(session, ended, second.participant_id, now=ended.closes_at)

    recall_winner(session, ended, first.participant_id)

    seated = [(winner.rank, winner.tier, winner.state) for winner in list_winners(session, result)]
    assert seated == [(1, "Giải Nhất", "pending"), (2, "Giải Nhì", "confirmed")]


def test_a_passed_winner_can_not_be_recalled_after_publication(session, ended):
    result = closed(session, ended)
    first = list_winners(session, result)[0]
    pass_winner(session, ended, first.participant_id)
    for winner in list_winners(session, result)[1:]:
        confirm_winner(session, ended, winner.participant_id, now=ended.closes_at)
    closing.publish_round(session, SYSTEM, ended, reason="", now=ended.results_at)

    assert recall_winner(session, ended, first.participant_id) is False


def test_passing_over_a_winner_names_the_next_and_can_be_undone(session, client, ended):
    winners = list_winners(session, closed(session, ended))
    called = {"participant_id": winners[0].participant_id, "called_at": ended.closed_at}
    session.add(MissedCall(round_id=ended.id, **called))
    account = make_account(session, unit=ended.contest.unit)
    session.commit()
    enter(client, account)
    page = f"/quan-tri/cuoc-thi/{ended.contest.slug}/tuan/1"

    send(client, page, f"{page}/mo-lien-he/nguoi-dat-giai", reason="Gọi xác nhận")
    send(client, page, f"{page}/nguoi-dat-giai/{winners[0].participant_id}/bo-qua", why="Gọi ba ngày")
    after = client.get(page).text
    send(client, page, f"{page}/nguoi-dat-giai/{winners[0].participant_id}/goi-lai")
    undone = client.get(page).text

    assert "Đã bỏ qua hạng 1; Giải Nhất chuyển cho người hạng 2." in after
    assert ("Hoàn tác" in after, "Hoàn tác" in undone) == (True, False)
    assert "Đã hoàn tác: hạng 1 đang chờ gọi. Hạng 3 không còn trong danh sách giải." in undone


def test_an_old_page_is_refused_since_the_list_has_changed(session, client, ended):
    first = list_winners(session, closed(session, ended))[0]
    pass_winner(session, ended, first.participant_id)
    account = make_account(session, unit=ended.contest.unit)
    session.commit()
    enter(client, account)
    page = f"/quan-tri/cuoc-thi/{ended.contest.slug}/tuan/1"

    send(client, page, f"{page}/mo-lien-he/nguoi-dat-giai", reason="Gọi xác nhận")
    send(client, page, f"{page}/nguoi-dat-giai/{first.participant_id}/xac-nhan")

    assert "Danh sách đã thay đổi, xin xem lại." in client.get(page).text


def test_an_early_publication_waits_for_the_announced_hour(session, ended):
    result = closed(session, ended)
    for winner in list_winners(session, result):
        confirm_winner(session, ended, winner.participant_id, now=ended.closes_at)

    when = closing.publish_round(session, SYSTEM, ended, reason="", now=ended.closes_at + timedelta(hours=9))

    assert when == ended.results_at


def test_winners_are_fixed_once_published(session, ended):
    result = closed(session, ended)
    first, second = list_winners(session, result)
    for winner in (first, second):
        confirm_winner(session, ended, winner.participant_id, now=ended.closes_at)
    closing.publish_round(session, SYSTEM, ended, reason="", now=ended.results_at)

    assert pass_winner(session, ended, first.participant_id) is False


def test_an_exact_tie_under_the_draw_rule_waits_for_the_draw_and_does_not_block(session, keyring):
    contest = make_contest(session, preset="guess", tiers=(Tier("Giải Nhất", 1),))
    round = contest.rounds[0]
    for name in ("A", "B"):
        make_attempt(
            session, keyring, round, participant=make_participant(session, keyring, contest, name=name), guess=2
        )

    result = closed(session, round)
    closing.publish_round(session, SYSTEM, round, reason="", now=round.results_at)

    assert [(winner.tier, winner.needs_draw) for winner in list_winners(session, result)] == [(None, True)] * 2


def test_an_assisted_attempt_ranks_as_if_it_had_taken_the_whole_limit(session, keyring):
    contest = make_contest(session)
    round = contest.rounds[0]
    helped = make_attempt(session, keyring, round, participant=make_participant(session, keyring, contest), seconds=30)
    helped.mode = "assisted"
    alone = make_attempt(session, keyring, round, participant=make_participant(session, keyring, contest), seconds=500)

    result = closed(session, round)

    assert [row.attempt_id for row in list_standings(session, result)] == [alone.id, helped.id]


def test_an_empty_round_closes_and_publishes(session):
    round = make_contest(session).rounds[0]

    result = closed(session, round)
    closing.publish_round(session, SYSTEM, round, reason="", now=round.results_at)

    assert (result.people, result.target) == (0, 0)
    assert find_result(session, round) is result


def test_in_public_only_confirmed_winners_who_can_not_be_children_are_named(session, keyring, client):
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round = contest.rounds[0]
    people = (("Vàng Seo Páo", 1964, 100), ("Lò Thị Bé", 2012, 110), ("Đặng Văn Ba", 1970, 120))
    for name, year, seconds in people:
        person = make_participant(session, keyring, contest, name=name, birth_year=year)
        make_attempt(session, keyring, round, participant=person, seconds=seconds)
    for winner in list_winners(session, closed(session, round)):
        confirm_winner(session, round, winner.participant_id, now=round.closes_at)
    closing.publish_round(session, SYSTEM, round, reason="", now=round.results_at)
    session.commit()

    page = client.get(f"/thi/{contest.slug}/tuan/1").text

    assert "Vàng Seo Páo" in page
    assert "Lò Thị Bé" not in page
    assert "Đặng Văn Ba" not in page


def test_a_prize_is_shown_once_it_is_confirmed(session, ended):
    result = closed(session, ended)
    first, second = list_winners(session, result)
    confirm_winner(session, ended, second.participant_id, now=ended.closes_at)

    waiting, confirmed, third = (find_prize(session, row.attempt) for row in list_standings(session, result)[:3])

    assert (waiting, confirmed.tier, third) == (None, "Giải Nhì", None)
