"""法规 in the hand: found, cited, found to have changed, cited anew; the search of the whole phone."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from playwright.sync_api import Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.office import approved_inspection
from tests.browser.visit import enter, holding, press, today, unlock

OLD = """# 示例机械安全规定
2014年8月31日 公布
2014年12月1日 施行
第一条 为了机械安全，制定本规定。
第二条 砂轮机应当装设防护罩，防护罩损坏的应当修理。
"""
NEW = """# 示例机械安全规定
2021年6月10日 修订
2021年9月1日 施行
第一条 为了机械安全，制定本规定。
第二条 企业应当登记机械。
第三条 砂轮机应当装设防护罩，防护罩损坏的应当立即停用并修理。
"""


def library(server: Server, folder: Path) -> None:
    folder.mkdir()
    (folder / "旧.md").write_text(OLD, encoding="utf-8")
    (folder / "新.md").write_text(NEW, encoding="utf-8")
    server.run("law", "import", str(folder))


def cite_the_old_version(page: Page) -> None:
    page.get_by_role("button", name="判定依据").click()
    sheet = page.get_by_role("dialog", name="选判定依据")
    sheet.get_by_role("searchbox", name="搜法规").fill("砂轮机 防护罩")
    old = sheet.locator(".article", has_text="已修改")
    expect(sheet.locator("mark", has_text="砂轮机").first).to_be_visible()
    expect(old.get_by_text("全条")).to_be_visible()
    expect(old.get_by_role("checkbox").last).to_be_disabled()
    old.get_by_text("我已核对原文").click()
    old.get_by_text("全条").click()
    sheet.get_by_role("button", name="引用全条").click()


def test_stale_clause_is_told_and_cited_anew_and_everything_is_found_offline(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    library(server, tmp_path / "texts")
    dossier = approved_inspection(server, today())
    phone = phones("li")
    page = phone.start()
    enter(page, server, "lijie")
    expect(page.get_by_text("资料已备好").first).to_be_visible(timeout=60_000)
    phone.reach(False)

    page.evaluate(f"location.hash = '#/f/v/{dossier}'")
    page.get_by_role("button", name="记问题").click()
    cite_the_old_version(page)
    stale = page.locator(".banner", has_text="引用的版本已修改")
    expect(stale.locator("mark", has_text="立即").first).to_be_visible()
    press(stale, "改引现行条款")
    expect(stale).to_have_count(0)
    expect(page.get_by_text("《示例机械安全规定》第三条")).to_be_visible()

    page.evaluate("location.hash = '#/f/search'")
    box = page.get_by_role("searchbox", name="搜企业、文号、法条、同事")
    box.fill("启明")
    expect(page.get_by_role("heading", name="企业")).to_be_visible()
    box.fill("机械安全规定3条")
    page.get_by_role("button", name="示例机械安全规定 第三条").click()
    expect(page.get_by_text("立即停用")).to_be_visible()
    page.get_by_text("2014-12-01 版").click()
    expect(page.get_by_text("已修改")).to_be_visible()


def test_words_searched_for_are_in_no_address_and_stand_there_again(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    library(server, tmp_path / "texts")
    phone = phones("li")
    page = phone.start()
    enter(page, server, "lijie")
    addresses: list[str] = []
    page.on("framenavigated", lambda frame: addresses.append(unquote(frame.url)))

    page.evaluate("location.hash = '#/f/search'")
    box = page.get_by_role("searchbox", name="搜企业、文号、法条、同事")
    box.fill("机械安全规定3条")
    page.get_by_role("button", name="示例机械安全规定 第三条").click()
    expect(page.get_by_role("heading", name="第三条", exact=True)).to_be_visible()
    page.go_back()
    expect(box).to_have_value("机械安全规定3条")
    expect(page.get_by_role("button", name="示例机械安全规定 第三条")).to_be_visible()

    page.evaluate("location.hash = '#/f/law'")
    page.get_by_role("searchbox", name="搜法规").fill("立即停用")
    page.get_by_role("button", name="示例机械安全规定 第三条").click()
    read = page.locator("article mark", has_text="立即停用")
    expect(read).to_be_visible()
    page.reload()
    unlock(page)
    expect(read).to_be_visible()
    addresses.append(unquote(page.evaluate("JSON.stringify(history.state)")))
    page.go_back()
    expect(page.get_by_role("searchbox", name="搜法规")).to_have_value("立即停用")

    addresses.append(unquote(page.evaluate("JSON.stringify(history.state)")))
    words = ("机械安全规定", "立即停用")
    assert [each for each in addresses if any(word in each for word in words)] == []
    assert any("/f/law/" in each for each in addresses)
    phone.kill()
    assert [word for word in words if holding(phone.folder, quote(word))] == []
