"""The app asks to be installed once, on a quiet day; afterwards it can be had in 我的."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.visit import enter, press, unlock

OFFER = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true })
  offer.prompt = async () => { window.prompted = (window.prompted ?? 0) + 1 }
  offer.userChoice = Promise.resolve({ outcome: 'dismissed' })
  return !window.dispatchEvent(offer)
}"""
"""Chromium's own event; a browser without a display never sends it. True where the app keeps it."""
QUESTION = "把安巡放到手机桌面"


@pytest.mark.timeout(180)
def test_on_a_quiet_day_the_app_asks_once_and_keeps_the_offer_in_mine(
    server: Server, phones: Callable[..., PhoneBrowser]
) -> None:
    page = phones("lijie").start()
    enter(page, server, "lijie")
    expect(page.get_by_text("今天没有任务")).to_be_visible()
    asks_once(page)
    mine(page)


def asks_once(page: Page) -> None:
    assert page.evaluate(OFFER)
    press(page, "不用了")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    page.reload()
    unlock(page)
    expect(page.get_by_text("今天没有任务")).to_be_visible()
    assert page.evaluate(OFFER)
    page.get_by_role("link", name="我的").click()
    page.get_by_role("link", name="今日").click()
    expect(page.get_by_text("今天没有任务")).to_be_visible()
    expect(page.get_by_text(QUESTION)).to_have_count(0)


def mine(page: Page) -> None:
    """我的 offers it still; where the browser has no more offers, in words."""
    page.get_by_role("link", name="我的").click()
    page.get_by_role("button", name="放到手机桌面").click()
    assert page.evaluate("window.prompted") == 1
    page.get_by_role("button", name="放到手机桌面").click()
    sheet = page.get_by_role("dialog", name="放到手机桌面")
    expect(sheet.get_by_text("鸿蒙手机")).to_be_visible()
