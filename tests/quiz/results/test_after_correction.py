"""A correction: call marks belong to a version and a prize, a lost prize is reported, old versions can be opened."""

import re
from datetime import timedelta

import pytest

from core import clock
from core.data_version import PUBLIC, renew_version
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import Winner
from quiz.results.operations import closing
from quiz.results.queries import events
from quiz.results.queries.result import find_result, list_winners
from quiz.results.rules.corrections import Cause
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.results.test_exclusion import RECEIPT, exclude, first_of, path_of, week
from tests.support.calls import confirm_winner, pass_winner, recall_winner
from tests.support.pages import Page

__all__ = ["week"]


def publish(session, week):
    """Publish at the announced hour; corrections of the tests come after it."""
    week.results_at = week.published_at = find_result(session, week).made_at + timedelta(microseconds=1)
    session.commit()


def publish_newest(session, week):
    """Publish a minute after the newest version was made."""
    week.results_at = week.published_at = find_result(session, week).made_at + timedelta(minutes=1)
    session.commit()


def exclude_later(session, week):
    """Exclude the first an hour after the publication."""
    result = exclude(session, week, first_of(session, week))
    result.made_at += timedelta(hours=1)
    renew_version(session, PUBLIC)
    session.commit()
    return result


def states(session, week):
    return [(each.rank, each.tier, each.state) for each in list_winners(session, find_result(session, week))]


def own_result(client, receipt=RECEIPT):
    form = next(each for each in Page(client.get("/thi/tra-cuu").text).forms if each.value("code") is not None)
    return Page(client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text).text


@pytest.fixture
def long_week(session, keyring):
    """Create a closed round with one prize and four people all right, called down to the third."""
    round = make_contest(session, tiers=(Tier("Giải Nhất", 1),)).rounds[0]
    for seconds in (100, 200, 300, 400):
        who = make_participant(session, keyring, round.contest)
        make_attempt(session, keyring, round, participant=who, seconds=seconds, guess=4)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    for _ in range(2):
        pass_winner(session, round, list_winners(session, find_result(session, round))[-1].participant_id)
    confirm_winner(
        session, round, list_winners(session, find_result(session, round))[-1].participant_id, now=clock.now()
    )
    session.commit()
    return round


def test_a_mark_of_a_call_goes_with_the_prize_it_was_about(session, long_week):
    first, second, third = list_winners(session, find_result(session, long_week))

    recall_winner(session, long_week, first.participant_id)

    assert states(session, long_week) == [(1, "Giải Nhất", "pending")]
    assert session.get(Winner, (long_week.id, 1, second.participant_id)) is None
    assert third.state == "confirmed"


def test_a_person_without_a_prize_is_not_said_to_have_passed_one_on(session, client, long_week):
    winner = list_winners(session, find_result(session, long_week))[-1].participant_id
    publish(session, long_week)
    before = Page(client.get(f"/thi/{long_week.contest.slug}/tuan/1").text).text
    first = list_winners(session, find_result(session, long_week))[0].participant_id

    exclude(session, long_week, first)

    after = Page(client.get(f"/thi/{long_week.contest.slug}/tuan/1").text).text
    assert [f"Hạng {rank}: không trao được giải" in before for rank in (1, 2, 3)] == [True, True, False]
    assert [f"Hạng {rank}: không trao được giải" in after for rank in (1, 2, 3)] == [True, False, False]
    assert [each.state for each in list_winners(session, find_result(session, long_week))] == ["passed", "confirmed"]
    assert list_winners(session, find_result(session, long_week))[-1].participant_id == winner


def test_confirmed_in_another_round_is_called_so_whenever_that_was(session, keyring, organiser, week):
    other = list_winners(session, find_result(session, week))[1]
    other.called_at = None
    other.participant.verified_at = week.closes_at + timedelta(days=1)  # after these results
    session.commit()

    page = Page(organiser.get(path_of(week)).text).text

    assert "Giải Nhất · hạng 1 Đã xác nhận" in page
    assert "Giải Nhì · hạng 2 Đã xác nhận từ trước" in page


def test_a_call_in_this_round_is_kept_by_a_correction(session, week):
    called = list_winners(session, find_result(session, week))[1].called_at

    exclude(session, week, first_of(session, week))

    assert list_winners(session, find_result(session, week))[0].called_at == called == week.closes_at


def test_who_lost_changed_or_got_a_prize_is_listed_for_the_organiser(session, keyring, organiser, week):
    publish(session, week)
    exclude_later(session, week)

    hidden = Page(organiser.get(path_of(week)).text).text

    assert "Giải thay đổi do đính chính" in hidden
    assert "xã Lâm Bình: không còn Giải Nhất (bản 2)" in hidden
    assert "xã Lâm Bình: Giải Nhì thành Giải Nhất (bản 2)" in hidden
    assert "xã Lâm Bình: mới đạt Giải Nhì, chờ gọi xác nhận (bản 2)" in hidden
    assert "Giàng A Páo" not in hidden


def test_an_entry_that_was_excluded_before_anybody_was_called_lost_no_prize(session, organiser, week):
    for winner in list_winners(session, find_result(session, week)):
        winner.state, winner.called_at = "pending", None
    session.commit()
    exclude(session, week, first_of(session, week))
    before = Page(organiser.get(path_of(week)).text).text
    publish(session, week)

    after = Page(organiser.get(path_of(week)).text).text

    assert "không còn Giải Nhất" not in before + after
    assert ("Sửa kết quả trước khi công bố" in before, "Sửa kết quả trước khi công bố" in after) == (True, False)


def test_before_the_publication_a_winner_who_was_called_is_listed(session, organiser, week):
    exclude(session, week, first_of(session, week))

    page = Page(organiser.get(path_of(week)).text).text

    assert "Giải thay đổi sau khi đã gọi" in page
    assert "không còn Giải Nhất (bản 2)" in page
    assert "mới đạt" not in page


def test_without_a_correction_nothing_is_listed_as_changed(session, organiser, week):
    publish(session, week)

    assert "Giải thay đổi do đính chính" not in organiser.get(path_of(week)).text


def test_the_own_result_says_that_a_published_prize_is_lost(session, client, week):
    publish(session, week)
    before = own_result(client)

    exclude_later(session, week)

    after = own_result(client)
    assert ("Bạn đạt Giải Nhất" in before, "đính chính" in before) == (True, False)
    assert "trước đây bạn được ghi đạt Giải Nhất, nay không còn giải này" in after
    assert "Bạn đạt" not in after


def test_the_own_result_says_nothing_of_a_prize_that_was_never_published(session, client, week):
    exclude(session, week, first_of(session, week))
    publish(session, week)

    assert "trước đây bạn được ghi đạt" not in own_result(client)


def test_an_earlier_published_version_can_be_opened_without_names(session, client, week):
    publish(session, week)
    exclude_later(session, week)
    address = f"/thi/{week.contest.slug}/tuan/1"

    newest, old = Page(client.get(address).text), Page(client.get(f"{address}?ban=1").text)

    assert f"{address}?ban=1" in newest.links
    assert "Đây là bản 1, đã được thay bằng bản 2" in old.text
    assert "Páo" not in old.text
    assert (newest.text.count("xã Lâm Bình"), old.text.count("xã Lâm Bình")) == (5, 6)


def test_an_earlier_version_has_its_own_recognised_figures(session, client, week):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    exclude_later(session, week)
    address = f"/thi/{week.contest.slug}/tuan/1"

    newest, old = Page(client.get(address).text).text, Page(client.get(f"{address}?ban=2").text).text

    assert ("(công nhận 2)" in newest, "2 bài không được công nhận" in newest) == (True, True)
    assert ("(công nhận 3)" in old, "1 bài không được công nhận" in old) == (True, True)
    assert "Đúng hết 3 (công nhận 2)" in old


def test_all_right_figures_of_a_version_before_a_remark_are_not_cleaned_by_later_marks(session, client, week):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    exclude_later(session, week).cause = Cause.REMARK.value
    session.commit()

    old = Page(client.get(f"/thi/{week.contest.slug}/tuan/1?ban=2").text).text

    assert re.search(r"Người thi \d+ \(công nhận 3\)", old)
    assert not re.search(r"Đúng hết \d+ \(công nhận", old)


def test_the_public_counts_versions_from_the_publication(session, client, week):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    address = f"/thi/{week.contest.slug}/tuan/1"
    at_first = Page(client.get(address).text).text
    exclude_later(session, week)

    newest, old = Page(client.get(address).text), Page(client.get(f"{address}?ban=2").text).text

    assert ("Công bố lúc" in at_first, "bản 1" in at_first, "bản 2" in at_first) == (True, False, False)
    assert (
        "đây là bản 2, sau khi đính chính." in newest.text,
        "Bản kết quả 2." in newest.text,
        "bản 3" in newest.text,
    ) == (True, True, False)
    assert f"{address}?ban=2" in newest.links
    assert "Đây là bản 1, đã được thay bằng bản 2" in old


def test_the_organiser_and_webhooks_get_the_number_that_the_public_reads(session, organiser, week):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    announced = events.published(session, week)
    corrected = events.corrected(session, week, exclude_later(session, week), week.published_at + timedelta(hours=1))

    page = Page(organiser.get(path_of(week)).text).text

    assert (announced.facts["version"], corrected.facts["version"]) == (1, 2)
    assert "Đang dùng bản kết quả 3" in page
    assert "gọi đây là bản 2." in page


def test_the_target_that_a_correction_keeps_is_said_to_be_the_first(session, client, week):
    publish(session, week)
    address = f"/thi/{week.contest.slug}/tuan/1"
    before = Page(client.get(address).text).text

    exclude_later(session, week)

    kept = "Số đúng để so với dự đoán: 3, giữ như lúc công bố lần đầu."
    assert (kept in before, kept in Page(client.get(address).text).text) == (False, True)


@pytest.mark.parametrize("asked", ["1", "4", "0", "", "x", "99999999"])
def test_a_version_that_was_never_public_is_not_found(session, client, week, asked):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    exclude_later(session, week)

    assert client.get(f"/thi/{week.contest.slug}/tuan/1?ban={asked}").status_code == 404


def test_the_newest_version_by_its_number_is_the_page_itself(session, client, week):
    exclude(session, week, first_of(session, week))
    publish_newest(session, week)
    address = f"/thi/{week.contest.slug}/tuan/1"

    assert client.get(f"{address}?ban=2").text == client.get(address).text
