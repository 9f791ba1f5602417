"""Day one at the desk: a register comes in from a spreadsheet, and goes back out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, PIN, Server
from tests.browser.office import ask
from tests.features.imports.sheets import code_of, enterprise_row, workbook


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """The administrator at a wide window."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server.url)
    page.get_by_label("账号").fill("gaoyuan")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好了").click()
    page.get_by_role("button", name="开始工作").click()
    yield page
    context.close()


def found(server: Server) -> set[str]:
    rows = ask(server, "gaoyuan", "GET", "/api/v1/enterprises?q=%E8%AF%95%E9%AA%8C")["rows"]
    return {row["code"] for row in rows}


def test_an_administrator_tries_a_register_brings_it_in_and_takes_it_back(
    desk: Page, server: Server, tmp_path: Path
) -> None:
    sheet = tmp_path / "企业台账.xlsx"
    rows = [enterprise_row(number) for number in range(3)]
    sheet.write_bytes(workbook([*rows, enterprise_row(9, code="9165")]))
    desk.get_by_role("link", name="数据导入").click()
    desk.get_by_label("选表格（.xlsx）").set_input_files(sheet)
    expect(
        desk.get_by_text("第 5 行 A 列 统一社会信用代码：应为 18 位，现在是 4 位")
    ).to_be_visible()
    assert found(server) == set()
    desk.screenshot(path=tmp_path / "trial.png")
    desk.get_by_role("button", name="只导入好的 3 行，1 行不导入").click()
    expect(desk.get_by_text("新增 3，修改 0，1 行没导入").first).to_be_visible()
    assert found(server) == {code_of(number) for number in range(3)}
    kept = desk.get_by_role("table", name="没导入的行")
    expect(kept).to_contain_text("第 5 行 A 列 统一社会信用代码：应为 18 位，现在是 4 位")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="下载这些行（.xlsx）").click()
    assert download.value.suggested_filename == "企业台账 没导入的行.xlsx"
    desk.screenshot(path=tmp_path / "done.png")
    desk.get_by_role("button", name="撤销", exact=True).click()
    expect(desk.get_by_text("已撤销")).to_be_visible()
    expect(desk.get_by_text("已导入", exact=True)).to_have_count(0)
    desk.get_by_role("button", name="看没导入的行").click()
    expect(kept).to_be_visible()
    assert found(server) == set()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="下载模板").click()
    assert download.value.suggested_filename == "企业导入模板.xlsx"
    desk.get_by_role("link", name="企业", exact=True).click()
    expect(desk.get_by_role("link", name="第 1–58 家")).to_be_visible()
