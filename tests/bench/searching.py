"""How long the phone's searches take in Chromium slowed down four times: the worst keystroke.

The register and the library are made by a fixed generator; with BENCH_LAWS=DIR the library is that
folder's texts, repeated to sixty laws.
"""

import os
import random
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ROOT, launch_options

ENTERPRISES = 20_000
LAWS = 60
SLOWER = 4
SEED = 20_261_128
LAW_QUERIES = (
    "重大事故隐患",
    "第三十八条",
    "38条",
    "动火",
    "二氧化碳",
    "危险化学品 储存",
    "安全生产法",
    "安全生产法36条",
)
ENTERPRISE_QUERIES = ("启明", "昌吉 精细化工", "91652301MA0", "延安北路 18", "没有这样的企业")
# fmt: off
_WORDS = (
    "生产经营单位", "安全设备", "应当", "不得", "重大事故隐患", "危险化学品", "储存", "动火",
    "作业", "二氧化碳", "报警", "装置", "定期", "检测", "维护", "保养",
    "记录", "主要负责人", "责令", "限期改正", "逾期未改正", "停产停业整顿", "罚款", "从业人员",
    "培训", "考核",
)
# fmt: on
_PLACES = ("昌吉", "阜康", "呼图壁", "玛纳斯", "奇台", "吉木萨尔", "木垒")
_TRADES = ("精细化工", "煤业", "面粉", "气体充装", "烟花爆竹", "机械制造", "加油站", "冷链物流")
_NAMES = "启明天山宏泰丰裕万通金源华盛博远恒信瑞祥"
_ROADS = ("延安北路", "乌伊东路", "宁边西路", "健康西路", "准噶尔大道")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def enterprises() -> list[dict[str, str]]:
    """The same 20,000 rows each time."""
    chance = random.Random(SEED)
    return [_enterprise(chance, number) for number in range(ENTERPRISES)]


def _enterprise(chance: random.Random, number: int) -> dict[str, str]:
    place, trade = chance.choice(_PLACES), chance.choice(_TRADES)
    short = "".join(chance.sample(_NAMES, 4)) + trade
    code = "91652301MA" + "".join(chance.choices(_ALPHABET, k=8))
    address = f"{place}市{chance.choice(_ROADS)} {chance.randrange(1, 900)} 号"
    name = f"{place}{short}有限责任公司"
    return {
        "id": f"e{number}",
        "code": code,
        "name": name,
        "short_name": short,
        "address": address,
        "section": "whk",
        "sector": "trade",
    }


def statutes() -> list[str]:
    """Sixty laws: the folder's, repeated, or made up with eighty articles each."""
    folder = os.environ.get("BENCH_LAWS")
    if folder:
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.md"))]
        return (texts * (LAWS // len(texts) + 1))[: max(LAWS, len(texts))]
    chance = random.Random(SEED)
    return [_statute(chance, number) for number in range(LAWS)]


def _statute(chance: random.Random, number: int) -> str:
    lines = [f"# 示例规定{number}"]
    for article in range(1, 81):
        words = ["".join(chance.choices(_WORDS, k=14)) + "。" for _ in range(3)]
        lines += [f"第{_numeral(article)}条 {words[0]}", words[1], f"（一）{words[2]}"]
    return "\n".join(lines)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones else "")


def measure() -> dict[str, float]:
    """Milliseconds by the name of the figure."""
    command = ["node_modules/.bin/vite", "build", "--logLevel", "warn", "--config"]
    config = str(ROOT / "tests/bench/search.vite.mjs")
    subprocess.run([*command, config], cwd=ROOT / "pwa", check=True)
    script = (ROOT / ".cache/bench/searching.js").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page()
        page.add_script_tag(content=script)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        ask = "([name, ...facts]) => bench[name](...facts)"
        law: dict[str, Any] = page.evaluate(ask, ["law", statutes(), LAW_QUERIES, "2026-11-28"])
        rows = enterprises()
        one = rows[ENTERPRISES // 2]
        queries = [*ENTERPRISE_QUERIES, one["name"], one["code"]]
        found: dict[str, Any] = page.evaluate(ask, ["enterprises", rows, queries])
        browser.close()
    return {
        "pwa.law_search_ms": law["worst"],
        "pwa.law_open_ms": law["open"],
        "pwa.search_20k_ms": found["worst"],
    }
