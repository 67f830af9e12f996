"""What is told about a payment."""

from datetime import date
from decimal import Decimal

from apps.api import fields
from apps.api.bodies import Body


class RemittanceBody(Body):
    """What was paid, with the scanned slip: PDF, JPEG or PNG of at most 10 MB."""

    amount: Decimal = fields.amount(
        description="Yuan, with at most two decimals.", example="10000.00"
    )
    paid_on: date = fields.day(example="2026-03-02")
    payer: str = fields.filled_line(100, description="The name on the slip.")
    file: fields.File = fields.file()
    bank_reference: str = fields.line(64, default="", description="The number on the slip.")
    another: bool = fields.yes_no(
        default=False,
        description="Say true for a payment that looks like one reported before, and is not.",
    )
