"""For each route what is asked of it: well formed, so that only permission can stand in the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from backend.features.imports.papers.workbook import XLSX
from tests.features.disclosure.visit import day
from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import PIECE, TUS, announce, metadata, photo
from tests.features.identity.desk import CERTIFICATE
from tests.features.plans.test_caps_bureau import draft
from tests.features.rights.expecting import Place
from tests.features.rights.town import SPECIAL, Thing, Town

KINDS = {
    "enterprises": "manage_registers",
    "officers": "manage_accounts",
    "items": "manage_items",
}


@dataclass(frozen=True)
class Ask:
    """One request. `shows`: a list holds it for those who may and for nobody else. `act` where the
    content decides which of the route's acts is meant. `hides`: codes of a 404 that keep a secret,
    empty for every one. `makers`: roles that may because the thing is theirs.
    """

    path: str
    body: Any = None
    place: Place = ""
    shows: str = ""
    shown_to_all: bool = True
    act: str = ""
    secret: bool = False
    hides: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)


Builder = Callable[[Town], list[Ask]]
NOT_FOUND_IS_NO_SECRET = frozenset({"-"})
NO = {"answer": "no", "words": ""}
TEXT = {"name": "试验.txt", "data": "AAAA"}
NAMELESS = dict.fromkeys(("name", "district", "region", "government", "court"), "")
MAKER = frozenset({"R1"})
ROUTES: dict[str, Builder] = {}


def everywhere(make: Callable[[Thing, Place], Ask]) -> Builder:
    return lambda town: [make(thing, place) for place, thing in town.things.items()]


def once(path: str, body: Any = None, **more: Any) -> Builder:
    return lambda _: [Ask(path, body, **more)]


def _sync() -> dict[str, Builder]:
    def foreign(path: str, body: Any) -> Builder:
        """With somebody else's enrolment: it is nobody's but his (SN12)."""
        return lambda town: [
            Ask(path, body, "own", headers={"Anxun-Enrolment": thing.mate.device})
            for thing in town.things.values()
        ]

    def check(thing: Thing, place: Place) -> Ask:
        zero = {"dossier": thing.dossier, "seq": 1, "count": 1, "digest": "0" * 64}
        return Ask("/api/v1/sync/check", {"timeline": thing.mate.timeline, **zero}, place)

    return {
        "POST /api/v1/sync/hello": foreign("/api/v1/sync/hello", {}),
        "POST /api/v1/sync/push": foreign("/api/v1/sync/push", {}),
        "POST /api/v1/sync/lifeboat": foreign("/api/v1/sync/lifeboat", {}),
        "POST /api/v1/sync/pull": foreign("/api/v1/sync/pull", {}),
        "POST /api/v1/sync/check": everywhere(check),
        "GET /api/v1/sync/snapshot/{dossier}": everywhere(
            lambda thing, place: Ask(f"/api/v1/sync/snapshot/{thing.dossier}", place=place)
        ),
        "GET /api/v1/sync/poke": lambda town: [
            Ask(f"/api/v1/sync/poke?device={thing.mate.device}", place="own")
            for thing in town.things.values()
        ],
    }


def _own() -> dict[str, Builder]:
    word = {"old": "wrong", "new": "梧桐树下三点半开会吧"}
    return {
        "GET /api/v1/me": once("/api/v1/me"),
        "DELETE /api/v1/session": once("/api/v1/session"),
        "POST /api/v1/enrolments": once("/api/v1/enrolments", {"public_key": "x", "name": "x"}),
        "POST /api/v1/me/password": once("/api/v1/me/password", word),
        "GET /api/v1/me/sessions": once("/api/v1/me/sessions"),
        "DELETE /api/v1/me/sessions/{name}": lambda town: [
            Ask(f"/api/v1/me/sessions/{town.session}", place="own")
        ],
        "GET /api/v1/delegations": lambda town: [
            Ask("/api/v1/delegations"),
            Ask("/api/v1/delegations", place="own", shows=town.delegation),
        ],
        "DELETE /api/v1/delegations/{delegation}": lambda town: [
            Ask(f"/api/v1/delegations/{town.delegation}", place="own")
        ],
        "POST /api/v1/push/subscriptions": once(
            "/api/v1/push/subscriptions",
            {"endpoint": "", "p256dh": "", "auth": "", "device": ""},
            hides=NOT_FOUND_IS_NO_SECRET,
        ),
        "DELETE /api/v1/push/subscriptions": once("/api/v1/push/subscriptions", {"endpoint": "x"}),
        "GET /api/v1/push/key": once("/api/v1/push/key"),
        "GET /api/v1/inbox": once("/api/v1/inbox"),
        "POST /api/v1/inbox/{message}/acknowledge": once(
            "/api/v1/inbox/x/acknowledge", hides=NOT_FOUND_IS_NO_SECRET
        ),
        "GET /api/v1/calendar": once("/api/v1/calendar"),
        "POST /api/v1/calendar": once("/api/v1/calendar", {"?": 1}),
        "DELETE /api/v1/calendar": once("/api/v1/calendar"),
        "HEAD /uploads/{upload}": lambda town: [Ask(town.upload, place="own", headers=TUS)],
        "PATCH /uploads/{upload}": lambda town: [
            Ask(town.upload, b"x", "own", headers={**PIECE, "Upload-Offset": "0"})
        ],
        "DELETE /uploads/{upload}": lambda town: [Ask(town.upload, place="own", headers=TUS)],
        "POST /uploads/{upload}": lambda town: [
            Ask(town.upload, place="own", headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
        ],
    }


def _accounts() -> dict[str, Builder]:
    def of_person(path: str, body: Callable[[Thing], Any], **more: Any) -> Builder:
        return everywhere(
            lambda thing, place: Ask(path.format(thing.staff.mate), body(thing), place, **more)
        )

    def listed(path: str, what: Callable[[Thing], str]) -> Builder:
        return everywhere(lambda thing, place: Ask(path, place=place, shows=what(thing)))

    def person(thing: Thing) -> dict[str, Any]:
        of = thing.staff
        return {"login": of.mate, "name": "某人", "section": of.section, "roles": ["R1"]}

    section = {"name": "", "kind": "supervision", "sectors": []}
    people = "/api/v1/admin/people"
    return {
        f"GET {people}": listed(people, lambda thing: thing.staff.mate),
        f"POST {people}": once(people, {"login": "", "name": "", "section": "whk", "roles": []}),
        f"POST {people}/{{officer}}": of_person(f"{people}/{{}}", person),
        f"POST {people}/{{officer}}/state": of_person(
            f"{people}/{{}}/state", lambda _: {"active": True, "words": "误停"}
        ),
        f"POST {people}/{{officer}}/certificates": of_person(
            f"{people}/{{}}/certificates", lambda _: {**CERTIFICATE, "until": "2000-01-01"}
        ),
        f"POST {people}/{{officer}}/suspension": of_person(
            f"{people}/{{}}/suspension",
            lambda _: {"number": "x", "suspended": True, "words": "核查"},
            hides=frozenset({"officer"}),
        ),
        f"POST {people}/{{officer}}/enrolment-code": of_person(
            f"{people}/{{}}/enrolment-code", lambda _: None
        ),
        "POST /api/v1/admin/codes": everywhere(
            lambda thing, place: Ask("/api/v1/admin/codes", {"officers": [thing.staff.mate]}, place)
        ),
        "POST /api/v1/admin/sections": once("/api/v1/admin/sections", section),
        "POST /api/v1/admin/sections/{section}": everywhere(
            lambda thing, place: Ask(
                f"/api/v1/admin/sections/{thing.staff.section}", section, place
            )
        ),
        "POST /api/v1/admin/bureau": once("/api/v1/admin/bureau", NAMELESS),
        "POST /api/v1/admin/approval": once("/api/v1/admin/approval", {"needed": False}),
        "GET /api/v1/admin/enrolments": listed(
            "/api/v1/admin/enrolments", lambda thing: thing.mate.device
        ),
        "POST /api/v1/admin/enrolments/{device}/revoke": everywhere(
            lambda thing, place: Ask(
                f"/api/v1/admin/enrolments/{thing.mate.device}/revoke", {"words": "丢失"}, place
            )
        ),
        "GET /api/v1/admin/audit": everywhere(
            lambda thing, place: Ask(
                f"/api/v1/admin/audit?actor={thing.staff.head}", place=place, shows=thing.staff.head
            )
        ),
        "GET /api/v1/admin/audit.csv": once("/api/v1/admin/audit.csv"),
        "POST /api/v1/faults": once(
            "/api/v1/faults", {"words": "打不开", "lines": ["2026-11-28T10:00:00Z open desk.board"]}
        ),
        "GET /api/v1/faults": once("/api/v1/faults"),
    }


def _plans() -> dict[str, Builder]:
    def on(path: str, body: Any, what: str, **more: Any) -> Builder:
        return everywhere(
            lambda thing, place: Ask(path.format(getattr(thing, what)), body, place, **more)
        )

    def in_state(state: str, what: str, act: str) -> list[Callable[[Thing, Place], Ask]]:
        path = f"/api/v1/plans?plan_state={state}"
        return [
            lambda thing, place: Ask(
                path, place=place, shows=getattr(thing, what), act=act, makers=MAKER
            )
        ]

    (reviewing,) = in_state("pending_review", "to_review", "review_plan")
    (approving,) = in_state("pending_approval", "to_approve", "approve_plan")
    advice = "/api/v1/plans/advice?planned_for=" + day(0) + "&enterprise="
    empty = {"version": "", "title": "", "in_force": "", "published": "", "filed": "", "items": []}
    return {
        "POST /api/v1/plans": once("/api/v1/plans", draft(items=[]), hides=NOT_FOUND_IS_NO_SECRET),
        "GET /api/v1/plans": lambda town: [
            make(thing, place)
            for make in (reviewing, approving)
            for place, thing in town.things.items()
        ],
        "GET /api/v1/plans/advice": lambda town: [
            Ask(advice + town.things["own"].staff.enterprise),
            Ask(advice + town.things["bureau"].staff.enterprise, place="bureau"),
        ],
        "GET /api/v1/plans/{plan}": on("/api/v1/plans/{}", None, "to_approve", makers=MAKER),
        "POST /api/v1/plans/{plan}/review": on("/api/v1/plans/{}/review", NO, "to_review"),
        "POST /api/v1/plans/{plan}/approve": on("/api/v1/plans/{}/approve", NO, "to_approve"),
        "POST /api/v1/plans/{plan}/cancel": on(
            "/api/v1/plans/{}/cancel", {"words": ""}, "to_review", makers=MAKER
        ),
        "GET /api/v1/item-lists": once("/api/v1/item-lists"),
        "POST /api/v1/item-lists": once("/api/v1/item-lists", empty),
        "GET /api/v1/special-checks": everywhere(
            lambda thing, place: Ask("/api/v1/special-checks", place=place, shows=thing.special)
        ),
        "POST /api/v1/special-checks": once("/api/v1/special-checks", {**SPECIAL, "need": ""}),
        "POST /api/v1/special-checks/{special}/answer": on(
            "/api/v1/special-checks/{}/answer", NO, "special"
        ),
    }


def _dossiers() -> dict[str, Builder]:
    def listed(path: str, **more: Any) -> Builder:
        return everywhere(lambda thing, place: Ask(path, place=place, shows=thing.dossier, **more))

    def on(path: str, body: Any = None, what: str = "dossier", **more: Any) -> Builder:
        return everywhere(
            lambda thing, place: Ask(path.format(getattr(thing, what)), body, place, **more)
        )

    unknown = frozenset({"dossier"})
    return {
        "GET /api/v1/dossiers": listed("/api/v1/dossiers"),
        "GET /api/v1/search": listed("/api/v1/search?q=公司"),
        "GET /api/v1/stale-citations": listed("/api/v1/stale-citations", shown_to_all=False),
        "GET /api/v1/requests": listed("/api/v1/requests", shown_to_all=False),
        "GET /api/v1/clocks": once("/api/v1/clocks"),
        "POST /api/v1/dossiers/{dossier}/close": on("/api/v1/dossiers/{}/close", {}),
        "POST /api/v1/dossiers/{dossier}/extensions/{record}": on(
            "/api/v1/dossiers/{}/extensions/p00000000000.1.1.00000000", NO, hides=unknown
        ),
        "GET /api/v1/quarantine": everywhere(
            lambda thing, place: Ask("/api/v1/quarantine", place=place, shows=thing.held["device"])
        ),
        "POST /api/v1/quarantine": everywhere(
            lambda thing, place: Ask(
                "/api/v1/quarantine",
                {**thing.held, "answer": "discard", "words": "不归本科"},
                place,
            )
        ),
        "GET /api/v1/evidence/{record}": on("/api/v1/evidence/{}", None, "evidence"),
        "HEAD /api/v1/evidence/{record}": on("/api/v1/evidence/{}", None, "evidence"),
        "GET /api/v1/evidence/{record}/state": on("/api/v1/evidence/{}/state", None, "evidence"),
        "POST /uploads": everywhere(_announced),
        "GET /api/v1/complaints": listed("/api/v1/complaints", secret=True),
        "GET /api/v1/evaluations": listed("/api/v1/evaluations", secret=True),
        "POST /api/v1/complaints/{dossier}": on(
            "/api/v1/complaints/{}", {"act": "close", "words": ""}, "complaint", secret=True
        ),
    }


def _announced(thing: Thing, place: Place) -> Ask:
    facts = metadata(thing.dossier, thing.mate.new_record(), photo(77))
    return Ask("/uploads", place=place, headers=announce(facts, 77))


def _registers() -> dict[str, Builder]:
    def of_kind(what: str, body: Any) -> Builder:
        return lambda _: [
            Ask(f"/api/v1/imports/{kind}/{what}", body, act=act, headers={"Content-Type": XLSX})
            for kind, act in KINDS.items()
        ]

    def of_run(what: str) -> Builder:
        hides = frozenset({"run"})
        return lambda town: [
            Ask(
                f"/api/v1/imports/runs/{run}/{what}",
                place=place,
                act="manage_registers",
                hides=hides,
            )
            for place, run in town.runs.items()
        ]

    def of_enterprise(path: str, act: str = "") -> Builder:
        return everywhere(
            lambda thing, place: Ask(path.format(thing.staff.enterprise), place=place, act=act)
        )

    return {
        "GET /api/v1/enterprises": everywhere(
            lambda thing, place: Ask(
                f"/api/v1/enterprises?q={thing.staff.enterprise}",
                place=place,
                shows=thing.staff.enterprise,
            )
        ),
        "GET /api/v1/enterprises/{enterprise}/code": of_enterprise("/api/v1/enterprises/{}/code"),
        "GET /api/v1/enterprises/{enterprise}/poster": of_enterprise(
            "/api/v1/enterprises/{}/poster"
        ),
        "GET /api/v1/enterprises/posters/files": once("/api/v1/enterprises/posters/files"),
        "GET /api/v1/enterprises/posters": once(
            "/api/v1/enterprises/posters?file=9999", hides=NOT_FOUND_IS_NO_SECRET
        ),
        "POST /api/v1/laws/preview": once("/api/v1/laws/preview", TEXT),
        "POST /api/v1/laws": once("/api/v1/laws", TEXT),
        "GET /api/v1/imports": lambda town: [
            Ask("/api/v1/imports", place=place, shows=run, act="manage_registers")
            for place, run in town.runs.items()
        ],
        "GET /api/v1/imports/{kind}/template": of_kind("template", None),
        "POST /api/v1/imports/{kind}/check": of_kind("check", b"x"),
        "POST /api/v1/imports/{kind}/apply": of_kind("apply?token=x", b"x"),
        "POST /api/v1/imports/runs/{run}/undo": lambda town: [
            Ask(f"/api/v1/imports/runs/{run}/undo", {"rest": False}, place, act="manage_registers")
            for place, run in town.runs.items()
        ],
        "GET /api/v1/imports/runs/{run}/refused": of_run("refused"),
        "GET /api/v1/imports/runs/{run}/refused/sheet": of_run("refused/sheet"),
        "POST /api/v1/delegations": once(
            "/api/v1/delegations",
            {"taker": "nobody", "act": "approve_plan", "since": day(1), "until": day(2)},
        ),
    }


ROUTES.update(_sync() | _own() | _accounts() | _plans() | _dossiers() | _registers())


def send(asking: Phone, method: str, ask: Ask) -> Any:
    """As the one who asks; without a token as nobody."""
    headers = asking.headers() if asking.token else {}
    body = {"content": ask.body} if isinstance(ask.body, bytes) else {"json": ask.body}
    asking.client.cookies.clear()
    return asking.client.request(
        method,
        ask.path,
        headers={**headers, **ask.headers},
        **(body if ask.body is not None else {}),
    )
