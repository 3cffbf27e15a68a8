"""The import of one sheet: opened, planned, and stored or dropped."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic

from core.importing.errors import ImportRefused
from core.importing.kind import Choices, ImportContext, ImportPlan, Opener, SheetKind, T
from core.sheets import memory
from core.sheets.memory import StoredSheet
from core.sheets.reading import read_content

Kind = type[SheetKind[T, Any, Any, Any]]


@dataclass
class ImportSession(Generic[T]):
    """An opened sheet and its kind, with the meanings of its columns; `draft` is None for a file at the terminal."""

    kind: SheetKind[T, Any, Any, Any]
    read: Opener
    sheet: Any
    draft: StoredSheet | None = None

    @property
    def context(self) -> ImportContext[T]:
        """Return the target and the choices so far."""
        return self.kind.context

    @property
    def places(self) -> Mapping[str, int]:
        """Return meaning → place of its column: as remembered for such a header, else as recognised."""
        kind = self.kind
        kept = memory.find_mapping(
            self.context.session, owner=owner_of(kind), purpose=kind.purpose, header=self.sheet.header
        )
        if kept is None:
            recognised: Mapping[str, int] = self.sheet.places
            return recognised
        known = {column.name for column in kind.columns()}
        return {meaning: place for meaning, place in kept.items() if meaning in known}

    @property
    def decided(self) -> dict[str, int]:
        """Return key of a spelling → option, as decided for this draft before."""
        return dict((self.draft.choices.get("decisions") if self.draft else None) or {})

    def choose(self, choices: Choices) -> None:
        """Use *choices* from now on."""
        self.kind.context = replace(self.context, choices=choices)

    def watch(self, on_progress: Callable[[int], None]) -> None:
        """Call *on_progress* with the number of rows stored so far."""
        self.kind.context = replace(self.context, on_progress=on_progress)

    def rows(self) -> Any:
        """Return the rows as values; raises SheetError if the columns can't be read as chosen."""
        return self.kind.read(self.sheet)

    def plan(self, rows: Any) -> ImportPlan[Any]:
        """Return the effect of the import; the notes of its report begin with those on the file."""
        planned = self.kind.plan(rows)
        notes = [*self.sheet.notes, *planned.report.notes]
        return replace(planned, report=replace(planned.report, notes=notes))

    def rows_as_before(self) -> Any:
        """Return the rows by the meanings of the columns before any choice; raises SheetError."""
        before = replace(self.context, choices=Choices(self.places))
        self.sheet = None  # a workbook that is half read would keep the next one waiting
        again = open_sheet(type(self.kind), before, self.read, self.draft)
        self.sheet = again.sheet
        return again.rows()

    def remember(self) -> None:
        """Store the choices of this draft, and the meaning of the columns for later sheets with the same header."""
        session, kind, choices = self.context.session, self.kind, self.context.choices
        if self.draft is not None:
            memory.choose(session, self.draft, **choices.options, decisions=dict(choices.decisions))
        memory.remember_mapping(
            session, owner=owner_of(kind), purpose=kind.purpose, header=self.sheet.header, places=choices.places
        )

    def store(self, owner: str, plan: ImportPlan[Any]) -> int:
        """Store the plan for *owner* and drop the draft, in one transaction; return the number of imported rows.

        Raises:
            ImportRefused: a spelling is undecided, or rows have errors that are not to be left out.
            CannotImport, ImportBusy, IntegrityError: as the kind's `store`.
        """
        report = plan.report
        if report.doubts or (report.errors and not self.context.choices.skip_errors):
            raise ImportRefused
        stored = self.kind.store(owner, plan)
        self.drop()
        return stored

    def drop(self) -> None:
        """Delete the draft."""
        if self.draft is not None:
            memory.drop_draft(self.context.session, self.draft.id)


def owner_of(kind: SheetKind[T, Any, Any, Any]) -> str:
    """Return the owner of drafts and remembered columns."""
    return f"unit:{kind.unit_id()}"


def purpose_of(kind: SheetKind[T, Any, Any, Any]) -> str:
    """Return the purpose of drafts, which separates those of different targets."""
    return f"{kind.purpose}:{kind.key()}"


def open_sheet(
    kind: Kind[T], context: ImportContext[T], read: Opener, draft: StoredSheet | None = None
) -> ImportSession[T]:
    """Open a sheet for the target.

    Raises:
        CannotImport: the target takes none.
        SheetError: it holds no table.
    """
    made = kind(context)
    made.check()
    return ImportSession(made, read, made.open(read), draft)


def keep_sheet(kind: Kind[T], context: ImportContext[T], data: bytes, name: str) -> uuid.UUID:
    """Keep an uploaded sheet, encrypted, until it is imported or dropped; return its id. Raises as `open_sheet`."""
    made = open_sheet(kind, context, lambda: read_content(data, name)).kind
    return memory.keep_draft(
        context.session,
        context.keyring,
        owner=owner_of(made),
        purpose=purpose_of(made),
        name=name,
        data=data,
        today=context.today,
    )


def find_session(kind: Kind[T], context: ImportContext[T], draft_id: uuid.UUID) -> ImportSession[T] | None:
    """Return the import of a draft of this target; None if there is no such draft. Raises as `open_sheet`."""
    made = kind(context)
    draft = memory.find_draft(
        context.session, context.keyring, draft_id, owner=owner_of(made), purpose=purpose_of(made), today=context.today
    )
    if draft is None:
        return None
    return open_sheet(kind, context, lambda: read_content(draft.data, draft.name), draft)
