"""The manifest of the demo: its commands."""

from core.web.rooms import Room
from demo import cli

ROOM = Room(name="demo", commands=(cli.demo_cli,))
