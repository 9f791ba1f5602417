"""How the parts look: accessible in all modes, nothing lost in big text, big enough for gloves.

With ANXUN_SHOTS=FOLDER every view is also saved as a picture, to be laid beside the mockups.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.gallery.conftest import Open
from tests.browser.looks import (
    AXE,
    DESK,
    LOST,
    PHONE,
    SMALL,
    SMALL_DESK,
    TARGETS,
    THEMES,
    axe,
    root_font,
    wear,
)

PAGES = ["parts", "field", "visit", "finding", "paper", "hand", "open", "desk"]
SHOTS = os.environ.get("ANXUN_SHOTS")


def photograph(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page="px" in name)


def size_of(name: str) -> tuple[int, int]:
    return DESK if name == "desk" else PHONE


@pytest.mark.parametrize("name", PAGES)
def test_every_part_is_accessible_in_every_mode(show: Open, name: str) -> None:
    page = show(name, size_of(name))
    page.evaluate(AXE)
    for theme in THEMES:
        wear(page, theme)
        photograph(page, f"{name}-{theme}")
        assert (theme, axe(page)) == (theme, [])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_in_big_text_and_every_target_fits_a_glove(show: Open, name: str) -> None:
    page = show(name, size_of(name))
    for width, height in [DESK, SMALL_DESK] if name == "desk" else [PHONE, SMALL]:
        page.set_viewport_size({"width": width, "height": height})
        for px in (16, 21, 32):
            root_font(page, px)
            photograph(page, f"{name}-{width}-px{px}")
            assert (width, px, page.evaluate(LOST)) == (width, px, [])
            assert (width, px, page.evaluate(TARGETS)) == (width, px, [])


def test_signals_differ_in_word_and_icon(show: Open) -> None:
    """Colour may be gone: greyscale, sunlight, colour blindness."""
    tags = show("parts").evaluate(
        """() => [...document.querySelectorAll('.tag')].map((tag) =>
             [tag.classList[1], tag.innerText, tag.querySelector('svg')?.classList[1]])"""
    )
    signals = {tone: icon for tone, _, icon in tags}
    assert len(signals) == 7
    assert len(set(signals.values())) == 7
    assert len({words for _, words, _ in tags}) >= 12
    assert all(icon for _, _, icon in tags)


def test_overdue_alone_is_inverted_and_only_open_questions_are_dashed(show: Open) -> None:
    page = show("parts")
    look = page.evaluate(
        """() => [...document.querySelectorAll('.tag')].map((tag) => {
             const style = getComputedStyle(tag)
             const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0)
             return [tag.classList[1], style.outlineStyle,
                     style.backgroundImage === 'none'
                       && light(style.backgroundColor) < light(style.color)]
           })"""
    )
    assert {tone for tone, _, inverted in look if inverted} == {"overdue"}
    assert {tone for tone, outline, _ in look if outline == "dashed"} == {"conflict", "waiting"}
