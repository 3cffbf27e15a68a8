"""A counter in rehearsal: it looks different, nothing of it counts, and the wipe deletes it alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from core.crypto import new_code
from core.values.week import local_date
from survey.counter.operations.counters import switch_rehearsal
from survey.counter.queries.printed import address_of
from survey.figures.queries.figures import figures_of
from survey.instrument.rules.levels import Level
from survey.rating.models import OptionTally, Rating
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import CounterRehearsalOver, Opinion, record_rating
from survey.rating.operations.rehearsal import wipe_rehearsal
from survey.rating.queries.comment import comment_months, list_comments
from survey.rating.queries.rating import count_rehearsed
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_counter
from tests.support.pages import Page
from tests.support.staff import enter, send

BAND = "DIỄN TẬP, không tính"


def switch(session, counter, is_rehearsal):
    switch_rehearsal(session, TERMINAL, counter, is_rehearsal, now=MONDAY)
    session.commit()


def rate(session, keyring, counter, *, comment="", level=5):
    opinion = Opinion(Level(level), comment=comment)
    id = record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)
    return session.get(Rating, id)


def test_page_and_thanks_of_a_rehearsal_say_so(client, session, keyring, counter):
    switch(session, counter, True)
    path = f"/q/{address_of(keyring, counter)}"

    page = client.get(path)
    thanks = client.post(path, data=dict(Page(page.text).form().filled(level=5)))

    assert thanks.status_code == 201
    assert [BAND in each.text for each in (page, thanks)] == [True, True]
    assert session.scalar(select(func.count()).select_from(OptionTally)) == 0


def test_no_figure_or_list_of_comments_includes_a_rehearsal(session, keyring, counter):
    later = local_date(MONDAY + timedelta(weeks=3))
    for _ in range(6):
        rate(session, keyring, counter, level=4)
    switch(session, counter, True)
    for _ in range(6):
        rate(session, keyring, counter, comment="Thử chơi", level=1)
    rebuild_tallies(session, counter)

    figures = figures_of(session, [counter], later)

    assert figures.card.n == 6
    assert list_comments(session, comment_months(session, [counter], later)) == []
    assert count_rehearsed(session, counter.office) == 6


@pytest.mark.both_databases
def test_the_wipe_takes_the_rehearsal_alone(session, keyring, counter):
    kept = rate(session, keyring, counter)
    switch(session, counter, True)
    rate(session, keyring, counter)
    switch(session, counter, False)
    after = rate(session, keyring, counter)

    wiped = wipe_rehearsal(session, TERMINAL, counter.office, now=MONDAY)

    assert wiped == 1
    assert set(session.scalars(select(Rating.id))) == {kept.id, after.id}
    assert session.scalar(select(OptionTally.count).where(OptionTally.option == "5")) == 2


@pytest.mark.both_databases
def test_another_offices_rehearsal_stays(session, keyring, counter):
    other = make_counter(session)
    for each in (counter, other):
        switch(session, each, True)
        rate(session, keyring, each)

    wipe_rehearsal(session, TERMINAL, counter.office, now=MONDAY)

    assert session.scalar(select(Rating.counter_id)) == other.id


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_a_page_of_before_the_switch_is_asked_again_with_everything_kept(
    client, session, keyring, counter, is_rehearsal
):
    switch(session, counter, not is_rehearsal)
    path = f"/q/{address_of(keyring, counter)}"
    form = Page(client.get(path).text).form()
    switch(session, counter, is_rehearsal)

    answer = client.post(path, data=dict(form.filled(level=5, comment="Cảm ơn")))
    again = client.post(path, data=dict(Page(answer.text).form().pairs))

    assert (answer.status_code, again.status_code) == (409, 201)
    assert "Cảm ơn" in answer.text
    assert (BAND in again.text) is is_rehearsal
    assert session.scalar(select(Rating.is_rehearsal)) is is_rehearsal


@pytest.mark.both_databases
def test_a_rating_tried_out_while_the_rehearsal_ends_is_stored_nowhere(session, keyring, counter):
    switch(session, counter, True)
    seen = session.get(type(counter), counter.id)
    assert seen.is_rehearsal
    session.connection().exec_driver_sql("UPDATE survey_counter SET is_rehearsal = false")

    with pytest.raises(CounterRehearsalOver):
        rate(session, keyring, seen)


def test_the_survey_manager_starts_and_wipes_a_rehearsal_with_buttons(client, session, keyring, counter):
    account = make_account(session, role=Role.ORGANISER, unit=counter.office.unit)
    session.commit()
    page = f"/quan-tri/danh-gia/{counter.office.slug}"
    desk = enter(client, account)

    send(desk, f"{page}/quay/2/dien-tap/bat")
    session.expire_all()
    rate(session, keyring, counter)
    session.commit()
    during = Page(desk.get(f"{page}/quay").text).text
    asked = Page(desk.get(f"{page}/xoa-dien-tap").text).text
    send(desk, f"{page}/xoa-dien-tap")
    nothing = Page(desk.get(f"{page}/xoa-dien-tap").text).text
    send(desk, page, f"{page}/quay/2/dien-tap/tat")

    after = Page(desk.get(page).text).text
    assert "Có 1 lượt diễn tập, không tính vào số liệu." in during
    assert "1 lượt diễn tập sẽ bị xóa" in asked
    assert "Không có lượt diễn tập nào để xóa" in nothing
    assert "lượt diễn tập, không tính" not in after
    assert "Đang diễn tập" not in after


def test_the_command_wipes_a_rehearsal(app, session, keyring, counter):
    switch(session, counter, True)
    rate(session, keyring, counter)
    session.commit()

    said = app.test_cli_runner().invoke(args=["survey", "wipe-rehearsal", counter.office.slug])

    assert said.output == "Đã xóa 1 lượt diễn tập.\n"


def test_starting_a_rehearsal_needs_confirmation(client, session, counter):
    account = make_account(session, role=Role.ORGANISER, unit=counter.office.unit)
    session.commit()
    page = f"/quan-tri/danh-gia/{counter.office.slug}/quay/2/dien-tap"
    desk = enter(client, account)

    asked, nothing_to_ask = desk.get(f"{page}/bat"), desk.get(f"{page}/tat")

    session.expire_all()
    assert "mọi lượt đánh giá gửi từ quầy này không được tính" in asked.text
    assert nothing_to_ask.status_code == 302
    assert not counter.is_rehearsal
