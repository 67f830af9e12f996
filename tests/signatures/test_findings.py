"""What a reviewer is told before judging."""

import pytest

from apps.signatures.findings import FindingCode, findings_of
from tests.factories.partners import AccountFactory
from tests.factories.signatures import (
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
    behalf,
)

pytestmark = pytest.mark.django_db
COMPANY = "北京青禾软件有限公司"


def noticed(signature):
    return {finding.code for finding in findings_of(signature.rounds.waiting().get())}


def submitted(**wishes):
    return SignatureFactory(
        **{"submitted": True, "text": "青禾软件", "company_name": COMPANY} | wishes
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾软件", set()),
        ("北青软件", {FindingCode.SKIPS_LETTERS}),
        ("云帆", {FindingCode.NOT_IN_NAME}),
        ("青禾軟件", {FindingCode.NOT_IN_NAME, FindingCode.TRADITIONAL}),
        ("QingHe", {FindingCode.NOT_IN_NAME, FindingCode.LETTERS_ALONE}),
    ],
)
def test_compares_the_text_with_the_registered_name(text, expected):
    signature = submitted(text=text)

    assert noticed(signature) - {FindingCode.REAL_NAME_INCOMPLETE} == expected


def test_on_behalf_the_name_is_that_of_the_letter():
    letter = AuthorisationLetterFactory(submitted=True)

    found = noticed(submitted(text="西溪口腔", **behalf(letter)))

    assert FindingCode.NOT_IN_NAME not in found
    assert FindingCode.LETTER_WAITS in found


def test_tells_who_holds_the_same_text():
    SignatureFactory(text="青禾软件", approved=True)

    assert FindingCode.HELD_ELSEWHERE in noticed(submitted())


def test_tells_where_the_same_file_was_handed_in():
    account = AccountFactory()
    for signature in (submitted(account=account), submitted(account=account, text="青禾云")):
        ProofDocumentFactory(signature=signature, sha256="b" * 64)
    assert FindingCode.FILE_REUSED in noticed(signature)

    ProofDocumentFactory(signature=SignatureFactory(), sha256="b" * 64)
    assert FindingCode.FILE_ELSEWHERE in noticed(signature)


def test_tells_of_a_person_who_stands_for_two_companies():
    person = {"operator_name": "赵亮", "operator_id_tail": "851X"}
    submitted(company_name="别家有限公司", **person)

    assert FindingCode.OPERATOR_ELSEWHERE in noticed(submitted(**person))


def test_writes_what_it_was_noticed_by():
    (finding, *_rest) = findings_of(submitted(text="云帆").rounds.get())

    assert COMPANY in str(finding)
