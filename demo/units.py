"""The units of the demo: the district of Lâm Bình as it was in 2023, and the communes that came of it in 2025.

Codes and names are those of the published lists of administrative units (before and after 1 July 2025).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Unit
from commune.operations import create_unit

CODED = date(2004, 7, 1)
DISTRICT_BEGAN = date(2011, 1, 28)
MERGED = date(2025, 7, 1)
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
}


@dataclass(frozen=True)
class Units:
    """The units that the rest of the demo needs, the communes by full name."""

    old_province: Unit
    district: Unit
    old_communes: dict[str, Unit]
    province: Unit
    communes: dict[str, Unit]


def create_units(session: Session) -> Units:
    """Both provinces of Tuyên Quang with what lies below them around Lâm Bình."""
    old = create_unit(session, code="08", kind="province", name="tỉnh Tuyên Quang", valid_from=CODED, valid_to=MERGED)
    district = create_unit(
        session, code="071", kind="district", name="huyện Lâm Bình", valid_from=DISTRICT_BEGAN, valid_to=MERGED,
        parent=old,
    )  # fmt: skip
    new = create_unit(session, code="08", kind="province", name="tỉnh Tuyên Quang", valid_from=MERGED)
    return Units(
        old_province=old,
        district=district,
        old_communes={
            name: create_unit(
                session, code=code, kind="township" if name == TOWNSHIP else "commune", name=name,
                valid_from=DISTRICT_BEGAN, valid_to=MERGED, parent=district,
            )
            for code, name in OLD_COMMUNES.items()
        },
        province=new,
        communes={
            name: create_unit(session, code=code, kind="commune", name=name, valid_from=MERGED, parent=new)
            for code, name in COMMUNES.items()
        },
    )  # fmt: skip
