"""Shots pressed one after another: none waits for the one before, none that was counted is lost."""

import re

from playwright.sync_api import expect

from tests.browser.office import records
from tests.browser.phone.conftest import Visiting
from tests.browser.visit import press, unlock

BURST = """() => {
  const shutter = document.querySelector('.shutter')
  for (let shot = 0; shot < 6; shot += 1) shutter.click()
}"""


def test_a_burst_is_kept_whole_and_in_order_over_a_kill(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/camera")
    expect(page.get_by_role("button", name="拍一张")).to_be_enabled()
    page.evaluate(BURST)
    assert page.get_by_role("button", name="拍一张").is_enabled()
    expect(page.get_by_role("status").filter(has_text="已拍 6 张，都在本机")).to_be_visible()
    visiting.phone.kill()

    visiting.page = page = visiting.phone.start()
    page.goto(f"{visiting.server.url}/#/f/sync")
    unlock(page)
    for place in ("只在本机", "正在上传"):
        station = page.get_by_role("listitem").filter(has_text=place)
        expect(station).to_have_text(re.compile(rf"^\s*0\s*{place}"), timeout=60_000)
    kept = [
        e for e in records(visiting.server, visiting.dossier, "evidence") if e["kind"] == "photo"
    ]
    assert len(kept) == 6
    custody = records(visiting.server, visiting.dossier, "custody")
    numbers = {act["evidence"]: act["n"] for act in custody if act["act"] == "captured"}
    in_order = sorted(kept, key=lambda each: numbers[each["id"]])
    moments = [each["captured"] for each in in_order]
    assert moments == sorted(moments)
    visiting.go()
    press(page, "开始录音")
    assert visiting.records()
