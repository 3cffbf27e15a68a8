"""Terminal commands of surveys, and the pages from which an officer prints."""

import pypdfium2
import pytest
import zxingcpp

from core import qr
from survey.counter.documents import poster_of, printed_address
from survey.counter.queries.printed import address_of
from tests.factories import make_counter

LONG_HOSTS = [
    "tanlap.tuyenquang.gov.vn",
    "phuongtanlaphoai.tuyenquang.gov.vn",
    "dackhuphuquoc.angiang.gov.vn",
    "phuongtanthoihiep.thanhphohochiminh.gov.vn",
]
"""Hosts of communes by Nghị định 224/2026: tenphuongxa.tentinhthanh.gov.vn."""


def read_pdf(data):
    image = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil()
    return zxingcpp.read_barcodes(image)[0].text


def test_the_terminal_draws_a_poster_for_every_counter(app, session, keyring, tmp_path):
    counter = make_counter(session)
    session.commit()

    done = app.test_cli_runner().invoke(args=["survey", "posters", counter.office.slug, str(tmp_path / "to")])

    address = f"http://LANG-NGHE.EXAMPLE/Q/{address_of(keyring, counter)}"
    assert done.exit_code == 0, done.output
    assert read_pdf((tmp_path / "to" / "quay-2.pdf").read_bytes()) == address


def test_an_unknown_office_is_reported_kindly(app, session):
    done = app.test_cli_runner().invoke(args=["survey", "recount", "khong-co"])

    assert done.exit_code == 1
    assert "Không có cơ quan nào" in done.output


def test_the_printed_address_opens_the_counters_page(client, session, keyring):
    counter = make_counter(session)
    session.commit()
    poster = poster_of(keyring, "http://lang-nghe.example", counter)

    scanned = client.get(poster.url.removeprefix("http://LANG-NGHE.EXAMPLE"))
    typed = client.get(poster.typed_address.removeprefix("lang-nghe.example").lower())

    assert (scanned.status_code, typed.status_code) == (200, 200)
    assert poster.check_code in scanned.text
    assert poster.host in scanned.text


def test_the_printed_address_fits_a_small_symbol(session, keyring):
    address = printed_address(keyring, "https://lang-nghe.example", make_counter(session))

    assert address.startswith("https://")  # some cameras do not open a scheme in capitals
    assert address.removeprefix("https") == address.removeprefix("https").upper()
    assert len(qr.matrix(address)) <= 37


@pytest.mark.parametrize("host", LONG_HOSTS)
def test_the_small_scheme_makes_no_symbol_larger(session, keyring, host):
    address = printed_address(keyring, f"https://{host}", make_counter(session))

    assert len(qr.matrix(address)) == len(qr.matrix(address.upper()))
