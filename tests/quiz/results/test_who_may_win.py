"""The people who may win: everybody who is called, people on the roster, those confirmed by a card or a code."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from quiz.contest.models import Participant
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ContactOpening, MissedCall
from quiz.results.models.contact import WINNERS
from quiz.results.operations import closing
from quiz.results.operations.exclusion import preview_exclusion
from quiz.results.operations.remark import preview_remark
from quiz.results.operations.unreached import NotCalled, pass_unreached
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk, send

DAY = timedelta(days=1)
PRIZES = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 1))


def held(session, keyring, *names, **declared):
    """Create a contest of one week with an all-correct paper of each of *names*, the first the fastest."""
    contest = make_contest(session, weeks=1, tiers=PRIZES, **declared)
    for place, name in enumerate(names):
        enter_week(session, keyring, contest, name=name, seconds=60 + place)
    return contest.rounds[0]


def enter_week(session, keyring, contest, *, seconds=60, **person):
    found = make_participant(session, keyring, contest, **person)
    make_attempt(session, keyring, contest.rounds[0], participant=found, seconds=seconds)
    return found


def put_on_roster(session, keyring, contest, *people):
    """Put (name, phone, year) on the roster, all of the contest's only unit."""
    unit = contest.units[0].unit_id
    rows = [listed(keyring, contest.id, Identity(*each, instead=f"unit {unit}"), unit, "") for each in people]
    import_roster(session, SYSTEM, contest, rows, False, {}, now=contest.rounds[0].opens_at)


def close(session, round):
    return closing.rank_round(session, round, now=round.closes_at + SETTLING)


def ranked(session, result):
    return [row.participant_id for row in list_standings(session, result)]


def seats(session, result):
    return [(each.rank, each.tier, each.state) for each in list_winners(session, result)]


def open_numbers(session, round, moment):
    """Open the numbers of the winners, and note an unanswered call to each."""
    account = make_account(session, unit=round.contest.unit)
    opening = ContactOpening(round_id=round.id, account_id=account.id, people=WINNERS, reason="Gọi", opened_at=moment)
    opening.closes_at = moment + DAY
    session.add(opening)
    note_calls(session, round, moment)
    return account


def note_calls(session, round, moment):
    winners = list_winners(session, find_result(session, round))
    waiting = [each.participant_id for each in winners if each.state == "pending"]
    session.add_all(MissedCall(round_id=round.id, participant_id=id, called_at=moment) for id in waiting)
    session.flush()


def test_everybody_is_ranked_where_winners_are_called(session, keyring):
    round = held(session, keyring, "An", "Bình")

    result = close(session, round)

    assert len(ranked(session, result)) == 2
    assert seats(session, result) == [(1, "Giải Nhất", "pending"), (2, "Giải Nhì", "pending")]


@pytest.mark.both_databases
def test_by_roster_only_listed_people_are_ranked_and_all_are_counted(session, keyring):
    round = held(session, keyring, "Lạ Một", "Lạ Hai", eligibility=Eligibility.ROSTER)
    enter_week(session, keyring, round.contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985, seconds=200)
    put_on_roster(session, keyring, round.contest, ("Lò Thị Hoà", "0912345678", 1985))

    result = close(session, round)

    assert (result.turns, result.people, result.perfect, result.target) == (3, 3, 3, 1)
    assert seats(session, result) == [(1, "Giải Nhất", "pending")]


@pytest.mark.parametrize(
    "line",
    [
        ("Lò Thị Hoà", "0912345678", 1985),
        ("lo thi hoa", "0912345678", 1985),
        ("Lò Thị Hoà", "0912345678", None),
        ("Lò Thị Hoà", None, 1985),
    ],
)
def test_a_line_of_the_roster_finds_its_person(session, keyring, line):
    round = held(session, keyring, "Lạ Một", eligibility=Eligibility.ROSTER)
    own = enter_week(session, keyring, round.contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)
    put_on_roster(session, keyring, round.contest, line)

    assert ranked(session, close(session, round)) == [own.id]


@pytest.mark.parametrize(
    "line",
    [
        ("Lò Thị Hoà", "0912345679", 1985),
        ("Lò Thị Hoà", "0912345678", 1986),
        ("Lò Thị Hoa Mai", "0912345678", 1985),
        ("Lò Thị Hoà", None, 1986),
    ],
)
def test_a_line_of_the_roster_does_not_fit_another_person(session, keyring, line):
    round = held(session, keyring, eligibility=Eligibility.ROSTER)
    enter_week(session, keyring, round.contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985)
    put_on_roster(session, keyring, round.contest, line)

    assert ranked(session, close(session, round)) == []


STRANGER = {
    ("Lò Thị Hoà", None, 1985): {"phone": "0912999999"},
    ("Lò Thị Hoà", "0912345678", None): {"birth_year": 1986},
    ("Lò Thị Hoà", "0912345678", 1985): {"name": "Lo Thi Hoa"},
}
"""The facts with which a stranger registers to fit a line of the roster, beside those of the person on it."""


def enter_both(session, keyring, round, line, *, hours):
    """Enter the person on *line* and a stranger who fits it too, the stranger *hours* later (earlier, if negative)."""
    own = {"name": "Lò Thị Hoà", "phone": "0912345678", "birth_year": 1985}
    late = round.opens_at + DAY
    person = enter_week(session, keyring, round.contest, now=late, seconds=200, **own)
    stranger = enter_week(session, keyring, round.contest, now=late + hours * DAY / 24, **own | STRANGER[line])
    put_on_roster(session, keyring, round.contest, line)
    return person, stranger


@pytest.mark.both_databases
@pytest.mark.parametrize("hours", [-1, 1], ids=["first", "second"])
@pytest.mark.parametrize("line", STRANGER)
def test_a_line_that_several_fit_ranks_none_of_them(session, keyring, line, hours):
    round = held(session, keyring, eligibility=Eligibility.ROSTER)
    enter_both(session, keyring, round, line, hours=hours)

    result = close(session, round)

    assert (ranked(session, result), result.target, result.people) == ([], 0, 2)


@pytest.mark.parametrize("means", ["verified_at", "confirmed_at"])
@pytest.mark.parametrize("line", STRANGER)
def test_of_several_on_a_line_the_confirmed_one_is_ranked(session, keyring, line, means):
    round = held(session, keyring, eligibility=Eligibility.ROSTER)
    person, _stranger = enter_both(session, keyring, round, line, hours=-1)
    setattr(person, means, round.closes_at)

    assert ranked(session, close(session, round)) == [person.id]


def test_who_is_confirmed_later_takes_no_line_from_the_one_confirmed_first(session, keyring):
    round = held(session, keyring, eligibility=Eligibility.ROSTER)
    person, stranger = enter_both(session, keyring, round, ("Lò Thị Hoà", None, 1985), hours=-1)
    person.verified_at, stranger.verified_at = round.opens_at, round.opens_at + DAY

    assert ranked(session, close(session, round)) == [person.id]


def test_a_line_without_a_phone_does_not_fit_a_person_of_another_unit(session, keyring):
    units = [make_unit(session), make_unit(session, name="xã Khác")]
    contest = make_contest(session, unit=units[0], units=units, weeks=1, eligibility=Eligibility.ROSTER)
    enter_week(session, keyring, contest, name="Lò Thị Hoà", birth_year=1985, unit=units[1])
    line = Identity("Lò Thị Hoà", None, 1985, instead=f"unit {units[0].id}")
    row = listed(keyring, contest.id, line, units[0].id, "")
    import_roster(session, SYSTEM, contest, [row], False, {}, now=contest.rounds[0].opens_at)

    assert ranked(session, close(session, contest.rounds[0])) == []


def test_a_roster_that_grows_after_the_close_adds_no_ranked_person(session, keyring):
    round = held(session, keyring, "Lạ Một", eligibility=Eligibility.ROSTER)
    enter_week(session, keyring, round.contest, name="Lò Thị Hoà", phone="0912345678", birth_year=1985, seconds=200)
    put_on_roster(session, keyring, round.contest, ("Lò Thị Hoà", "0912345678", 1985))
    result = close(session, round)
    put_on_roster(session, keyring, round.contest, ("Bàn Thị Chi", "0912345670", 1990))
    own = ranked(session, result)

    remarked = preview_remark(session, round, 1, "B").preview
    without = preview_exclusion(session, round, own[0], ExclusionReason.FALSE)

    assert [each.entry.ref for each in remarked.draft.standings] == [str(own[0])]
    assert (len(without.draft.standings), without.draft.target.number, without.ranked) == (0, 0, 1)


@pytest.mark.parametrize("eligibility", [Eligibility.CARD, Eligibility.SMS])
def test_only_those_confirmed_before_the_close_are_ranked(session, keyring, eligibility):
    round = held(session, keyring, "Trước", "Đúng giờ", "Không", eligibility=eligibility)
    early, late, _never = session.scalars(select(Participant).order_by(Participant.phone_hash)).all()
    early.confirmed_at, late.confirmed_at = round.closes_at - DAY, round.closes_at

    result = close(session, round)

    assert (ranked(session, result), result.people) == ([early.id], 3)


def test_a_card_confirms_its_holder_without_a_call(session, keyring):
    round = held(session, keyring, "An", eligibility=Eligibility.CARD)
    session.scalars(select(Participant)).one().confirmed_at = round.opens_at

    assert seats(session, close(session, round)) == [(1, "Giải Nhất", "confirmed")]


def test_the_second_of_one_phone_is_called_even_if_confirmed(session, keyring):
    contest = make_contest(session, weeks=1, tiers=(*PRIZES, Tier("Giải Ba", 1)))
    for place, (name, phone) in enumerate([("An", "0912345678"), ("Bình", "0912345678"), ("Chi", "0912345679")]):
        own = enter_week(session, keyring, contest, name=name, phone=phone, seconds=60 + place)
        own.verified_at = contest.rounds[0].opens_at

    result = close(session, contest.rounds[0])

    assert [state for *_seat, state in seats(session, result)] == ["confirmed", "pending", "confirmed"]


def test_thirty_in_a_tie_are_two_candidates_for_two_prizes(session, keyring):
    round = held(session, keyring, most_sharing=3)
    for number in range(30):
        person = make_participant(session, keyring, round.contest, name="Máy", phone=f"0388{number:06}")
        started_at = round.opens_at + timedelta(milliseconds=70 * number)
        make_attempt(session, keyring, round, participant=person, seconds=0, started_at=started_at)

    result = close(session, round)

    assert seats(session, result) == [(1, "Giải Nhất", "pending"), (1, "Giải Nhì", "pending")]


def test_a_person_is_not_passed_over_before_the_declared_days_are_over(session, keyring):
    round = held(session, keyring, "An", "Bình", "Chi", call_days=2)
    close(session, round)
    open_numbers(session, round, round.closed_at)

    with pytest.raises(NothingToDo):
        pass_unreached(session, SYSTEM, round, reason="Không ai nghe", now=round.closed_at + 2 * DAY - DAY / 24)


@pytest.mark.both_databases
def test_all_who_were_not_reached_are_passed_in_one_deed(session, keyring):
    round = held(session, keyring, "An", "Bình", "Chi", "Dung", call_days=2)
    result = close(session, round)
    first, second = list_winners(session, result)
    confirm_winner(session, round, second.participant_id, now=round.closed_at)
    open_numbers(session, round, round.closed_at)

    count = pass_unreached(session, SYSTEM, round, reason="Không ai nghe máy", now=round.closed_at + 2 * DAY)

    assert count == 1
    assert seats(session, result) == [
        (1, "Giải Nhất", "passed"),
        (2, "Giải Nhất", "confirmed"),
        (3, "Giải Nhì", "pending"),
    ]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "winner.pass_all")).one()
    assert (entry.reason, entry.after) == ("Không ai nghe máy", '{"passed":1,"ranks":"1"}')


def test_the_next_ones_days_of_calling_begin_with_their_first_call(session, keyring):
    round = held(session, keyring, "An", "Bình", "Chi", "Dung", call_days=2)
    close(session, round)
    open_numbers(session, round, round.closed_at)
    later = round.closed_at + 2 * DAY
    pass_unreached(session, SYSTEM, round, reason="Không ai nghe máy", now=later)
    note_calls(session, round, later)

    with pytest.raises(NothingToDo):
        pass_unreached(session, SYSTEM, round, reason="Không ai nghe máy", now=later + DAY)
    assert pass_unreached(session, SYSTEM, round, reason="Không ai nghe máy", now=later + 2 * DAY) == 2


def test_a_person_is_not_passed_over_if_no_number_was_ever_opened(session, keyring):
    round = held(session, keyring, "An", call_days=1)
    close(session, round)

    with pytest.raises(NotCalled):
        pass_unreached(session, SYSTEM, round, reason="Không ai nghe", now=round.closed_at + 9 * DAY)


def test_a_winner_is_not_passed_without_a_noted_call(session, keyring):
    round = held(session, keyring, "An", call_days=1)
    close(session, round)
    open_numbers(session, round, round.closed_at)
    session.execute(delete(MissedCall))

    with pytest.raises(NothingToDo):
        pass_unreached(session, SYSTEM, round, reason="Không ai nghe", now=round.closed_at + 9 * DAY)


@pytest.mark.parametrize(("declared", "days"), [({"call_days": 2}, 2), ({}, 3)])
def test_a_person_not_reached_does_not_hold_up_the_publication_after_the_days_of_calling(
    session, keyring, declared, days
):
    round = held(session, keyring, "An", "Bình", **declared)
    close(session, round)
    end = round.closed_at + days * DAY

    with pytest.raises(closing.StillPending):
        closing.publish_round(session, SYSTEM, round, reason="", now=end - DAY / 24)
    when = closing.publish_round(session, SYSTEM, round, reason="", now=end)

    assert when == end


def test_an_organiser_passes_those_who_were_not_reached(app, session, keyring):
    round = held(session, keyring, "An", "Bình", "Chi", call_days=2)
    close(session, round)
    account = open_numbers(session, round, round.closed_at)
    session.commit()
    organiser, path = desk(app, account), f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1"

    silent = send(organiser, path, to=f"{path}/bo-qua-het-han", why=" ")
    done = send(organiser, path, to=f"{path}/bo-qua-het-han", why="Gọi ba lần mỗi ngày")
    page = Page(organiser.get(path).text).text

    assert (silent.status_code, done.status_code) == (422, 302)
    assert "Xin ghi lý do." in silent.text
    assert "Đã bỏ qua 2 người không liên lạc được; người kế tiếp vào danh sách giải." in page
    assert "Bỏ qua 2 người đã hết hạn gọi" not in page


def test_the_page_says_when_calls_end_and_who_shares_a_phone(app, session, keyring, monkeypatch):
    contest = make_contest(session, weeks=1, tiers=PRIZES, call_days=2)
    for place, name in enumerate(("An", "Bình")):
        enter_week(session, keyring, contest, name=name, phone="0912345678", seconds=60 + place)
    round = contest.rounds[0]
    close(session, round)
    account = open_numbers(session, round, round.closed_at)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: round.closed_at + DAY / 2)

    page = Page(desk(app, account).get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1").text).text

    assert "Còn 2 người chưa gọi. Gọi xong thì công bố được; hết hạn gọi," in page
    assert page.count("Số điện thoại này đã có người khác ở trên trong danh sách giải.") == 1


def test_the_public_and_the_person_read_who_is_ranked(client, session, keyring):
    receipt = "7K3M9QXD2F4A8BCE"
    contest = make_contest(session, weeks=1, tiers=PRIZES, eligibility=Eligibility.ROSTER)
    person = make_participant(session, keyring, contest, name="Lạ Một")
    make_attempt(session, keyring, contest.rounds[0], participant=person, receipt=receipt)
    close(session, contest.rounds[0])
    closing.mark_published(session, contest.rounds[0], now=contest.rounds[0].results_at)
    session.commit()

    public = Page(client.get(f"/thi/{contest.slug}/tuan/1").text).text
    form = next(each for each in Page(client.get("/thi/tra-cuu").text).forms if each.value("code") is not None)
    own = Page(client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text).text

    assert "Xếp hạng 0 trong 1 người dự thi; người khác được tính vào số người dự thi, không xếp hạng" in public
    assert "không xếp hạng, vì Ban Tổ chức chưa đối chiếu được với danh sách dự thi." in own


def registered(client, contest, name):
    """Register *name* and return the texts of the registration page and of the answer, without the personal code."""
    page = Page(client.get(f"/thi/{contest.slug}/dang-ky").text)
    facts = {"name": name, "phone": "0912 345 678", "birth_year": "1985", "consent": "y"}
    filled = page.form().filled(unit=contest.units[0].unit_id, **facts)
    answer = client.post(f"/thi/{contest.slug}/dang-ky", data=dict(filled))
    assert answer.status_code == 201
    return page.text, re.sub(r"[0-9A-Z]{4}(-[0-9A-Z]{2,4})+", "", Page(answer.text).text)


def test_registering_shows_the_same_to_people_on_the_roster_and_to_others(client, session, keyring):
    contest = make_contest(session, weeks=1, eligibility=Eligibility.ROSTER)
    put_on_roster(session, keyring, contest, ("Lò Thị Hoà", "0912345678", None))
    session.commit()

    answers = [registered(client, contest, name) for name in ("Lò Thị Hoà", "Lo Thi Hoa", "Lò Thị Hoan")]

    assert len(set(answers)) == 1
    page, answer = answers[0]
    assert "Có tên trong danh sách của Ban Tổ chức thì bài của bạn được xếp hạng và xét giải" in page
    assert "Ban Tổ chức đối chiếu với danh sách dự thi khi chốt tuần" in answer
