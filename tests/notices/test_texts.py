from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from apps.notices.catalogue import CATALOGUE
from apps.notices.texts import text_of

TEXTS = Path(settings.PROJECT_DIR) / "templates" / "notices"
PARAMS = {
    "number": "HZ2026-0001", "text": "青禾科技", "order_number": "QM20260302001", "days": 7,
    "customer": "朝阳区惠民大药房", "partner": "北京青禾软件有限公司", "reason": "执照过期",
    "reasons": ["OTHER"], "remark": "请重新扫描",
    "ends_on": "2026-04-01", "valid_until": "2026-04-01", "document_type": "LICENCE",
    "amount_yuan": "10000.00", "segments": 200_000, "account": "TCLKJ00042",
    "due_at": "2026-03-02T10:00:00Z", "payer": "北京青禾软件有限公司", "available": 900,
    "alert_below": 1_000, "days_left": 3, "owed": 50_000,
}  # fmt: skip


def test_every_event_has_its_text_and_every_text_its_event():
    texts = {path.name.removesuffix(".txt") for path in TEXTS.glob("*.*.txt")}

    assert texts == {event.name for event in CATALOGUE}


@pytest.mark.parametrize("event", [event.name for event in CATALOGUE])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_text_says_something(event, language):
    with translation.override(language):
        text = text_of(event, PARAMS)

    assert 5 < len(text.subject) < 80
    assert text.body
    assert "None" not in text.subject + text.body
    assert "—" not in text.body.replace(" — ", "")


@pytest.mark.parametrize("event", [event.name for event in CATALOGUE])
def test_a_text_stands_though_words_are_missing_or_wrong(event):
    with translation.override("en"):
        assert text_of(event, {}).subject
        assert text_of(event, dict.fromkeys(PARAMS, "x")).subject


def test_amounts_days_and_moments_are_written_as_on_pages():
    with translation.override("en"):
        credited = text_of("recharge.credited", PARAMS)
        overdue = text_of("recharge.overdue", PARAMS)
        expiring = text_of("agreement.expiring", PARAMS)

    assert "¥10,000.00 were turned into 200,000 segments." in credited.body
    assert "2026-03-02 18:00" in overdue.body
    assert expiring.subject == "Agreement HZ2026-0001 ends on 2026-04-01"


def test_nothing_is_escaped_in_plain_text():
    with translation.override("en"):
        text = text_of("signature.rejected", PARAMS | {"remark": "A&B <c>"})

    assert "Remark: A&B <c>" in text.body


@pytest.mark.parametrize(
    ("language", "reason"), [("en", "A paper has expired"), ("zh-hans", "材料已过期")]
)
def test_reasons_stand_in_lines_of_their_own_in_the_readers_language(language, reason):
    with translation.override(language):
        text = text_of("signature.rejected", PARAMS | {"reasons": ["PROOF_EXPIRED", "OTHER"]})

    listed = next(lines for lines in text.paragraphs if lines[0].startswith("- "))
    assert listed[0] == f"- {reason}"
    assert [line[0] for line in listed] == ["-", "-", "→", "→"]


def test_an_event_without_a_text_is_named():
    with translation.override("en"):
        assert text_of("weather.changed", {}).subject == "News: weather.changed"


def test_a_name_does_not_cut_or_turn_the_subject():
    with translation.override("en"):
        whole = text_of("agreement.expiring", PARAMS | {"number": "HZ\r\nBcc: x\u202e-1"})

    assert whole.subject == "Agreement HZ Bcc: x-1 ends on 2026-04-01"
