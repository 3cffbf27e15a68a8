"""The manifest of commune: commands, logos, labels of the audit trail."""

from commune import cli, jobs, labels, views
from commune.files.imports import UnitSheets
from core.web.rooms import Room

ROOM = Room(
    name="commune",
    blueprints=(views.blueprint,),
    commands=(cli.commune_cli,),
    sheets=(UnitSheets,),
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    at_setup=(jobs.load,),
    daily=(jobs.settle,),
)
