"""What each paper says, and on which sheet."""

import shutil
import subprocess

import pytest
from paper_samples import (
    BUILDERS,
    PROBLEM_1,
    PROBLEM_2,
    PROBLEM_3,
    officer,
    opinion,
    order,
    record,
    refusing_party,
    text_of,
)

RECORD, ORDER, OPINION = "site_inspection_record", "rectification_order", "recheck_opinion"
UNNUMBERED = {"number": None, "verify_url": None}


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_paper_shows_its_head_number_and_people(printed, kind):
    facts = BUILDERS[kind]()
    text = printed(kind, text_of(facts)).text
    assert text.startswith("安全生产行政执法文书")
    assert facts["number"] in text
    for person in facts["officers"]:
        assert person["name"] in text
        assert person["certificate"] in text
    assert facts["party"]["name"] in text
    assert "2026年9月18日" in text


def test_a_name_beyond_the_basic_plane_can_be_found(printed):
    assert "王𫖮" in printed(RECORD, text_of(record())).text
    assert "李㛃" in printed(RECORD, text_of(record())).text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_another_reader_finds_the_same_words(printed, tmp_path):
    file = tmp_path / "order.pdf"
    file.write_bytes(printed(ORDER, text_of(order(party=refusing_party()))).data)
    found = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    text = "".join(found.decode().split())
    assert "（昌）应急责改〔2026〕37号" in text
    assert "李㛃" in text
    assert "王𫖮" in text
    assert "昌吉回族自治州人民政府申请行政复议" in text


def test_the_record_opens_with_certificates_shown(printed):
    text = printed(RECORD, text_of(record())).text
    assert "我们是昌吉回族自治州应急管理局行政执法人员李㛃、努尔兰·哈森，" in text
    assert "证件号码为31020117、31020142，这是我们的证件（出示证件）。" in text
    assert "检查时间2026年9月18日9时50分至9月18日11时52分" in text
    for paragraph in record()["situation"]:
        assert "".join(paragraph.split()) in text


def test_what_is_not_known_of_the_unit_leaves_its_rule_empty(printed):
    unit = record()["unit"] | {"post": None, "phone": None}
    text = printed(RECORD, text_of(record(unit=unit))).text
    assert "职务联系电话检查场所" in text


def test_the_record_crosses_out_what_is_left_and_bears_no_seal(printed):
    text = printed(RECORD, text_of(record())).text
    assert "（以下空白）" in text
    assert "印章" not in text
    assert "一式两份" not in text


def test_a_long_record_is_signed_again_on_every_sheet(printed):
    paper = printed(RECORD, text_of(record(situation=record()["situation"] * 8)))
    assert len(paper.pages) == 3
    for number, text in enumerate(paper.texts, 1):
        assert "检查人员（签名）：" in text
        assert "被检查单位现场负责人（签名）：" in text
        assert f"第{number}页共3页" in text
    assert all("现场检查记录（续页）" in text for text in paper.texts[1:])


def test_the_order_shows_each_problem_with_its_three_elements(printed):
    text = printed(ORDER, text_of(order())).text
    for problem in (PROBLEM_1, PROBLEM_2, PROBLEM_3):
        assert f"{problem['number']}．" + "".join(problem["text"].split()) in text
        for basis in problem["basis"]:
            assert "".join(basis.split()) in text
        assert f"产生原因：{problem['cause']}" in text
        assert f"整改措施建议：{problem['measure']}" in text


def test_days_that_differ_are_grouped(printed):
    text = printed(ORDER, text_of(order())).text
    assert (
        "现责令你单位对上述第1、3项问题于2026年9月28日前整改完毕；第2项问题于2026年10月15日前整改完毕，"
        "达到有关法律法规规章和标准规定的要求。"
    ) in text


def test_the_order_tells_the_remedies_of_today(printed):
    text = printed(ORDER, text_of(order(problems=[PROBLEM_1]))).text
    assert (
        "如果不服本指令，可以自收到本指令书之日起六十日内依法向昌吉回族自治州人民政府申请行政复议，"
        "或者自收到之日起六个月内依法向昌吉市人民法院提起行政诉讼，但本指令不停止执行，法律另有规定的除外。"
    ) in text


def test_the_order_says_who_keeps_which_copy(printed):
    national = "本文书一式两份：一份由应急管理部门备案，一份交被检查单位。"
    assert national in printed(ORDER, text_of(order())).text
    own = "本文书一式三份：一份存档，一份备案，一份交被检查单位。"
    text = printed(ORDER, text_of(order(copies=own))).text
    assert own in text
    assert national not in text


def test_an_order_of_many_problems_goes_on_overleaf(printed):
    problems = [PROBLEM_1 | {"number": n} for n in range(1, 13)]
    paper = printed(ORDER, text_of(order(problems=problems)))
    assert len(paper.pages) == 4
    assert all("责令限期整改指令书（续页）" in text for text in paper.texts[1:])
    assert "第4页共4页" in paper.texts[-1]
    assert "印章" in paper.texts[-1]
    assert not any("印章" in text for text in paper.texts[:-1])


def test_signatures_never_stand_alone_on_a_sheet(printed):
    for length in range(0, 640, 32):
        problem = PROBLEM_1 | {"text": "安" * (60 + length)}
        paper = printed(ORDER, text_of(order(problems=[problem])))
        last = paper.texts[-1]
        before = last[: last.index("安全生产监管行政执法人员")]
        assert "法律另有规定的除外。" in before


def test_more_people_and_reasons_than_a_sheet_holds(printed):
    crowd = [officer(f"第{n}人", f"3102{n:04}", n) for n in range(18)]
    party = refusing_party(reason="不同意" * 400)
    paper = printed(ORDER, text_of(order(problems=[PROBLEM_1], officers=crowd, party=party)))
    assert all(person["name"] in paper.text for person in crowd)
    assert "印章" in paper.texts[-1]
    assert "文书已留置在现场。" in paper.text


def test_the_opinion_refers_to_its_order_and_judges_item_by_item(printed):
    text = printed(OPINION, text_of(opinion())).text
    assert (
        "本机关于2026年9月18日作出了《责令限期整改指令书》的决定［（昌）应急责改〔2026〕37号］，"
        "经对你单位整改情况进行复查，提出如下意见："
    ) in text
    assert "被人为关闭。已整改完毕。报警器已恢复并检定" in text
    assert "氧化剂与还原剂。未整改。判定依据：《常用化学危险品贮存通则》" in text
    assert "整改期限：2026年10月20日前。" in text
    assert "被复查单位负责人（签名）：" in text


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_refusal_before_a_witness_is_on_the_paper(printed, kind):
    text = printed(kind, text_of(BUILDERS[kind](party=refusing_party()))).text
    assert "负责人周启明拒绝签字，理由：对问题2有异议。" in text
    assert "见证人：王𫖮（昌吉市中山路街道办事处，电话13900000000）。" in text
    assert "文书已留置在现场。" in text
    assert "见证人（签名）：" in text


def test_a_refusal_without_a_witness_says_that_the_service_was_filmed(printed):
    text = printed(ORDER, text_of(order(party=refusing_party(witness=None)))).text
    assert "现场没有见证人，送达过程已拍照或者录像。文书已留置在现场。" in text
    assert "见证人（签名）：" not in text


def test_a_draft_has_a_mark_where_the_number_will_stand(printed):
    text = printed(ORDER, text_of(order(draft=True, **UNNUMBERED))).text
    assert "（草稿，未取文号）" in text
    assert "扫码" not in text


def test_a_practice_paper_says_so_across_every_sheet(printed):
    facts = record(practice=True, situation=record()["situation"] * 8, **UNNUMBERED)
    paper = printed(RECORD, text_of(facts))
    assert "（练习文书，不取文号）" in paper.texts[0]
    assert all(text.startswith("练习") for text in paper.texts)


def test_text_is_never_read_as_markup(printed):
    cause = "<b>粗</b>&amp;{government}%s"
    text = printed(ORDER, text_of(order(problems=[PROBLEM_1 | {"cause": cause}]))).text
    assert f"产生原因：{cause}。" in text
