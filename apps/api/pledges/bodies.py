"""What is asked about pledges."""

from apps.api import fields
from apps.api.bodies import Body
from apps.pledges.rules import MAX_SAMPLE_CHARACTERS, MAX_SAMPLES


class PledgeChange(Body):
    """What is to be filled in otherwise; the rest stays."""

    audience: str = fields.lines(200, default="", description="Who receives the messages.")
    consent: str = fields.lines(
        200, default="", description="Where and how they agreed to receive them."
    )
    samples: list[str] = fields.list_of_lines(
        MAX_SAMPLES,
        MAX_SAMPLE_CHARACTERS,
        default=[],
        description="One real message for each use.",
    )


class PledgeBody(PledgeChange):
    """A pledge; audience and consent are the customer's unless they are given."""

    customer: str = fields.line(40, description="Its id.", example="cus_12")


class SignedCopy(Body):
    """The signed and stamped form: PDF, JPEG or PNG of at most 10 MB, as scanned."""

    file: fields.File = fields.file()
