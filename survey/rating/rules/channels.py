"""The channels by which a rating comes in."""

from enum import StrEnum


class Channel(StrEnum):
    """How a rating came in. CODE, and PHONE when drawn from the sample, are verified; the others are open."""

    OPEN = "open"
    CODE = "code"
    KIOSK = "kiosk"
    PHONE = "phone"
    PAPER = "paper"
