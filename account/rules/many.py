"""The actions for several accounts at once, and the reasons why an account is passed over."""

from enum import StrEnum


class Bulk(StrEnum):
    """An action for several accounts."""

    OFF = "off"
    ON = "on"
    SIGN_OUT = "sign_out"
    INVITE = "invite"


class Unfit(StrEnum):
    """A reason why an account is passed over."""

    OWN = "own"
    OUT_OF_REACH = "out_of_reach"
    IS_ON = "is_on"
    IS_OFF = "is_off"
    IS_INVITED = "is_invited"
    HAS_COME = "has_come"
