"""The hotline that every page may show."""

import pytest

from commune.queries.offices import find_hotline
from tests.factories import make_contest, make_office, make_unit


@pytest.mark.parametrize(
    ("hotlines", "shown"),
    [([""], ""), (["0207 111 2222"], "0207 111 2222"), (["02071", "02071", ""], "02071"), (["02071", "02072"], "")],
)
def test_a_hotline_is_shown_that_all_offices_share(session, hotlines, shown):
    province = make_unit(session)
    for hotline in hotlines:
        commune = make_unit(session, parent=province)
        make_office(session, unit=commune).hotline = hotline
    session.flush()

    assert find_hotline(session) == shown


@pytest.mark.parametrize(
    "path", ["/ket-qua/?tim=lam", "/thi/tra-cuu", "/danh-gia/tra-cuu", "/thi/quyen-cua-toi", "/thi/xac-minh"]
)
def test_every_public_page_offers_a_hotline_in_its_foot(client, session, path):
    make_office(session, unit=make_unit(session)).hotline = "0207 111 2222"
    session.flush()

    assert "Cần giúp? Gọi" in client.get(path, follow_redirects=True).text


def test_a_page_of_a_contest_offers_the_hotline_of_the_contest(client, session):
    contest = make_contest(session)
    contest.hotline = "0207 333 4444"
    session.flush()

    page = client.get(f"/thi/{contest.slug}/bang-vang").text

    assert "0207 333 4444" in page.replace("\xa0", " ")
