"""Load the whole demo in one transaction, which the caller commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account
from commune.models import Office
from demo.accounts import create_accounts
from demo.desk import load_desk
from demo.lam_binh import load_lam_binh
from demo.logo import load_logo
from demo.offices import load_offices
from demo.published import check
from demo.today import load_today, take_headcounts
from demo.units import get_units
from demo.world import World
from quiz.contest.models import Contest


def holds_data(session: Session) -> bool:
    """Whether this instance holds anything but the country."""
    return any(session.scalar(select(model.id).limit(1)) is not None for model in (Account, Contest, Office))


def load(world: World, password: str) -> str:
    """Fill an empty instance; returns the secret of the second factor.

    Raises:
        Differs: the rebuilt contest differs from what was published.
    """
    units = get_units(world.session)
    secret = create_accounts(world, units, password)
    load_logo(world, units)
    world.say("Cuộc thi Lâm Bình 2023")
    contest = load_lam_binh(world, units)
    world.say("Các cuộc thi hiện nay")
    load_today(world, units)
    world.say("Các trung tâm phục vụ hành chính công")
    load_offices(world, units)
    take_headcounts(world, units)
    world.say("Việc của cán bộ")
    load_desk(world)
    world.say("Đối chiếu với số liệu đã công bố (công bố, hiện có)")
    for line in check(world.session, contest):
        world.say(line)
    return secret
