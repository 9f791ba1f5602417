"""The file around the sheets: what PDF/A-2b (ISO 19005-2) asks of it, and no clock.

XMP metadata says what the document information says; one output intent; a file identifier
made from the facts; every stream as it is, uncompressed.
"""

import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from printing.layout.boot import Instant
from printing.layout.fonts import Faces
from printing.layout.page import A4
from printing.layout.profile import colour_profile

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{instant}</xmp:CreateDate><xmp:ModifyDate>{instant}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Identity:
    """What the file says of itself. `when`: milliseconds UTC; `digest`: of the facts."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    when: int
    digest: bytes


class Press:
    """One file in the making: draw on `canvas`, then take the bytes."""

    def __init__(self, faces: Faces, identity: Identity) -> None:
        self.identity = identity
        self._file = BytesIO()
        self.canvas: Any = Canvas(
            self._file, pagesize=A4, initialFontName=faces.body.name, pdfVersion=(1, 7)
        )
        self.canvas.setViewerPreference("PrintScaling", "None")
        self.canvas.setTitle(identity.title)
        self.canvas.setAuthor(identity.author)
        self.canvas.setSubject(identity.subject)
        self.canvas.setCreator(identity.creator)
        self.canvas.setProducer(identity.producer)
        self.canvas._doc._timeStamp = Instant(identity.when // 1000)

    def bytes(self) -> bytes:
        """The finished file."""
        document = self.canvas._doc
        document.updateSignature(self.identity.digest)
        catalog = document.Catalog
        catalog.__NoDefault__ = catalog.__Refs__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.Metadata = _metadata(self.identity)
        catalog.OutputIntents = _output_intents(document)
        self.canvas.save()
        return self._file.getvalue()


def _metadata(identity: Identity) -> Any:
    instant = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(identity.when // 1000))
    words = ("title", "author", "subject", "creator", "producer")
    texts = {word: escape(getattr(identity, word)) for word in words}
    xmp = XMP.format(instant=instant, **texts)
    return _stream(xmp.encode(), Type=pdfdoc.PDFName("Metadata"), Subtype=pdfdoc.PDFName("XML"))


def _output_intents(document: Any) -> Any:
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB primaries, gamma 2.2"),
        "DestOutputProfile": document.Reference(_stream(colour_profile(), N=3), "profile"),
    }
    return pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


def _stream(content: bytes, **entries: Any) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    for name, value in entries.items():
        stream.dictionary[name] = value
    return stream
