"""What an officer does on the phone, from the gate to the meeting room, by what stands on the screen."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, PIN, Server


def today() -> str:
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def enter(page: Page, server: Server, login: str) -> None:
    """Log in and seal this browser profile under the PIN."""
    page.goto(server.url)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好了").click()
    page.get_by_role("button", name="开始工作").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)


def unlock(page: Page) -> None:
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()


def ready_to_go(page: Page) -> None:
    """The task, its registers, the app's shell and the print engine are on this phone."""
    expect(page.get_by_text("资料已备好").first).to_be_visible(timeout=60_000)
    page.evaluate(
        "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise("
        "r => navigator.serviceWorker.addEventListener('controllerchange', r, {once: true})))"
        ".then(() => true)"
    )


def cold_start(page: Page, server: Server) -> None:
    """The app from this phone's own files, locked, then opened by the PIN."""
    page.goto(server.url)
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    unlock(page)
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)


def press(page: Page | Locator, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def scan_in(page: Page) -> None:
    """The camera sees the enterprise's code; its signature is checked on this phone."""
    page.get_by_role("link", name="扫码", exact=True).click()
    sheet = page.get_by_role("dialog", name="企业码是真的")
    expect(sheet.get_by_text("本机离线核对签名通过")).to_be_visible(timeout=30_000)
    press(sheet, "到场，开始检查")
    expect(page.get_by_text("两名执法人员证件有效")).to_be_visible()
    press(page, "到场，开始检查")


def at_the_door(page: Page) -> None:
    """Recording, certificates, rights and integrity, who receives."""
    page.get_by_role("main").locator(".primary", has_text="开始录音").click()
    press(page, "已出示，对方已看")
    press(page, "普法提示")
    press(page, "已普法")
    press(page, "已告知")
    page.get_by_label("姓名").fill("周启明")
    page.get_by_label("职务").fill("总经理")
    press(page, "记下接待人")
    expect(page.get_by_role("heading", name="问题 0 个")).to_be_visible()


@dataclass(frozen=True)
class Problem:
    """A finding as it is typed."""

    problem: str
    place: str
    basis: str
    """The line to tick among the item's usual clauses: 「第二款」."""
    cause: str
    measure: str
    due: str
    """The chip to press: 「10 天」."""


def find_problem(page: Page, found: Problem) -> None:
    """Answer the item that is next with 有问题 and write the finding whole."""
    page.get_by_role("button", name="接着查第").click()
    page.get_by_text("有问题", exact=True).click()
    page.get_by_label("存在的问题").fill(found.problem)
    page.get_by_label("部位").fill(found.place)
    page.get_by_role("button", name="判定依据").click()
    sheet = page.get_by_role("dialog", name="选判定依据")
    sheet.get_by_text(found.basis, exact=True).first.click()
    sheet.get_by_role("button", name="引用").click()
    page.get_by_label("产生原因").fill(found.cause)
    page.get_by_label("整改措施建议").fill(found.measure)
    page.get_by_text("限期整改", exact=True).click()
    press(page, found.due)
    expect(page.get_by_role("button", name="写好了，返回检查")).to_be_visible()


def photograph(page: Page, count: int) -> None:
    """From a screen that offers 拍照, so many shots, and back."""
    page.get_by_role("button", name="拍照").first.click()
    for taken in range(1, count + 1):
        press(page, "拍一张")
        expect(page.get_by_role("status").filter(has_text=f"已拍 {taken} 张")).to_be_visible()
    press(page, "完成")


def talk_it_over(page: Page) -> None:
    """交换意见: the unit agrees to what there is."""
    page.get_by_role("button", name="还没和企业交换意见").click()
    page.get_by_text("认可", exact=True).click()
    page.get_by_role("button", name="结束交换意见").click()


def write_record(page: Page, premises: str) -> None:
    """检查情况 from the list and the findings."""
    page.get_by_role("button", name="检查记录没写检查情况").click()
    press(page, "按检查表和问题写")
    page.get_by_label("检查场所").fill(premises)
    press(page, "写好了，返回检查")


def hold(page: Page, words: str) -> None:
    """Buttons that bind are held for a second."""
    page.get_by_role("button", name=words).click(delay=1_300)


def dock(page: Page, name: str) -> None:
    """The officer's five acts at the foot of the cockpit."""
    bar = page.get_by_role("navigation", name="检查", exact=True)
    bar.get_by_role("button", name=name).click()


def end_visit(page: Page) -> None:
    press(page, "结束")
    hold(page, "结束检查，停止录音")
    expect(page.get_by_text("检查已结束").first).to_be_visible()


def draw_signature(page: Page, seed: int) -> None:
    """A few strokes on the pad, then 签好了."""
    box = page.get_by_role("dialog").locator("canvas").bounding_box()
    assert box
    hand = page.mouse
    for stroke in range(3):
        left = box["x"] + box["width"] * (0.15 + 0.25 * stroke)
        top = box["y"] + box["height"] * (0.3 + 0.05 * ((seed + stroke) % 4))
        hand.move(left, top)
        hand.down()
        for step in range(1, 12):
            hand.move(left + step * box["width"] * 0.018, top + (step % 4) * 14)
        hand.up()
    press(page, "签好了")


def sign_all(page: Page, *names: str) -> None:
    """One after the other, the phone in the signer's hands."""
    for seed, name in enumerate(names):
        press(page, f"{name} 签名")
        draw_signature(page, seed)


def issue(page: Page, title: str, *signers: str) -> None:
    """A paper of the visit from its words to its seal, opened from the list of papers."""
    page.get_by_role("button", name=title).click()
    press(page, "定稿，取文号")
    sign_all(page, *signers)
    hold(page, "按住签发")
    expect(page.get_by_role("status").filter(has_text="已签发")).to_be_visible(timeout=60_000)


def print_and_serve(page: Page) -> None:
    """From the issued paper: the system's dialog, what came out, who took it."""
    press(page.get_by_role("contentinfo"), "打印送达")
    press(page, "打印 2 份")
    press(page.get_by_role("dialog"), "打好了 2 份")
    page.get_by_text("直接送达", exact=True).click()
    press(page, "记下送达")
    expect(page.get_by_text("周启明 · ").first).to_be_visible()


def holding(folder: Path, secret: str | bytes) -> list[str]:
    """Files of a profile that hold the bytes, or the text in UTF-8 or UTF-16."""
    words = (secret,) if isinstance(secret, bytes) else ()
    spelled = words or (secret.encode("utf-8"), secret.encode("utf-16-le"))
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in spelled)
    ]
