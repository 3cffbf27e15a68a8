"""An inspector decides on ratings that were set apart; a second person agrees where the printed figure moves."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from core.crypto import new_code
from survey.figures.queries.figures import cards_by_counter, cards_by_office, figures_of
from survey.figures.queries.newness import list_office_counters
from survey.instrument.rules.levels import Level
from survey.rating.operations.decisions import BatchChanged, decide_batch, leave_out_batch
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.queries.batches import count_undecided, find_class_batch, list_class_batches
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass
from tests.factories import MONDAY, make_account, make_counter
from tests.support.approval import agree
from tests.support.set_apart import rate_as_staff
from tests.support.staff import enter, send
from tests.support.tallies import classes

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 6, 8)
REASON = "Buổi họp thôn, nhiều người cùng gửi"


@pytest.fixture
def counter(session, keyring):
    """Create a counter with eight ratings of citizens, half of them satisfied, and six of its staff, all satisfied."""
    counter = make_counter(session)
    for at in range(8):
        opinion = Opinion(Level.SATISFIED if at % 2 else Level.DISSATISFIED)
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)
    rate_as_staff(session, keyring, counter, 6, now=MONDAY)
    session.commit()
    return counter


@pytest.fixture
def inspector(session, client, counter):
    account = make_account(session, role=Role.INSPECTOR, unit=counter.office.unit)
    session.commit()
    enter(client, account)
    return account


def pages(counter):
    listed = f"/quan-tri/danh-gia/{counter.office.slug}"
    return f"{listed}/de-rieng", f"{listed}/quay/{counter.number}/de-rieng/own/2026-06-01"


def shares(session, counter):
    """Return the headline and everything, as numbers of satisfied and all, by each way to read them."""
    figures = figures_of(session, [counter], TODAY)
    office = counter.office
    cards = [
        figures.card,
        cards_by_counter(session, [counter], TODAY)[counter.id],
        cards_by_office(session, [office], list_office_counters(session, [office]), TODAY)[office.id],
    ]
    assert len({(card.satisfied, card.n) for card in cards}) == 1
    return (figures.card.satisfied, figures.card.n), (figures.raw.satisfied, figures.raw.n)


def test_ratings_of_staff_stand_beside_the_headline(session, client, counter):
    page = client.get(f"/ket-qua/{counter.office.slug}").text

    assert shares(session, counter) == ((4, 8), (10, 14))
    assert "4 trong 8 lượt đánh giá" in page
    assert "Tính cả 6 lượt để riêng thì tỷ lệ là 71,4 %: 10 trong 14 lượt." in page.replace("\xa0", " ")
    assert "Ở mỗi quầy, mỗi máy được tính ngay ba lượt đầu trong ngày." in page


def test_fewer_than_five_set_apart_are_not_shown(session, keyring, client):
    counter = make_counter(session)
    for _ in range(5):
        record_rating(
            session, keyring, counter, Opinion(Level.SATISFIED), channel=Channel.OPEN, receipt=new_code(), now=MONDAY
        )
    session.commit()
    before = client.get(f"/ket-qua/{counter.office.slug}").text

    rate_as_staff(session, keyring, counter, 4, now=MONDAY)
    session.commit()

    assert figures_of(session, [counter], TODAY).left_out == 0
    assert list_class_batches(session, [counter.id], TODAY) == []
    assert "để riêng" not in before


def test_a_second_person_agrees_to_what_moves_the_figure(app, session, client, counter, inspector):
    listed, page = pages(counter)
    assert "Lượt từ máy của cơ quan" in client.get(listed).text
    shown = client.get(page).text

    asked = send(client, page, reason=REASON)
    request = session.scalars(select(Approval)).one()
    waiting = shares(session, counter)
    agree(app, session, request)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "rating.decide")).one()
    assert "50\xa0% trong 8 lượt → 71\xa0% trong 14 lượt" in shown
    assert (asked.status_code, request.reason) == (303, REASON)
    assert waiting == ((4, 8), (10, 14))
    assert shares(session, counter) == ((10, 14), (10, 14))
    assert classes(session) == {"first": 8, "own_in": 6}
    assert (entry.account_id == inspector.id, entry.reason) == (False, REASON)
    assert "Đã quyết định cho tính 6 lượt." in client.get(f"/ket-qua/{counter.office.slug}").text


def test_what_was_counted_can_be_left_out_again(session, keyring, counter):
    batch = find_class_batch(session, counter.id, RatingClass.OWN, date(2026, 6, 1), TODAY)
    decide_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)
    counted = find_class_batch(session, counter.id, RatingClass.OWN_COUNTED, date(2026, 6, 1), TODAY)

    decide_batch(session, TERMINAL, counter, counted, reason=REASON, now=MONDAY)
    rebuild_tallies(session, counter)

    assert shares(session, counter) == ((4, 8), (10, 14))
    assert classes(session) == {"first": 8, "own": 6}


def test_a_decision_to_leave_a_batch_out_ends_its_task(session, client, counter, inspector):
    listed, page = pages(counter)
    before = count_undecided(session, {counter.office.unit_id}, TODAY)

    unsaid = send(client, page, reason="", leaves_out="1")
    said = send(client, page, reason=REASON, leaves_out="1")

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "rating.decide")).one()
    assert (before, count_undecided(session, {counter.office.unit_id}, TODAY)) == ({counter.office_id: 1}, {})
    assert (unsaid.status_code, said.status_code) == (422, 302)
    assert (entry.account_id, entry.reason, shares(session, counter)) == (inspector.id, REASON, ((4, 8), (10, 14)))
    assert "Đã quyết định không tính" in client.get(listed).text
    assert "Gửi yêu cầu cho tính" in client.get(page).text
    assert 'name="leaves_out"' not in client.get(page).text


def test_a_batch_that_has_grown_waits_for_a_decision_again(session, keyring, counter):
    batch = find_class_batch(session, counter.id, RatingClass.OWN, date(2026, 6, 1), TODAY)
    leave_out_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)
    with pytest.raises(BatchChanged):
        leave_out_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)

    rate_as_staff(session, keyring, counter, 1, now=MONDAY)
    session.flush()

    assert count_undecided(session, {counter.office.unit_id}, TODAY) == {counter.office_id: 1}


def test_of_two_decisions_on_a_batch_the_second_changes_nothing(session, counter):
    batch = find_class_batch(session, counter.id, RatingClass.OWN, date(2026, 6, 1), TODAY)
    decide_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)

    with pytest.raises(BatchChanged):
        decide_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)

    assert shares(session, counter) == ((10, 14), (10, 14))


def test_a_request_about_a_batch_that_was_decided_since_does_nothing(app, session, client, counter, inspector):
    _listed, page = pages(counter)
    send(client, page, reason=REASON)
    request = session.scalars(select(Approval)).one()
    batch = find_class_batch(session, counter.id, RatingClass.OWN, date(2026, 6, 1), TODAY)
    decide_batch(session, TERMINAL, counter, batch, reason=REASON, now=MONDAY)
    session.commit()

    agree(app, session, request)

    assert request.state == "failed"
    assert shares(session, counter) == ((10, 14), (10, 14))


def test_one_person_decides_where_the_printed_figure_stays(session, keyring, client, counter, inspector):
    for level in (1, 5) * 4:
        rate_as_staff(session, keyring, counter, 1, now=MONDAY + timedelta(weeks=1), level=level)
    session.commit()
    page = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/de-rieng/own/2026-06-08"

    unsaid, said = send(client, page, reason=""), send(client, page, reason=REASON)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "rating.decide")).one()
    assert (unsaid.status_code, "Xin ghi lý do" in unsaid.text) == (422, True)
    assert (said.status_code, entry.account_id, entry.reason) == (302, inspector.id, REASON)
    assert classes(session) == {"first": 8, "own": 6, "own_in": 8}
    assert session.scalars(select(Approval)).all() == []


def test_an_inspector_sees_a_week_far_above_the_usual_one(session, keyring, client, counter, inspector):
    for week, count in enumerate((6, 30, 6, 6), start=1):
        for _ in range(count):
            record_rating(
                session,
                keyring,
                counter,
                Opinion(Level.SATISFIED),
                channel=Channel.OPEN,
                receipt=new_code(),
                now=MONDAY + timedelta(weeks=week),
            )
    session.commit()

    page = client.get(pages(counter)[0]).text

    assert "Quầy 2, tuần từ 15/06/2026: 30 lượt, tuần thường 6." in page


def test_only_an_inspector_of_the_unit_sees_what_was_set_apart(session, client, counter):
    account = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    enter(client, account)

    assert [client.get(page).status_code for page in pages(counter)] == [403, 403]


@pytest.mark.parametrize("path", ["own/2026-06-02", "first/2026-06-01", "x/2026-06-01", "own/x", "burst/2026-06-01"])
def test_a_batch_that_there_is_not_is_not_found(client, counter, inspector, path):
    page = f"/quan-tri/danh-gia/{counter.office.slug}/quay/{counter.number}/de-rieng/{path}"

    assert client.get(page).status_code == 404
