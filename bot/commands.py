"""The commands of app.py; without a command it is the demo."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from bot import settings, upkeep
from bot.entrance import Build, configured, real_parts, refuse
from bot.environment import Reader
from bot.parts import Parts
from bot.settings import SettingsFault
from models import schema
from models.database import BusyError


def main(environment: Mapping[str, str], build: Build) -> None:
    """Run the command line."""
    cli(obj=(environment, build))


@click.group(invoke_without_command=True)
@click.pass_context
def cli(context: click.Context) -> None:
    """Tasuki. Without a command: the demo, with a simulator instead of LINE."""
    if context.invoked_subcommand is None:
        environment, build = context.obj
        _demo(environment, build)


def _demo(environment: Mapping[str, str], build: Build) -> None:
    from bot.demo import Demo
    from bot.demo_school import DemoRefused

    if real := settings.real_secrets_set(environment):
        click.echo(
            f"{', '.join(real)} is set, but this is the demo: it uses its own secrets and "
            "the simulator only. For the real channel: gunicorn app:web, "
            "and python app.py worker."
        )
    try:
        demo = Demo(build(settings.read_demo(environment)))
    except (SettingsFault, DemoRefused, OSError) as fault:
        refuse(*str(fault).splitlines())
        return
    click.echo(f"Tasuki is running. Open {demo.url} in a browser; stop with Ctrl-C.")
    click.echo(f"たすきが動いています。ブラウザで {demo.url} を開いてください(終了は Ctrl-C)。")
    _wait(demo.close)


@cli.command()
@click.pass_obj
def worker(obj: tuple[Mapping[str, str], Build]) -> None:
    """Handle events, deliver messages and plan what is due."""
    from bot.line import Line
    from bot.running import RunningWorker, run_until_told

    parts = real_parts(*obj)
    _give_numbers(parts)
    line = Line(parts.settings.access_token, parts.settings.api_base)
    ticker = parts.ticker(parts.database, parts.clock)
    run_until_told(RunningWorker(parts, ticker, line))


def _give_numbers(parts: Parts) -> None:
    """Give the worker's numbers to Prometheus, where a port is set for it."""
    from bot import gauges

    port = parts.settings.worker_metrics_port
    if port == 0:
        return
    try:
        gauges.serve(gauges.Gauges(parts.database, parts.clock, parts.real_clock), port)
    except OSError:
        refuse(f"TASUKI_WORKER_METRICS_PORT: port {port} is taken")


@cli.command()
@click.option("--webhook", default="", help="Where to send webhooks, such as …/callback.")
@click.pass_obj
def simulate(obj: tuple[Mapping[str, str], Build], webhook: str) -> None:
    """Run the simulator alone: a small LINE on this machine, with its page of phones."""
    from bot.demo_people import introduce
    from bot.simulator import Simulator, serve

    try:
        chosen = settings.read_demo(obj[0])
    except SettingsFault as fault:
        refuse(*str(fault).splitlines())
        return
    reader = Reader(obj[0])
    sim = Simulator(
        channel_secret=reader.text("LINE_CHANNEL_SECRET", chosen.channel_secret),
        access_token=reader.text("LINE_CHANNEL_ACCESS_TOKEN", chosen.access_token),
        webhook_url=webhook or f"http://127.0.0.1:{chosen.port}/callback",
    )
    introduce(sim, joined=False)
    running = serve(sim, "127.0.0.1", chosen.sim_port)
    click.echo(f"The simulator is at {running.url}")
    _wait(running.close)


@cli.command()
@click.pass_obj
def migrate(obj: tuple[Mapping[str, str], Build]) -> None:
    """Bring the database's schema up to this code."""
    parts = configured(*obj)
    try:
        schema.migrate(parts.database)
    except BusyError as busy:
        refuse(
            f"nothing was changed ({busy}): let a backup or whatever reads it end "
            "and run migrate again, or stop the workers for it"
        )
    click.echo("The schema is up to date.")


@cli.command("import-school")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--qr",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a QR code for each code into this folder, with a list of their links.",
)
@click.pass_obj
def import_school(obj: tuple[Mapping[str, str], Build], folder: Path, qr: Path | None) -> None:
    """Import classes, coaches, sessions, curriculum and codes from a folder of CSV files."""
    from bot.school_command import bring_in

    if faults := bring_in(real_parts(*obj), folder, qr, click.echo):
        refuse(*faults)


@cli.command()
@click.option("--relink", is_flag=True, help="Tell LINE everyone's menu again.")
@click.pass_obj
def richmenu(obj: tuple[Mapping[str, str], Build], relink: bool) -> None:
    """Install the rich menus at LINE and give everyone theirs; run it again after an update."""
    from bot.line import Line
    from bot.richmenu_install import Installer, InstallFault
    from bot.richmenu_links import MenuLinks

    parts = real_parts(*obj)
    line = Line(parts.settings.access_token, parts.settings.api_base)
    links = MenuLinks(parts.database, line, parts.clock)
    try:
        Installer(line, parts.database, links, click.echo).run(relink=relink)
    except InstallFault as fault:
        refuse(*str(fault).splitlines())


@cli.command()
@click.pass_obj
def doctor(obj: tuple[Mapping[str, str], Build]) -> None:
    """Check channel, database, clock, workers and groups, and say what to do."""
    from bot.doctor import consult

    findings = consult(*obj)
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def _wait(close: Callable[[], None]) -> None:
    import signal

    told = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told.set())
    told.wait()
    close()


for command in upkeep.COMMANDS:
    cli.add_command(command)
