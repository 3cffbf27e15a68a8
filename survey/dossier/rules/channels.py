"""How a dossier was handed in."""

from enum import StrEnum


class DossierChannel(StrEnum):
    """The way by which a dossier came in; UNKNOWN where the list does not say."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"
    UNKNOWN = "unknown"
