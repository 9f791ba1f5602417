"""The smaller hands: place, push, print, storage, wake lock, chance and time."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.lab.conftest import open_bench
from tests.browser.lab.lab_server import LabServer

pytestmark = pytest.mark.timeout(30)

LOCATE = "(ms) => lab.locate(navigator.geolocation, ms)"
PDF = """new Blob(['%PDF-1.4\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\\n',
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\\n',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\\n',
  'trailer<</Root 1 0 R>>'], { type: 'application/pdf' })"""
REGISTER = """async () => {
  await navigator.serviceWorker.register('/sw.js')
  window.registration = await navigator.serviceWorker.ready
}"""


def located(page: Page, timeout_ms: int = 5_000) -> Any:
    return page.evaluate(LOCATE, timeout_ms)


def test_a_place_is_whole_numbers(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 44.0144321, "longitude": 87.3039876, "accuracy": 12.34})
    place = located(page)["value"]
    assert place["latitude"] == 440_144_321
    assert place["longitude"] == 873_039_876
    assert place["accuracy"] == 123
    assert abs(place["at"] - page.evaluate("() => lab.clock.now()")) < 60_000


def test_no_place_is_a_value(context: BrowserContext, page: Page) -> None:
    context.clear_permissions()
    assert located(page)["error"] == {"code": "denied"}
    context.grant_permissions(["geolocation"])
    context.set_geolocation(None)
    assert located(page)["error"] == {"code": "unavailable"}
    assert page.evaluate("() => lab.locate(undefined, 1)")["error"] == {"code": "unsupported"}


def test_an_unanswered_question_for_the_place_does_not_hold_up_the_visit(page: Page) -> None:
    silent = "(ms) => lab.locate({ getCurrentPosition() {} }, ms)"
    assert page.evaluate(silent, 20)["error"] == {"code": "timeout"}


def test_push_is_refused_without_permission(context: BrowserContext, page: Page) -> None:
    page.evaluate(REGISTER)
    assert page.evaluate("() => lab.push.pushPermission()") != "granted"
    ask = "() => lab.push.subscribe(window.registration, 'BA', 100)"
    assert page.evaluate(ask)["error"] == {"code": "denied"}


def test_a_push_service_out_of_reach_is_a_value(browser: Browser, server: LabServer) -> None:
    context = browser.new_context(permissions=["notifications"])
    page = open_bench(context, server)
    page.evaluate(REGISTER)
    outcome = page.evaluate(
        """async () => {
          const pair = await crypto.subtle.generateKey(
            { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
          const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
          const key = lab.base64(raw).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
          return lab.push.subscribe(window.registration, key, 10000)
        }"""
    )
    assert outcome == {"ok": False, "error": {"code": "unavailable"}}
    assert page.evaluate("() => lab.push.unsubscribe(window.registration)") is False
    context.close()


def test_a_subscription_is_told_as_the_server_needs_it(browser: Browser, server: LabServer) -> None:
    context = browser.new_context(permissions=["notifications"])
    page = open_bench(context, server)
    subscribe = """(answer) => lab.push.subscribe({ pushManager: { subscribe: () =>
      answer ? Promise.resolve({ toJSON: () => answer }) : new Promise(() => {}) } }, 'BA', 20)"""
    whole = {"endpoint": "https://push.example/1", "keys": {"p256dh": "BP", "auth": "as"}}
    told = {"endpoint": "https://push.example/1", "p256dh": "BP", "auth": "as"}
    assert page.evaluate(subscribe, whole) == {"ok": True, "value": told}
    assert page.evaluate(subscribe, {"keys": {}})["error"] == {"code": "unavailable"}
    assert page.evaluate(subscribe, None)["error"] == {"code": "timeout"}
    context.close()


def test_the_phone_can_notify_itself(browser: Browser, server: LabServer) -> None:
    context = browser.new_context(permissions=["notifications"])
    page = open_bench(context, server)
    page.evaluate(REGISTER)
    shown = page.evaluate(
        """async () => {
          const notice = { title: '复查到期', body: '启明精细化工', tag: 'd1', url: '/#/d/1' }
          const outcome = await lab.push.notifyLocally(window.registration, notice)
          const [seen] = await window.registration.getNotifications()
          return [outcome.ok, seen.title, seen.body, seen.tag, seen.data.url]
        }"""
    )
    assert shown == [True, "复查到期", "启明精细化工", "d1", "/#/d/1"]
    context.close()


def test_a_paper_opens_the_print_dialog(browser: Browser, server: LabServer) -> None:
    context = browser.new_context()
    context.add_init_script("window.print = () => { top.printed = (top.printed ?? 0) + 1 }")
    page = open_bench(context, server)
    for times in (1, 2):
        assert page.evaluate(f"() => lab.printer.printPdf({PDF})")["ok"]
        assert page.evaluate("() => window.printed") == times
        assert page.locator("iframe").count() == 1
    context.close()


def test_a_phone_that_shows_no_pdf_says_so(page: Page) -> None:
    page.evaluate("() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false })")
    refused = page.evaluate(f"() => lab.printer.printPdf({PDF})")
    assert refused["error"] == {"code": "no_viewer"}


def test_a_paper_is_saved_under_its_chinese_name(page: Page) -> None:
    name = "昌应急责改〔2026〕37号.pdf"
    with page.expect_download() as download:
        page.evaluate(f"(name) => lab.saveFile({PDF}, name)", name)
    assert download.value.suggested_filename == name
    with open(download.value.path(), "rb") as saved:
        assert saved.read().startswith(b"%PDF-1.4")


def test_a_paper_is_shared_where_the_phone_can(page: Page) -> None:
    share = f"(name) => lab.printer.sharePdf({PDF}, name)"
    assert page.evaluate(share, "单.pdf")["error"] == {"code": "unsupported"}
    page.evaluate(
        """() => {
          navigator.canShare = ({ files }) => files[0].type === 'application/pdf'
          navigator.share = async ({ files }) => { window.shared = files[0].name }
        }"""
    )
    assert page.evaluate(share, "复查意见书.pdf")["ok"]
    assert page.evaluate("() => window.shared") == "复查意见书.pdf"
    page.evaluate(
        "() => { navigator.share = async () => { throw new DOMException('no', 'AbortError') } }"
    )
    assert page.evaluate(share, "单.pdf")["error"] == {"code": "cancelled"}


def test_the_promise_to_keep_data_is_asked_and_told(page: Page) -> None:
    told = page.evaluate("() => lab.storage.askPersistence(navigator.storage)")
    assert told == page.evaluate("() => lab.storage.persistence(navigator.storage)")
    assert told in {"granted", "refused"}
    assert page.evaluate("() => lab.storage.askPersistence(undefined)") == "unsupported"
    room = page.evaluate("() => lab.storage.space(navigator.storage)")
    assert room["free"] == room["quota"] - room["used"]
    assert room["free"] > 0


def test_the_screen_is_kept_on_until_released(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["screen-wake-lock"])
    page.evaluate("() => { window.wake = lab.keepAwake(navigator.wakeLock) }")
    page.wait_for_function("() => window.wake.holding()")
    page.evaluate("() => window.wake.release()")
    page.wait_for_function("() => !window.wake.holding()")
    page.evaluate("() => { window.none = lab.keepAwake(undefined) }")
    assert page.evaluate("() => window.none.holding()") is False


def test_the_wake_lock_is_taken_again_when_the_page_returns(
    context: BrowserContext, page: Page
) -> None:
    context.grant_permissions(["screen-wake-lock"])
    page.evaluate(
        """() => {
          window.locks = []
          const request = navigator.wakeLock.request.bind(navigator.wakeLock)
          navigator.wakeLock.request = async (kind) => {
            const lock = await request(kind)
            window.locks.push(lock)
            return lock
          }
          window.wake = lab.keepAwake(navigator.wakeLock)
        }"""
    )
    page.wait_for_function("() => window.wake.holding()")
    page.evaluate("() => window.locks[0].release()")
    assert page.evaluate("() => window.wake.holding()") is False
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.wake.holding()")


def test_going_out_of_sight_is_told_until_one_stops_listening(page: Page) -> None:
    seen = page.evaluate(
        """() => {
          const seen = []
          const stop = lab.onVisibility((visible) => seen.push(visible))
          const change = () => document.dispatchEvent(new Event('visibilitychange'))
          change()
          Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
          change()
          stop()
          change()
          return seen
        }"""
    )
    assert seen == [True, False]


def test_chance_and_time_come_through_their_doors(page: Page) -> None:
    drawn = page.evaluate("() => [lab.randomHex(8), lab.randomHex(8), lab.randomBase64url(16)]")
    assert re.fullmatch(r"[0-9a-f]{16}", drawn[0])
    assert drawn[0] != drawn[1]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", drawn[2])
    life = page.evaluate("() => lab.clock.pageLife")
    page.reload()
    page.wait_for_function("() => window.lab !== undefined")
    assert page.evaluate("() => lab.clock.pageLife") != life


def test_vibration_is_tried(page: Page) -> None:
    page.get_by_role("button").click()
    assert page.evaluate("() => lab.vibrate([400])") is True
