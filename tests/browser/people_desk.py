"""人员 at the desk: a person's sheet and the sheet of codes, by what stands on the screen."""

from playwright.sync_api import Page, expect

from tests.browser.visit import press, unlock


def nothing_filled_in_is_dropped(desk: Page) -> None:
    """One 保存 for a telephone, a certificate's suspension and its reason; closing asks first."""
    desk.get_by_role("link", name="人员", exact=True).click()
    open_person(desk, "李㛃")
    desk.get_by_label("电话").fill("13900000007")
    desk.get_by_role("button", name="暂停", exact=True).first.click()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    sheet = desk.get_by_role("dialog")
    expect(sheet.get_by_text("还没保存：电话、暂停执法证")).to_be_visible()
    expect(sheet.get_by_role("button", name="不保存，关闭")).to_be_visible()
    expect(sheet.get_by_role("button", name="先保存，再停用账号")).to_be_visible()
    press(desk, "保存")
    expect(sheet.get_by_role("alert").get_by_text("没有写原因")).to_be_visible()
    expect(sheet.get_by_text("还没保存：暂停执法证")).to_be_visible()
    desk.get_by_label("暂停的原因").fill("年审未过")
    press(desk, "保存")
    expect(sheet).to_have_count(0)
    expect(desk.get_by_role("row", name="李㛃")).to_contain_text("已暂停")
    open_person(desk, "李㛃")
    expect(desk.get_by_label("电话")).to_have_value("13900000007")
    desk.get_by_role("button", name="关闭").click()


def codes_stay_until_they_are_taken(desk: Page) -> None:
    """Esc and the browser's back only ask; an unused code is given again in bulk."""
    open_person(desk, "李㛃")
    press(desk, "给一次性口令")
    sheet = desk.get_by_role("dialog", name="一次性口令")
    expect(sheet.locator("tbody tr")).to_have_count(1)
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    expect(sheet.get_by_role("alert").get_by_text("关了只能重新发")).to_be_visible()
    desk.evaluate("history.back()")
    expect(sheet.locator("tbody tr")).to_have_count(1)
    press(desk, "打印")
    press(desk, "都交给本人了")
    expect(sheet).to_have_count(0)
    expect(desk.get_by_role("row", name="李㛃")).to_contain_text("口令已给，还没用")
    press(desk, "给没用口令的 1 人重发口令")
    expect(sheet.locator("tbody tr")).to_have_count(1)
    press(desk, "都交给本人了")
    press(desk, "抄好了，关闭")
    expect(sheet).to_have_count(0)


def open_person(desk: Page, name: str) -> None:
    desk.get_by_role("row", name=name).click()
    expect(desk.get_by_role("dialog", name=name)).to_be_visible()


def of_two_windows_neither_loses(desk: Page) -> None:
    """The later save is refused, keeps what was typed and shows what is there now."""
    other = desk.context.new_page()
    other.goto(desk.url)
    unlock(other)
    other.get_by_role("link", name="人员", exact=True).click()
    for page, phone in ((desk, "13900000008"), (other, "13900000009")):
        open_person(page, "李㛃")
        page.get_by_label("电话").fill(phone)
    press(desk, "保存")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    press(other, "保存")
    sheet = other.get_by_role("dialog")
    expect(sheet.get_by_role("alert").get_by_text("别人改过这个人")).to_be_visible()
    expect(sheet.get_by_text("别人改成了：电话：13900000008")).to_be_visible()
    expect(other.get_by_label("电话")).to_have_value("13900000009")
    press(other, "保存")
    expect(sheet).to_have_count(0)
    other.close()
