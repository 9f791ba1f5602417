"""What an officer looks up between visits: the search, the law, his calendar, his account."""

from playwright.sync_api import expect

from tests.browser.screens.field_story import Field

LAW = "示例机械安全规定"
HIS_OWN = {
    "/f/calendar": "日历",
    "/help": "帮助",
    "/fault": "报告问题",
    "/f/me/account": "在哪里登录着",
}
"""The place, and what stands there once it is drawn."""


def looking_up(story: Field) -> None:
    page = story.a
    story.go("/f/search")
    page.get_by_role("searchbox").fill("启明")
    expect(page.get_by_role("heading", name="企业")).to_be_visible(timeout=30_000)
    story.see()
    story.go("/f/law")
    expect(page.get_by_text(LAW).first).to_be_visible(timeout=30_000)
    story.see()
    page.get_by_text(LAW).first.click()
    expect(page.get_by_text("立即停用").or_(page.get_by_text("砂轮机")).first).to_be_visible()
    story.see()


def his_own(story: Field) -> None:
    page = story.a
    for path, words in HIS_OWN.items():
        story.go(path)
        expect(page.get_by_text(words).first).to_be_visible(timeout=30_000)
        story.see()
    expect(page.get_by_text("就是这里").first).to_be_visible()


def the_plan_in_the_hand(story: Field) -> None:
    """现场检查方案 as it was approved, with or without a network."""
    story.go(f"/f/v/{story.dossier}/plan")
    expect(story.a.locator("iframe, canvas, .paper").first).to_be_visible(timeout=60_000)
    story.see()
