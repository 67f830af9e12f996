"""What is asked about signatures and their papers."""

from datetime import date

from apps.api import fields
from apps.api.bodies import Body, changes_of
from apps.signatures.choices import ProofType, Source, Use
from apps.signatures.rules.texts import MAX_CHARACTERS

# As typed, with brackets and blanks around it, which are dropped.
_TEXT_AS_TYPED = MAX_CHARACTERS + 8


class SignatureBody(Body):
    """An application."""

    text: str = fields.filled_line(
        _TEXT_AS_TYPED,
        description="What stands in 【】, without the brackets.",
        example="青禾软件",
    )
    source: Source = fields.choice(Source, description="What the text is the name of.")
    source_detail: str = fields.line(
        200,
        default="",
        description="The domain, App, account, trademark or shop where it is one's name.",
    )
    use: Use = fields.choice(Use, default=Use.OWN, description="Whose name it is.")
    letter: str = fields.line(
        20,
        default="",
        description="The work order of the authorisation letter, for another's name.",
        example="SQ20260302-0001",
    )
    company_name: str = fields.line(
        100, default="", description="As on the licence; else the account's own."
    )
    company_code: str = fields.line(
        30, default="", description="Unified social credit code; else one's own."
    )
    legal_person: str = fields.line(50, default="")
    operator_name: str = fields.line(50, default="", description="The person in charge.")
    operator_id_tail: str = fields.line(
        4, default="", description="Last four characters of the ID number."
    )
    sample_texts: list[str] = fields.list_of_lines(
        5, 500, default=[], description="Messages as they will be sent, without 【】."
    )


SignatureChange = changes_of(
    SignatureBody, "SignatureChange", "What is to be changed; the rest stays."
)


class ProofBody(Body):
    """A paper: PDF, JPEG or PNG of at most 10 MB, as scanned."""

    type: ProofType = fields.choice(ProofType, example="licence")
    file: fields.File = fields.file()
    valid_until: date | None = fields.day(
        default=None,
        description="The day on which the paper holds no longer.",
        example="2030-01-31",
    )
