"""Rows of the audit, older ones too, as they are read: names, titles and counts, no codes."""

import pytest

from backend.features.identity.rules.audit_words import detail_words, subject_words
from backend.features.identity.rules.chain import Entry

NAMES = {"sd60a54a0b04": "危化科", "R1": "执法人员", "R2": "科长", "o1": "李㛃"}
HASH = "0f" * 32


@pytest.mark.parametrize(
    ("act", "detail", "words"),
    [
        ("change_account", "sd60a54a0b04 R1 > sd60a54a0b04 R2", "危化科 执法人员 → 危化科 科长"),
        ("change_account", "name phone", "姓名、电话"),
        (
            "change_account",
            "phone roles: sd60a54a0b04 R1 > sd60a54a0b04 R1 R2",
            "电话、岗位：危化科 执法人员 → 危化科 执法人员 科长",
        ),
        ("add_account", "R1 R2", "执法人员 科长"),
        ("refused", "forbidden", "没有这项权限"),
        ("refused", "posts", "岗位不能这样设"),
        ("refused", "officers", "人数不对"),
        (
            "renew_certificate",
            "2020-01-01 2025-01-01 > 2025-01-02 2030-01-01",
            "2020-01-01 到 2025-01-01 → 2025-01-02 到 2030-01-01",
        ),
        ("import_officers", f"5+0 {HASH}", "表格：新增 5 行，修改 0 行"),
        ("import_officers", f"5+0 {HASH} 人员 表.xlsx", "人员 表.xlsx：新增 5 行，修改 0 行"),
        ("undo_import_officers", "5 1 人员.xlsx", "人员.xlsx：撤回 5 行，保留 1 行"),
        ("enrolment_approval", "on", "要批准"),
        ("set_up", "o1", "李㛃"),
        ("close_account", "R1 调离", "R1 调离"),
    ],
)
def test_a_detail(act: str, detail: str, words: str) -> None:
    assert detail_words(Entry(1, 1, "a", act, "x", detail, ""), NAMES) == words


@pytest.mark.parametrize(
    ("act", "subject", "words"),
    [
        ("change_section", "sd60a54a0b04", "危化科"),
        ("refused", "add_account", "添加账号"),
        ("import_officers", HASH[:40], "人员"),
        ("undo_import_enterprises", HASH[:40], "企业"),
        ("approve_plan", "unknown", ""),
    ],
)
def test_a_subject(act: str, subject: str, words: str) -> None:
    assert subject_words(Entry(1, 1, "a", act, subject, "", ""), NAMES) == words
