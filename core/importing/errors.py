"""The reasons why an import stores nothing."""


class CannotImport(Exception):
    """The target takes no sheet in its present state; `SheetKind.why_not` returns the reason in words."""


class ImportRefused(Exception):
    """The sheet has rows that need a decision or a correction first; it must be reviewed again."""


class ImportBusy(Exception):
    """Others kept changing the same rows; the import can be tried again later."""
