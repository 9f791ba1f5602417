"""练习一次检查: a whole visit with the real screens that leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, expect
from pypdf import PdfReader

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.office import approved_inspection, ask
from tests.browser.visit import (
    Problem,
    at_the_door,
    end_visit,
    enter,
    find_problem,
    issue,
    photograph,
    press,
    ready_to_go,
    talk_it_over,
    today,
    write_record,
)

WORDS = "练习时写的问题：配电箱门敞开。"
UNIT = "练习工厂（虚构）"
FINDING = Problem(
    problem=WORDS,
    place="练习车间",
    basis="第二款",
    cause="没有人管。",
    measure="关好配电箱门。",
    due="10 天",
)
PROFILE = """async () => {
  const database = await new Promise((done) => {
    const opening = indexedDB.open('anxun')
    opening.onsuccess = () => done(opening.result)
  })
  const names = ['own', 'lease', 'dossier', 'key', 'device']
  const reading = database.transaction(names)
  const rows = await Promise.all(names.map((name) => new Promise((done) => {
    const asked = reading.objectStore(name).getAll()
    asked.onsuccess = () => done(asked.result)
  })))
  database.close()
  const files = []
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
  const folder = files.includes('evidence')
    ? await (await navigator.storage.getDirectory()).getDirectoryHandle('evidence') : null
  const evidence = []
  if (folder) for await (const name of folder.keys()) evidence.push(name)
  const [own, lease, dossier, key, device] = rows
  return {
    own: own.length, key: key.length, evidence,
    dossiers: dossier.map(({ dossier }) => dossier).filter((name) => !name.startsWith('ref.')),
    leases: lease.map(({ kind, next }) => `${kind} ${next}`).sort(),
    runs: device.map(({ runs }) => runs.map(({ n }) => n)),
  }
}"""


def begin_practice(page: Page) -> None:
    page.get_by_role("link", name="我的").click()
    page.get_by_role("button", name="练习一次检查").click()
    expect(page.get_by_text("练习 · 不会上传，退出后清掉")).to_be_visible()
    expect(page.get_by_role("heading", name=UNIT)).to_be_visible()


def come_in_without_a_scan(page: Page) -> None:
    page.get_by_role("button", name="加同事").click()
    page.get_by_role("button", name="练习同事").click()
    press(page, "到场，开始检查")
    press(page, "扫不了")
    sheet = page.get_by_role("dialog")
    sheet.locator("label, [role=radio]").filter(has_text="没有码").first.click()
    press(sheet, "记下原因，继续")
    press(page, "到场，开始检查")
    page.get_by_label("检查原因").fill("练习")
    press(page.get_by_role("dialog"), "到场，开始检查")


def whole_visit(page: Page) -> None:
    come_in_without_a_scan(page)
    at_the_door(page)
    find_problem(page, FINDING)
    photograph(page, 1)
    press(page, "写好了，返回检查")
    page.get_by_role("button", name="接着查第").click()
    page.get_by_text("符合", exact=True).click()
    press(page, "返回检查")
    talk_it_over(page)
    write_record(page, "练习车间")
    end_visit(page)
    no_code_on_the_way_out_either(page)


def no_code_on_the_way_out_either(page: Page) -> None:
    """The second try with its reason settles the scan; nothing more is asked for."""
    page.get_by_role("button", name="还有").click()
    page.get_by_role("button", name="离场前补扫").click()
    press(page, "扫不了")
    sheet = page.get_by_role("dialog", name="为什么补扫不了？")
    sheet.get_by_text("没有码", exact=True).click()
    press(sheet, "记下原因，继续")
    expect(page.get_by_text("离场前还差 3 件")).to_be_visible()
    expect(page.get_by_role("button", name="检查记录还没签发")).to_be_visible()
    expect(page.get_by_role("button", name="离场前补扫")).to_have_count(0)


def paper_says_practice(page: Page) -> Path:
    page.get_by_role("navigation", name="检查", exact=True).get_by_role(
        "button", name="文书"
    ).click()
    issue(page, "现场检查记录", "李㛃", "练习同事", "周启明")
    press(page.get_by_role("contentinfo"), "打印送达")
    with page.expect_download() as saved:
        press(page, "存 PDF，回局打")
    return Path(saved.value.path())


def asked_meanwhile(page: Page) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        words = request.post_data_buffer or b""
        asked.append(f"{request.method} {request.url} {words!r}")

    page.on("request", note)
    return asked


def help_while_locked(page: Page) -> None:
    press(page, "锁定")
    press(page, "帮助")
    page.get_by_role("searchbox", name="找帮助").fill("二维码")
    page.get_by_text("企业码扫不出来").click()
    expect(page.get_by_text("离场前要补扫")).to_be_visible()
    press(page, "返回")
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()


def fault_is_reported(page: Page, server: Server) -> None:
    """What is shown is what arrives, and it knows nothing of the visit."""
    page.get_by_role("button", name="帮助").click()
    press(page, "报告问题")
    page.get_by_label("出了什么事").fill("按了没反应")
    shown = page.get_by_label("一起发出的内容").inner_text()
    assert "screen visit.finding" in shown
    assert "练习" not in shown
    press(page, "发给信息员")
    expect(page.get_by_role("button", name="已发给信息员")).to_be_visible()
    (told,) = ask(server, "gaoyuan", "GET", "/api/v1/faults")
    assert told["words"] == "按了没反应"
    assert told["lines"] == shown.split("\n")
    press(page, "返回")
    press(page, "返回")


def test_a_practice_visit_leaves_nothing_and_takes_no_number(
    server: Server, phones: Callable[..., PhoneBrowser]
) -> None:
    approved_inspection(server, today())
    page = phones("li").start()
    enter(page, server, "lijie")
    ready_to_go(page)
    page.wait_for_function(f"async () => (await ({PROFILE})()).leases.length > 0")
    before: dict[str, Any] = page.evaluate(PROFILE)

    asked = asked_meanwhile(page)
    begin_practice(page)
    whole_visit(page)
    paper = paper_says_practice(page)
    sent = [each for each in asked if "/sync/push" in each or "/uploads" in each]
    assert sent == []
    assert [each for each in asked if "练习" in each] == []
    pages = [page.extract_text() for page in PdfReader(paper).pages]
    assert pages
    assert all(text.startswith("练习") for text in pages)

    press(page, "退出练习")
    expect(page.get_by_role("heading", name="我的")).to_be_visible()
    expect(page.get_by_text("练习 · 不会上传")).to_have_count(0)
    assert page.evaluate(PROFILE) == before
    fault_is_reported(page, server)
    help_while_locked(page)
