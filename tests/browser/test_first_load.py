"""A weak signal on the first day: little stands between the address and the tasks."""

from playwright.sync_api import Browser

from tests.browser.conftest import Server
from tests.browser.first_load import first_load

LIMIT = 200 * 1024


def test_login_and_tasks_come_in_less_than_200_kb(server: Server, browser: Browser) -> None:
    loaded = first_load(browser, server, "nurlan")
    assert 0 < loaded.login < loaded.tasks
    assert loaded.tasks <= LIMIT
