"""A logo beside the office's name: it is drawn, covers no code, and another logo gives another file."""

import pytest

from commune.operations.logos import set_logo
from core import clock
from core.images import Drawn
from survey.counter.documents import LANGUAGES, SHEETS, PrintedLogo, posters_of, posters_pdf
from survey.counter.documents.poster import mark_of
from survey.counter.queries.counters import list_open_counters
from tests.factories import make_counter, make_office, make_unit
from tests.support.images import GREEN, disc, file_of, opened, sign
from tests.support.sheets import COPIES, astray, overlapping, pages_of, poster, quiet_zones, texts_on

EACH = pytest.mark.parametrize("sheet", list(SHEETS))
BLUE = (10, 60, 220)
ROUND, WIDE = (
    PrintedLogo(name, file_of(sign(*size, colour=BLUE))) for name, size in (("a", (512, 512)), ("b", (512, 128)))
)
NAMES = {
    "short": {},
    "long": {
        "office": "Trung tâm Phục vụ hành chính công phường Nguyễn Thị Minh Khai Đông, cơ sở hai tại buôn Ako Dhông"
    },
    "endless": {"office": "W" * 500, "counter": "Ậ" * 500, "host": "M " * 300},
}


def page_of(sheet, second=None, **changes):
    return pages_of(posters_pdf([poster(**changes)], sheet, second))[0]


def picture_of(page, scale=4):
    return page.render(scale=scale).to_pil().convert("RGB")


def blue_in(picture):
    """Return how many pixels are the logo's."""
    return sum(count for count, (red, _, blue) in picture.getcolors(1 << 24) if blue - red > 150)


@EACH
@pytest.mark.parametrize("logo", [ROUND, WIDE], ids=["round", "wide"])
@pytest.mark.parametrize("changes", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("second", [None, LANGUAGES["en"]], ids=["one language", "two"])
def test_every_code_is_read_beside_a_logo_and_nothing_lies_over_anything(sheet, logo, changes, second):
    page = page_of(sheet, second, logo=logo, **changes)

    assert texts_on(page, 3) == [poster().url] * COPIES[sheet]
    assert astray(page, sheet) == []
    assert overlapping(page) == []


@EACH
@pytest.mark.parametrize("changes", NAMES.values(), ids=NAMES)
def test_the_quiet_around_a_code_is_kept_from_a_logo(sheet, changes):
    page = page_of(sheet, logo=ROUND, **changes)
    picture, high = picture_of(page), page.get_size()[1]
    zones = quiet_zones(page)

    assert len(zones) == COPIES[sheet]
    for left, low, right, top in zones:
        assert blue_in(picture.crop([4 * side for side in (left, high - top, right, high - low)])) == 0


@EACH
def test_the_logo_is_on_every_copy(sheet):
    plain, shown = page_of(sheet), page_of(sheet, logo=ROUND)

    assert blue_in(picture_of(plain)) == 0
    assert blue_in(picture_of(shown)) > 2000 * COPIES[sheet]


def test_transparent_parts_show_the_paper():
    page = page_of("a4", logo=PrintedLogo("c", file_of(disc())))

    colours = {colour for _, colour in picture_of(page).getcolors(1 << 24)}
    assert (0, 0, 0) not in colours
    assert GREEN in colours


def test_the_same_poster_with_the_same_logo_gives_the_same_bytes():
    assert posters_pdf([poster(logo=ROUND)]) == posters_pdf([poster(logo=ROUND)])


def test_another_logo_makes_another_file_and_its_mark_stays_short():
    marks = {mark_of([poster(logo=logo)], "a4", None) for logo in (None, ROUND, WIDE)}

    assert len(marks) == 3
    assert "PNG" not in repr(ROUND)


def test_a_logo_is_in_a_file_once_however_many_counters_there_are():
    one, many = (posters_pdf([poster(logo=ROUND)] * times) for times in (1, 20))

    assert (one.count(b"/Subtype /Image"), many.count(b"/Subtype /Image")) == (1, 1)


def test_each_office_prints_the_logo_of_its_unit_or_of_the_nearest_above(session, keyring, count_queries):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    own, below, elsewhere = (
        make_unit(session, name=name, parent=parent)
        for name, parent in (("xã A", province), ("xã B", province), ("xã C", None))
    )
    counters = [make_counter(session, office=make_office(session, unit=unit)) for unit in (own, below, elsewhere)]
    for unit, colour in ((province, GREEN), (own, BLUE)):
        png = file_of(sign(colour=colour))
        set_logo(session, unit, Drawn(png, png), by="account:1", now=clock.now())
    session.commit()
    found = list_open_counters(session, [counter.office_id for counter in counters])
    count_queries.clear()

    made = posters_of(session, keyring, "http://lang-nghe.example", found)

    colours = [opened(each.logo.png).getpixel((290, 190)) if each.logo else None for each in made]
    assert colours == [BLUE, GREEN, None]
    assert len(count_queries) == 4
