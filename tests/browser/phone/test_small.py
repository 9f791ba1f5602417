"""Half the height, a phone on its side, a narrow phone, a notch: the screens of a visit stay whole."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import LOST
from tests.browser.phone.conftest import Visiting

SCREENS = ("", "/list", "/exchange", "/record", "/camera", "/papers")
INSIDE = """(one) => {
  const box = one.getBoundingClientRect()
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  return box.top >= 0 && box.bottom <= innerHeight && (one.contains(seen) || seen.contains(one))
}"""


def resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_nothing_is_cut_on_a_phone_of_any_width(visiting: Visiting, width: int) -> None:
    resize(visiting.page, width, 720)
    for screen in SCREENS:
        visiting.go(screen)
        assert visiting.page.evaluate(LOST) == []


def test_with_the_keyboard_open_field_and_next_step_are_in_view(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go(visiting.finding.partition(visiting.dossier)[2])
    field = page.get_by_label("整改措施建议")
    field.focus()
    resize(page, 390, 390)
    field.type("修")
    assert field.evaluate(INSIDE)
    assert page.locator("footer .primary").evaluate(INSIDE)


def test_turned_on_its_side_a_form_keeps_its_words_and_the_recording_runs(
    visiting: Visiting,
) -> None:
    page = visiting.page
    visiting.go(visiting.finding.partition(visiting.dossier)[2])
    page.get_by_label("部位").fill("泵房")
    resize(page, 740, 360)
    expect(page.get_by_label("部位")).to_have_value("泵房")
    assert page.locator("footer .primary").evaluate(INSIDE)
    content = page.get_by_role("main").bounding_box()
    assert content
    assert content["height"] >= 150
    assert visiting.records()


def test_the_shutter_is_in_reach_with_the_phone_on_its_side(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/camera")
    resize(page, 740, 360)
    assert page.get_by_role("button", name="拍一张").evaluate(INSIDE)
    finder = page.get_by_label("取景").bounding_box()
    assert finder
    assert finder["height"] >= 300


def test_a_notch_and_a_home_bar_cover_neither_title_nor_dock(visiting: Visiting) -> None:
    page = visiting.page
    insets = {"top": 44, "bottom": 34, "left": 0, "right": 0}
    visiting.cdp.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    title = page.get_by_role("heading", level=1).bounding_box()
    last = page.get_by_role("button", name="检查表").last.bounding_box()
    visiting.cdp.send("Emulation.setSafeAreaInsetsOverride", {"insets": {}})
    assert title
    assert title["y"] >= 44
    assert last
    assert last["y"] + last["height"] <= 780 - 34


def test_zoom_is_not_forbidden(visiting: Visiting) -> None:
    said = visiting.page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "user-scalable" not in said
    assert "maximum-scale" not in said
