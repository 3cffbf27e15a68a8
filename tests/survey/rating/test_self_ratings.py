"""Staff rate themselves among thousands of citizens: nearly all are set apart, and hardly any citizen is (F24)."""

import os
import random
from collections import Counter as TallyCounter
from datetime import timedelta

import pytest

from core.crypto import new_code, new_key
from survey.instrument.rules.levels import Level
from survey.rating.models import Rating
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter

CITIZENS, OWN = (5000, 30) if os.environ.get("LONG") else (700, 30)
BROWSERS = [f"Chrome/{number}" for number in range(138, 143)] + ["Safari/18", "Safari/26", "Zalo", "Samsung", "Firefox"]


def rate(session, keyring, counter, sender, now):
    id = record_rating(
        session, keyring, counter, Opinion(Level(5)), channel=Channel.OPEN, receipt=new_code(), now=now, sender=sender
    )
    return session.get(Rating, id).rating_class


def citizens(hazard, today):
    """Return the senders of a day at one counter: on mobile data, on the visitors' Wi-Fi, some twice or thrice."""
    for _ in range(today):
        network = "203.0.113.9" if hazard.random() < 0.4 else f"27.64.{hazard.randrange(40)}.{hazard.randrange(250)}"
        browser, mark = f"{network} {hazard.choice(BROWSERS)}", new_key() if hazard.random() < 0.97 else ""
        for _ in range(hazard.choices((1, 2, 3, 4), (90, 7, 2.5, 0.5))[0]):
            yield Sender(page=new_key(), browser=browser, device=mark, network=network)


@pytest.mark.parametrize("seed", [1, 2])
def test_nine_in_ten_self_ratings_are_set_apart_and_one_in_a_hundred_citizens_at_most(session, keyring, seed):
    hazard, kinds = random.Random(seed), {"citizen": TallyCounter(), "own": TallyCounter()}
    counters = [make_counter(session, number=number) for number in range(1, 4)]
    day = 0
    while kinds["citizen"].total() < CITIZENS:
        now = MONDAY + timedelta(days=day // 5 * 7 + day % 5, hours=9)
        for counter in counters:
            for sender in citizens(hazard, hazard.randint(3, 14)):
                minutes = timedelta(minutes=hazard.randrange(480))
                kinds["citizen"][rate(session, keyring, counter, sender, now + minutes)] += 1
        day += 1
    for at in range(OWN):
        own = Sender(new_key(), "27.64.1.1 Safari/18", "" if at % 2 else new_key(), "27.64.1.1", is_own=at < 24)
        clerk = own if at < 24 else Sender(new_key(), "27.64.1.1 Safari/18", "c" * 22, "27.64.1.1")
        kinds["own"][rate(session, keyring, counters[0], clerk, MONDAY + timedelta(hours=9, minutes=at))] += 1

    apart = {who: sum(counts[kind] for kind in ("more", "burst", "own")) for who, counts in kinds.items()}
    assert apart["own"] / OWN >= 0.9, kinds
    assert apart["citizen"] / kinds["citizen"].total() <= 0.01, kinds
