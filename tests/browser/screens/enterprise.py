"""What the unit that was inspected says afterwards, through its own page, and what the public says."""

import httpx

from tests.browser.conftest import Server
from tests.browser.office import records
from tests.features.disclosure.visit import TAIL, Browser, day

PERSON = {"name": "周启明", "phone": "13900001111"}
FEEDBACK = {"words": "报警器已恢复，值班制度已改。", **PERSON, "act": "send"}
EXTENSION = {"reason": "备件要从厂家订，四周后到货。", "until": day(60), **PERSON}
COMPLAINT = {"kind": "attitude", "words": "没有出示证件就进了中控室。", "name": "", "phone": ""}
EVALUATION = {"certificates": "no", "words": "检查细致，讲得明白。"}


def speaks(server: Server, dossier: str) -> None:
    """Feedback and 延期申请 on the order, a 投诉, an 评价."""
    (token,) = records(server, dossier, "visit_token")
    (order,) = [
        each
        for each in records(server, dossier, "document")
        if each["kind"] == "rectification_order"
    ]
    door = f"/o/{token['token']}"
    with httpx.Client(base_url=server.url, timeout=30) as client:
        browser = Browser(client)  # type: ignore[arg-type]
        assert browser.enter(door, TAIL).status_code == 303
        for path, form in (
            (f"feedback/{order['id']}/1", FEEDBACK),
            (f"extension/{order['id']}/1", EXTENSION),
            ("complaint", COMPLAINT),
            ("evaluation", EVALUATION),
        ):
            reply = browser.post(f"{door}/{path}", form)
            assert reply.status_code in (200, 201), reply.text
