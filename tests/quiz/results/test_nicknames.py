"""A nickname stands on published results in place of a name that is withheld, never beside one, and can be struck."""

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from core import clock
from core.person_keys import find_person
from privacy.operations.consent import agree_again
from privacy.operations.erasure import erase_subjects
from quiz.awards.queries.naming import list_winner_lines
from quiz.contest.models import Nickname
from quiz.contest.operations.nicknames import NicknameRefused, choose_nickname, take_back
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.prizes import Tier
from quiz.persons.operations.holder import HOLDER
from quiz.results.manage.approval import _as_published
from quiz.results.models.contact import PEOPLE
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.result import find_result, list_winners, read_outcome
from tests.factories import MONDAY, make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk_in, send

CODE = "7K3M9QXD2F4A8BCE"
RIGHTS = "/thi/quyen-cua-toi"


@pytest.fixture
def week(session):
    return make_contest(session, weeks=2, questions=4, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 3))).rounds[0]


@pytest.fixture
def who(session, keyring, week):
    """Create the winner of the first prize, who did not agree to be named."""
    person = make_participant(session, keyring, week.contest, name="Vàng Seo Páo", code=CODE, agreed=())
    make_attempt(session, keyring, week, participant=person, seconds=60)
    session.commit()
    return person


def choose(session, keyring, person, nickname, now=MONDAY):
    choose_nickname(session, keyring, person, nickname, now=now)
    session.commit()


def own_page(client, **values):
    form = dict(Page(client.get(RIGHTS).text).form().filled(code=CODE))
    return client.post(RIGHTS, data=form | values)


def close(session, round):
    result = rank_round(session, round, now=round.results_at)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.results_at)
    session.commit()


def publish(session, round):
    if round.closed_at is None:
        close(session, round)
    mark_published(session, round, now=round.results_at)
    session.commit()


def pages_of(client, round):
    paths = (f"tuan/{round.number}", f"tuan/{round.number}?chieu=9", "bang-vang")
    pages = [client.get(f"/thi/{round.contest.slug}/{path}") for path in paths]
    assert [page.status_code for page in pages] == [200] * 3
    return [page.text for page in pages]


def test_it_stands_on_results_honours_and_in_the_hall_for_a_withheld_name(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")

    publish(session, week)

    for page in pages_of(client, week):
        assert "“Sóc Nâu”" in page
        assert "Bạn P." not in page
        assert "Páo" not in page


def test_it_stands_nowhere_before_the_publication(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")

    close(session, week)

    for path in ("", "/tuan/1", "/bang-vang", "/bang", "/tuan/1/so-lieu.csv"):
        assert "Sóc Nâu" not in client.get(f"/thi/{week.contest.slug}{path}").text


def test_those_who_agreed_to_be_named_have_their_name_alone(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    agree_again(session, HOLDER, [who.id], [Purpose.NAMED], now=MONDAY)

    publish(session, week)

    for page in pages_of(client, week):
        assert "Vàng Seo Páo" in page
        assert "Sóc Nâu" not in page


def test_a_person_who_may_be_a_child_has_none(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    who.may_be_child = True  # a correction of the birth year

    publish(session, week)

    assert all("Sóc Nâu" not in page for page in pages_of(client, week))
    with pytest.raises(NicknameRefused, match="16 tuổi"):
        choose_nickname(session, keyring, who, "Thỏ Trắng", now=MONDAY)


def test_one_chosen_after_the_round_ended_is_for_later_rounds(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    choose(session, keyring, who, "Thỏ Trắng", now=week.closes_at)

    publish(session, week)

    for page in pages_of(client, week):
        assert "Thỏ Trắng" not in page
        assert "Sóc Nâu" not in page
        assert "Bạn P." in page


def test_documents_and_certificates_know_no_nickname(session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    publish(session, week)

    lines = list_winner_lines(session, keyring, week, find_result(session, week), PEOPLE, clock.now())

    assert [(line.name, line.public_name) for line in lines] == [("Vàng Seo Páo", "")]


@pytest.mark.both_databases
def test_the_nickname_or_the_name_of_another_is_refused(session, keyring, week, who):
    make_participant(session, keyring, week.contest, name="Mẩy Hoa")
    choose(session, keyring, who, "Sóc Nâu")
    other = make_participant(session, keyring, week.contest, name="Thào A Sử")
    session.commit()

    for wanted, why in (
        ("s0c nau", "đã có người chọn"),
        ("may hoa", "họ tên"),
        ("Mẩy H0a 2", "họ tên"),
        ("Thào A Sử", "họ tên"),
        ("xã Lâm Bình", "cơ quan"),
    ):
        with pytest.raises(NicknameRefused, match=why):
            choose_nickname(session, keyring, other, wanted, now=MONDAY)


def test_one_that_became_the_name_of_somebody_is_hidden(client, session, keyring, week, who):
    choose(session, keyring, who, "Mẩy Hoa")
    make_participant(session, keyring, week.contest, name="Mẩy Hoa")
    publish(session, week)

    page = client.get(f"/thi/{week.contest.slug}/tuan/1").text
    own = own_page(client).text

    assert "Mẩy Hoa" not in page
    assert "giống họ tên một người dự thi" in own


def test_choices_come_to_an_end(session, keyring, week, who):
    for nickname in ("Một A", "Hai B", "Ba C", "Bốn D", "Năm E"):
        choose(session, keyring, who, nickname)

    with pytest.raises(NicknameRefused, match="5 lần"):
        choose_nickname(session, keyring, who, "Sáu G", now=MONDAY)


def test_the_organiser_reads_it_before_publishing_and_strikes_it(app, client, session, keyring, week, who):
    choose(session, keyring, who, "Rắn Độc")
    close(session, week)
    desk, slug = desk_in(app, session, week.contest.unit), week.contest.slug
    page = f"/quan-tri/cuoc-thi/{slug}/tuan/1"

    assert "“Rắn Độc”" in desk.get(page).text
    refused = send(desk, f"{page}/biet-danh", to=f"{page}/biet-danh/{who.id}", reason="")
    done = send(desk, f"{page}/biet-danh", to=f"{page}/biet-danh/{who.id}", reason="Gây khó chịu cho người khác")
    own = own_page(client).text

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Rắn Độc" not in desk.get(page).text
    assert "Ban Tổ chức đã bỏ biệt danh “Rắn Độc”" in own
    assert "Gây khó chịu cho người khác" in own
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.NICKNAME_STRIKE)).one()
    assert entry.reason == "Gây khó chịu cho người khác"
    assert "Rắn Độc" not in f"{entry.subject} {entry.before} {entry.after}"
    publish(session, week)
    assert all("Rắn Độc" not in each for each in pages_of(client, week))


def test_the_approver_reads_it_as_the_public_will(session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    close(session, week)

    outcome = read_outcome(session, keyring, find_result(session, week))

    assert _as_published(outcome.winners[0], outcome, week).main == "“Sóc Nâu” (biệt danh, không nêu tên)"


def test_it_is_chosen_changed_and_taken_back_on_ones_own_page(client, session, keyring, week, who):
    chosen = own_page(client, act="nickname", nickname="  Sóc\u202e Nâu🎉 ")
    refused = own_page(client, act="nickname", nickname="<b>Sóc</b>")
    row = session.get_one(Nickname, who.id)
    person = find_person(session, keyring, who.person_id)
    stored = person.unseal(row.sealed)
    gone = own_page(client, act="no-nickname")
    session.expire_all()

    assert (chosen.status_code, refused.status_code, gone.status_code) == (200, 422, 200)
    assert "Biệt danh của bạn: “Sóc Nâu”" in chosen.text
    assert "Xin bỏ “&lt;”" in refused.text
    assert "&lt;b&gt;Sóc" in refused.text, "what was typed is kept"
    assert stored == "Sóc Nâu"
    assert (row.sealed, row.key_hash) == (None, None)


def test_taking_it_back_removes_it_from_kept_pages(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    publish(session, week)
    assert "Sóc Nâu" in client.get(f"/thi/{week.contest.slug}/tuan/1").text

    take_back(session, who.id)
    session.commit()

    assert "Sóc Nâu" not in client.get(f"/thi/{week.contest.slug}/tuan/1").text


def test_it_is_erased_with_the_person(client, session, keyring, week, who):
    choose(session, keyring, who, "Sóc Nâu")
    publish(session, week)

    erase_subjects(session, keyring, HOLDER, [who.id], now=clock.now())
    session.commit()

    assert session.get(Nickname, who.id) is None
    assert "Sóc Nâu" not in client.get(f"/thi/{week.contest.slug}/tuan/1").text


def test_it_is_chosen_at_the_registration_and_a_refused_one_loses_nothing(client, session, keyring, week):
    make_participant(session, keyring, week.contest, name="Mẩy Hoa")
    session.commit()
    address = f"/thi/{week.contest.slug}/dang-ky"
    typed = {"name": "Vàng Seo Páo", "phone": "0977123456", "birth_year": "1980", "consent": "y"}

    refused = client.post(address, data=dict(Page(client.get(address).text).form().filled(**typed, nickname="Mẩy Hoa")))
    again = dict(Page(refused.text).form().filled(nickname="Sóc Nâu"))
    done = client.post(address, data=again)

    assert (refused.status_code, done.status_code) == (409, 201)
    assert "giống họ tên của một người" in refused.text
    assert again["phone"] == "0977123456"
    assert session.scalars(select(Nickname)).one().choices == 1
