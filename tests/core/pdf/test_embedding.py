"""A PDF carries the letters that it uses and no others, and stays small enough to be sent by telephone."""

import re

import pytest

from survey.counter.documents import SHEETS, posters_pdf
from tests.support.sheets import poster


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_every_font_is_embedded_as_a_subset(sheet):
    drawn = posters_pdf([poster(office="Trung tâm xã Ea Kŏrŏng")], sheet)

    named = set(re.findall(rb"/FontName /([^ /]+)", drawn))
    assert {name.partition(b"+")[2] for name in named} == {
        b"BeVietnamPro-Regular",
        b"BeVietnamPro-SemiBold",
        b"BeVietnamPro-Bold",
        b"NotoSansLatin-Regular",
    }
    assert all(re.fullmatch(rb"[A-Z]{6}\+.+", name) for name in named)
    assert drawn.count(b"/FontFile2") == len(named)


def test_a_poster_is_light():
    assert len(posters_pdf([poster()])) < 100_000
