"""Where lines break."""

import pytest
from paper_samples import Chance, words

from printing.layout.flow import NO_END, NO_START, WORD, Style, set_text
from printing.layout.fonts import MissingGlyph

STYLE = Style(14, 22.5, indent=28)
WIDTH = 14 * 20


def lines_of(faces, text, width=WIDTH, style=STYLE):
    lines = set_text(faces, text, style, width).lines
    return ["".join(glyph.character for glyph in line.glyphs) for line in lines]


def test_the_first_line_is_indented_by_two_characters(faces):
    assert [len(line) for line in lines_of(faces, "安" * 50)] == [18, 20, 12]


def test_no_character_is_lost_and_no_line_is_too_long(faces):
    for seed in range(30):
        text = words(Chance(seed), 400)
        lines = set_text(faces, text, STYLE, WIDTH).lines
        assert "".join(glyph.character for line in lines for glyph in line.glyphs) == text
        for line in lines:
            assert sum(glyph.width for glyph in line.glyphs) <= line.room


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(faces):
    sentence = "检查（第二次）时，发现《台账》缺页：共三处；均未改。"
    for shift in range(24):
        lines = lines_of(faces, "安" * shift + sentence * 6)
        assert not any(line[0] in NO_START for line in lines)
        assert not any(line[-1] in NO_END for line in lines)


def test_words_and_numbers_stay_whole(faces):
    for shift in range(24):
        lines = lines_of(faces, "安" * shift + "报警器GT-204关闭" * 6)
        assert sum(line.count("GT-204") for line in lines) == 6


def test_a_word_longer_than_the_line_is_broken(faces):
    lines = lines_of(faces, "编号" + "X" * 90)
    assert len(lines) > 2
    assert all(set(line) <= WORD for line in lines[1:])


def test_the_empty_half_between_two_marks_is_taken_out(faces):
    close, apart = (
        set_text(faces, text, STYLE, WIDTH).lines[0] for text in ("：《法》", "：法《》")
    )
    assert sum(glyph.width for glyph in close.glyphs) == 3500
    assert sum(glyph.width for glyph in apart.glyphs) == 4000


def test_a_line_break_of_the_writer_is_kept(faces):
    assert lines_of(faces, "甲\n乙") == ["甲", "乙"]
    assert lines_of(faces, "") == [""]


def test_a_paragraph_is_cut_with_two_lines_on_either_side(faces):
    text = set_text(faces, "安" * 98, STYLE, WIDTH)
    assert len(text.lines) == 5
    head, tail = text.split(4 * 22.5)
    assert (len(head.lines), len(tail.lines)) == (3, 2)
    assert text.split(1.9 * 22.5) is None
    assert set_text(faces, "安" * 50, STYLE, WIDTH).split(60) is None


def test_rare_characters_come_from_the_rare_face(faces):
    (line,) = set_text(faces, "李㛃与王𫖮", STYLE, WIDTH).lines
    assert [glyph.face.name for glyph in line.glyphs] == [
        "anxun-body",
        "anxun-rare",
        "anxun-body",
        "anxun-body",
        "anxun-rare",
    ]


def test_a_character_nobody_has_is_an_error_that_names_it(faces):
    with pytest.raises(MissingGlyph) as fault:
        set_text(faces, "王\U0002f9ff明", STYLE, WIDTH)
    assert fault.value.character == "\U0002f9ff"
    assert "U+2F9FF" in str(fault.value)
