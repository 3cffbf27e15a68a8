"""The channels of ratings."""

from enum import StrEnum


class Channel(StrEnum):
    """The way a rating came. CODE, and PHONE when drawn from the sample, are verified; the others are open."""

    OPEN = "open"
    CODE = "code"
    KIOSK = "kiosk"
    PHONE = "phone"
    PAPER = "paper"
