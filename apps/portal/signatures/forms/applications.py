"""An application for a signature, kept field by field while it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.forms import LineField, LinesField
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.partners.services import credit_codes
from apps.portal.signatures.pages.signatures import letters_to_choose
from apps.reviews.reasons import Reason
from apps.signatures import queries
from apps.signatures.choices import OVER, RENEWABLE, SOURCE_DETAIL_HINTS, Source, Use
from apps.signatures.models import AuthorisationLetter, Signature
from apps.signatures.particulars import FIELDS, Particulars
from apps.signatures.reasons import RejectionReason
from apps.signatures.rules import texts
from apps.signatures.rules.texts import TextProblem, TextRules
from apps.signatures.services import completeness
from apps.users.models import User

PROBLEMS: dict[TextProblem, Promise] = {
    TextProblem.TOO_SHORT: _("Too short: at least %(least)s characters."),
    TextProblem.TOO_LONG: _("Too long: at most %(most)s characters."),
    TextProblem.CHARACTER: _("Only Chinese characters, Latin letters and digits; no blanks."),
    TextProblem.DIGITS_ALONE: _("Digits alone name nobody."),
    TextProblem.GENERIC: _("This word is too general: it names nobody in particular."),
}
# Beside which field a reason for a refusal is told; `papers` and `whole` are places of the page.
PLACES: dict[str, str] = {
    RejectionReason.PROOF_MISSING: "papers",
    RejectionReason.PROOF_UNREADABLE: "papers",
    RejectionReason.PROOF_UNSTAMPED: "papers",
    RejectionReason.PROOF_EXPIRED: "papers",
    RejectionReason.PROOF_ALTERED: "papers",
    RejectionReason.NAME_MISMATCH: "company_name",
    RejectionReason.TEXT_NOT_OWNED: "text",
    RejectionReason.TEXT_AMBIGUOUS: "text",
    RejectionReason.TEXT_FORBIDDEN: "text",
    RejectionReason.FILING_NOT_FOUND: "source_detail",
    RejectionReason.FILING_HOLDER: "source_detail",
    RejectionReason.LETTER_INVALID: "letter",
    RejectionReason.OPERATOR_TAKEN: "operator_name",
    RejectionReason.HOLDER_UNSUPPORTED: "company_name",
    RejectionReason.LINE_REFUSED: "sample_texts",
    RejectionReason.OTHER: "whole",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A field of the form, with what was refused about it."""

    bound: BoundField
    mends: Sequence[Reason] = ()


class LetterChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """A letter by who authorises whom, until when, and where it stands."""

    def label_from_instance(self, obj: AuthorisationLetter) -> str:
        """Tell letters of one company apart."""
        return f"{obj} · {obj.valid_until} · {obj.get_status_display()}"


class ApplicationForm(forms.Form):
    """The name, whose it is and who answers for it; what is wrong leaves the rest to be kept."""

    account = forms.ModelChoiceField(
        label=_("Account"), queryset=Account.objects.none(), empty_label=None
    )
    text = LineField(label=_("Signature"), max_length=64)
    source = forms.ChoiceField(
        label=_("It is the name of"),
        choices=Source.choices,
        initial=Source.COMPANY,
        widget=forms.RadioSelect,
    )
    use = forms.ChoiceField(
        label=_("Whose name it is"),
        choices=Use.choices,
        initial=Use.OWN,
        widget=forms.RadioSelect,
    )
    letter = LetterChoiceField(
        label=_("Authorisation letter"),
        queryset=AuthorisationLetter.objects.none(),
        required=False,
        empty_label=_("Choose a letter"),
    )
    source_detail = LineField(
        label=_("Domain, App, account, trademark or shop"), max_length=200, required=False
    )
    company_name = LineField(
        label=_("Company on the licence"),
        max_length=100,
        required=False,
        help_text=_("In full, as it stands on the licence."),
    )
    company_code = LineField(label=_("Unified social credit code"), max_length=30, required=False)
    legal_person = LineField(label=_("Legal person"), max_length=50, required=False)
    operator_name = LineField(
        label=_("Person in charge"),
        max_length=50,
        required=False,
        help_text=_("Operators accept one person for one company only."),
    )
    operator_id_tail = LineField(
        label=_("Last 4 of the ID number"),
        max_length=10,
        required=False,
        help_text=Signature._meta.get_field("operator_id_tail").help_text,
    )
    sample_texts = LinesField(
        label=_("Sample messages"),
        required=False,
        max_length=2500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Messages as you will send them, without the signature, one a line."),
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        kept: Signature | None = None,
        mends: Sequence[Reason] = (),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _initial_of(kept) if kept else {})
        super().__init__(*args, **kwargs)
        self.kept, self.mends = kept, mends
        self.rules: TextRules = queries.policy().text_rules()
        fields: dict[str, Any] = self.fields
        accounts = Account.objects.visible_to(user).select_related("customer")
        fields["account"].queryset = accounts.exclude(status=AccountStatus.CLOSED).order_by("pk")
        fields["letter"].queryset = letters_to_choose(user, chosen=kept.letter_id if kept else None)
        if kept:
            del fields["account"]
        if kept and kept.status in RENEWABLE:
            fields["text"].widget.attrs["readonly"] = True

    def clean_text(self) -> str:
        """Tell what is wrong with a text, which the service refuses too."""
        bare = texts.normalised(self.cleaned_data["text"])
        if reason := reason_against(bare, self.rules):
            raise forms.ValidationError(reason)
        return bare

    def clean_company_code(self) -> str:
        """Check the check digit."""
        try:
            return credit_codes.checked(self.cleaned_data["company_code"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_operator_id_tail(self) -> str:
        """Take no more of an ID number than its end."""
        tail: str = self.cleaned_data["operator_id_tail"].upper()
        try:
            completeness.check_id_tail(tail)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
        return tail

    def clean_sample_texts(self) -> list[str]:
        """Read one message a line."""
        lines = [line.strip() for line in self.cleaned_data["sample_texts"].splitlines()]
        if any(len(line) > 500 for line in lines):
            raise forms.ValidationError(_("A message has at most 500 characters."))
        return [line for line in lines if line]

    def can_be_kept(self) -> bool:
        """Tell whether there is enough for a draft; afterwards every field is kept by itself."""
        self.errors  # noqa: B018 - cleans
        return self.kept is not None or {"text", "account"} <= self.cleaned_data.keys()

    def stated(self) -> dict[str, Any]:
        """Return what `applications.draft` and `edit` take; a wrong field stays as it was kept."""
        use = Use(self._value("use"))
        return {
            "text": self._value("text"),
            "source": Source(self._value("source")),
            "use": use,
            "letter_id": getattr(self._value("letter"), "pk", None) if use == Use.BEHALF else None,
            "particulars": Particulars(
                **{name: self._value(name) for name in FIELDS if name != "sample_texts"},
                sample_texts=tuple(self._value("sample_texts")),
            ),
        }

    def as_signature(self) -> Signature:
        """Return the application as it is typed, for what is asked for; it is not saved."""
        if self.kept is not None:
            return self.kept
        if not self.is_bound:
            return Signature(source=Source.COMPANY, use=Use.OWN)
        self.errors  # noqa: B018 - cleans
        return Signature(source=self._value("source"), use=self._value("use"))

    def _value(self, name: str) -> Any:
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        return getattr(self.kept, name) if self.kept else self.fields[name].initial or ""

    @property
    def rows(self) -> dict[str, Row]:
        """The fields by name, each with what was refused about it."""
        return {
            bound.name: Row(
                bound=bound,
                mends=[mend for mend in self.mends if PLACES[mend.code] == bound.name],
            )
            for bound in self
        }

    @property
    def paper_mends(self) -> list[Reason]:
        """What was refused about the papers."""
        return [mend for mend in self.mends if PLACES[mend.code] == "papers"]

    @property
    def source_hints(self) -> Mapping[str, Promise]:
        """What to name, for the sources that are the name of a thing."""
        return {source.value: hint for source, hint in SOURCE_DETAIL_HINTS.items()}


def reason_against(bare: str, rules: TextRules) -> str:
    """Return why a bare text cannot be a signature, in the reader's language; empty if it can."""
    problem = texts.problem(bare, rules)
    if problem is None:
        return ""
    return str(PROBLEMS[problem]) % {"least": rules.min_characters, "most": rules.max_characters}


def _initial_of(kept: Signature) -> dict[str, Any]:
    values = {name: getattr(kept, name) for name in ("text", "source", "use", "letter", *FIELDS)}
    return values | {"sample_texts": "\n".join(kept.sample_texts)}


class TextForm(forms.Form):
    """A text that is being typed."""

    text = LineField(required=False, max_length=64)
    sample_texts = LinesField(required=False, max_length=2500)


def is_taken(text: str, account: Account | None, *, apart_from: Signature | None) -> bool:
    """Tell whether the account has that signature or an application for it."""
    same = Signature.objects.filter(account=account, text=text).exclude(status__in=OVER)
    return (same.exclude(pk=apart_from.pk) if apart_from else same).exists()
