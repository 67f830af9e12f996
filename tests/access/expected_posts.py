"""Who may send the forms that have no page of their own: the addresses that answer 405 to GET."""

from tests.access.visitors import OTHER, PARTNER, STAFF

WRITERS = ["partner OWNER", "partner OPERATOR"]
PAYERS = ["partner OWNER", "partner FINANCE"]
JUDGES = ["staff REVIEWER", "staff ADMINISTRATOR"]
MONEY = ["staff FINANCE", "staff ADMINISTRATOR"]

# Another partner's owner has the right, but not the row: 404, and nothing is written.
MAY_SEND = {
    "portal:agreement-copy": ["partner OWNER"],
    "portal:customer-reopen": WRITERS,
    "portal:key-revoke": ["partner OWNER"],
    **dict.fromkeys(("portal:letter-scan", "portal:letter-step"), WRITERS),
    **dict.fromkeys(("portal:pledge-begin", "portal:pledge-copy", "portal:pledge-step"), WRITERS),
    "portal:notice-read": [*PARTNER, OTHER],
    "portal:notice-read-all": [*PARTNER, OTHER],
    **dict.fromkeys(("portal:remittance-slip", "portal:remittance-withdraw"), PAYERS),
    "portal:signature-save": [*WRITERS, OTHER],
    "portal:signature-step": WRITERS,
    **dict.fromkeys(
        [f"portal:proof-{step}" for step in ("add", "reuse", "replace", "remove")], WRITERS
    ),
    "portal:transfer-confirm": [*PAYERS, OTHER],
    **dict.fromkeys(
        [f"backoffice:judging-{step}" for step in ("take", "release", "approve", "reject")], JUDGES
    ),
    "backoffice:notice-read": STAFF,
    "backoffice:notice-read-all": STAFF,
    **dict.fromkeys(("backoffice:approval-approve", "backoffice:approval-send-back"), MONEY),
    **dict.fromkeys(("backoffice:reversal-approve", "backoffice:reversal-decline"), MONEY),
    "backoffice:matching-confirm": MONEY,
    **dict.fromkeys(("backoffice:statement-store", "backoffice:statement-discard"), MONEY),
}
