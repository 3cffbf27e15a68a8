"""The trend of an office: two drawings in the page, in its colours, and the same as files."""

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from core.charts.palette import DARK, LIGHT
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


@pytest.fixture(params=["", "/quay/{number}"])
def path(request, counter):
    return f"/ket-qua/{counter.office.slug}{request.param.format(number=counter.number)}"


def test_a_page_has_a_drawing_for_each_width_and_for_large_letters_in_the_colours_of_its_sheet(client, path):
    page = client.get(path).text

    drawn = re.findall(r'<svg [^>]*class="ch mpl mpl-(\w+)"', page)

    assert drawn == ["slim", "wide", "large"]
    assert ".fill-v5 { fill: var(--v5); }" in page
    assert not re.search(r"#0a00|<img|filter: invert| style=", page.partition("<main")[2])


def test_a_drawing_says_its_shares(client, path):
    page = client.get(path).text.replace("\xa0", " ")

    assert re.search(r'aria-label="Tỷ lệ hài lòng theo tháng, [^"]+: T6/2026 là 100 %, T6/2026 là 100 %"', page)


@pytest.mark.parametrize(("query", "colours"), [("", LIGHT), ("?nen=toi", DARK)])
def test_a_drawing_as_a_file_has_the_colours_of_a_theme_and_no_font(client, path, query, colours):
    reply = client.get(f"{path}/xu-huong.svg{query}")

    ElementTree.fromstring(reply.text)
    assert (reply.mimetype, colours["paper"] in reply.text, "<text" in reply.text) == ("image/svg+xml", True, False)


def test_a_file_says_its_finding_its_unit_its_days_and_its_source(client, path, settings):
    drawing = client.get(f"{path}/xu-huong.svg").text

    said = " ".join(re.findall(r"<!-- (.*?) -->", drawing)).replace("\xa0", " ")

    assert re.search(r"xã Lâm Bình: mới có số liệu một tháng: 100 % hài lòng", said)
    assert "Tỷ lệ hài lòng từng tháng, %." in said
    assert "Tháng 6/2026 (số liệu đến hết Chủ nhật, 07/06/2026). Cập nhật thứ Hai, " in said
    assert f"{settings.public_url}{path}" in said


def test_a_picture_is_a_png_in_the_light_colours(client, path):
    reply = client.get(f"{path}/xu-huong.png")

    picture = Image.open(io.BytesIO(reply.data)).convert("RGB")
    assert reply.mimetype == "image/png"
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((1, 1))) == LIGHT["paper"]


@pytest.mark.parametrize("file", ["xu-huong.svg", "xu-huong.png"])
def test_an_office_without_figures_has_no_drawing(client, session, file):
    counter = make_counter(session)
    session.commit()

    assert client.get(f"/ket-qua/{counter.office.slug}/{file}").status_code == 404


def test_a_browser_that_has_the_picture_is_sent_no_other(client, path):
    first = client.get(f"{path}/xu-huong.png")

    again = client.get(f"{path}/xu-huong.png", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
