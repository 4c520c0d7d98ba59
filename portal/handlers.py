"""The table the worker is given: job name to function; and what is asked for by time alone."""

from collections.abc import Callable

from portal.conferences import list_import
from portal.jobs.worker import Handler, Run
from portal.notifications.actions import DELIVER, deliver
from portal.packs import tasks as packs
from portal.submissions.undelivered import open_contact_about


def _deliver(run: Run) -> None:
    refused = deliver(run.id("notification_id"))
    if refused is not None:
        open_contact_about(refused)


HANDLERS: dict[str, Handler] = {
    DELIVER: _deliver,
    list_import.TAKE_OVER: list_import.run_take_over,
    packs.BUILD: packs.build,
    packs.ARRIVAL: packs.arrival,
    packs.DUE: packs.due,
}

EVERY_MINUTE: list[Callable[[], None]] = [packs.ask_for_due]
"""Each only enqueues, one job for each authority."""


def every_minute() -> None:
    """Ask for what is due by time alone."""
    for ask in EVERY_MINUTE:
        ask()
