"""Codes of the audit trail's actions on dossiers."""

from enum import StrEnum


class DossierAction(StrEnum):
    """An action: the noun it was done to, a dot, the verb."""

    IMPORT = "dossier.import"
    STATE_TOTAL = "dossier.total"
    DRAW_SAMPLE = "dossier.sample"
    EXPORT_SAMPLE = "dossier.export"
