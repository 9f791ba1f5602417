"""What other features, the server and the worker may ask of deadlines."""

from backend.features.deadlines.service.certificates import CertificateWatch
from backend.features.deadlines.service.counting import readings
from backend.features.deadlines.service.due import DueClock, DueClocks, due_list, sight_of
from backend.features.deadlines.service.endpoints import EndpointGuard, resolve_host
from backend.features.deadlines.service.packs import clock_rules, due_day, region_calendar
from backend.features.deadlines.service.pushing import PushSender, Sender, push_sender
from backend.features.deadlines.service.reminding import run_due
from backend.features.deadlines.service.running import (
    StartClock,
    lapse_past,
    move_clock,
    start_clock,
    stop_clock,
)
from backend.features.deadlines.tables.clocks import DueFilter, RunningClock
from backend.features.deadlines.tables.clocks import clocks_in as clocks_of

__all__ = [
    "CertificateWatch",
    "DueClock",
    "DueClocks",
    "DueFilter",
    "EndpointGuard",
    "PushSender",
    "RunningClock",
    "Sender",
    "StartClock",
    "clock_rules",
    "clocks_of",
    "due_day",
    "due_list",
    "lapse_past",
    "move_clock",
    "push_sender",
    "readings",
    "region_calendar",
    "resolve_host",
    "run_due",
    "sight_of",
    "start_clock",
    "stop_clock",
]
