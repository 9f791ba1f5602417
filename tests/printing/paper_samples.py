"""Builders of papers for the tests: one lawful paper of each kind, and many generated ones."""

import copy
import json

WHEN = 1_789_703_520_000
"""2026-09-18 11:52 in China."""
HEADER = {
    "bureau": "昌吉回族自治州应急管理局",
    "number": None,
    "when": WHEN,
    "wording_date": "2026-09-18",
    "verify_url": "https://anxun.example.cn/v/7kq3mz5d2n8rw4xc6hbt9fyae1",
    "draft": False,
    "practice": False,
}


def wave(seed, strokes=4, points=18):
    """A scribble that looks like writing: zigzags that move to the right."""
    state = Chance(seed)
    drawn = []
    for i in range(strokes):
        x, y = 60 + i * 900 // strokes, 120 + state.below(160)
        stroke = []
        for _ in range(points):
            x = min(1000, x + 4 + state.below(16))
            y = max(10, min(390, y + state.below(121) - 60))
            stroke.append([x, y])
        drawn.append(stroke)
    return drawn


class Chance:
    """A fixed sequence of numbers (the LCG of Knuth's MMIX), the same in every run."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def officer(name, certificate, seed):
    return {"name": name, "certificate": certificate, "strokes": wave(seed)}


def officers():
    return [officer("李㛃", "31020117", 3), officer("努尔兰·哈森", "31020142", 5)]


def party(**changes):
    signed = {"name": "周启明", "post": "总经理", "strokes": wave(8, strokes=3), "refused": None}
    return {**signed, **changes}


def witness():
    return {
        "name": "王𫖮",
        "unit": "昌吉市中山路街道办事处",
        "phone": "13900000000",
        "strokes": wave(11),
    }


def refusing_party(**changes):
    refused = {"reason": "对问题2有异议", "witness": witness(), "left": True, **changes}
    return party(strokes=None, refused=refused)


PROBLEM_1 = {
    "number": 1,
    "text": "2号罐区可燃气体报警器GT-204在控制室被人为关闭，无停用审批记录",
    "basis": [
        "《中华人民共和国安全生产法》第三十六条第三款",
        "《危险化学品企业重大危险源安全包保责任制办法（试行）》第五条",
    ],
    "cause": "误报没有查明，值班员自行关闭",
    "measure": "立即恢复GT-204报警；查明误报原因并检定；停用一律先办审批，停用期间专人巡检",
    "due": "2026-09-28",
}
PROBLEM_2 = {
    "number": 2,
    "text": "甲类仓库内混存氧化剂（约1.2t）与还原剂，间距不足2m",
    "basis": ["《常用化学危险品贮存通则》（GB 15603—2022）第5.3条"],
    "cause": "入库验收不核对禁配表",
    "measure": "分库存放；修订入库验收程序，把禁配表张贴于库门",
    "due": "2026-10-15",
}
PROBLEM_3 = {
    "number": 3,
    "text": "新入职的3名操作工未经三级安全教育即上岗",
    "basis": ["《中华人民共和国安全生产法》第二十八条第一款"],
    "cause": "人事部门与车间交接时没有培训这一环节",
    "measure": "停止上岗，补齐不少于72学时的培训并考核；把培训合格证明列为发工装的前提",
    "due": "2026-09-28",
}


def record(**changes):
    facts = {
        **HEADER,
        "number": "（昌）应急检记〔2026〕37号",
        "officers": officers(),
        "party": party(name="王𫖮", post="生产副总经理"),
        "unit": {
            "name": "昌吉启明精细化工有限公司",
            "address": "昌吉市大西渠镇闽昌工业园区化工路18号",
            "legal_representative": "周启明",
            "post": "董事长",
            "phone": "0994-2300000",
        },
        "place": "2号罐区、甲类仓库、中央控制室",
        "begun": WHEN - 7_320_000,
        "ended": WHEN,
        "situation": [
            "1．2号罐区可燃气体报警器GT-204在控制室被人为关闭，无停用审批记录，当班值班员称系9月16日误报后关闭。",
            "2．甲类仓库内混存氧化剂（约1.2t）与还原剂，间距不足2m。",
            "3．特种作业人员操作证齐全有效，抽查6人；安全教育培训台账中缺新入职3人的三级教育记录。",
            "以上情况已当场与企业负责人交换意见，拍摄照片24张，全程录音录像。",
        ],
    }
    return copy.deepcopy({**facts, **changes})


def order(**changes):
    facts = {
        **HEADER,
        "number": "（昌）应急责改〔2026〕37号",
        "officers": officers(),
        "party": party(),
        "addressee": "昌吉启明精细化工有限公司",
        "problems": [PROBLEM_1, PROBLEM_2, PROBLEM_3],
        "government": "昌吉回族自治州人民政府",
        "court": "昌吉市人民法院",
        "copies": None,
    }
    return copy.deepcopy({**facts, **changes})


def opinion(**changes):
    facts = {
        **HEADER,
        "number": "（昌）应急复查〔2026〕37号",
        "officers": officers(),
        "party": party(),
        "addressee": "昌吉启明精细化工有限公司",
        "order": {
            "title": "责令限期整改指令书",
            "number": "（昌）应急责改〔2026〕37号",
            "day": "2026-09-18",
        },
        "results": [
            {
                "number": 1,
                "text": "2号罐区可燃气体报警器GT-204被人为关闭",
                "outcome": "done",
                "note": "报警器已恢复并检定，检定证书编号JD-2026-0911",
                "remaining": None,
            },
            {
                "number": 2,
                "text": "甲类仓库内混存氧化剂与还原剂",
                "outcome": "not_done",
                "note": None,
                "remaining": {
                    "basis": ["《常用化学危险品贮存通则》（GB 15603—2022）第5.3条"],
                    "cause": "新库房没有验收，货物无处可移",
                    "measure": "在合规仓库租用临时库位，三日内移出全部氧化剂",
                    "due": "2026-10-20",
                },
            },
        ],
        "opinion": "希望你单位继续加强事故隐患排查治理，健全长效机制",
        "copies": None,
    }
    return copy.deepcopy({**facts, **changes})


def plan(**changes):
    """现场检查方案: the office draws it up, nobody signs by hand."""
    facts = {
        **HEADER,
        "verify_url": None,
        "number": "（乌）应急检查〔2026〕58号",
        "officers": [{**each, "strokes": None} for each in officers()],
        "unit": "乌鲁木齐天山精细化工有限公司",
        "address": "乌鲁木齐市米东区化工路18号",
        "contact": "周启明",
        "phone": "0991-0100000",
        "sector": "危险化学品",
        "time": "2026年9月18日 09:30",
        "place": "2号罐区、甲类仓库",
        "content": ["可燃气体报警、证照", "外包作业管理"],
        "focus": ["2号罐区报警器停用审批"],
        "method": ["现场核查、查阅台账、抽问岗位人员"],
        "steps": ["亮证告知", "先罐区后仓库", "交换意见，当场出具文书"],
        "items": ["可燃气体检测报警", "特种作业人员持证上岗"],
        "list_version": "2026.1",
        "bodies": ["市消防救援支队：消防设施"],
        "equipment": ["便携式气体检测仪", "执法记录仪"],
        "count": "上限 4 次，本次是第 3 次。",
        "exemption": None,
        "review": {"words": "同意", "name": "古丽娜尔·艾山", "day": "2026-09-16"},
        "approval": {"words": "同意", "name": "徐建明", "day": "2026-09-17"},
        "remark": None,
    }
    return copy.deepcopy({**facts, **changes})


BUILDERS = {
    "site_inspection_record": record,
    "rectification_order": order,
    "recheck_opinion": opinion,
}
"""What officers draw up on site with the unit."""

ALL = {**BUILDERS, "site_inspection_plan": plan}


def text_of(facts):
    return json.dumps(facts, ensure_ascii=False)


COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经"
)
SELDOM = "㛃䶮㳚䥽䲟㸆䴙䴘䌷㧑𫖮𬭎𬘭𬮿𬸚喆堃翀赟昇"
MARKS = "，。；：（）《》、“”—…·％℃"
LETTERS = "0123456789ABCxyz-./%()"


def words(chance, length):
    """Text of every class of character that the line breaker knows."""
    pools = (COMMON, COMMON, COMMON, COMMON, COMMON, MARKS, LETTERS, LETTERS, SELDOM)
    pick = (pools[chance.below(len(pools))] for _ in range(length))
    return "企" + "".join(pool[chance.below(len(pool))] for pool in pick)


def generated(count):
    """`count` lawful papers of all kinds as (kind, JSON text), long ones and short ones."""
    return [_generated(Chance(1000 + i), i) for i in range(count)]


def _generated(chance, i):
    kind = list(BUILDERS)[i % 3]
    people = [officer(words(chance, 3), f"{i}-{n}", 50 + i + n) for n in range(2 + chance.below(3))]
    facts = BUILDERS[kind](officers=people, when=WHEN + chance.below(10**9))
    if chance.below(3) == 0:
        facts["party"] = refusing_party(reason=words(chance, 5 + chance.below(60)))
    if chance.below(5) == 0:
        facts.update(number=None, verify_url=None, practice=True)
    _enlarge(kind, facts, chance)
    return kind, text_of(facts)


def _enlarge(kind, facts, chance):
    if kind == "site_inspection_record":
        facts["situation"] = [
            words(chance, 10 + chance.below(300)) for _ in range(1 + chance.below(9))
        ]
    elif kind == "rectification_order":
        facts["problems"] = [_problem(chance, n + 1) for n in range(1 + chance.below(9))]
    else:
        facts["opinion"] = words(chance, 20 + chance.below(900))


def _problem(chance, number):
    return {
        "number": number,
        "text": words(chance, 5 + chance.below(200)),
        "basis": [words(chance, 5 + chance.below(60)) for _ in range(1 + chance.below(3))],
        "cause": words(chance, 5 + chance.below(80)),
        "measure": words(chance, 5 + chance.below(160)),
        "due": f"2026-{10 + chance.below(3)}-{10 + chance.below(18)}",
    }
