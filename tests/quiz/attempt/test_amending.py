"""Amendments of the rules: from a round on that has not opened, by two people, with a reason that everybody reads."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import Actor
from core import clock
from quiz.attempt.operations import amending
from quiz.contest.models import RulesAmendment
from quiz.contest.rules.presets import Criterion, Eligibility, Key, Ties
from tests.factories import MONDAY, make_account, make_contest, make_participant, this_monday
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk, enter

ORDER = (Key(Criterion.CORRECT), Key(Criterion.SUBMITTED, 1000))


@pytest.fixture
def contest(session, keyring):
    """Return a contest in its first week, of three, with somebody registered."""
    contest = make_contest(session, weeks=3, first_day=this_monday())
    make_participant(session, keyring, contest)
    session.commit()
    return contest


@pytest.fixture
def during(contest):
    return contest.rounds[0].opens_at + timedelta(hours=5)


@pytest.fixture
def alone(session, contest):
    return Actor("account", make_account(session, unit=contest.unit).id)


def amend(session, actor, contest, now, *, number=2, **changes):
    rules = replace(contest.rounds[number - 1].declared, **changes)
    after = amending.Declaration(rules)
    return amending.amend_rules(
        session, actor, contest, number, after, reason="Theo Công văn 12", now=now, says_losses=True
    )


def test_earlier_rounds_keep_the_rules_that_they_ran_under(session, contest, during, alone):
    papers = [round.paper_version for round in contest.rounds]

    amend(session, alone, contest, during, order=ORDER, all_right_only=True)

    kept = [round.paper_version == paper for round, paper in zip(contest.rounds, papers, strict=True)]
    assert kept == [True, False, False]  # a paper that a cache holds says the old rules
    assert [round.declared.all_right_only for round in contest.rounds] == [False, True, True]
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "rules.amend"


@pytest.mark.parametrize(
    ("number", "changes", "refusal"),
    [
        (1, {"all_right_only": True}, amending.RoundHasOpened),
        (2, {"eligibility": Eligibility.ROSTER}, amending.OtherEligibility),
        (2, {}, amending.SameRules),
    ],
)
def test_what_an_amendment_can_not_do(session, contest, during, alone, number, changes, refusal):
    with pytest.raises(refusal):
        amend(session, alone, contest, during, number=number, **changes)

    assert session.scalars(select(RulesAmendment)).all() == []


def test_an_earlier_amendment_of_a_later_round_is_not_undone_in_silence(session, contest, during, alone):
    amend(session, alone, contest, during, number=3, all_right_only=True)

    with pytest.raises(amending.LaterRules):
        amend(session, alone, contest, during, number=2, rest_rounds=2)

    assert [round.declared.all_right_only for round in contest.rounds] == [False, False, True]


def test_rules_without_registrations_are_edited_rather(session, during, alone, contest):
    other = make_contest(session, first_day=this_monday() + timedelta(weeks=1))

    with pytest.raises(amending.NotAmendable):
        amend(session, alone, other, during, all_right_only=True)


@pytest.mark.parametrize("state", [{"is_draft": True}, {"is_rehearsal": True}, {"called_off_at": MONDAY}])
def test_a_contest_that_is_not_held_is_not_amended(session, contest, during, alone, state):
    contest.called_off_why = "Bão số 3"
    for name, value in state.items():
        setattr(contest, name, value)

    with pytest.raises(amending.NotAmendable):
        amend(session, alone, contest, during, all_right_only=True)


def test_rules_that_changed_since_the_request_are_not_amended(session, contest, during, alone):
    seen = amending.Declaration(contest.rounds[1].declared)
    amend(session, alone, contest, during, all_right_only=True)
    after = amending.Declaration(replace(seen.rules, rest_rounds=2))

    with pytest.raises(amending.SameRules):
        amending.amend_rules(session, alone, contest, 2, after, reason="Sai", now=during, seen=seen, says_losses=True)


def test_two_people_amend_and_the_public_reads_what_and_why(app, session, client, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    organiser = desk(app, account)
    path = f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"
    form = Page(organiser.get(path).text).form()

    typed = {"from_round": "3", "reason": "Theo Công văn 12", "all_right_only": "y"}
    unsaid = organiser.post(path, data=dict(form.filled(**typed)))
    asked = organiser.post(path, data=dict(form.filled(**typed, says_losses="y")))

    assert "bớt điều đã công bố: ít người được nhận giải hơn." in unsaid.text
    assert asked.status_code == 303
    assert "Chỉ người trả lời đúng tất cả các câu mới được nhận giải." in as_approver_reads(
        app, session, "rules.amend", contest.unit
    )
    agree(app, session, session.scalars(select(Approval)).one())
    assert [round.declared.all_right_only for round in contest.rounds] == [False, False, True]
    shown = Page(client.get(f"/thi/{contest.slug}").text).text
    assert "áp dụng từ tuần 3" in shown
    assert "Lý do: Theo Công văn 12" in shown
    amendment = session.scalars(select(RulesAmendment)).one()
    assert json.dumps(amendment.before) != json.dumps(amendment.after)


def test_a_reason_is_required_and_the_typed_rules_stay(session, client, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    enter(client, account)
    path = f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"
    form = Page(client.get(path).text).form()

    reply = client.post(path, data=dict(form.filled(reason="", rest_rounds="2")))

    assert reply.status_code == 422
    assert "Xin ghi lý do." in reply.text
    assert 'value="2"' in reply.text


@pytest.mark.parametrize(("notice", "is_refused"), [(timedelta(hours=24), False), (timedelta(hours=23), True)])
def test_a_common_start_is_published_a_day_before(session, contest, alone, notice, is_refused):
    now = contest.rounds[2].opens_at - notice
    refused = pytest.raises(amending.LateLoss) if is_refused else nullcontext()

    with refused:
        amend(session, alone, contest, now, number=3, tries=1, starts_together=True)


@pytest.mark.parametrize(
    ("number", "changes", "later"),
    [
        (2, {"all_right_only": True}, 3),
        (2, {"order": ORDER}, 3),
        (2, {"ties": Ties.DRAW}, 3),
        (3, {"all_right_only": True}, None),
    ],
)
def test_what_takes_something_is_published_a_day_before(session, contest, alone, number, changes, later):
    now = contest.rounds[number - 1].opens_at - timedelta(hours=24)

    with pytest.raises(amending.LateLoss) as refused:
        amend(session, alone, contest, now + timedelta(seconds=1), number=number, **changes)

    assert (refused.value.round.number, refused.value.later and refused.value.later.number) == (number, later)
    assert amend(session, alone, contest, now, number=number, **changes).from_round == number


def test_what_only_gives_needs_no_notice(session, contest, alone):
    now = contest.rounds[1].opens_at - timedelta(minutes=1)

    assert amend(session, alone, contest, now, tries=2).from_round == 2


def test_a_late_loss_says_what_to_do_instead(session, client, contest):
    account = make_account(session, unit=contest.unit)
    contest.rounds[1].opens_at = clock.now() + timedelta(hours=1)
    session.commit()
    enter(client, account)
    path = f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"
    form = Page(client.get(path).text).form()

    reply = client.post(path, data=dict(form.filled(from_round="2", reason="Sai", all_right_only="y", says_losses="y")))

    assert reply.status_code == 422
    assert "(ít người được nhận giải hơn) nên phải công bố trước ít nhất 24 giờ. Với tuần 2 thì đã muộn." in reply.text
    assert "Xin áp dụng từ tuần 3." in reply.text
