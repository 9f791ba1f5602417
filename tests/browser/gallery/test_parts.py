"""What the parts do: for a finger, for keys, for a reader of the screen."""

from __future__ import annotations

import json
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.gallery.conftest import Open


def draw(page: Page, *points: tuple[float, float]) -> None:
    """A stroke on the signature pad; points are parts of its width and height."""
    box = page.locator("canvas").bounding_box()
    assert box
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def sign(page: Page) -> None:
    page.get_by_role("main").locator(".cell").get_by_role("button", name="签名").click()
    draw(page, (0.2, 0.5), (0.5, 0.3), (0.8, 0.6))
    page.get_by_role("button", name="签好了").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def output(page: Page) -> str:
    return page.locator("output").inner_text()


def test_a_button_that_lacks_something_says_so_and_leads_there(show: Open) -> None:
    page = show("parts")
    page.get_by_role("button", name="还差 1 个签名").click()
    assert output(page) == "还差"


def test_held_for_its_second_the_act_is_done_once(show: Open) -> None:
    page = show("paper")
    sign(page)
    page.get_by_role("button", name="按住签发 37号").hover()
    page.mouse.down()
    expect(page.locator("output")).to_contain_text("签发 1 次")
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert "签发 1 次" in output(page)


def test_let_go_early_nothing_is_done_and_nothing_asked(show: Open) -> None:
    page = show("paper")
    sign(page)
    hold = page.get_by_role("button", name="按住签发 37号")
    hold.hover()
    page.mouse.down()
    page.wait_for_function(
        "() => document.querySelector('.fill').getAnimations()[0].currentTime > 400"
    )
    page.mouse.up()
    assert page.locator(".fill").evaluate("(fill) => fill.getAnimations().length") == 0
    assert "签发 0 次" in output(page)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_by_key_a_sheet_says_what_cannot_be_undone_and_asks(show: Open) -> None:
    page = show("paper")
    sign(page)
    hold = page.get_by_role("button", name="按住签发 37号")
    hold.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="签发")
    expect(sheet).to_contain_text("签发后不能改，只能作废重开。")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(hold).to_be_focused()
    assert "签发 0 次" in output(page)
    page.keyboard.press("Enter")
    sheet.get_by_role("button", name="签发", exact=True).click()
    assert "签发 1 次" in output(page)


def test_a_sheet_keeps_the_focus_inside(show: Open) -> None:
    page = show("parts")
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("dialog", name="为什么没扫码？")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "() => document.activeElement === document.body"
            " || document.activeElement.closest('dialog') !== null"
        )
        assert inside


def test_a_signature_is_kept_as_integers_in_its_box(show: Open) -> None:
    page = show("paper")
    sign(page)
    strokes = json.loads(output(page).partition("笔画 ")[2])
    assert len(strokes) == 1
    points = strokes[0]
    assert len(points) > 5
    assert all(isinstance(value, int) for point in points for value in point)
    assert all(0 <= x <= 1000 and 0 <= y <= 400 for x, y in points)
    assert points[0][0] < points[-1][0]
    assert min(y for _, y in points) < points[0][1]


def test_an_empty_or_dotted_pad_is_no_signature(show: Open) -> None:
    page = show("paper")
    page.get_by_role("main").locator(".cell").get_by_role("button", name="签名").click()
    done = page.get_by_role("button", name="签好了")
    done.click()
    expect(page.get_by_text("看不清签名，请重写。")).to_be_visible()
    draw(page, (0.5, 0.5))
    done.click()
    expect(page.get_by_text("看不清签名，请重写。")).to_be_visible()
    draw(page, (0.2, 0.5), (0.8, 0.5))
    page.get_by_role("button", name="重写").click()
    done.click()
    expect(page.get_by_text("看不清签名，请重写。")).to_be_visible()


def test_another_camera_reads_the_code(show: Open, tmp_path) -> None:
    page = show("open")
    code = page.get_by_role("img", name="核验码")
    code.screenshot(path=tmp_path / "code.png")
    read = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    assert [one.text for one in read] == ["https://localhost/v/3f9c1a7e5b2d4860a1b2c3d4e5f60718"]


def test_a_field_saves_on_a_pause_and_on_leaving(show: Open) -> None:
    page = show("parts")
    field = page.get_by_label("产生原因")
    field.press("End")
    field.press_sequentially("问题")
    expect(page.locator("output")).to_have_text("原因不能照抄问题")
    field.press_sequentially("。")
    field.blur()
    assert output(page) == "原因不能照抄问题|原因不能照抄问题。"


def test_half_typed_syllables_are_not_saved(show: Open) -> None:
    page = show("parts")
    page.clock.install()
    page.get_by_label("产生原因").press("End")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "bao", "selectionStart": 3, "selectionEnd": 3})
    page.clock.run_for(1_000)
    assert output(page) == ""
    keys.send("Input.insertText", {"text": "报"})
    page.clock.run_for(1_000)
    assert output(page) == "原因不能照抄报"


def test_a_pin_by_keys_of_either_kind(show: Open) -> None:
    page = show("parts")
    page.get_by_role("button", name="6", exact=True).click()
    page.locator("h1").click()
    page.keyboard.press("7")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="0", exact=True).click()
    expect(page.get_by_text("已输 7 位")).to_be_attached()
    page.get_by_role("textbox", name="密码").press("8")
    expect(page.get_by_text("已输 7 位")).to_be_attached()


def test_answers_are_chosen_by_arrow_keys(show: Open) -> None:
    answers = show("parts").get_by_role("radiogroup", name="报警器是否正常投用")
    answers.get_by_role("radio", name="符合").check()
    answers.page.keyboard.press("ArrowRight")
    expect(answers.get_by_role("radio", name="有问题")).to_be_checked()


def test_two_versions_stand_there_unchosen(show: Open) -> None:
    page = show("desk", (1440, 900))
    both = page.get_by_role("radiogroup", name="处理和整改期限")
    assert [radio.is_checked() for radio in both.get_by_role("radio").all()] == [False] * 3
    marked = both.locator("mark").all_inner_texts()
    assert marked == ["9月28日", "查明误报原因并检定", "9月21日", "更换传感器"]


def test_a_table_is_walked_by_keys_and_opened_by_enter(show: Open) -> None:
    page = show("desk", (1440, 900))
    rows = page.get_by_role("table", name="期限").locator("tbody tr")
    rows.nth(0).focus()
    for keys, at in (("ArrowDown", 1), ("End", 2), ("ArrowDown", 2), ("Home", 0), ("ArrowUp", 0)):
        page.keyboard.press(keys)
        expect(rows.nth(at)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("output")).to_have_text("打开 b")
    assert rows.evaluate_all("(all) => all.filter((row) => row.tabIndex === 0).length") == 1


def test_the_coach_shows_three_and_the_rest_on_asking(show: Open) -> None:
    page = show("parts")
    lines = page.locator(".coach li")
    expect(lines).to_have_count(3)
    page.get_by_role("button", name="还有 1 件").click()
    expect(lines).to_have_count(4)
    expect(page.get_by_text("可以离场了")).to_be_visible()


def test_a_recording_that_stopped_is_told_at_once_and_time_is_not_read_aloud(show: Open) -> None:
    page = show("parts")
    told = page.locator("[aria-live=assertive]").all_inner_texts()
    assert "录音停了" in told
    assert "录音已暂停，原因：企业商业秘密" in told
    assert not any(re.search(r"\d\d:\d\d", words) for words in told)


def test_the_skip_link_leads_to_the_content(show: Open) -> None:
    page = show("desk", (1440, 900))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_in_other_hands_only_holding_leads_back(show: Open) -> None:
    page = show("hand", (844, 390))
    pad = page.locator("canvas").bounding_box()
    assert pad
    assert pad["width"] >= 0.6 * 844
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("canvas")).to_be_visible()
    page.get_by_role("button", name="按住收回手机").hover()
    page.mouse.down()
    expect(page.get_by_role("heading", name="已收回")).to_be_visible()


def test_one_tap_changes_the_mode_and_it_is_kept(show: Open) -> None:
    page = show("field")
    theme = page.locator("html")
    page.get_by_role("button", name="换成强光模式").click()
    expect(theme).to_have_attribute("data-theme", "sun")
    page.reload()
    expect(theme).to_have_attribute("data-theme", "sun")
    page.get_by_role("button", name="换成夜间模式").click()
    expect(theme).to_have_attribute("data-theme", "night")
