"""Payloads as they were written before events had classes: rows of them may wait for years."""

_SIGNATURE = {"text": "青禾科技", "order_number": "QM20260302001"}
_LETTER = {"grantor": "北京青禾集团有限公司", "order_number": "SQ20260302001"}
_PLEDGE = {"customer": "朝阳区惠民大药房", "number": "ZR20260302001"}
_AGREEMENT = {"number": "HZ2026-0001"}
_REMITTANCE = {
    "amount_yuan": "10000.00", "paid_on": "2026-03-02", "payer": "北京青禾软件有限公司",
    "reason": "", "remedy": "",
}  # fmt: skip
_REVERSAL = {
    "number": "CZ20260302001", "account": "TCLKJ00042", "amount_yuan": "10000.00",
    "segments": 200_000, "owed": 50_000, "cause": "BANK_RECALL", "reason": "银行退回",
}  # fmt: skip
_REFUSED = {"reason_texts": ["材料已过期"], "remedies": ["上传新的材料"], "remark": "第二页"}

PAYLOADS = {
    "agreement.issued": _AGREEMENT,
    "agreement.activated": _AGREEMENT,
    "agreement.expired": _AGREEMENT,
    "agreement.terminated": _AGREEMENT,
    "agreement.superseded": {**_AGREEMENT, "renewal": "HZ2027-0001"},
    "agreement.expiring": {**_AGREEMENT, "ends_on": "2026-04-01", "days": 30},
    "signature.submitted": {**_SIGNATURE, "is_renewal": False},
    "signature.urged": {**_SIGNATURE, "urge_count": 1},
    "signature.approved": _SIGNATURE,
    "signature.rejected": {
        **_SIGNATURE, **_REFUSED, "reasons": ["PROOF_EXPIRED"], "is_renewal": True
    },
    "signature.suspended": {**_SIGNATURE, "reason": "被投诉"},
    "signature.resumed": _SIGNATURE,
    "signature.revoked": {**_SIGNATURE, "reason": "公司注销"},
    "signature.expired": {**_SIGNATURE, "reason": "已到期：营业执照"},
    "signature.renewed": _SIGNATURE,
    "signature.proof_expiring": {
        **_SIGNATURE, "document": "营业执照", "document_type": "LICENCE",
        "valid_until": "2026-04-01", "days": 30,
    },
    "letter.submitted": _LETTER,
    "letter.approved": _LETTER,
    "letter.rejected": {**_LETTER, **_REFUSED, "reasons": ["LETTER_INVALID"]},
    "letter.revoked": {**_LETTER, "reason": "授权人撤回"},
    "letter.expired": _LETTER,
    "pledge.submitted": _PLEDGE,
    "pledge.approved": {**_PLEDGE, "valid_from": "2026-03-02", "valid_until": "2027-03-02"},
    "pledge.rejected": {**_PLEDGE, **_REFUSED, "reasons": ["ILLEGIBLE"]},
    "pledge.revoked": {**_PLEDGE, "reason": "停业"},
    "pledge.expired": _PLEDGE,
    "pledge.expiring": {**_PLEDGE, "valid_until": "2026-04-01", "days": 30},
    "recharge.credited": {
        "number": "CZ20260302001", "account": "TCLKJ00042", "amount_yuan": "10000.00",
        "segments": 200_000, "unit_price_yuan": "0.0500", "remainder_yuan": "0.00",
    },
    "recharge.reversed": _REVERSAL,
    "recharge.overdue": {
        "number": "流水0001", "payer": "北京青禾软件有限公司", "amount_yuan": "10000.00",
        "due_at": "2026-03-02T10:00:00+00:00",
    },
    "recharge.remittance_entered": _REMITTANCE,
    "recharge.remittance_rejected": {**_REMITTANCE, "reason": "看不清", "remedy": "请重新扫描"},
    "balance.low": {
        "account": "TCLKJ00042", "available": 900, "alert_below": 1_000, "days_left": None,
    },
    "approval.recharge": {
        "account": "TCLKJ00042", "payer": "北京青禾软件有限公司", "amount_yuan": "10000.00",
        "segments": 200_000, "due_at": "2026-03-02T10:00:00.123456+00:00",
    },
    "approval.reversal": _REVERSAL,
    "approval.proposal": {"kind": "staff.role", "by": "李娜", "reason": "换岗"},
}  # fmt: skip
