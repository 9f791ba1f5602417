"""`/v/{code}`: is this paper genuine? For any phone, without an account or script."""

from html import escape
from typing import Any

from litestar import Controller, MediaType, Request, get
from litestar.params import Parameter

from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.limits import spend
from backend.features.documents import tables
from backend.features.documents.rules import standing
from backend.features.documents.tables import Issued

_LOOKUPS = 30
_WINDOW_MS = 60_000

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>文书验真 · 安巡</title>
<style>
:root{{color-scheme:light}}
body{{margin:0;background:#F4F6F5;color:#16211F;font:16px/1.6 "PingFang SC","Noto Sans CJK SC",sans-serif}}
main{{max-width:36em;margin:0 auto;padding:16px}}
.answer{{border:2px solid;border-radius:12px;background:#fff;padding:16px;margin:8px 0 16px}}
.genuine{{color:#1B6B3A}}.void,.differs{{color:#A8261D}}.unknown{{color:#7A4A00}}
h1{{font-size:22px;line-height:1.4;margin:0}}
.answer p{{color:#16211F;margin:8px 0 0}}
dl{{background:#fff;border:1px solid #CFD7D4;border-radius:12px;padding:12px 16px;margin:0}}
dt{{font-size:14px;color:#46534F}}dd{{margin:0 0 8px;font-weight:700}}
ol{{padding-left:1.4em}}small{{color:#46534F}}
</style></head><body><main><p><b>文书验真</b></p>
<section class="answer {kind}" role="status"><h1>{answer}</h1>{words}</section>
{facts}<h2>接下来</h2><ol>{steps}</ol>
<small>本页不显示企业人员的个人信息。文书内容以纸质或送达的文书为准。</small>
</main></body></html>"""

_ANSWERS = {
    "genuine": ("✔ 这份文书是真的", "请核对下面的文号、机关和日期与手中文书是否一致。"),
    "void": ("✘ 是真的，但已作废", "这个文号不再使用，以机关重新出具的文书为准。"),
    "differs": ("✘ 内容与存档不一致", "请以机关答复为准，不要只凭这份文件办事。"),
    "unknown": (
        "？ 查不到这个码",
        "可能还没联网上传，24 小时后再查；急用请拨打文书上印的机关电话。",
    ),
}
_STEPS = {
    "genuine": ("核对文号和日期。", "按文书写明的期限整改；不服的，可依文书写明的途径申请救济。"),
    "void": ("保留这份纸。", "联系出具机关，取得新的文书。"),
    "differs": ("保留这份文件，不要改动。", "拨打机关电话或 12345 核实。"),
    "unknown": ("检查网址是否完整。", "24 小时后再查一次。", "仍查不到，拨打 12345 核实。"),
}


class VerificationRoutes(Controller):
    """Answer first, in one sentence; no personal data (ux.md 3.27)."""

    @get("/v/{code:str}", media_type=MediaType.HTML)
    async def verify(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        code: str = Parameter(max_length=64),
    ) -> str:
        """The page of one code."""
        client = request.client.host if request.client else ""
        now = dossiers.clock.now()
        async with dossiers.database.write() as connection:
            await spend(connection, f"verify/{client}", _LOOKUPS, _WINDOW_MS, now)
        async with dossiers.database.read() as connection:
            found = await tables.find_issued(connection, code=code)
        return page(found[-1] if found else None)


def page(issued: Issued | None) -> str:
    """The whole page."""
    kind = standing(issued.voided, issued.checked) if issued else "unknown"
    answer, words = _ANSWERS[kind]
    return _PAGE.format(
        kind=kind,
        answer=answer,
        words=f"<p>{words}</p>",
        facts=_facts(issued) if issued else "",
        steps="".join(f"<li>{step}</li>" for step in _STEPS[kind]),
    )


def _facts(issued: Issued) -> str:
    rows = [
        ("文号", issued.number),
        ("出具机关", issued.bureau_name),
        ("签发日期", day_of(issued.issued)),
    ]
    if issued.voided is not None:
        rows.append(("作废日期", day_of(issued.voided)))
    cells = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f"<dl>{cells}</dl>"
