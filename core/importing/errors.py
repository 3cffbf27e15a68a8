"""Why an import stores nothing."""


class CannotImport(Exception):
    """The target takes no sheet as it stands; `SheetKind.why_not` puts the reason into words."""


class ImportRefused(Exception):
    """The sheet has rows that need a decision or a correction first; review it again."""


class ImportBusy(Exception):
    """Others kept changing the same rows; try again later."""
