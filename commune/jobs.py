"""The duties of the country's units: at the set-up and every day."""

from datetime import date

from sqlalchemy.orm import Session

from commune.files.country import read_country
from commune.operations.country import bring_up_to_date
from commune.operations.units import settle_names
from core.translation import gettext
from core.values.numbers import thousands


def load(session: Session, today: date) -> str:
    """Load the country's units and apply the names valid today; a duty of the set-up."""
    return bring_up_to_date(session, read_country(), today)


def settle(session: Session, today: date) -> str:
    """Apply names whose first day has come; a daily duty."""
    return gettext("Đơn vị đổi tên hoặc đổi loại từ hôm nay: %(units)s.", units=thousands(settle_names(session, today)))
