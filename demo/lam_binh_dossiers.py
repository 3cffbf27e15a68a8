"""The dossiers of the office of xã Lâm Bình: a quarter of a one-stop system's list, with what lists really have.

Some are late, most of them of the slow land counter; two are overdue for long; a few numbers are missing; and the
provincial system counts eight more than the list.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from commune.models import Office
from core.values.week import local_date
from demo.chance import Chance
from demo.world import World
from survey.dossier.models import Dossier, DossierImport, ProvincialTotal
from survey.dossier.operations import add_sample
from survey.dossier.queries import count_returned
from survey.dossier.rules.channels import DossierChannel
from survey.dossier.rules.numbers import read_dossier_number
from survey.dossier.rules.period import quarter_of

SEED = 2026
DAYS = 84
AGENCY = "H60.33"
PROCEDURES = (
    ("Chứng thực bản sao từ bản chính", 40, 0, 0.01),
    ("Đăng ký khai sinh", 16, 1, 0.03),
    ("Xác nhận tình trạng hôn nhân", 12, 3, 0.04),
    ("Trợ cấp bảo trợ xã hội hằng tháng", 12, 14, 0.08),
    ("Đăng ký biến động đất đai", 14, 20, 0.3),
    ("Cấp giấy phép xây dựng nhà ở riêng lẻ", 6, 15, 0.15),
)
"""Name, weight, days until the due day, share of late ones."""
CHANNELS = {DossierChannel.COUNTER: 62, DossierChannel.ONLINE: 33, DossierChannel.POST: 5}
A_DAY = 5.2
MISSING = 0.03
"""The share of numbers that the list does not hold."""
MORE_IN_PROVINCE = 8


def load_dossiers(world: World, office: Office) -> None:
    """Add the dossiers of *office*, an import, the provincial system's total, and a sample.

    The chances are its own, so that everything else in the demo stays as it was.
    """
    chance, today = Chance(SEED), local_date(world.now)
    rows = list(_rows(chance, office, today))
    world.session.execute(insert(Dossier), rows)
    world.session.add(DossierImport(office_id=office.id, imported_at=world.now, added=len(rows), changed=0))
    period = quarter_of(today - timedelta(days=1))
    returned = count_returned(world.session, office, period)
    world.session.add(
        ProvincialTotal(
            office_id=office.id,
            first_day=period.first,
            last_day=period.last,
            returned=returned + MORE_IN_PROVINCE,
            stated_at=world.now,
        )
    )
    if returned:
        seed = chance.randbytes(8).hex()
        add_sample(world.session, office, period, stratified_by="procedure", seed=seed, now=world.now)
    world.say(f"  xã Lâm Bình: {len(rows)} hồ sơ trong danh sách của hệ thống một cửa")


def _rows(chance: Chance, office: Office, today: date) -> Iterator[dict[str, Any]]:
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for serial in range(1, max(chance.poisson(A_DAY), 1) + 1):
            row = _row(chance, office, day, serial, today)
            if chance.random() > MISSING:
                yield row


def _row(chance: Chance, office: Office, day: date, serial: int, today: date) -> dict[str, Any]:
    name, _, days, late = chance.pick(PROCEDURES, [weight for _, weight, _, _ in PROCEDURES])
    text = f"{AGENCY}-{day:%y%m%d}-{serial:04}"
    number, due = read_dossier_number(text), _working(day + timedelta(days=days))
    returned = _working(due + timedelta(days=chance.randrange(1, 9)) if chance.random() < late else due)
    if returned == due and days > 3:
        returned = _working(due - timedelta(days=chance.randrange(4)))
    return {
        "office_id": office.id,
        "number": text,
        "number_key": number.key,
        "agency": number.agency,
        "series": number.series,
        "serial": number.serial,
        "procedure": name,
        "channel": chance.pick(list(CHANNELS), list(CHANNELS.values())).value,
        "received_on": day,
        "due_on": due,
        "returned_on": returned if returned < today else None,
    }


def _working(day: date) -> date:
    """Return *day*, or the Monday after it."""
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() > 4 else day
