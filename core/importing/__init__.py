"""Import sheets of any kind: upload a draft, review a report, decide what is in doubt, store.

A room declares a kind of sheet as a `SheetKind`; `docs/importing.md` shows how. The pages are in `core.web.importing`.
"""
