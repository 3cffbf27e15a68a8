"""The picture of a trend: one for light and one for dark screens, and its figures in words."""

import re

import pytest

from core.charts.palette import LIGHT
from core.crypto import new_code
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter


@pytest.fixture
def counter(session, keyring):
    counter = make_counter(session)
    for _ in range(5):
        opinion = Opinion(Level.SATISFIED)
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)
    session.commit()
    return counter


@pytest.mark.parametrize("below", ["", "/quay/{number}"])
def test_a_dark_screen_gets_a_dark_picture_and_a_light_one_a_light_one(client, counter, below):
    page = client.get(f"/ket-qua/{counter.office.slug}{below.format(number=counter.number)}").text
    dark = re.search(r'<source media="screen and \(prefers-color-scheme: dark\)" srcset="([^"]+)">', page)[1]
    light = re.search(r'<img class="chart" src="([^"]+)"', page)[1]

    pictures = [client.get(path) for path in (light, dark)]

    assert [LIGHT["paper"] in picture.text for picture in pictures] == [True, False]
    assert pictures[0].headers["ETag"] != pictures[1].headers["ETag"]
    assert "filter: invert" not in page


def test_a_picture_of_a_trend_has_its_figures_as_text(client, counter):
    page = client.get(f"/ket-qua/{counter.office.slug}").text

    assert 'alt="Biểu đồ tỷ lệ hài lòng theo tháng. T6/2026: 100,0 % (5 lượt)"' in page.replace("\xa0", " ")
