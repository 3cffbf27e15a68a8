"""Rows of earlier versions, after the migrations that changed their tables."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from commune.models import Office
from core import schema
from core.web.extensions import db
from privacy.operations.consent import agree_again, withdraw_consent
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.contest.queries import find_open_round
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.holder import HOLDER
from survey.instrument.rules.levels import Level
from survey.rating.models import Rating
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_counter, make_participant
from tests.support.tallies import tally

pytestmark = pytest.mark.both_databases


def test_earlier_rows_are_kept_and_get_names(session, keyring):
    attempt = make_attempt(session, keyring, make_contest(session).rounds[0])
    make_counter(session)
    session.commit()
    attempt_id, before = attempt.id.hex, _rows(session)
    session.close()

    schema.downgrade(db.engine, "0001")
    schema.upgrade(db.engine)

    after = _rows(session)
    assert schema.differences(db.engine) == []
    assert after == before
    assert session.execute(text("SELECT count(*) FROM quiz_attempt")).scalar() == 1, attempt_id
    assert session.execute(text("SELECT name, name_key FROM commune_unit_name ORDER BY unit_id")).first() == (
        "xã Lâm Bình",
        "lam binh",
    )


def test_earlier_accounts_belong_to_a_unit_and_are_found(session):
    account = make_account(session, email="an@xa.gov.vn")
    at_home = (account.unit_id, "tran thi binh an@xa.gov.vn", account.sort_key)
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0003")
    schema.upgrade(db.engine)

    kept = session.execute(text("SELECT unit_id, search_key, sort_key FROM account_account")).one()
    assert tuple(kept) == at_home
    assert schema.differences(db.engine) == []


def test_a_draft_is_deleted_with_its_rehearsal_instead_of_becoming_public(session, keyring):
    public, draft = (make_contest(session) for _ in range(2))
    draft.is_draft = True
    open_rehearsal(session, draft, now=MONDAY)
    tried = find_open_round(session, draft, MONDAY)
    make_attempt(session, keyring, tried, started_at=MONDAY)
    session.commit()
    kept = public.slug
    session.close()

    schema.downgrade(db.engine, "0012")
    schema.upgrade(db.engine)

    found = session.execute(text("SELECT slug, is_draft, called_off_at FROM quiz_contest")).all()
    assert [(slug, bool(is_draft), off) for slug, is_draft, off in found] == [(kept, False, None)]
    assert schema.differences(db.engine) == []


def test_the_downgrade_keeps_the_last_of_repeated_consents(session, keyring):
    who = make_participant(session, keyring, make_contest(session))
    withdraw_consent(session, PARTICIPANT, [who.id], [Purpose.NAMED], now=MONDAY)
    agree_again(session, HOLDER, [who.id], [Purpose.NAMED], now=MONDAY + timedelta(days=1))
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0013")
    schema.upgrade(db.engine)

    found = session.execute(text("SELECT withdrawn_at FROM privacy_consent WHERE purpose = 'named'")).scalars().all()
    assert found == [None]
    assert schema.differences(db.engine) == []


def test_ratings_and_their_counts_become_columns_and_rows_again(session, keyring):
    counter = make_counter(session)
    opinions = [
        Opinion(Level(2), ["trips", "cost"], "Chờ lâu"),
        Opinion(Level(2), ["trips"]),
        Opinion(Level(5), [], "Tốt"),
    ]
    for number, opinion in enumerate(opinions):
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=f"{number:016}", now=MONDAY)
    counter.is_rehearsal = True
    session.flush()
    record_rating(session, keyring, counter, opinions[0], channel=Channel.OPEN, receipt="9" * 16, now=MONDAY)
    session.commit()
    office, answers, counts = counter.office_id, _answers(session), tally(session)
    session.close()

    schema.downgrade(db.engine, "0019")
    columns = session.execute(text("SELECT level_1, level_2, level_3, level_4, level_5 FROM survey_tally")).one()
    reasons = session.scalars(text("SELECT reason FROM survey_rating_reason ORDER BY reason")).all()
    session.close()
    schema.upgrade(db.engine)

    assert tuple(columns) == (0, 2, 0, 0, 1)
    assert reasons == ["cost", "cost", "trips", "trips", "trips"]
    assert (_answers(session), tally(session)) == (answers, counts)
    assert [unit.id for unit in session.get(Office, office).units] == [session.get(Office, office).unit_id]
    assert schema.differences(db.engine) == []


def test_the_table_of_late_forms_is_dropped_and_recreated_empty(session):
    schema.downgrade(db.engine, "0025")
    values = {"id": "0" * 32, "owner": "account:1", "sealed": b"sealed", "until": "2026-11-16 00:00:00+00"}
    session.execute(text("INSERT INTO core_unsent_form VALUES (:id, :owner, :sealed, :until)"), values)
    session.commit()

    schema.upgrade(db.engine)
    is_gone = not inspect(db.engine).has_table("core_unsent_form")
    differing = schema.differences(db.engine)
    schema.downgrade(db.engine, "0025")
    left = session.execute(text("SELECT count(*) FROM core_unsent_form")).scalar()
    session.close()
    schema.upgrade(db.engine)

    assert (is_gone, differing, left) == (True, [], 0)


def _answers(session):
    """Return every rating with its answers and version."""
    ratings = session.scalars(select(Rating).order_by(Rating.id))
    return [(each.id, each.level, each.reasons, each.comment, each.is_rehearsal) for each in ratings]


def _rows(session):
    """Return the numbers of rows in tables that refer to others or are referred to."""
    tables = ("commune_unit", "quiz_attempt", "quiz_entry", "quiz_participant", "survey_counter", "commune_office")
    return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables}
