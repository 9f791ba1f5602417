"""What every screen is held to: rules of accessibility, nothing lost, big enough for gloves."""

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

AXE = (ROOT / "pwa/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("day", "sun", "night")
PHONE, SMALL = (390, 844), (360, 640)
DESK, SMALL_DESK = (1440, 900), (1280, 720)

# Everything a finger may press, with the label that stands for an unseen input.
TARGETS = """() => [...document.querySelectorAll('button, a, label:has(input), summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box, one]) => !one.matches('.strip, .skip, .folded *'))
  .filter(([box]) => Math.round(box.width) < 48 || Math.round(box.height) < 48)
  .map(([box, one]) => `${one.innerText || one.ariaLabel} ${box.width} x ${box.height}`)"""

# Wider than the screen, or words cut off at the edge of their box.
LOST = """() => [...document.querySelectorAll('body, body *')]
  .filter((one) => one.checkVisibility() && !one.closest('svg, iframe, .ax-unseen'))
  .filter((one) => {
    const box = one.getBoundingClientRect()
    const cut = getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1
    return box.right > innerWidth + 1 || (cut && one.tagName !== 'INPUT')
  })
  .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`)"""

_THEME = "(theme) => { document.documentElement.dataset.theme = theme }"
_SIZE = "(px) => { document.documentElement.style.fontSize = px ? `${px}px` : '' }"


def wear(page: Page, theme: str) -> None:
    page.evaluate(_THEME, theme)


def root_font(page: Page, px: int | None) -> None:
    page.evaluate(_SIZE, px)


def axe(page: Page, rules: object = RULES) -> list[tuple[str, str, str]]:
    """What axe finds wrong: rule, place, why."""
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
    assert found["passes"]
    return [
        (one["id"], node["html"], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
    ]
