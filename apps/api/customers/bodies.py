"""What is asked about customers."""

from apps.api import fields
from apps.api.bodies import Body, changes_of
from apps.partners.choices import Industry

AUDIENCE = "Who receives the messages."
CONSENT = "Where and how they agreed to receive them."


class CustomerBody(Body):
    """A customer."""

    name: str = fields.filled_line(
        100, description="The registered name.", example="杭州半山书店有限公司"
    )
    credit_code: str = fields.filled_line(
        30, description="Unified social credit code; it stays.", example="91110105MA00B2F18X"
    )
    legal_person: str = fields.line(50, default="")
    address: str = fields.line(200, default="")
    contact_name: str = fields.line(50, default="")
    contact_phone: str = fields.line(30, default="")
    contact_email: str = fields.email(default="", description="An email address, or empty.")
    industry: Industry | None = fields.choice(Industry, default=None, example="retail")
    audience: str = fields.lines(200, default="", description=AUDIENCE)
    consent: str = fields.lines(200, default="", description=CONSENT)


CustomerChange = changes_of(
    CustomerBody, "CustomerChange", "What is to be changed; the rest stays."
)
