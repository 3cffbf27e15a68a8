"""The hotline that every page may show."""

import pytest

from commune.queries.offices import find_hotline
from tests.factories import make_office, make_unit


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
