"""The screens the app itself knows: its router is asked, so that no list has to be kept here."""

from playwright.sync_api import Page

_ROUTER = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
_ALL = f"() => {_ROUTER}.getRoutes().flatMap((route) => route.name ?? [])"
_PATHS = f"() => {_ROUTER}.getRoutes().flatMap(({{ name, path }}) => name ? path : [])"
_HERE = f"""() => document.querySelector('#app')
  ? {_ROUTER}.currentRoute.value.matched.flatMap((route) => route.name ?? [])
  : []"""
_ARRIVED = f"(path) => {_ROUTER}.currentRoute.value.path === path"

WAYS = {"home"}
"""Nobody stays here: the gate leads on (pwa/src/app/gate.ts)."""


def all_screens(page: Page) -> set[str]:
    """The name of every route."""
    page.wait_for_function("() => document.querySelector('#app')?.__vue_app__ !== undefined")
    return set(page.evaluate(_ALL)) - WAYS


def all_paths(page: Page) -> list[str]:
    """The path of every route, with the names in it: `/f/e/:id`."""
    return list(page.evaluate(_PATHS))


def screens_here(page: Page) -> list[str]:
    """The screen that stands there, and the one it lies upon."""
    return list(page.evaluate(_HERE))


def go_to(page: Page, url: str, path: str) -> None:
    """There once the router stands there and the screen is drawn, not the one before."""
    page.goto(f"{url}/#{path}")
    page.wait_for_function(_ARRIVED, arg=path.partition("?")[0])
