"""What an applicant states besides the text: the real-name filing data (compliance 5.3)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Particulars:
    """What a signature is the name of, and who answers for it; the fields are those of `Signature`.

    Of the ID number only the last four characters are asked for, to tell two people of one name
    apart. Empty company fields are filled with those of the account's holder.
    """

    source_detail: str = ""
    company_name: str = ""
    company_code: str = ""
    legal_person: str = ""
    operator_name: str = ""
    operator_id_tail: str = ""
    sample_texts: tuple[str, ...] = ()

    def as_columns(self) -> dict[str, Any]:
        """Return the values by the names of the columns."""
        return {
            "source_detail": self.source_detail.strip(),
            "company_name": self.company_name.strip(),
            "company_code": self.company_code,
            "legal_person": self.legal_person.strip(),
            "operator_name": self.operator_name.strip(),
            "operator_id_tail": self.operator_id_tail.strip().upper(),
            "sample_texts": [text.strip() for text in self.sample_texts if text.strip()],
        }


NONE_STATED = Particulars()
FIELDS = tuple(NONE_STATED.as_columns())
# What real-name filing needs besides the papers (reference/compliance.md 5.3).
REAL_NAME_FIELDS = ("company_name", "company_code", "legal_person", "operator_name")
