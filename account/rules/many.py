"""What an administrator may do to several accounts at once, and why one of them is passed over."""

from enum import StrEnum


class Bulk(StrEnum):
    """What is done to all of them."""

    OFF = "off"
    ON = "on"
    SIGN_OUT = "sign_out"
    INVITE = "invite"


class Unfit(StrEnum):
    """Why an account is passed over."""

    OWN = "own"
    OUT_OF_REACH = "out_of_reach"
    IS_ON = "is_on"
    IS_OFF = "is_off"
    IS_INVITED = "is_invited"
    HAS_COME = "has_come"
