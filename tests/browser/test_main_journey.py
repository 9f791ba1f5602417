"""The main job, end to end: two officers, two phones, a server that is gone most of the time."""

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from backend.core.signing import ServerKeys
from tests.browser.conftest import PIN, ROOT, PhoneBrowser, Server
from tests.browser.lab.hearing import sound_seconds
from tests.browser.office import (
    approved_inspection,
    ask,
    devices_of,
    fetch,
    records,
    reminders,
)
from tests.browser.push_endpoint import PushEndpoint, push_endpoint
from tests.browser.pushes import push, tap
from tests.browser.two_phones import Story, two_phones
from tests.browser.visit import (
    Problem,
    at_the_door,
    dock,
    end_visit,
    enter,
    find_problem,
    hold,
    holding,
    issue,
    photograph,
    press,
    print_and_serve,
    ready_to_go,
    scan_in,
    sign_all,
    talk_it_over,
    today,
    write_record,
)
from tests.features.reminders.browser import point

pytestmark = pytest.mark.timeout(600)

UNIT = "昌吉启明精细化工有限公司"
FIRST, SECOND, PARTY = "李㛃", "王𫖮", "周启明"
ALARM = Problem(
    problem="3号罐区可燃气体报警器未投用，控制室无报警信号。",
    place="3号罐区",
    basis="第二款",
    cause="日常维护不到位，报警器故障后没有及时修复。",
    measure="修复3号罐区可燃气体报警器并投入使用，恢复控制室报警。",
    due="10 天",
)
BASIS = "《安全生产许可证条例》第二条第二款"
REMEDIES = (
    "如果不服本指令，可以自收到本指令书之日起六十日内依法向昌吉回族自治州人民政府申请行政复议，"
    "或者自收到之日起六个月内依法向昌吉市人民法院提起行政诉讼"
)
LOST_AT_MOST = 1.5
CODES_AT = "https://anxun.cj.gov.cn"


@pytest.fixture
def server_environment() -> dict[str, str]:
    return {"ANXUN_PUBLIC_URL": CODES_AT, "ANXUN_PUSH_ALLOW": "127.0.0.1"}


@pytest.fixture
def pushed() -> Iterator[PushEndpoint]:
    with push_endpoint() as endpoint:
        yield endpoint


def test_two_officers_inspect_without_a_network_and_nothing_is_lost(
    server: Server, phones: Callable[..., PhoneBrowser], pushed: PushEndpoint, tmp_path: Path
) -> None:
    story = Story(server, *two_phones(server, phones, tmp_path), pushed)
    log_in_and_sync(story)
    visit_begins_offline(story)
    one_minute_of_server(story)
    killed_in_mid_recording(story)
    papers_offline(story)
    another_date_offline(story)
    both_come_back(story)
    evidence_is_all_there(story)
    order_is_the_same_everywhere(story, tmp_path)
    reminder_opens_the_task(story)
    recheck_and_close(story)
    a_locked_phone_tells_nothing(story)


def log_in_and_sync(story: Story) -> None:
    story.dossier = approved_inspection(story.server, today(), ("lijie", "wangyi"))
    story.a, story.b = story.one.start(), story.two.start()
    enter(story.a, story.server, "lijie")
    enter(story.b, story.server, "wangyi")
    ready_to_go(story.a)
    ready_to_go(story.b)
    story.server.kill()
    story.one.kill()
    story.two.kill()


def visit_begins_offline(story: Story) -> None:
    story.start_first()
    story.start_second()
    scan_in(story.a)
    at_the_door(story.a)
    find_problem(story.a, ALARM)
    photograph(story.a, 2)
    press(story.a, "写好了，返回检查")


def one_minute_of_server(story: Story) -> None:
    story.network(True)
    subscribe(story)
    press(story.b, "继续检查")
    expect(story.b.get_by_text(ALARM.problem)).to_be_visible(timeout=60_000)
    expect(story.a.get_by_role("status").filter(has_text="本机待传 1 项").first).to_be_visible(
        timeout=60_000
    )
    story.network(False)


def killed_in_mid_recording(story: Story) -> None:
    expect(story.a.get_by_role("timer")).to_contain_text("00:00:1", timeout=30_000)
    story.note_keys()
    story.one.kill()
    story.killed = time.time()
    story.start_first()
    expect(story.a.get_by_text("录音已找回")).to_be_visible()
    press(story.a.locator(".card").filter(has_text="录音已找回"), "继续检查")
    press(story.a, "开始录音")
    expect(story.a.get_by_role("timer")).to_be_visible()


def subscribe(story: Story) -> None:
    """The first officer is to be reached by push too, at a push service of our own."""
    (device,) = devices_of(story.server, "lijie")
    wanted = story.reached.subscription("lijie", story.endpoint.url, device)
    body = {name: getattr(wanted, name) for name in ("endpoint", "p256dh", "auth", "device")}
    ask(story.server, "lijie", "POST", "/api/v1/push/subscriptions", body)


def papers_offline(story: Story) -> None:
    a = story.a
    a.get_by_role("button", name="接着查第").click()
    a.get_by_text("符合", exact=True).click()
    expect(a.get_by_role("heading", name="检查表")).to_be_visible()
    press(a, "返回检查")
    a.get_by_role("button", name=ALARM.problem[:8]).click()
    press(a, "30 天")
    press(a, "写好了，返回检查")
    talk_it_over(a)
    write_record(a, "3号罐区、中控室")
    end_visit(a)
    dock(a, "文书")
    issue(a, "现场检查记录", FIRST, SECOND, PARTY)
    press(a, "返回文书")
    issue(a, "责令限期整改指令书", FIRST, SECOND, PARTY)
    print_and_serve(a)
    assert a.evaluate("window.printed") == 1
    with a.expect_download() as saved:
        press(a, "存 PDF，回局打")
    story.order = Path(saved.value.path()).read_bytes()


def another_date_offline(story: Story) -> None:
    story.b.get_by_role("button", name=ALARM.problem[:8]).click()
    press(story.b, "3 天")
    press(story.b, "写好了，返回检查")


def both_come_back(story: Story) -> None:
    """Both versions are shown on both phones; one is chosen, the other stays in the file."""
    story.network(True)
    for page in (story.a, story.b):
        expect(page.get_by_text("有 1 处两份待选").first).to_be_visible(timeout=60_000)
    story.cockpit(story.a)
    story.a.get_by_role("button", name=ALARM.problem[:8]).click()
    press(story.a, "去选")
    mine = story.a.get_by_role("radio", name="你写的")
    expect(story.a.get_by_text(f"{SECOND}写的")).to_be_visible()
    mine.check()
    press(story.a, "用你写的")
    expect(story.a.get_by_text("已选用你写的").first).to_be_visible()
    press(story.a, "回到检查")
    for page in (story.a, story.b):
        expect(page.get_by_text("全部在服务器").first).to_be_visible(timeout=60_000)
    (finding,) = records(story.server, story.dossier, "finding")
    drafts = records(story.server, story.dossier, "draft")
    order = next(each for each in drafts if each["kind"] == "rectification_order")
    assert finding["rectify_by"]["due"] in order["content"]


def evidence_is_all_there(story: Story) -> None:
    """Every file whole, receipted, and at most a second and a half of sound missing."""
    kept = records(story.server, story.dossier, "evidence")
    received = {
        each["evidence"]: each["sha256"] for each in records(story.server, story.dossier, "receipt")
    }
    kinds = sorted(each["kind"] for each in kept)
    assert kinds == ["audio", "audio", "pdf", "pdf", "photo", "photo"]
    sounds: dict[int, bytes] = {}
    for each in kept:
        original = fetch(story.server, "lijie", f"/api/v1/evidence/{each['id']}")
        assert hashlib.sha256(original).hexdigest() == each["sha256"] == received[each["id"]]
        if each["kind"] == "audio":
            sounds[each["segment"]["index"]] = original
    custody = records(story.server, story.dossier, "custody")
    began = next(act["at"] for act in custody if act["act"] == "recording_started")
    ran = story.killed - began / 1000
    lost = ran - sound_seconds(sounds[0])
    print(f"recorded {ran:.2f} s before the kill, {lost:.2f} s of it lost")
    assert lost <= LOST_AT_MOST
    gaps = sorted((a["at"], a["until"], a["reason"]) for a in custody if a["act"] == "gap")
    assert [reason for _, _, reason in gaps] == ["page_load", "page_load"]
    (silent, unlocked, _), (again, resumed, _) = gaps
    assert silent / 1000 <= story.killed < unlocked / 1000
    assert again == unlocked < resumed


def order_is_the_same_everywhere(story: Story, folder: Path) -> None:
    """The phone's bytes, the server's bytes, the server's own rendering; and what they say."""
    papers = {each["kind"]: each for each in records(story.server, story.dossier, "document")}
    order = papers["rectification_order"]
    assert hashlib.sha256(story.order).hexdigest() == order["pdf_sha256"]
    assert fetch(story.server, "lijie", f"/api/v1/evidence/{order['pdf']}") == story.order
    marks = {each["of"]: each["kind"] for each in records(story.server, story.dossier, "mark")}
    assert {marks.get(each["id"]) for each in papers.values()} == {"document_same"}
    file = folder / "order.pdf"
    file.write_bytes(story.order)
    read = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    text = re.sub(r"\s", "", read.decode("utf-8"))
    numbers = {each["id"]: each["text"] for each in records(story.server, story.dossier, "number")}
    said = (numbers[order["number"]], UNIT, FIRST, SECOND, PARTY, BASIS, ALARM.measure, REMEDIES)
    assert [words for words in said if words not in text] == []
    code = json.loads(order["facts"])["verify_url"].rpartition("/")[2]
    public = fetch(story.server, "lijie", f"/v/{code}").decode("utf-8")
    assert numbers[order["number"]] in public


def reminder_opens_the_task(story: Story) -> None:
    """Encrypted for this browser, signed by this server; shown by the worker; a tap opens the task."""
    recheck = ring_until_recheck(story.server)
    told: dict[str, str] = {}
    while told.get("clock") != recheck:
        message = story.endpoint.next()
        told = json.loads(story.reached.decrypt(message.body))
    claims, key = message.vapid()
    vapid = ServerKeys.at(story.server.folder / "keys").vapid
    assert key == point(vapid.private.public_key())
    assert claims["aud"] == story.endpoint.url.rpartition("/")[0]
    story.a.goto(f"{story.server.url}/#/f")
    assert told["title"] == "整改复查"
    context, notice = story.one.context, {name: told[name] for name in ("title", "body", "tag")}
    assert context
    assert push(context, story.a, story.server.url, json.dumps(told)) == [notice]
    tap(context, story.server.url)
    expect(story.a.get_by_text("检查已结束")).to_be_visible()


def ring_until_recheck(server: Server) -> str:
    """A worker whose time runs ahead, from reminder to reminder; answers the clock of the recheck."""
    for instant, rule, clock in reminders(server):
        url = f"sqlite+aiosqlite:///{server.folder / 'anxun.sqlite'}"
        worker = [sys.executable, "-m", "tests.features.reminders.worker"]
        ran = [*worker, url, str(server.folder / "keys"), str(instant)]
        subprocess.run(ran, cwd=ROOT, check=True, timeout=60)
        if rule == "D10":
            return clock
    raise AssertionError("no clock runs for the recheck")


def recheck_and_close(story: Story) -> None:
    a = story.a
    a.goto(f"{story.server.url}/#/f")
    a.get_by_role("button", name="整改复查").click()
    a.get_by_text("改好了", exact=True).click()
    press(a, "复查完了，写意见书")
    press(a, "定稿，取文号")
    sign_all(a, FIRST, SECOND, PARTY)
    hold(a, "按住签发")
    expect(a.get_by_role("status").filter(has_text="已签发")).to_be_visible(timeout=60_000)
    expect(a.get_by_text("全部在服务器").first).to_be_visible(timeout=60_000)
    ask(story.server, "gulnar", "POST", f"/api/v1/dossiers/{story.dossier}/close", {})
    (row,) = ask(story.server, "lijie", "GET", "/api/v1/dossiers")
    assert row["state"] == "closed"


def a_locked_phone_tells_nothing(story: Story) -> None:
    """Neither the words of the dossier nor a raw key stand in any file of the profile."""
    story.note_keys()
    story.a.evaluate("localStorage.setItem('control', 'WORDS IN CLEAR')")
    story.a.goto(f"{story.server.url}/#/f/me")
    press(story.a, "锁定")
    expect(story.a.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    story.one.close()
    story.two.close()
    assert holding(story.one.folder, "WORDS IN CLEAR")
    secrets = (UNIT, ALARM.problem, ALARM.place, ALARM.measure, PARTY, BASIS, PIN, "中控室")
    for phone, colleague in ((story.one, SECOND), (story.two, FIRST)):
        found = {each: holding(phone.folder, each) for each in (*secrets, colleague)}
        assert {each: files for each, files in found.items() if files} == {}
    # HKDF without a salt begins with a key of zeros, which is nobody's.
    keys = [key for key in map(bytes.fromhex, story.keys) if any(key)]
    assert len(keys) > 5
    assert [key.hex() for key in keys if holding(story.one.folder, key)] == []
