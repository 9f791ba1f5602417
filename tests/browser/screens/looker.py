"""Looks at each screen as it comes: its picture, and what is wrong with it in every mode and size."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.looks import (
    AXE,
    DESK,
    LOST,
    PHONE,
    RULES,
    SMALL,
    SMALL_DESK,
    TARGETS,
    THEMES,
    axe,
    root_font,
    wear,
)
from tests.browser.screens.routes import screens_here

CONTRAST = {"type": "rule", "values": ["color-contrast"]}
"""Of axe's rules the one a mode can break; the others see the same tree in each."""
BIG = 32
DRAWN = """() => Promise.all([...document.images].map((one) => one.decode().catch(() => null)))
  .then(() => Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime < 5000)
    .map((one) => one.finished.catch(() => null))))
  .then(() => document.querySelector('.skeleton, .coming') === null)"""


@dataclass
class Looker:
    """Pictures go into the folder; `whole` is every state of a screen in every mode and size.

    Else a screen is looked at once, the first time a story comes by: what `make test` can afford.
    """

    folder: Path | None
    whole: bool
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)

    def look(self, page: Page, more: str = "", desk: bool = False) -> None:
        """The screen that stands there, named by its route; `more` says which state of it."""
        expect(page.locator("h1")).not_to_have_count(0)
        here = screens_here(page) or ["open"]
        again = here[-1] in self.seen
        self.seen.update(here)
        if again and not self.folder:
            return
        name = "-".join(filter(None, [here[-1], more]))
        page.wait_for_function(DRAWN)
        self._keep(page, name, "desk" if desk else "phone")
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        self._modes(page, name)
        self._sizes(page, name, desk)

    def _keep(self, page: Page, name: str, shell: str) -> None:
        if self.folder is None:
            return
        self.shots.append(f"{name}-{shell}")
        page.screenshot(path=self.folder / f"{name}-{shell}.png")

    def _modes(self, page: Page, name: str) -> None:
        """Left as it was found: the theme belongs to the person."""
        worn = page.evaluate("() => document.documentElement.dataset.theme ?? ''")
        for theme in THEMES:
            wear(page, theme)
            rules = RULES if self.whole or theme == THEMES[0] else CONTRAST
            self._blame(name, theme, map(str, axe(page, rules)))
            if self.whole:
                root_font(page, BIG)
                self._blame(name, f"{theme} {BIG} px", map(str, axe(page)))
                root_font(page, None)
        wear(page, worn)

    def _sizes(self, page: Page, name: str, desk: bool) -> None:
        first, *others = (DESK, SMALL_DESK) if desk else (PHONE, SMALL)
        for width, height in [first, *(others if self.whole else [])]:
            page.set_viewport_size({"width": width, "height": height})
            for px in (None, BIG):
                root_font(page, px)
                at = f"{width} px at {px or 16}"
                self._blame(name, at, (f"lost {each}" for each in page.evaluate(LOST)))
                self._blame(name, at, (f"small {each}" for each in page.evaluate(TARGETS)))
            root_font(page, None)
        page.set_viewport_size({"width": first[0], "height": first[1]})

    def _blame(self, name: str, at: str, said: Iterable[str]) -> None:
        self.faults += [f"{name} ({at}): {each}" for each in said]
