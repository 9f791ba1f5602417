"""Numbers of visits in a bureau that has set them: planned, approved, taken (S3-3.1 to S3-3.3)."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from backend.app import make_dossiers
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.days import day_of
from backend.core.registers import row_of
from backend.core.signing import ServerKeys
from backend.features.inspections import public as inspections
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone
from tests.features.plans.test_approval import answer, records

Enrol = Callable[[str], Phone]
FULL, LAST, FREE, COUNTY, GOOD = (
    "91650100MA01X0702R",
    "91650100MA02X1714T",
    "91650100MA03X2726U",
    "91650100MA06X5751W",
    "91650100MA07X6763X",
)
TODAY = day_of(SystemClock().now())
COMPLAINT = {"code": "complaint", "reference": "乌应急举报〔2026〕9号", "approver": "王磊"}


def draft(**over: Any) -> dict[str, Any]:
    return {
        "enterprise": LAST,
        "planned_for": TODAY,
        "reason": "年度监督检查计划",
        "officers": ["sunli", "mutalifu"],
        "items": ["WH-01", "WH-12"],
        "content": "可燃气体报警",
        "focus": "报警器停用审批",
        "method": "现场核查、查阅台账",
        "steps": "亮证告知，先罐区后仓库",
        "off_site": {"answer": "no", "reason": "要实测报警器"},
        **over,
    }


def submit(phone: Phone, **over: Any) -> Any:
    return phone.post("/api/v1/plans", draft(**over))


def code_of(reply: Any) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


def submitted(phone: Phone, **over: Any) -> str:
    reply = submit(phone, **over)
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def reviewed(phone: Enrol, **over: Any) -> str:
    plan = submitted(phone("sunli"), **over)
    assert answer(phone("zhangwei"), plan, "review").status_code == 200
    return plan


def advice(phone: Phone, enterprise: str) -> dict[str, Any]:
    path = f"/api/v1/plans/advice?enterprise={enterprise}&planned_for={TODAY}"
    reply = phone.client.get(path, headers=phone.headers())
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def test_s3_3_1_at_the_cap_a_plan_is_refused_until_the_exemption_is_whole(phone: Enrol) -> None:
    sunli = phone("sunli")
    assert code_of(submit(sunli, enterprise=FULL)) == (422, "over_cap")
    bare = submit(sunli, enterprise=FULL, exemption={"code": "complaint"})
    assert (code_of(bare), bare.json()["missing"]) == (
        (422, "over_cap"),
        ["reference", "approver"],
    )
    assert submit(sunli, enterprise=FULL, exemption=COMPLAINT).status_code == 201


def test_s3_3_1_the_last_place_is_approved_once(phone: Enrol) -> None:
    one, two = reviewed(phone), reviewed(phone, reason="双随机抽查", kind="random")
    wanglei = phone("wanglei")
    assert answer(wanglei, one, "approve").status_code == 200
    assert code_of(answer(wanglei, two, "approve")) == (422, "over_cap")
    told = advice(phone("sunli"), LAST)
    assert (told["count"]["counted"], told["reserved"]) == (4, 1)
    assert (told["count"]["rechecks"], told["count"]["exempt"], told["count"]["joint"]) == (1, 1, 1)


def test_a_plan_cancelled_before_arrival_gives_its_place_back(phone: Enrol) -> None:
    plan = reviewed(phone)
    dossier = answer(phone("wanglei"), plan, "approve").json()["dossier"]
    sunli, path = phone("sunli"), f"/api/v1/plans/{plan}/cancel"
    assert code_of(sunli.post(path, {"words": " "})) == (422, "words")
    assert code_of(phone("lvxin").post(path, {"words": "停产"})) == (403, "forbidden")
    assert sunli.post(path, {"words": "企业停产检修"}).json()["state"] == "cancelled"
    assert code_of(sunli.post(path, {"words": "再取消"})) == (409, "plan_state")
    withdrawn = records(sunli, dossier)["inspection"][0]["withdrawn"]["heads"][0]["value"]
    assert withdrawn == {"reason": "企业停产检修"}
    assert advice(sunli, LAST)["reserved"] == 0


def test_s3_3_2_whether_it_could_be_done_off_site_is_asked_first(phone: Enrol) -> None:
    sunli = phone("sunli")
    assert code_of(submit(sunli, off_site=None)) == (422, "off_site")
    could = {"answer": "yes", "reason": "看远程监测数据即可"}
    assert code_of(submit(sunli, off_site=could)) == (422, "off_site")
    assert submit(sunli, enterprise=FULL, off_site=could, kind="off_site").status_code == 201


@pytest.mark.parametrize("name", ["content", "focus", "method", "steps"])
def test_s3_4_2b_the_plan_says_content_focus_method_and_steps(phone: Enrol, name: str) -> None:
    assert code_of(submit(phone("sunli"), **{name: " "})) == (422, name)


def test_what_is_suggested_before_a_plan(phone: Enrol) -> None:
    sunli = phone("sunli")
    kinds = {each["kind"] for each in advice(sunli, COUNTY)["advice"]}
    assert kinds == {"floor", "owner"}
    assert [each["kind"] for each in advice(sunli, GOOD)["advice"]] == ["self_check"]
    near = submitted(sunli)
    (merge,) = [each for each in advice(sunli, LAST)["advice"] if each["kind"] == "merge"]
    assert merge["plans"] == [near]


def test_a_refused_plan_is_written_anew_once_and_stays_as_it_was(phone: Enrol) -> None:
    sunli = phone("sunli")
    plan = submitted(sunli)
    assert code_of(submit(sunli, replaces=plan)) == (422, "replaced")
    answer(phone("zhangwei"), plan, "review", "no", "重点不清")
    elsewhere = submit(sunli, replaces=plan, enterprise=GOOD)
    assert (code_of(elsewhere), "原来那家企业" in elsewhere.json()["title"]) == (
        (422, "replaced"),
        True,
    )
    better = submitted(sunli, replaces=plan, focus="1号罐区报警器")
    view = sunli.client.get(f"/api/v1/plans/{plan}", headers=sunli.headers()).json()
    assert (view["state"], view["replaced_by"]) == ("refused", better)
    assert view["answers"][0]["words"] == "重点不清"
    assert code_of(submit(sunli, replaces=plan)) == (422, "replaced")


def test_the_approved_plan_carries_the_facts_of_its_printed_form(phone: Enrol) -> None:
    joint = [{"name": "市消防救援支队", "task": "消防设施"}]
    plan = reviewed(phone, joint=joint, equipment=["执法记录仪"], starts="09:30", place="1号罐区")
    dossier = answer(phone("wanglei"), plan, "approve", words="同意").json()["dossier"]
    held = records(phone("sunli"), dossier)["plan"][0]
    paper = json.loads(held["paper"]["heads"][0]["value"])
    assert paper["number"].startswith("（乌）应急检查〔")
    assert paper["bodies"] == ["市消防救援支队：消防设施"]
    assert (paper["review"]["name"], paper["approval"]["name"]) == ("张伟", "王磊")
    assert paper["count"] == "上限 4 次，本次是第 4 次，可以检查。"
    assert len(paper["items"]) == 2


def test_s3_a3_a_special_check_is_one_report_one_approval_and_has_its_days(phone: Enrol) -> None:
    zhangwei, wanglei, sunli = phone("zhangwei"), phone("wanglei"), phone("sunli")
    path = "/api/v1/special-checks"
    body = {
        "kind": "special",
        "title": "夏季危化品专项检查",
        "need": "高温期事故多发",
        "target": "重大危险源企业",
        "content": "降温喷淋、报警",
        "since": TODAY,
        "until": TODAY,
    }
    assert code_of(sunli.post(path, body)) == (403, "forbidden")
    assert code_of(zhangwei.post(path, {**body, "need": ""})) == (422, "need")
    special = zhangwei.post(path, body).json()["id"]
    planned = {"enterprise": LAST, "kind": "special", "special": special}
    assert code_of(submit(sunli, **planned)) == (422, "special")
    assert code_of(zhangwei.post(f"{path}/{special}/answer", {"answer": "yes"})) == (
        403,
        "forbidden",
    )
    assert wanglei.post(f"{path}/{special}/answer", {"answer": "yes"}).json()["serial"] == 1
    assert submit(sunli, **planned).status_code == 201
    ledger = wanglei.client.get(path, headers=wanglei.headers()).json()
    assert (ledger["approved"], ledger["most"]) == (1, 6)


def test_s3_a3_the_year_has_so_many_special_checks(phone: Enrol) -> None:
    zhangwei, wanglei = phone("zhangwei"), phone("wanglei")
    path = "/api/v1/special-checks"
    texts = dict.fromkeys(("title", "need", "target", "content"), "夏季")
    body = {"kind": "key_period", **texts, "since": TODAY, "until": TODAY}
    names = [zhangwei.post(path, body).json()["id"] for _ in range(7)]
    told = [wanglei.post(f"{path}/{name}/answer", {"answer": "yes"}) for name in names]
    assert [reply.status_code for reply in told] == [200] * 6 + [409]
    assert told[-1].json()["code"] == "special_number"


def test_s3_2_2_a_new_version_is_planned_with_and_the_old_one_kept(phone: Enrol) -> None:
    sunli, liufang = phone("sunli"), phone("liufang")
    dossier = answer(phone("wanglei"), reviewed(phone), "approve").json()["dossier"]
    lists = liufang.client.get("/api/v1/item-lists", headers=liufang.headers()).json()
    old = lists[0]["list"]
    items = [each for each in old["items"] if each["id"] != "WH-01"]
    fresh = {**old, "version": "2027.1", "in_force": TODAY, "filed": "市司法局〔2027〕5号"}
    fresh["items"] = items
    assert code_of(sunli.post("/api/v1/item-lists", fresh)) == (403, "forbidden")
    assert code_of(liufang.post("/api/v1/item-lists", {**fresh, "items": []})) == (422, "items")
    assert liufang.post("/api/v1/item-lists", fresh).status_code == 201
    assert code_of(liufang.post("/api/v1/item-lists", fresh)) == (409, "list_version")
    lists = liufang.client.get("/api/v1/item-lists", headers=liufang.headers()).json()
    assert [each["list"]["version"] for each in lists] == ["2027.1", "2026.1"]
    assert lists[0]["change"] == {"added": [], "dropped": ["WH-01"], "changed": []}
    assert code_of(submit(sunli, enterprise=FREE, items=["WH-01"])) == (422, "items")
    kept = records(sunli, dossier)
    assert kept["inspection"][0]["list_version"]["heads"][0]["value"] == "2026.1"
    assert len(kept["check"]) == 2


def test_nothing_of_one_bureau_is_seen_by_the_other(phone: Enrol) -> None:
    sunli, lijie = phone("sunli"), phone("lijie")
    plan = submitted(sunli)
    for path in (
        f"/api/v1/plans/{plan}",
        f"/api/v1/plans/advice?enterprise={LAST}&planned_for={TODAY}",
    ):
        assert lijie.client.get(path, headers=lijie.headers()).status_code == 404
    assert lijie.post(f"/api/v1/plans/{plan}/cancel", {"words": "x"}).status_code == 404
    assert submit(lijie, officers=["lijie", "nurlan"]).status_code == 404
    for register in ("ref.enterprises.urumqi", "ref.packs.urumqi", "ref.items.urumqi"):
        path = f"/api/v1/sync/snapshot/{register}"
        assert lijie.client.get(path, headers=lijie.headers()).status_code in (403, 404)
    carried = {each["dossier"] for each in lijie.pull({}).json()["control"]}
    assert not any(".urumqi" in name for name in carried)


@ON_BOTH
def test_two_phones_that_used_the_last_place_offline_both_stay_and_one_is_marked(
    phone: Enrol, settings: Settings
) -> None:
    ended, base = [], SystemClock().now() - 60_000
    for login, at in (("sunli", 20), ("mutalifu", 10)):
        one = phone(login)
        record = one.new_record()
        unit = {"id": LAST, "code": LAST, "name": "米东气体"}
        one.author(
            record,
            "dossier",
            record,
            {"kind": "inspection", "bureau": "urumqi", "section": "u-whk", "enterprise": unit},
        )
        fields = {"kind": "enforcement", "started": base + at, "sector": "hazardous_chemicals"}
        one.author(record, "inspection", one.new_record(), fields)
        reply = one.push()
        assert reply.status_code == 200, reply.text
        assert reply.json()["other"] == []
        ended.append((one, record))
    asyncio.run(summarised(settings))
    (later, over), (earlier, within) = ended
    marked = _marks(later, over)
    assert marked.count("over_cap") == 1
    assert "over_cap" not in _marks(earlier, within)


async def summarised(settings: Settings) -> None:
    """The worker's job, done here and now; what changes in an earlier year's dossier hides nothing."""
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    year = int(TODAY[:4])
    for changed in (year, year - 1):
        asked = {"bureau": "urumqi", "enterprise": LAST, "year": changed}
        await inspections.summarise(dossiers, asked)
    async with database.read() as connection:
        row = await row_of(connection, "ref.enterprises.urumqi", "enterprise_summary", LAST)
    assert row is not None
    assert row["year"] == year
    assert [visit.get("over", False) for visit in row["visits"]].count(True) == 1
    await database.close()


def _marks(phone: Phone, dossier: str) -> list[str]:
    found = records(phone, dossier).get("mark", [])
    return [row["kind"]["heads"][0]["value"] for row in found]
