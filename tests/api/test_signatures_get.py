"""`GET /signatures`, `GET /signatures/{id}`: what the account has and what became of it."""

import pytest

from tests.factories.partners import AccountFactory
from tests.factories.senders import SIGNATURE, make_caller
from tests.factories.signatures import ProofDocumentFactory, SignatureFactory

SIGNATURES = "/api/v1/signatures"


def texts(answer):
    return [row["text"] for row in answer.json()["data"]]


def path(signature):
    return f"{SIGNATURES}/sig_{signature.pk}"


class TestList:
    def test_shows_the_accounts_signatures_the_newest_first(self, caller):
        SignatureFactory(account=caller.account, text="青禾云")

        assert texts(caller.get(SIGNATURES)) == ["青禾云", SIGNATURE]

    def test_shows_nothing_of_another_account(self, caller, stranger):
        customers = AccountFactory(partner=caller.account.partner, of_customer=True)
        SignatureFactory(account=customers, text="半山书店")

        assert texts(caller.get(SIGNATURES)) == [SIGNATURE]
        assert texts(make_caller(customers).get(SIGNATURES)) == ["半山书店"]

    def test_pages_by_cursor(self, caller):
        SignatureFactory(account=caller.account, text="青禾云")
        first = caller.get(SIGNATURES, {"limit": 1}).json()

        second = caller.get(SIGNATURES, {"limit": 1, "cursor": first["next"]})

        assert (texts(second), second.json()["next"]) == ([SIGNATURE], None)

    def test_refuses_a_cursor_of_its_own_making(self, caller):
        answer = caller.get(SIGNATURES, {"cursor": "x"})

        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cursor"])

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, caller, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            while caller.account.signatures.count() < rows:
                SignatureFactory(account=caller.account, submitted=True, proved=True)
            with django_assert_max_num_queries(7):
                caller.get(SIGNATURES)


class TestOne:
    def test_shows_papers_and_what_is_missing(self, caller):
        draft = SignatureFactory(account=caller.account, source="WEBSITE")
        proof = ProofDocumentFactory(signature=draft)

        shown = caller.get(path(draft)).json()

        assert (shown["status"], shown["source"], shown["use"]) == ("draft", "website", "own")
        assert [each["id"] for each in shown["proofs"]] == [f"prf_{proof.pk}"]
        assert shown["missing"] == [["domain_certificate", "site_filing"]]
        assert "operator_id_tail" not in shown

    def test_says_why_it_was_refused_and_what_to_do(self, caller):
        refused = SignatureFactory(account=caller.account, rejected=True)

        [reason] = caller.get(path(refused)).json()["refusal"]["reasons"]

        assert reason["code"] == "proof_unreadable"
        assert reason["detail"]
        assert reason["cure"]

    @pytest.mark.parametrize("name", ["sig_0", "sig_1x", "cus_1", "1", "sig_999999999", "sig_%00"])
    def test_that_does_not_exist_is_not_found(self, caller, name):
        assert caller.get(f"{SIGNATURES}/{name}").status_code == 404

    def test_of_another_partner_is_not_found(self, caller, stranger):
        others = stranger.account.signatures.get()

        for answer in (caller.get(path(others)), caller.delete(path(others))):
            assert answer.status_code == 404

    def test_needs_the_scope_to_manage(self, caller):
        sender = make_caller(caller.account, scopes=("messages:send",))

        assert sender.get(SIGNATURES).json()["code"] == "scope_missing"
