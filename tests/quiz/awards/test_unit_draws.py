"""The public draw among equal units: recorded by two people, it lets the prizes be decided."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM
from commune.models import Unit
from core.values.week import local_date
from quiz.awards.operations.collective import DrawsOpen, check_decidable, decide_collective
from quiz.awards.operations.draw import check_unit_draw
from quiz.awards.queries.collective import draft_collective
from quiz.awards.queries.unit_codes import last_fixed_on
from quiz.awards.queries.unit_ties import unit_ties
from quiz.results.models import Draw
from quiz.results.operations.draw import WrongNumberDay
from quiz.results.queries.correction import find_at
from quiz.results.queries.result import find_result
from quiz.results.rules.number_draws import NumberRecord, tickets_by_number, unit_code
from tests.quiz.awards.test_collective import organiser, page_of, publish, week  # noqa: F401 - fixtures
from tests.quiz.results.test_exclusion import exclude
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import send


@pytest.fixture
def tied(session, week, monkeypatch):  # noqa: F811
    """Make both units equal, with two people each, under the public draw."""
    publish(session, week)
    exclude(session, week, find_at(session, week, 1))
    week.contest.rules = week.contest.rules | {"ties": "draw"}
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: week.results_at)
    return week


def key_of(session, tied):
    draft = draft_collective(session, tied.contest, tied.results_at)
    [groups] = unit_ties(tied.contest, draft, is_decided=False, now=tied.results_at).by.values()
    return [*groups.waiting, *groups.decided][0].key


def draw(client, session, tied, ticket="2", **other):
    typed = {
        "held_on": local_date(tied.results_at).isoformat(),
        "place": "Nhà văn hóa",
        "ticket_1": ticket,
        "witness_1": "Lò Văn Tâm, MTTQ",
        "witness_2": "Hà Thị Lan, Đoàn xã",
    }
    return send(client, f"{page_of(tied)}/boc-tham/{key_of(session, tied)}", **{**typed, **other})


def test_the_draw_lets_the_prizes_be_decided(app, session, organiser, tied):  # noqa: F811
    with pytest.raises(DrawsOpen):
        check_decidable(session, tied.contest, now=tied.results_at)

    answer = draw(organiser, session, tied)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "units.draw")).one())

    assert answer.status_code == 303
    seen = check_decidable(session, tied.contest, now=tied.results_at)
    decision = decide_collective(session, SYSTEM, tied.contest, seen=seen, reason="", now=tied.results_at)
    [recorded] = session.scalars(select(Draw)).all()
    assert [str(each.unit_id) for each in decision.awards] == recorded.drawn == [recorded.members[1]]
    session.commit()
    public = Page(organiser.get(f"/thi/{tied.contest.slug}/giai-tap-the").text).text
    assert "2 đơn vị bằng nhau; quyết định bằng bốc thăm công khai" in public
    assert "Lò Văn Tâm" not in public


def test_the_page_of_the_prizes_shows_the_tie_and_then_the_draw(app, session, organiser, tied):  # noqa: F811
    before = Page(organiser.get(page_of(tied)).text).text
    draw(organiser, session, tied)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "units.draw")).one())
    after = Page(organiser.get(page_of(tied)).text).text

    assert "Đồng hạng 1: 2 đơn vị" in before
    assert "chờ bốc thăm" not in after
    assert "Hà Thị Lan, Đoàn xã" in after


def test_a_draw_before_the_last_publication_is_refused(session, organiser, tied):  # noqa: F811
    answer = draw(organiser, session, tied, held_on="2026-01-01")

    assert answer.status_code == 422
    assert "Ngày bốc thăm phải từ" in answer.text


def test_a_public_number_decides_between_units(app, session, organiser, tied, monkeypatch):  # noqa: F811
    tied.contest.rules = tied.contest.rules | {"draw_source": "giải Đặc biệt Xổ số miền Bắc"}
    session.commit()
    next_day = tied.results_at + timedelta(days=1)
    monkeypatch.setattr("core.clock.now", lambda: next_day)
    typed = {"held_on": local_date(next_day).isoformat(), "number": "04821"}

    answer = send(organiser, f"{page_of(tied)}/boc-tham/{key_of(session, tied)}", **typed)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "units.draw")).one())

    assert answer.status_code == 303
    [drawn] = session.scalars(select(Draw)).all()
    seen = check_decidable(session, tied.contest, now=next_day)
    decision = decide_collective(session, SYSTEM, tied.contest, seen=seen, reason="", now=next_day)
    session.commit()
    codes = [unit_code(session.get(Unit, int(ref)).code) for ref in drawn.members]
    order = [drawn.members[at - 1] for at in tickets_by_number(drawn.seeded, codes)]
    assert [str(each.unit_id) for each in decision.awards] == order[:1]
    public = Page(organiser.get(f"/thi/{tied.contest.slug}/giai-tap-the").text).text
    assert "2 đơn vị bằng nhau; quyết định bằng số công khai (giải Đặc biệt Xổ số miền Bắc, ngày" in public
    assert all(code in public for code in codes)


def test_the_number_comes_after_the_last_final_version(session, tied):
    tied.contest.rules = tied.contest.rules | {"draw_source": "XSMB", "draw_digits": 5}
    tied.finalised_at = tied.published_at + timedelta(days=4)
    session.commit()
    key = key_of(session, tied)
    days = [local_date(moment + timedelta(days=1)) for moment in (tied.published_at, tied.finalised_at)]

    early, first = (
        refusal(session, tied, key, NumberRecord(each, "04821"), tied.finalised_at + timedelta(days=1)) for each in days
    )

    assert (early, first) == (WrongNumberDay, None)


def test_a_later_version_moves_the_day_and_older_rules_count_from_the_publication(session, tied):
    later = tied.published_at + timedelta(days=6)
    find_result(session, tied).made_at = later
    tied.contest.rules = tied.contest.rules | {"draw_source": "XSMB", "draw_digits": 5}
    declared = last_fixed_on(session, tied.contest)
    tied.contest.rules = tied.contest.rules | {"draw_digits": None}
    older = last_fixed_on(session, tied.contest)

    assert (declared, older) == (local_date(later), local_date(tied.published_at))


def refusal(session, tied, key, number, now):
    """Return the kind of refusal of a recording; None for one that is accepted."""
    try:
        check_unit_draw(session, tied.contest, key, number, now=now)
    except Exception as error:
        return type(error)
    return None
