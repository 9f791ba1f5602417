"""A push as the push service hands it over last: to the service worker, without a network."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page

# Chromium forgets a notice that is looked for while it is being shown: it finds the notice
# written but not yet on the screen, and takes it for one the user swept away. So nobody looks
# before the worker itself has shown it.
WATCH = """() => {
  const { registration } = self
  self.shown = new Promise((done) => {
    registration.showNotification = (...said) => {
      delete registration.showNotification
      const shown = registration.showNotification(...said)
      done(shown)
      return shown
    }
  })
}"""
SHOWN = """async () => {
  const late = new Promise((_, fail) => setTimeout(fail, 20000, new Error('nothing was shown')))
  await Promise.race([self.shown, late])
  const notices = await self.registration.getNotifications()
  return notices.map(({ title, body, tag }) => ({ title, body, tag }))
}"""
TAP = """async () => {
  const [notification] = await self.registration.getNotifications()
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
}"""


def push(context: BrowserContext, page: Page, origin: str, data: str) -> list[dict[str, str]]:
    """Delivers `data` to the worker of `origin`; the notices that stand there afterwards."""
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    (worker,) = [each for each in context.service_workers if each.url.startswith(f"{origin}/")]
    worker.evaluate(WATCH)
    cdp, found = context.new_cdp_session(page), dict[str, str]()

    def note(said: dict[str, Any]) -> None:
        alive = [each for each in said["registrations"] if not each["isDeleted"]]
        found.update({each["scopeURL"]: each["registrationId"] for each in alive})

    cdp.on("ServiceWorker.workerRegistrationUpdated", note)
    cdp.send("ServiceWorker.enable")
    while f"{origin}/" not in found:
        page.evaluate("new Promise((next) => setTimeout(next))")  # lets what was said come in
    message = {"origin": origin, "registrationId": found[f"{origin}/"], "data": data}
    cdp.send("ServiceWorker.deliverPushMessage", message)
    shown: list[dict[str, str]] = worker.evaluate(SHOWN)
    return shown


def tap(context: BrowserContext, origin: str) -> None:
    """The officer touches the notice."""
    (worker,) = [each for each in context.service_workers if each.url.startswith(f"{origin}/")]
    worker.evaluate(TAP)
