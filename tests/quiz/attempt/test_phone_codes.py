"""Phone codes: sent to the registered phone, tried a few times, over after ten minutes, limited per participant."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.crypto import new_code
from core.messages.models import Message
from core.throttle import Shut
from core.values.delay import Budget
from core.web.extensions import db
from quiz.attempt.operations.confirming import AlreadyConfirmed
from quiz.attempt.operations.phone_codes import NoMoreToday, TooSoon, WrongCode, check_code, send_code
from quiz.contest.models import Participant, PhoneCode, SmsDay
from quiz.contest.rules.phone_code import OF_A_NETWORK
from quiz.contest.rules.presets import Eligibility
from tests.factories import MONDAY, make_contest, make_participant
from tests.support.pages import Page

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOW = MONDAY + 9 * 60 * MINUTE


@pytest.fixture
def person(session, keyring):
    contest = make_contest(session, weeks=1, eligibility=Eligibility.SMS)
    return make_participant(session, keyring, contest, phone="0912345678")


def sent(monkeypatch, session, keyring, person, now=NOW, code=123456, network="203.0.113.7"):
    monkeypatch.setattr("quiz.attempt.operations.phone_codes.secrets.randbelow", lambda _n: code)
    return send_code(session, keyring, person.contest, person.id, network=network, now=now)


@pytest.mark.both_databases
def test_the_code_confirms_the_person_and_the_phone(session, keyring, person, monkeypatch):
    to = sent(monkeypatch, session, keyring, person)

    check_code(session, keyring, person.id, "123456", now=NOW + 9 * MINUTE)

    assert (to, person.confirmed_at, person.verified_at) == ("0912345678", NOW + 9 * MINUTE, NOW + 9 * MINUTE)
    assert session.scalar(select(func.count()).select_from(Message)) == 1
    with pytest.raises(AlreadyConfirmed):
        sent(monkeypatch, session, keyring, person, now=NOW + DAY)


def test_a_code_is_over_after_ten_minutes(session, keyring, person, monkeypatch):
    sent(monkeypatch, session, keyring, person)

    with pytest.raises(WrongCode):
        check_code(session, keyring, person.id, "123456", now=NOW + 10 * MINUTE)


@pytest.mark.both_databases
def test_after_five_wrong_tries_the_right_code_is_refused(session, keyring, person, monkeypatch):
    sent(monkeypatch, session, keyring, person)
    for _ in range(5):
        with pytest.raises(WrongCode):
            check_code(session, keyring, person.id, "654321", now=NOW)

    with pytest.raises(WrongCode):
        check_code(session, keyring, person.id, "123456", now=NOW)
    assert person.confirmed_at is None


def test_a_new_code_replaces_the_earlier_one(session, keyring, person, monkeypatch):
    sent(monkeypatch, session, keyring, person)
    sent(monkeypatch, session, keyring, person, now=NOW + MINUTE, code=7)

    with pytest.raises(WrongCode):
        check_code(session, keyring, person.id, "123456", now=NOW + MINUTE)
    check_code(session, keyring, person.id, "000007", now=NOW + MINUTE)


def test_the_next_code_waits_longer_and_five_are_sent_a_day(session, keyring, person, monkeypatch):
    now = NOW
    for wait in (1, 2, 4, 8):
        sent(monkeypatch, session, keyring, person, now=now)
        with pytest.raises(TooSoon):
            sent(monkeypatch, session, keyring, person, now=now + wait * MINUTE - timedelta(seconds=1))
        now += wait * MINUTE
    sent(monkeypatch, session, keyring, person, now=now)

    with pytest.raises(NoMoreToday):
        sent(monkeypatch, session, keyring, person, now=now + 60 * MINUTE)
    sent(monkeypatch, session, keyring, person, now=now + DAY)


def test_others_on_the_phone_do_not_lock_its_owner_out(session, keyring, person, monkeypatch):
    for name in ("Kẻ Một", "Kẻ Hai", "Kẻ Ba"):
        other = make_participant(session, keyring, person.contest, name=name, phone="0912345678")
        for minutes in (0, 1, 3, 7, 15):
            sent(monkeypatch, session, keyring, other, now=NOW + minutes * MINUTE)

    assert sent(monkeypatch, session, keyring, person, now=NOW + 16 * MINUTE) == "0912345678"


def test_invented_names_do_not_flood_a_phone(session, keyring, person, monkeypatch):
    others = [
        make_participant(session, keyring, person.contest, name=f"Kẻ {letter}", phone="0912345678")
        for letter in "abcdefghiklmnopqrstuvx"
    ]
    for other in others[:20]:
        sent(monkeypatch, session, keyring, other)

    with pytest.raises(NoMoreToday):
        sent(monkeypatch, session, keyring, others[20])


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer
def test_simultaneous_requests_do_not_flood_a_phone(session, keyring, person, monkeypatch):
    others = [
        make_participant(session, keyring, person.contest, name=f"Kẻ {letter}", phone="0912345678")
        for letter in "abcdefghiklmnopqrstuv"
    ]
    for other in others[:19]:
        sent(monkeypatch, session, keyring, other)
    session.commit()
    ids, engine = [other.id for other in others], db.engine

    def ask_beside():
        with Session(engine) as own:
            return send_code(own, keyring, own.get_one(Participant, ids[20]).contest, ids[20], network="", now=NOW)

    sent(monkeypatch, session, keyring, others[19])
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(ask_beside)
        sleep(1)
        session.commit()
        with pytest.raises(NoMoreToday):
            beside.result(20)


def test_a_contest_sends_no_more_than_its_limit(session, keyring, person, monkeypatch):
    session.add(SmsDay(contest_id=person.contest_id, day=NOW.date(), sends=2000))
    session.flush()

    with pytest.raises(NoMoreToday):
        sent(monkeypatch, session, keyring, person)


def test_a_network_waits_after_its_part_of_the_messages_and_others_do_not(session, keyring, person, monkeypatch):
    monkeypatch.setattr("quiz.attempt.operations.phone_codes.OF_A_NETWORK", Budget(2, OF_A_NETWORK.longest))
    people = [
        make_participant(session, keyring, person.contest, name=f"Người {letter}", phone=f"09123456{number}")
        for number, letter in enumerate("abcd", start=10)
    ]
    for someone in people[:2]:
        sent(monkeypatch, session, keyring, someone)
    session.commit()

    with pytest.raises(Shut):
        sent(monkeypatch, session, keyring, people[2])
    session.rollback()
    assert sent(monkeypatch, session, keyring, people[3], network="198.51.100.9") == "0912345613"
    assert sent(monkeypatch, session, keyring, people[2], now=NOW + timedelta(seconds=2)) == "0912345612"


def test_the_last_messages_of_a_day_are_for_networks_that_asked_for_few(session, keyring, person, monkeypatch):
    codes = "quiz.attempt.operations.phone_codes"
    monkeypatch.setattr(f"{codes}.MOST_OF_A_CONTEST", 5)
    monkeypatch.setattr(f"{codes}.RESERVED", 3)
    monkeypatch.setattr(f"{codes}.FROM_THE_RESERVE", Budget(2, OF_A_NETWORK.longest))
    people = [
        make_participant(session, keyring, person.contest, name=f"Người {letter}", phone=f"09123456{number}")
        for number, letter in enumerate("abcde", start=10)
    ]
    for someone in people[:3]:
        sent(monkeypatch, session, keyring, someone)
    session.commit()

    with pytest.raises(Shut):
        sent(monkeypatch, session, keyring, people[3])
    session.rollback()
    assert sent(monkeypatch, session, keyring, people[4], network="198.51.100.9") == "0912345614"


def test_a_network_that_must_wait_reads_how_long(client, session, keyring, monkeypatch):
    monkeypatch.setattr("quiz.attempt.operations.phone_codes.OF_A_NETWORK", Budget(1, OF_A_NETWORK.longest))
    contest, codes = make_contest(session, weeks=1, eligibility=Eligibility.SMS), [new_code(), new_code()]
    for code, number in zip(codes, "89", strict=True):
        make_participant(session, keyring, contest, code=code, name=f"Người {number}", phone=f"091234567{number}")
    session.commit()
    path = f"/thi/{contest.slug}/xac-nhan-so"

    replies = [
        client.post(path, data=dict(Page(client.get(path).text).form("xac-nhan-so").filled(code=code)))
        for code in codes
    ]

    assert [reply.status_code for reply in replies] == [200, 429]
    assert "Từ mạng này đã xin nhiều tin nhắn. Xin đợi 2 giây rồi bấm gửi lại." in Page(replies[1].text).text
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_code_is_stored_as_a_hash_alone(session, keyring, person, monkeypatch):
    sent(monkeypatch, session, keyring, person)

    stored = session.get_one(PhoneCode, person.id).code_hash
    assert len(stored) == 32 and b"123456" not in stored


def test_a_participant_confirms_the_phone_on_the_pages(client, session, keyring, monkeypatch):
    monkeypatch.setattr("quiz.attempt.operations.phone_codes.secrets.randbelow", lambda _n: 123456)
    contest, code = make_contest(session, weeks=1, eligibility=Eligibility.SMS), new_code()
    make_participant(session, keyring, contest, code=code, phone="0912345678")
    session.commit()
    path = f"/thi/{contest.slug}/xac-nhan-so"

    asked = client.post(path, data=dict(Page(client.get(path).text).form("xac-nhan-so").filled(code=code)))
    form = Page(asked.text).form("xac-nhan-so/ma")
    wrong = client.post(form.action, data=dict(form.filled(digits="000000")))
    right = client.post(form.action, data=dict(Page(wrong.text).form("xac-nhan-so/ma").filled(digits="123 456")))

    assert (asked.status_code, wrong.status_code, right.status_code) == (200, 422, 200)
    assert "0912345678" not in asked.text and "678" in asked.text
    assert "Mã không đúng hoặc đã quá 10 phút." in wrong.text
    assert "Bạn đã được xác nhận" in right.text
    session.expire_all()
    assert session.scalars(select(Participant)).one().confirmed_at is not None


def test_a_second_tap_is_answered_with_the_wait(client, session, keyring):
    contest, code = make_contest(session, weeks=1, eligibility=Eligibility.SMS), new_code()
    make_participant(session, keyring, contest, code=code)
    session.commit()
    path = f"/thi/{contest.slug}/xac-nhan-so"
    pairs = dict(Page(client.get(path).text).form("xac-nhan-so").filled(code=code))

    first, second = client.post(path, data=pairs), client.post(path, data=pairs)

    assert (first.status_code, second.status_code) == (200, 429)
    assert re.search("Vừa gửi mã rồi. Xin xem tin nhắn, hoặc đợi .* rồi gửi mã khác.", Page(second.text).text)
    assert Page(second.text).form("xac-nhan-so/ma").value("digits") == "", "the code that came can be typed"
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_code_is_sent_by_one_tap_after_the_registration(client, session):
    contest = make_contest(session, weeks=1, eligibility=Eligibility.SMS)
    session.commit()
    path = f"/thi/{contest.slug}/dang-ky"
    facts = {"name": "Lò Thị Hoà", "phone": "0912345678", "birth_year": "1985", "consent": "y"}
    form = Page(client.get(path).text).form("gui")
    done = client.post(path, data=dict(form.filled(unit=contest.units[0].unit_id, **facts)))

    asked = client.post(f"/thi/{contest.slug}/xac-nhan-so", data=dict(Page(done.text).form("xac-nhan-so").pairs))

    assert (done.status_code, asked.status_code) == (201, 200)
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_changed_personal_code_beside_the_digits_is_explained(client, session, keyring):
    contest, code = make_contest(session, weeks=1, eligibility=Eligibility.SMS), new_code()
    make_participant(session, keyring, contest, code=code)
    session.commit()
    path = f"/thi/{contest.slug}/xac-nhan-so"
    asked = client.post(path, data=dict(Page(client.get(path).text).form("xac-nhan-so").filled(code=code)))

    form = Page(asked.text).form("xac-nhan-so/ma")
    answer = client.post(form.action, data=dict(form.filled(code=new_code(), digits="123456")))

    assert answer.status_code == 404
    assert "Không tìm thấy mã này trong cuộc thi." in Page(answer.text).text


def test_a_contest_without_phone_codes_has_no_page_for_them(client, session):
    contest = make_contest(session, weeks=1)
    session.commit()

    assert client.get(f"/thi/{contest.slug}/xac-nhan-so").status_code == 404
