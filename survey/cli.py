"""The terminal's door to surveys."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core.web.extensions import db, keyring, settings
from survey import operations, queries
from survey.documents import poster_of, poster_pdf

survey_cli = AppGroup("survey", help="Đánh giá tại quầy.")


@survey_cli.command("posters")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def posters(slug: str, folder: Path) -> None:
    """Vẽ tờ treo A4 cho mọi quầy của cơ quan SLUG vào FOLDER."""
    office = queries.find_office(db.session, slug)
    if office is None:
        raise click.ClickException(f"Không có cơ quan nào tên {slug!r}.")
    folder.mkdir(parents=True, exist_ok=True)
    for counter in queries.list_counters(db.session, office):
        file = folder / f"quay-{counter.number}.pdf"
        file.write_bytes(poster_pdf(poster_of(keyring(), settings().public_url, counter)))
        click.echo(f"{file}")


@survey_cli.command("recount")
@click.argument("slug")
def recount(slug: str) -> None:
    """Đếm lại mọi số liệu của cơ quan SLUG từ các lượt đánh giá."""
    office = queries.find_office(db.session, slug)
    if office is None:
        raise click.ClickException(f"Không có cơ quan nào tên {slug!r}.")
    for counter in queries.list_counters(db.session, office):
        operations.rebuild_tallies(db.session, counter)
    db.session.commit()
    click.echo("Đã đếm lại.")
