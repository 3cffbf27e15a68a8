"""Entry cards: made in a batch, printed once, used once, voided; a card confirms one person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from core.crypto import new_code
from core.values.codes import ALPHABET, in_fours
from quiz.attempt.operations.lifecycle import delete_draft
from quiz.contest.models import CardBatch, EntryCard, Participant
from quiz.contest.operations.cards import CardUnknown, CardUsed, CardVoided, make_cards, redeem_card, void_batch
from quiz.contest.rules.presets import Eligibility
from tests.factories import make_account, make_contest, make_participant
from tests.support.pages import Page
from tests.support.sheets import pages_of, texts_on, words_on
from tests.support.staff import desk, send

DAY = timedelta(days=1)


@pytest.fixture
def contest(session):
    now = clock.now()
    contest = make_contest(session, weeks=1, eligibility=Eligibility.CARD)
    contest.rounds[0].opens_at, contest.rounds[0].closes_at = now - DAY, now + DAY
    contest.rounds[0].results_at = now + DAY
    session.commit()
    return contest


def made(session, keyring, contest, quantity=2):
    batch, codes = make_cards(
        session, keyring, SYSTEM, contest, contest.unit, "thôn Nà Tông", quantity, now=clock.now()
    )
    session.commit()
    return batch, codes


def registered(client, contest, card, phone="0912345678"):
    path = f"/thi/{contest.slug}/dang-ky"
    facts = {"name": "Lò Thị Hoà", "phone": phone, "birth_year": "1985", "consent": "y"}
    form = Page(client.get(path).text).form("gui")
    return client.post(path, data=dict(form.filled(unit=contest.units[0].unit_id, card=card, **facts)))


def confirmed(session):
    session.expire_all()
    return [each.confirmed_at is not None for each in session.scalars(select(Participant))]


def test_a_code_is_ten_letters_and_stored_as_a_hash_alone(session, keyring, contest):
    _batch, codes = made(session, keyring, contest, 50)

    assert len(set(codes)) == 50
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in codes)
    stored = {bytes(each) for each in session.scalars(select(EntryCard.code_hash))}
    assert len(stored) == 50 and not any(code.encode() in each for each in stored for code in codes)
    assert not any(code in str(entry.after) for entry in session.scalars(select(AuditEntry)) for code in codes)


@pytest.mark.both_databases
def test_a_card_is_used_once(session, keyring, contest):
    _batch, codes = made(session, keyring, contest)
    redeem_card(session, keyring, contest.id, codes[0], now=clock.now())

    with pytest.raises(CardUsed):
        redeem_card(session, keyring, contest.id, codes[0], now=clock.now())
    redeem_card(session, keyring, contest.id, codes[1], now=clock.now())


def test_a_card_of_another_contest_is_unknown(session, keyring, contest):
    _batch, codes = made(session, keyring, contest)
    other = make_contest(session, eligibility=Eligibility.CARD)

    with pytest.raises(CardUnknown):
        redeem_card(session, keyring, other.id, codes[0], now=clock.now())


@pytest.mark.both_databases
def test_a_card_of_a_voided_batch_is_refused(session, keyring, contest):
    batch, codes = made(session, keyring, contest)
    redeem_card(session, keyring, contest.id, codes[0], now=clock.now())

    assert void_batch(session, SYSTEM, batch, "Mất một xấp thẻ", now=clock.now())
    assert not void_batch(session, SYSTEM, batch, "Lần nữa", now=clock.now())
    with pytest.raises(CardVoided):
        redeem_card(session, keyring, contest.id, codes[1], now=clock.now())
    with pytest.raises(CardUsed):
        redeem_card(session, keyring, contest.id, codes[0], now=clock.now())


@pytest.mark.both_databases
def test_a_batch_has_a_sensible_size(session, keyring, contest):
    with pytest.raises(IntegrityError):
        make_cards(session, keyring, SYSTEM, contest, contest.unit, "", 401, now=clock.now())
    session.rollback()


def test_the_cards_of_a_draft_go_with_it(session, keyring, contest):
    made(session, keyring, contest)
    contest.is_draft = True

    delete_draft(session, SYSTEM, contest, now=clock.now())

    assert session.scalar(select(func.count()).select_from(CardBatch)) == 0


def test_an_organiser_prints_a_batch_and_sees_how_many_are_used(app, session, keyring, contest, client):
    account = make_account(session, unit=contest.unit)
    session.commit()
    organiser, path = desk(app, account), f"/quan-tri/cuoc-thi/{contest.slug}/the"

    sheet = send(organiser, path, unit=contest.units[0].unit_id, place="thôn Nà Tông", quantity="3")
    (cards,) = pages_of(sheet.data)
    codes = [text.partition("#")[2] for text in texts_on(cards, 4)]
    registered(client, contest, codes[0].lower())
    page = Page(organiser.get(path).text)
    number = session.scalars(select(CardBatch.id)).one()
    void = send(organiser, f"{path}/{number}/huy", why="Mất một xấp thẻ")

    assert (sheet.status_code, sheet.mimetype, len(codes)) == (200, "application/pdf", 3)
    assert all(in_fours(code) in words_on(cards) for code in codes)
    assert sheet.headers["Cache-Control"] == "no-store"
    assert "xã Lâm Bình, thôn Nà Tông" in page.text and " 1/3 thẻ " in page.text
    assert not any(code in page.text for code in codes)
    assert void.status_code == 302
    assert "Đã hủy Mất một xấp thẻ" in Page(organiser.get(path).text).text


def test_too_many_cards_are_refused_with_what_was_typed(app, session, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()

    answer = send(desk(app, account), f"/quan-tri/cuoc-thi/{contest.slug}/the", place="thôn Nà Tông", quantity="401")

    assert answer.status_code == 422
    assert "Số thẻ từ 1 đến 400." in answer.text and 'value="thôn Nà Tông"' in answer.text


def test_a_card_at_the_registration_confirms(client, session, keyring, contest):
    _batch, codes = made(session, keyring, contest)

    answer = registered(client, contest, in_fours(codes[0]))

    assert answer.status_code == 201
    assert "Đã nhận thẻ dự thi của bạn: bài của bạn được xếp hạng." in Page(answer.text).text
    assert confirmed(session) == [True]


def test_without_a_card_one_takes_part_and_is_shown_the_way(client, session, contest):
    answer = registered(client, contest, "")

    assert answer.status_code == 201
    assert f"/thi/{contest.slug}/nhap-the" in Page(answer.text).links
    assert confirmed(session) == [False]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("used", "Thẻ này đã có người dùng."),
        ("void", "Thẻ này đã bị hủy."),
        ("unknown", "Không tìm thấy mã thẻ này trong cuộc thi."),
    ],
)
def test_a_refused_card_confirms_no_participant_and_keeps_what_was_typed(
    client, session, keyring, contest, state, words
):
    batch, codes = made(session, keyring, contest)
    if state == "used":
        redeem_card(session, keyring, contest.id, codes[0], now=clock.now())
    if state == "void":
        void_batch(session, SYSTEM, batch, "Mất", now=clock.now())
    session.commit()

    answer = registered(client, contest, "0000000000" if state == "unknown" else codes[0])

    assert answer.status_code == 409 and words in answer.text
    assert '<a href="#card">Mã thẻ dự thi</a>' in answer.text, "the summary leads to the field"
    assert re.search(rf'<p class="error" id="card-error">.*{words}', answer.text)
    assert re.search(
        r'<input aria-describedby="card-hint card-error" aria-invalid="true"[^>]* name="card"', answer.text
    )
    assert 'value="Lò Thị Hoà"' in answer.text
    assert confirmed(session) == []


def test_the_consents_are_a_group_with_their_heading_and_note(client, contest):
    page = client.get(f"/thi/{contest.slug}/dang-ky").text

    opening = '<div role="group" aria-labelledby="consents" aria-describedby="consents-note">'
    group = page.partition(opening)[2].partition("</div>\n<button")[0]
    assert [name for name in ("consent", "named", "reached", "guardian") if f'name="{name}"' in group] == [
        "consent",
        "named",
        "reached",
        "guardian",
    ]
    assert 'id="consents"' in page and 'id="consents-note"' in page


def test_a_malformed_card_is_explained(client, contest):
    answer = registered(client, contest, "123")

    assert answer.status_code == 422
    assert "Mã thẻ gồm 10 chữ và số. Xin xem lại trên thẻ." in answer.text


def use_card(client, contest, code, card):
    path = f"/thi/{contest.slug}/nhap-the"
    form = Page(client.get(path).text).form("gui")
    return client.post(path, data=dict(form.filled(code=code, card=card)))


def test_a_card_may_be_used_after_the_registration(client, session, keyring, contest):
    code, (_batch, codes) = new_code(), made(session, keyring, contest)
    make_participant(session, keyring, contest, code=code)
    session.commit()

    unknown = use_card(client, contest, new_code(), codes[0])
    first = use_card(client, contest, code, codes[0])
    again = use_card(client, contest, code, codes[1])

    assert (unknown.status_code, first.status_code, again.status_code) == (404, 200, 200)
    assert "Bạn đã được xác nhận" in Page(first.text).text
    assert confirmed(session) == [True]
    assert session.scalar(select(func.count(EntryCard.used_at))) == 1


def test_a_used_card_leaves_the_other_unconfirmed(client, session, keyring, contest):
    code, (_batch, codes) = new_code(), made(session, keyring, contest)
    make_participant(session, keyring, contest, code=code)
    redeem_card(session, keyring, contest.id, codes[0], now=clock.now())
    session.commit()

    answer = use_card(client, contest, code, codes[0])

    assert answer.status_code == 409 and "Thẻ này đã có người dùng." in answer.text
    assert confirmed(session) == [False]


def test_a_contest_without_cards_has_no_page_for_them(client, session):
    contest = make_contest(session, weeks=1)
    session.commit()

    assert client.get(f"/thi/{contest.slug}/nhap-the").status_code == 404
    assert 'name="card"' not in client.get(f"/thi/{contest.slug}/dang-ky").text
