"""Records every dossier may hold, whatever its kind."""

from sync.server.schema import Authority, EntityRule, Record, Sealed, Value, entity


class EnterpriseName(Value):
    """被检查单位 as the opener knew it: from the register, or typed from a business licence."""

    code: str
    name: str = ""
    id: str = ""


class Place(Value):
    """WGS-84 position in 1e-7 degree; accuracy in decimetres."""

    lat: int
    lon: int
    accuracy: int = 0


class Dossier(Record):
    """卷宗: the unit of permission, sync, archiving and export. Its record id names the dossier."""

    kind: Sealed[str] = ""
    bureau: Sealed[str] = ""
    section: Sealed[str] = ""
    enterprise: Sealed[EnterpriseName] | None = None
    reason: Sealed[str] = ""


class Addendum(Record):
    """补充说明: words added to a sealed record; a wrong end of visit is corrected so."""

    of: Sealed[str] = ""
    text: Sealed[str] = ""
    corrects: Sealed[dict[str, int]] | None = None


class Mark(Record):
    """What breaks only order or number: accepted, and said so (QU6)."""

    of: Authority[str] = ""
    kind: Authority[str] = ""
    text: Authority[str] = ""
    source: Authority[str] = ""


ENTITIES: tuple[EntityRule, ...] = (
    entity("dossier", Dossier),
    entity("addendum", Addendum),
    entity("mark", Mark, "server"),
)
