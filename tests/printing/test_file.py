"""The file around the sheets: PDF/A-2b furniture, the code that leads back, drawn signatures."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from paper_samples import BUILDERS, HEADER, WHEN, order, party, record, text_of
from PIL import Image, ImageCms, ImageDraw
from pypdf import PdfReader

from printing import VERSION
from printing.answer import Refused, answer
from printing.layout.profile import colour_profile

ORDER = "rectification_order"


def reader_of(printed, kind=ORDER, **changes):
    return PdfReader(BytesIO(printed(kind, text_of(BUILDERS[kind](**changes))).data))


def test_the_file_claims_pdf_a_2b_and_says_the_same_twice(printed):
    reader = reader_of(printed)
    xmp = ElementTree.fromstring(reader.trailer["/Root"]["/Metadata"].get_data().decode())
    said = {
        element.tag.rpartition("}")[2]: "".join(element.itertext()).strip()
        for element in xmp.iter()
    }
    assert (said["part"], said["conformance"]) == ("2", "B")
    info = reader.metadata
    assert said["title"] == info.title == "责令限期整改指令书"
    assert said["creator"] == info.author == "昌吉回族自治州应急管理局"
    assert said["description"] == info.subject == "（昌）应急责改〔2026〕37号"
    assert said["CreatorTool"] == info.creator == f"Anxun printing {VERSION}"
    assert said["Producer"] == info.producer
    issued = datetime.fromtimestamp(WHEN // 1000, UTC)
    assert info.creation_date == info.modification_date == issued
    assert datetime.fromisoformat(said["CreateDate"]) == issued


def test_every_font_is_embedded_and_can_be_searched(printed):
    fonts = [
        font.get_object()
        for page in reader_of(printed).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert len(fonts) > 2
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
        assert re.fullmatch(r"/[A-Z]{6}\+AnxunSong(Rare)?-(Regular|Bold)", font["/BaseFont"])


def test_no_stream_is_compressed_and_each_ends_as_pdf_a_wants(printed):
    data = printed(ORDER, text_of(order())).data
    assert b"/Filter" not in data
    for stream in re.finditer(rb"/Length (\d+).*?\nstream\n", data, re.DOTALL):
        end = stream.end() + int(stream[1])
        assert data[end : end + 10] == b"\nendstream"


def test_the_file_has_a_language_an_identifier_and_no_script(printed):
    reader = reader_of(printed)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert len(reader.trailer["/ID"]) == 2
    assert not {"/OpenAction", "/AcroForm", "/Names", "/Encrypt"} & (
        root.keys() | reader.trailer.keys()
    )


def test_the_colour_profile_is_one_that_colour_software_reads(printed):
    (intent,) = reader_of(printed).trailer["/Root"]["/OutputIntents"]
    data = intent.get_object()["/DestOutputProfile"].get_data()
    assert data == colour_profile()
    profile = ImageCms.ImageCmsProfile(BytesIO(data))
    assert ImageCms.getProfileName(profile).strip() == "sRGB primaries, gamma 2.2"
    to_srgb = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    grey = ImageCms.applyTransform(Image.new("RGB", (1, 1), (128, 128, 128)), to_srgb)
    assert all(abs(value - 128) < 4 for value in grey.getpixel((0, 0)))


def rectangles(page):
    """The filled rectangles of a sheet: the modules of its code, in points."""
    number = rb"(-?[\d.]+) " * 4
    found = re.findall(number + rb"re", page.get_contents().get_data())
    return [tuple(float(value) for value in box) for box in found]


def test_the_code_leads_back_to_the_record(printed):
    boxes = [box for box in rectangles(reader_of(printed).pages[0]) if box[3] < 5]
    scale, left, foot = 8, min(box[0] for box in boxes), min(box[1] for box in boxes)
    picture = Image.new("L", (54 * scale + 80, 54 * scale + 80), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, width, height in boxes:
        across, up = 40 + (x - left) * scale, picture.height - 40 - (y - foot) * scale
        draw.rectangle((across, up - height * scale, across + width * scale, up), fill=0)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == HEADER["verify_url"]


@pytest.mark.parametrize(
    ("strokes", "curves", "lines"),
    [
        ([[[10, 10]]], 0, 1),
        ([[[0, 0], [1000, 400]]], 0, 1),
        ([[[0, 0], [500, 0], [500, 400], [9, 9]]], 2, 1),
    ],
)
def test_a_signature_is_drawn_as_it_was_written(printed, strokes, curves, lines):
    def drawn(strokes):
        facts = order(party=party(strokes=strokes), problems=order()["problems"][:1])
        content = printed(ORDER, text_of(facts)).pages[0].get_contents().get_data()
        return len(re.findall(rb" c\s", content)), len(re.findall(rb" l\s", content))

    empty = drawn(None)
    assert drawn(strokes) == (empty[0] + curves, empty[1] + lines)


def test_an_answer_is_the_paper_or_the_reason_there_is_none(faces, printed):
    text = text_of(order())
    assert sha256(answer(ORDER, text, faces)).digest() == sha256(printed(ORDER, text).data).digest()
    lacking = answer(ORDER, text_of(order(officers=[])), faces)
    assert (lacking.code, lacking.field) == ("facts", "officers")
    strange = answer(ORDER, text_of(order(addressee="某\ue123公司")), faces)
    assert (strange.code, strange.character) == ("missing_glyph", "\ue123")
    endless = answer("site_inspection_record", text_of(record(place="库" * 3000)), faces)
    assert endless.code == "overfull"
    early = answer(ORDER, text_of(order(wording_date="2020-01-01")), faces)
    assert isinstance(early, Refused)
    assert early.code == "wording"
