"""A bureau's registers at full size: 20,000 enterprises, and the law library where texts are at hand.

The same rows every time, through the features' own doors.
"""

import asyncio
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backend.app import make_dossiers
from backend.core.database import Database
from backend.core.days import day_of
from backend.core.registers import carry
from backend.core.signing import ServerKeys
from backend.demo.register import load_demo
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, GradePeriod, Permit
from backend.features.enterprises.rules import complete_credit_code
from backend.features.identity import public as identity
from tests.browser.conftest import ROOT, Server

COUNT = 20_000
TEXTS = Path(os.environ.get("ANXUN_LAWS", ROOT.parent / "shared" / "laws"))
_HOMES = ("昌吉市", "阜康市", "呼图壁县", "玛纳斯县", "奇台县", "吉木萨尔县", "木垒哈萨克自治县")
_NAMES = ("天山", "博格达", "瀚海", "绿洲", "庭州", "北庭", "玛河", "准东", "丝路", "雪莲", "胡杨")
_TRADES = ("化工", "粮油加工", "机械制造", "煤电", "建材", "气体充装", "纺织", "食品", "仓储物流")
_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "专业合作社", "经营部")
_PEOPLE = ("王建国", "阿迪力·买买提", "李秀英", "马俊", "古丽娜尔", "陈志强", "努尔兰", "赵敏")


def fill(server: Server) -> None:
    """Into the stopped server's database, over what the demo put there."""
    asyncio.run(_fill(server.folder))
    if TEXTS.is_dir():
        server.run("law", "import", str(TEXTS))


async def _fill(folder: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}")
    dossiers = make_dossiers(database, ServerKeys.at(folder / "keys"))
    async with database.write() as connection:
        now = dossiers.clock.now()
        bureau = load_demo(date.fromisoformat(day_of(now))).bureau.id
        await enterprises.register_enterprises(dossiers, connection, bureau, list(rows(COUNT)))
        officers = await identity.register_of_officers(connection, bureau, day_of(now))
        await carry(connection, bureau, officers, now)
    await database.close()


def rows(count: int) -> Iterator[Enterprise]:
    """As a register has them: every field filled, no two alike."""
    for n in range(count):
        home, trade = _HOMES[n % 7], _TRADES[n // 7 % 9]
        short = f"{_NAMES[n % 11]}{_NAMES[n // 11 % 11]}{trade}"
        code = complete_credit_code("91", "652301", f"MB{n:06d}")
        yield Enterprise(
            id=code,
            code=code,
            name=f"{home}{short}{n:05d}号{_FORMS[n % 5]}",
            short_name=f"{short}{n:05d}",
            section="whk" if trade == "化工" else "gmk",
            sector="hazardous_chemicals" if trade == "化工" else "industry_trade",
            address=f"{home}产业园{_NAMES[n // 3 % 11]}路{n % 900 + 1}号{n % 40 + 1}幢",
            legal_representative=_PEOPLE[n % 8],
            phone=f"0994-0{n:06d}",
            high_risk=n % 9 == 0,
            grades=[GradePeriod(grade="3", since="2025-03-01", until="2028-02-28")],
            permits=[
                Permit(kind="排污许可证", number=f"示例{n:08d}", until="2027-06-30"),
            ],
        )
