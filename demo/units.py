"""The units of the demo: the district of Lâm Bình in 2023, and the communes formed from it in 2025."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from commune.files.country import MERGED, read_country
from commune.models import Unit
from commune.operations.country import load_country
from commune.queries.units import units_on

TOWNSHIP = "thị trấn Lăng Can"

OLD_COMMUNES = {
    "02233": "xã Phúc Yên",
    "02242": "xã Xuân Lập",
    "02251": "xã Khuôn Hà",
    "02266": TOWNSHIP,
    "02269": "xã Thượng Lâm",
    "02290": "xã Bình An",
    "02293": "xã Hồng Quang",
    "02296": "xã Thổ Bình",
    "02299": "xã Phúc Sơn",
    "02302": "xã Minh Quang",
}
COMMUNES = {
    "02266": "xã Lâm Bình",
    "02269": "xã Thượng Lâm",
    "02296": "xã Bình An",
    "02302": "xã Minh Quang",
    "02221": "xã Nà Hang",
    "02287": "xã Chiêm Hóa",
    "02239": "xã Thượng Nông",
    "02248": "xã Yên Hoa",
    "02260": "xã Hồng Thái",
    "02332": "xã Kiên Đài",
    "02245": "xã Côn Lôn",
    "02308": "xã Tân Mỹ",
}
"""The communes formed from the district in 2025, and their neighbours around the lake."""


@dataclass(frozen=True)
class Units:
    """The units that the demo uses, the communes by full name."""

    old_province: Unit
    district: Unit
    old_communes: dict[str, Unit]
    province: Unit
    communes: dict[str, Unit]


def get_units(session: Session) -> Units:
    """Return both provinces of Tuyên Quang and their units around Lâm Bình; loads the country if it is missing."""
    load_country(session, read_country())
    old = units_on(session, ["08", "071", *OLD_COMMUNES], MERGED - timedelta(days=1))
    new = units_on(session, ["08", *COMMUNES], MERGED)
    return Units(
        old_province=old["08"],
        district=old["071"],
        old_communes={name: old[code] for code, name in OLD_COMMUNES.items()},
        province=new["08"],
        communes={name: new[code] for code, name in COMMUNES.items()},
    )
