"""What follows the first visit: papers, the enterprise's answer, the recheck, the end of the case."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import messy
from tests.browser.first_case import SECOND
from tests.browser.visit import dock, hold, issue, press, print_and_serve, sign_all

FIRST, PARTY = "阿依古丽", "周启明"
SIGNERS = (FIRST, SECOND, PARTY)
MENDED = "报警器已恢复供电，试验报警正常。"
DPI = 200


def issue_papers(page: Page) -> str:
    """Record and order, signed by all, the order served; answers where the order's code leads."""
    dock(page, "文书")
    issue(page, "现场检查记录", *SIGNERS)
    press(page, "返回文书")
    issue(page, "责令限期整改指令书", *SIGNERS)
    print_and_serve(page)
    with page.expect_download() as saved:
        press(page, "存 PDF，回局打")
    expect(page.get_by_text("全部在服务器").first).to_be_visible(timeout=60_000)
    return code_on(saved.value.path())


def code_on(paper: Path) -> str:
    """What a phone reads off the first printed sheet."""
    sheet = pypdfium2.PdfDocument(paper)[0].render(scale=DPI / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(sheet)
    return found.text


def report(page: Page, code: str, tail: str, folder: Path) -> None:
    """The enterprise: the code of the paper, the licence's last six, words and a photo."""
    page.goto(code)
    expect(page.get_by_role("heading", name="这份文书是真的")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("向阜康市人民政府申请行政复议")
    page.get_by_role("link", name="反馈整改情况").click()
    page.get_by_label("统一社会信用代码的后六位").fill(tail)
    press(page, "继续")
    page.get_by_role("link", name="反馈整改").click()
    photo = folder / "alarm.jpg"
    Image.new("RGB", (1200, 900), "#2d7d46").save(photo)
    page.get_by_label("照片").set_input_files(photo)
    page.get_by_label("怎么改的").fill(MENDED)
    page.get_by_label("您的姓名").fill(PARTY)
    page.get_by_label("您的电话").fill("13900001111")
    page.get_by_label("已经改好，申请提前复查").check()
    press(page, "发出反馈")
    expect(page.get_by_role("heading", name="反馈已收到")).to_be_visible()


def recheck(page: Page) -> None:
    """Ahead of the day, as the enterprise asked: mended in part, ordered anew, then mended."""
    for back in ("返回文书", "返回检查", "返回今日"):
        press(page, back)
    page.get_by_role("button", name="整改复查").click()
    looks_at_what_was_reported(page)
    judge(page, "改了一部分", "试验报警正常，信号没接回控制室")
    order_anew(page)
    page.get_by_role("button", name="整改复查").click()
    expect(page.get_by_text("复查：改了一部分 · 试验报警正常，信号没接回控制室")).to_be_visible()
    judge(page, "改好了", "")


def order_anew(page: Page) -> None:
    """It is a duty of today until the new order is issued, which asks by the new day."""
    for back in ("返回文书", "返回检查", "返回今日"):
        press(page, back)
    page.get_by_role("button", name="另定期限，重开指令书").click()
    expect(page.get_by_role("button", name="没另定期限")).to_be_visible()
    press(page, "30 天")
    press(page, "重开指令书")
    press(page, "定稿，取文号")
    sign_all(page, *SIGNERS)
    hold(page, "按住签发")
    expect(page.get_by_role("status").filter(has_text="已签发")).to_be_visible(timeout=60_000)
    print_and_serve(page)
    for back in ("返回文书", "返回检查", "返回今日"):
        press(page, back)
    expect(page.get_by_role("button", name="另定期限，重开指令书")).to_have_count(0)


def looks_at_what_was_reported(page: Page) -> None:
    expect(page.get_by_text("企业已申请提前复查")).to_be_visible()
    expect(page.get_by_text(f"企业说：{MENDED[:-1]}，附照片 1 张")).to_be_visible()
    photo = page.get_by_role("button", name="企业的照片，第 1 张").get_by_role("img")
    expect(photo).to_have_js_property("naturalWidth", 1200)


def judge(page: Page, answer: str, words: str) -> None:
    """One item, its words, then the opinion to its service."""
    page.get_by_text(answer, exact=True).click()
    page.get_by_label("第 1 项的说明").fill(words)
    press(page, "复查完了，写意见书")
    press(page, "定稿，取文号")
    sign_all(page, *SIGNERS)
    hold(page, "按住签发")
    expect(page.get_by_role("status").filter(has_text="已签发")).to_be_visible(timeout=60_000)
    print_and_serve(page)


def close(page: Page) -> None:
    """科室负责人, in the list of dossiers."""
    page.get_by_role("link", name="卷宗").click()
    page.get_by_role("row", name=messy.UNIT).click()
    press(page, "结案")
    expect(page.get_by_text("已结案")).to_be_visible()
    page.get_by_role("link", name="卷宗").click()
    expect(page.get_by_role("row", name=messy.UNIT)).to_contain_text("已结案")


def shows_closed(page: Page) -> None:
    """On the phone of who inspected: nothing is asked of him any more."""
    for back in ("返回文书", "返回检查"):
        press(page, back)
    expect(page.get_by_text("已结案")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="开始录音")).to_have_count(0)


def visit_code(page: Page) -> str:
    """Where the code leads that the officer shows to the unit."""
    page.get_by_role("navigation", name="检查的步骤").get_by_role("button", name="告知").click()
    shown = page.get_by_role("img", name="让企业扫我的码")
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(shown.screenshot())))
    return found.text


def has_its_papers(page: Page, code: str) -> None:
    """What the enterprise reads in the end: the papers of both rounds, the item mended."""
    page.goto(code)
    for title in ("责令限期整改指令书", "整改复查意见书"):
        expect(page.get_by_role("heading", name=title)).to_have_count(2)
    expect(page.get_by_text("复查：改好了")).to_be_visible()
    expect(page.get_by_role("link", name="反馈整改")).to_have_count(0)
