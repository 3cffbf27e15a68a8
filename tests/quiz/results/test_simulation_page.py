"""The page that ranks a closed round by other rules."""

import re

import pytest

from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.staff import enter


@pytest.fixture
def page(session, client, keyring):
    """Close a round of three people and return the page, with its organiser signed in."""
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    for name, seconds, guess in (("Lò Thị Mai", 60, 9), ("Bàn Văn Páo", 90, 3), ("Hà Thị Én", 120, 5)):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(
            session,
            keyring,
            round,
            participant=person,
            correct=3,
            seconds=seconds,
            guess=guess,
            started_at=round.opens_at,
        )
    rank_round(session, round, now=round.closes_at + SETTLING)
    account = make_account(session, unit=contest.unit)
    session.commit()
    enter(client, account)
    return f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/thu-luat"


def test_a_round_is_shown_by_every_preset_and_no_person_is_named(client, page):
    shown = client.get(page)

    assert shown.status_code == 200
    assert shown.text.count('<tr><th scope="row">Mỗi đợt') == 3
    assert "100\xa0% nhờ thời gian làm bài" in shown.text
    assert "Mai" not in shown.text
    cells = re.findall(r"người đầu\">(.+?)</td>", shown.text)
    moved = "hạng 2 → 1, hạng 3 → 2, hạng 1 → 3"
    assert [re.sub("<[^>]+>", "", cell) for cell in cells] == ["như hiện tại", moved, "như hiện tại", moved]


def test_typed_rules_are_tried_on_the_round(client, page):
    shown = client.get(f"{page}?thu=1&first=correct&second=guess&third=&fourth=&guess_target=perfect")

    assert "3 trong 3 bài đầu đổi hạng." in shown.text


def test_rules_that_do_not_fit_together_are_explained(client, page):
    shown = client.get(f"{page}?thu=1&first=correct&second=correct&guess_target=none")

    assert shown.status_code == 422
    assert "Mỗi tiêu chí chỉ xét một lần." in shown.text
