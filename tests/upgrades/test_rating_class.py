"""Earlier ratings are of the first class, and going down counts all classes together."""

import pytest
from sqlalchemy import text

from core import schema
from core.crypto import new_code
from core.web.extensions import db
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.set_apart import rate_as_staff

pytestmark = pytest.mark.both_databases

LEVELS = text(
    "SELECT option, sum(count), count(*) FROM survey_option_tally WHERE item = 'level' GROUP BY option ORDER BY option"
)


def test_classes_are_one_tally_before_the_migration_and_all_first_after_it(session, keyring):
    counter = make_counter(session)
    counter.office.networks = "203.0.113.7/32"
    for level in (5, 5, 2):
        opinion = Opinion(Level(level))
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)
    rate_as_staff(session, keyring, counter, 2, now=MONDAY)
    session.commit()
    with_classes = session.execute(LEVELS).all()
    session.close()

    schema.downgrade(db.engine, "0034")
    before = session.execute(LEVELS).all()
    session.close()
    schema.upgrade(db.engine)

    after = session.execute(LEVELS).all()
    classes = session.execute(text("SELECT rating_class, count(*) FROM survey_rating GROUP BY rating_class")).all()
    assert [tuple(row) for row in with_classes] == [("2", 1, 1), ("5", 4, 2)]
    assert [tuple(row) for row in before] == [tuple(row) for row in after] == [("2", 1, 1), ("5", 4, 1)]
    assert [tuple(row) for row in classes] == [("first", 5)]
    assert session.execute(text("SELECT networks FROM commune_office")).scalar() == ""
    assert schema.differences(db.engine) == []
