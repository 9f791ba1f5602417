"""Facts to PDF. The same facts, faces and VERSION give the same bytes on every host.

Nothing is read here but the wording files of the package; what time it is and where the font
files lie is the caller's to say.
"""

import gc
from hashlib import sha256
from typing import assert_never

from printing import VERSION
from printing.dates import parsed_day
from printing.documents import (
    enterprise_poster,
    recheck_opinion,
    rectification_order,
    site_inspection_plan,
    site_inspection_record,
)
from printing.documents.parts import Document
from printing.facts import (
    Facts,
    RecheckOpinion,
    RectificationOrder,
    SiteInspectionPlan,
    SiteInspectionRecord,
    dump,
    load,
)
from printing.layout.boot import RELEASE
from printing.layout.fonts import Faces, MissingGlyph, faces_of, load_faces, with_rare
from printing.layout.page import draw_sheets, fill_sheets
from printing.layout.pdfa import Identity, Press
from printing.poster import load_posters
from printing.wording import sentence

__all__ = ["Faces", "MissingGlyph", "faces_of", "load_faces", "posters", "render", "with_rare"]

CREATOR = f"Anxun printing {VERSION}"


def render(kind: str, facts_json: str, faces: Faces) -> bytes:
    """The paper as an uncompressed PDF/A-2b file.

    Raises FactsError (the facts are not lawful), MissingGlyph (a character no loaded face has),
    WordingError (no sentence in force on the wording date) and Overfull (a name or an address
    longer than a sheet).
    """
    try:
        return _printed(load(kind, facts_json), faces)
    finally:
        gc.collect()  # ReportLab leaves cycles, and the memory of WebAssembly never shrinks


def posters(facts_json: str, faces: Faces) -> bytes:
    """企业码海报, a sheet each. Compressed: it is no paper whose bytes anybody compares.

    Raises FactsError, MissingGlyph, WordingError and Overfull.
    """
    facts = load_posters(facts_json)
    identity = Identity(
        title=sentence(enterprise_poster.FORM_NAME, "title", parsed_day(facts.wording_date)),
        author=facts.bureau,
        subject="",
        creator=CREATOR,
        producer=f"{CREATOR} / ReportLab {RELEASE}",
        when=facts.when,
        digest=sha256(facts_json.encode()).digest(),
    )
    press = Press(faces, identity)
    press.canvas.setPageCompression(1)
    for poster in facts.posters:
        enterprise_poster.draw_poster(press.canvas, faces, facts, poster)
    return press.bytes()


def _printed(facts: Facts, faces: Faces) -> bytes:
    document = _composed(facts, faces)
    press = Press(faces, _identity(facts, document.title))
    draw_sheets(press.canvas, faces, fill_sheets(document.body, document.frame), document.frame)
    return press.bytes()


def _composed(facts: Facts, faces: Faces) -> Document:
    match facts:
        case SiteInspectionRecord():
            return site_inspection_record.compose(facts, faces)
        case RectificationOrder():
            return rectification_order.compose(facts, faces)
        case RecheckOpinion():
            return recheck_opinion.compose(facts, faces)
        case SiteInspectionPlan():
            return site_inspection_plan.compose(facts, faces)
        case _:
            assert_never(facts)


def _identity(facts: Facts, title: str) -> Identity:
    return Identity(
        title=title,
        author=facts.bureau,
        subject=facts.number or "",
        creator=CREATOR,
        producer=f"{CREATOR} / ReportLab {RELEASE}",
        when=facts.when,
        digest=sha256(dump(facts).encode()).digest(),
    )
