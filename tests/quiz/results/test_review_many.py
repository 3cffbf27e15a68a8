"""Clusters by the hundred: which of them must be decided on, and one decision about several."""

import pytest

from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.prizes import Tier
from quiz.results.models import ClusterEntry, EntryCluster
from quiz.results.operations import closing
from quiz.results.queries.review import count_undecided, list_undecided, list_under_review
from tests.factories import make_contest
from tests.quiz.results.test_review import CHEATING, close, decide, path_of, take
from tests.support.pages import Page
from tests.support.staff import desk_in


def closed_with(session, keyring, *correct, **declared):
    """Return a closed round with three prizes and a strong cluster of three entries for each number of right
    answers.
    """
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 2)), **declared)
    round, groups = contest.rounds[0], []
    for at, right in enumerate(correct):
        names = [f"Lò {at:A>3} {'XYZ'[each]}" for each in range(3)]
        where = {"correct": right, "minute": at, "device": f"d{at}", "address": f"a{at}"}
        groups.append([take(session, keyring, round, name, seconds=120 + at, **where) for name in names])
    close(session, keyring, round)
    session.query(ClusterEntry).delete()
    session.query(EntryCluster).delete()
    for number, people in enumerate(groups, start=1):
        perfect = 3 if correct[number - 1] == 3 else 0
        row = {"size": 3, "perfect": perfect, "is_strong": True, "signs": [("device", 3, 3)]}
        session.add(EntryCluster(round_id=round.id, number=number, **row))
        session.flush()
        session.add_all(ClusterEntry(round_id=round.id, number=number, participant_id=each.id) for each in people)
    session.commit()
    return round


def undecided(session, round):
    return [each.number for each in list_undecided(session, round)]


@pytest.mark.both_databases
@pytest.mark.parametrize(("correct", "matter"), [((2, 1, 1), [1]), ((3, 3, 1), [1, 2])])
def test_only_a_cluster_that_is_all_right_or_in_line_for_a_prize_must_be_decided_on(session, keyring, correct, matter):
    round = closed_with(session, keyring, *correct)

    assert (undecided(session, round), count_undecided(session, round)) == (matter, len(matter))
    assert list_under_review(session, round.contest) == {1}


def test_every_strong_cluster_matters_where_the_number_of_participants_is_guessed(session, keyring):
    round = closed_with(session, keyring, 2, 1, guess_target=GuessTarget.PEOPLE)

    assert (undecided(session, round), list_under_review(session, round.contest)) == ([1, 2], {1})


def test_clusters_that_matter_to_nothing_hold_up_no_call(session, keyring):
    round = closed_with(session, keyring, 2, 1, 1)
    decide(session, round, None)

    with pytest.raises(closing.StillPending):
        closing.check_publishable(session, round, now=round.closed_at)
    assert list_under_review(session, round.contest) == set()


def test_a_cluster_comes_to_matter_when_another_one_leaves_its_seats(session, keyring):
    round = closed_with(session, keyring, 3, 2, 1)
    before = undecided(session, round)

    decide(session, round, CHEATING)

    assert (before, undecided(session, round)) == ([1], [2])


def test_all_pages_agree_on_the_number_to_decide_on(session, keyring, app):
    round = closed_with(session, keyring, 2, 1, 1)
    browser = desk_in(app, session, round.contest.unit)

    week = Page(browser.get(path_of(round)).text).text
    review = Page(browser.get(f"{path_of(round)}/ra-soat").text).text

    assert "1 cụm bài có thể không phải do nhiều người làm" in week
    assert review.count("Chờ quyết định") == 1
    assert "2 cụm không ai đúng tất cả hay có giải" in review
    decide(session, round, None)
    assert "đã quyết định 1 cụm" in Page(browser.get(path_of(round)).text).text
