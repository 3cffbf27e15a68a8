"""Expired data is deleted, each run is stored, and a trial run deletes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core import retention
from core.crypto import new_code, new_key
from core.idempotency import StoredReply, run_once
from core.person_keys import PersonKey
from core.retention import Purge
from core.values.week import local_date
from privacy.operations.requests import Asker, answer, identify, receive_request
from privacy.queries.requests import read_asker
from privacy.rules.deadlines import Kind
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import Participant
from quiz.contest.rules.consent import Purpose
from quiz.persons.queries.participants import subject_of
from quiz.results.queries.result import decrypt_contacts, find_result
from survey.instrument.rules.levels import Level
from survey.rating.models import Rating
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_counter, make_participant
from tests.quiz.persons.test_consent import publish
from tests.support.pages import Page
from tests.support.staff import enter

pytestmark = pytest.mark.both_databases


@pytest.fixture
def over(session, keyring):
    """Create a published contest of one round, with one winner who agreed to be named and one who did not."""
    round = make_contest(session, weeks=1).rounds[0]
    for name, agreed, seconds in (("Vàng Seo Páo", [Purpose.NAMED], 60), ("Lò Thị Bé", [], 90)):
        who = make_participant(session, keyring, round.contest, name=name, agreed=agreed)
        make_attempt(session, keyring, round, participant=who, seconds=seconds)
    publish(session, round)
    return round


def purge(app, *args):
    done = app.test_cli_runner().invoke(args=["purge", *args])
    assert done.exit_code == 0, done.output
    return done.output


def follow(session, moment):
    return {run.rule: run.removed for run in retention.purge(session, today=local_date(moment), now=moment)}


def known(session, keyring):
    session.expire_all()
    contacts = decrypt_contacts(session, keyring, list(session.scalars(select(Participant))))
    return {each.name: each.phone for each in contacts.values()}


def test_contacts_are_purged_after_the_objections_and_only_agreed_names_stay(session, keyring, over):
    day = over.results_at + timedelta(days=91)

    kept = follow(session, day - timedelta(days=1))["contacts"], len(known(session, keyring))
    removed = follow(session, day)["contacts"]

    assert kept == (0, 2)
    assert removed == 2
    assert known(session, keyring) == {"Vàng Seo Páo": None}


def test_a_second_run_removes_nothing(session, keyring, over):
    day = over.results_at + timedelta(days=91)
    follow(session, day)

    assert follow(session, day + timedelta(days=1))["contacts"] == 0


@pytest.mark.parametrize("kind", [Kind.VIEW, Kind.CORRECT])
def test_a_participant_with_an_open_request_is_kept_until_the_answer(session, keyring, over, kind):
    day = over.results_at + timedelta(days=91)
    waits = session.scalar(select(Participant).order_by(Participant.id))
    asker, now = Asker("Páo", "0977123456", "Tôi muốn xem"), day - timedelta(days=3)
    request = receive_request(
        session,
        keyring,
        asker,
        unit_id=over.contest.unit_id,
        kind=kind,
        channel="phone",
        holidays=(),
        actor=SYSTEM,
        now=now,
    )
    identify(session, keyring, request, [subject_of(waits)], asker, actor=SYSTEM, now=now)

    removed = follow(session, day)["contacts"]
    phones = sorted(known(session, keyring).values(), key=bool)
    read = read_asker(session, keyring, request)
    answer(session, request, actor=SYSTEM, now=now)

    assert removed == 1
    assert phones[-1] is not None
    assert read == ("Páo", "0977123456", "Tôi muốn xem")
    assert follow(session, day + timedelta(days=1))["contacts"] == 1


def test_names_are_purged_with_an_old_list_and_figures_stay(client, session, keyring, over):
    follow(session, over.results_at + timedelta(days=761))
    session.commit()

    result = find_result(session, over)
    page = client.get(f"/thi/{over.contest.slug}/tuan/1").text
    assert session.scalar(select(func.count()).select_from(PersonKey)) == 0
    assert "Páo" not in page
    assert (result.turns, result.people, rebuild_tally(session, over)) == (2, 2, [])


def test_invented_people_are_not_purged(session, keyring, over):
    over.contest.is_illustrative = True

    follow(session, over.results_at + timedelta(days=2000))

    assert len(known(session, keyring)) == 2


def test_an_old_comment_is_blanked_and_its_rating_stays(session, keyring):
    counter = make_counter(session)
    opinion = Opinion(Level(5), comment="Tôi là Páo")
    record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)

    removed = follow(session, MONDAY + timedelta(days=738))["comments"]

    session.expire_all()
    assert removed == 1
    assert session.scalar(select(Rating.comment)) == ""
    assert session.scalars(select(Rating)).one().level == 5


def test_every_rule_records_each_run(session):
    now = datetime(2026, 6, 1, 3, tzinfo=UTC)

    follow(session, now)

    runs = list(session.scalars(select(Purge)))
    assert {run.rule for run in runs} == {rule.code for rule in retention.rules(session)}
    assert {(run.at, run.removed) for run in runs} == {(now, 0)}


def test_a_trial_run_reports_the_removals_and_removes_nothing(app, session):
    run_once(session, new_key(), {"a": 1}, today=MONDAY.date(), reply="x", act=lambda: None)
    session.commit()

    tried, left = purge(app, "--dry-run"), session.scalar(select(func.count()).select_from(StoredReply))
    done, after = purge(app), session.scalar(select(func.count()).select_from(StoredReply))

    assert "Bản trả lời đã gửi, giữ để bấm gửi hai lần chỉ tính một: sẽ xóa 1." in tried
    assert "Bản trả lời đã gửi, giữ để bấm gửi hai lần chỉ tính một: đã xóa 1." in done
    assert (left, after) == (1, 0)


def test_the_administrators_see_what_ran_and_when_it_is_due(app, client, session):
    account = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()
    desk = enter(client, account)

    before = Page(desk.get("/quan-tri/luu-giu/").text).text
    purge(app)
    after = Page(desk.get("/quan-tri/luu-giu/").text).text

    assert "Chưa chạy lần nào" in before
    assert "Chưa chạy lần nào" not in after
    assert "chưa có gì hết hạn" in after


def test_an_organiser_does_not_see_the_retention_page(client, session):
    account = make_account(session)
    session.commit()

    assert enter(client, account).get("/quan-tri/luu-giu/").status_code == 403
