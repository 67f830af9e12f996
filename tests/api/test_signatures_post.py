"""Applying for a signature: drafted, proved, submitted, urged, changed, given up."""

import io
from datetime import timedelta

import pytest

from apps.audit.actors import Actor
from apps.common import clock
from apps.reviews.services import judging
from apps.signatures.choices import SignatureStatus
from apps.signatures.models import ProofDocument, Signature
from apps.signatures.services import kinds
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.senders import SEND, make_caller
from tests.factories.signatures import SignatureFactory
from tests.factories.users import StaffFactory

SIGNATURES = "/api/v1/signatures"
APPLICATION = {"text": "【青禾云】", "source": "company"}


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(caller):
    return SignatureFactory(account=caller.account)


def apply(caller, body=None, **headers):
    return caller.post(APPLICATION | (body or {}), path=SIGNATURES, **headers)


def prove(caller, signature_id, form=None, **headers):
    licence = {"type": "licence", "file": named(files.png(), "执照.png")}
    return caller.upload(
        f"{SIGNATURES}/{signature_id}/proofs", licence if form is None else form, **headers
    )


def named(file, name):
    file.name = name
    return file


def step(caller, signature_id, verb, **headers):
    return caller.post(b"", path=f"{SIGNATURES}/{signature_id}/{verb}", **headers)


def test_from_application_to_the_first_message(caller):
    made = apply(caller).json()
    prove(caller, made["id"])
    submitted = step(caller, made["id"], "submit").json()
    assert (made["status"], submitted["status"], submitted["missing"]) == ("draft", "submitted", [])

    row = Signature.objects.get(text="青禾云")
    reviewer = StaffFactory(reviewer=True)
    judging.approve(kinds.SIGNATURES, row.pk, by=Actor.user(reviewer.pk, "审核员"), at=clock.now())

    assert caller.get(f"{SIGNATURES}/{made['id']}").json()["status"] == "approved"
    assert caller.post({**SEND, "signature": "青禾云"}).status_code == 202


class TestApplication:
    def test_is_answered_with_the_draft(self, caller):
        answer = apply(caller, {"sample_texts": ["您的订单已发货。"], "legal_person": "赵敏"})

        made = answer.json()
        assert answer.status_code == 201
        assert (made["text"], made["legal_person"]) == ("青禾云", "赵敏")
        assert made["company_name"] == caller.account.partner.name
        assert made["missing"] == [["credit_code_certificate", "licence", "organisation_code"]]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": "通知"}, "text"),
            ({"text": 5}, "text"),
            ({"source": "COMPANY"}, "source"),
            ({"source": []}, "source"),
            ({"operator_id_tail": "12AB"}, "operator_id_tail"),
            ({"company_code": "123"}, "company_code"),
            ({"sample_texts": "您好"}, "sample_texts"),
            ({"letter": "SQ20260101-0001", "use": "behalf"}, "letter"),
            ({"account": "x"}, "account"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, body, field):
        answer = apply(caller, body)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])

    def test_for_a_text_that_the_account_has_is_a_conflict(self, caller):
        apply(caller)

        answer = apply(caller)

        assert (answer.status_code, answer.json()["code"]) == (409, "signature_exists")

    def test_is_done_once_under_a_key(self, caller):
        first = apply(caller, Idempotency_Key="a")

        assert apply(caller, Idempotency_Key="a").content == first.content
        assert apply(caller, {"text": "青禾店"}, Idempotency_Key="a").status_code == 422

    def test_by_a_test_key_is_refused(self, sandbox):
        assert apply(sandbox).json()["code"] == "live_key_needed"

    def test_stands_in_the_history_under_the_key(self, caller):
        made = apply(caller)

        event = Signature.pgh_event_model.objects.get(pgh_obj_id=made.json()["id"][4:])
        assert event.pgh_context.metadata["actor"] == f"key {caller.key.prefix}"


class TestProof:
    def test_is_kept_and_shown(self, caller, draft):
        answer = prove(caller, f"sig_{draft.pk}")

        shown = answer.json()
        assert answer.status_code == 201
        assert (shown["type"], shown["content_type"]) == ("licence", "image/png")
        assert shown["name"] == "执照.png"

    def test_may_be_a_pdf_with_an_end(self, caller, draft):
        form = {"type": "other", "file": named(files.pdf(2), "a.pdf"), "valid_until": "2199-01-31"}

        shown = prove(caller, f"sig_{draft.pk}", form).json()

        assert (shown["pages"], shown["valid_until"]) == (2, "2199-01-31")

    def test_sent_again_with_a_new_boundary_is_done_once(self, caller, draft):
        first = prove(caller, f"sig_{draft.pk}", Idempotency_Key="a")
        second = prove(caller, f"sig_{draft.pk}", Idempotency_Key="a")

        assert (second.status_code, second.content) == (201, first.content)
        assert ProofDocument.objects.filter(signature=draft).count() == 1

    def test_of_other_bytes_under_the_same_key_is_refused(self, caller, draft):
        prove(caller, f"sig_{draft.pk}", Idempotency_Key="a")
        other = {"type": "licence", "file": named(files.png("red"), "执照.png")}

        answer = prove(caller, f"sig_{draft.pk}", other, Idempotency_Key="a")

        assert answer.json()["code"] == "idempotency_mismatch"

    @pytest.mark.parametrize(
        ("form", "status", "field"),
        [
            ({"type": "licence"}, 422, "file"),
            ({"file": files.png}, 422, "type"),
            ({"type": "Licence", "file": files.png}, 422, "type"),
            ({"type": "licence", "file": "text"}, 422, "file"),
            ({"type": "licence", "file": io.BytesIO}, 422, "file"),
            ({"type": "site_filing", "file": files.png, "valid_until": "31.1.2030"}, 422,
             "valid_until"),
            ({"type": "site_filing", "file": files.png, "valid_until": "2030-02-30"}, 422,
             "valid_until"),
            ({"type": "licence", "file": files.png, "valid_until": "2020-01-31"}, 422,
             "valid_until"),
            ({"type": "trademark_certificate", "file": files.png}, 422, "valid_until"),
            ({"type": "shop_screenshot", "file": files.png}, 422, "type"),
            ({"type": ["licence", "other"], "file": files.png}, 422, "type"),
            ({"type": "licence", "file": files.png, "note": "x"}, 422, "note"),
        ],
    )  # fmt: skip
    def test_names_the_field_that_is_wrong(self, caller, draft, form, status, field):
        made = {name: named(v(), "a.png") if callable(v) else v for name, v in form.items()}

        answer = prove(caller, f"sig_{draft.pk}", made)

        assert (answer.status_code, list(answer.json()["errors"])) == (status, [field])

    def test_that_is_a_web_page_is_refused(self, caller, draft):
        page = named(io.BytesIO(b"<html><script>1</script></html>"), "a.png")

        answer = prove(caller, f"sig_{draft.pk}", {"type": "licence", "file": page})

        assert (answer.status_code, answer.json()["code"]) == (415, "upload_web_page")
        assert list(answer.json()["errors"]) == ["file"]

    @pytest.mark.parametrize("megabytes", [10.5, 12])
    def test_that_is_too_large_is_refused(self, caller, draft, megabytes):
        large = named(io.BytesIO(b"%PDF" + b" " * int(megabytes * 1024 * 1024)), "a.pdf")

        answer = prove(caller, f"sig_{draft.pk}", {"type": "licence", "file": large})

        assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")

    @pytest.mark.parametrize(
        ("kind", "status", "code"),
        [
            ("application/json", 415, "unsupported_media_type"),
            ("multipart/form-data", 400, "malformed_form"),
            ("multipart/form-data; boundary=b; charset=gbk", 400, "unsupported_encoding"),
        ],
    )
    def test_that_is_no_form_is_refused(self, caller, draft, client, kind, status, code):
        answer = client.post(
            f"{SIGNATURES}/sig_{draft.pk}/proofs",
            b"{}",
            content_type=kind,
            headers={"Authorization": f"Bearer {caller.plain}"},
        )

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_for_another_partner_is_not_found(self, stranger, draft):
        assert prove(stranger, f"sig_{draft.pk}").status_code == 404

    def test_by_a_test_key_is_refused(self, sandbox, draft):
        assert prove(sandbox, f"sig_{draft.pk}").json()["code"] == "live_key_needed"


class TestSubmission:
    def test_without_papers_is_refused(self, caller, draft):
        answer = step(caller, f"sig_{draft.pk}", "submit")

        assert (answer.status_code, answer.json()["code"]) == (422, "signature_proof_missing")

    def test_is_refused_a_second_time_but_replayed_under_its_key(self, caller):
        proved = SignatureFactory(account=caller.account, proved=True)
        first = step(caller, f"sig_{proved.pk}", "submit", Idempotency_Key="a")

        again = step(caller, f"sig_{proved.pk}", "submit")
        replayed = step(caller, f"sig_{proved.pk}", "submit", Idempotency_Key="a")

        assert (again.status_code, again.json()["code"]) == (409, "signature_wrong_state")
        assert (replayed.status_code, replayed.content) == (200, first.content)

    def test_is_urged_once_it_has_waited(self, caller, time_machine):
        waiting = SignatureFactory(account=caller.account, submitted=True)
        time_machine.move_to(waiting.submitted_at + timedelta(minutes=10), tick=False)
        early = step(caller, f"sig_{waiting.pk}", "urge")
        time_machine.move_to(waiting.submitted_at + timedelta(hours=8), tick=False)

        urged = step(caller, f"sig_{waiting.pk}", "urge")

        assert (early.status_code, early.json()["code"]) == (409, "signature_urge_too_early")
        assert urged.json()["urged_at"]


class TestChange:
    def test_keeps_what_is_not_named(self, caller, draft):
        changed = caller.patch(f"{SIGNATURES}/sig_{draft.pk}", {"legal_person": "赵敏"}).json()

        assert (changed["text"], changed["legal_person"]) == (draft.text, "赵敏")
        assert changed["company_name"] == draft.company_name

    def test_of_the_text_of_an_approved_one_is_a_conflict(self, caller):
        held = caller.account.signatures.get()

        answer = caller.patch(f"{SIGNATURES}/sig_{held.pk}", {"text": "另一个"})

        assert (answer.status_code, answer.json()["code"]) == (409, "signature_text_fixed")


class TestGivingUp:
    def test_ends_it_and_leaves_it_readable(self, caller, draft):
        given_up = caller.delete(f"{SIGNATURES}/sig_{draft.pk}")

        draft.refresh_from_db()
        assert (given_up.status_code, given_up.json()["status"]) == (200, "abandoned")
        assert draft.status == SignatureStatus.ABANDONED

    def test_is_refused_a_second_time(self, caller, draft):
        caller.delete(f"{SIGNATURES}/sig_{draft.pk}")

        again = caller.delete(f"{SIGNATURES}/sig_{draft.pk}")

        assert (again.status_code, again.json()["code"]) == (409, "signature_wrong_state")

    def test_by_the_key_of_another_account_is_not_found(self, caller, draft):
        customers = AccountFactory(partner=caller.account.partner, of_customer=True)

        assert make_caller(customers).delete(f"{SIGNATURES}/sig_{draft.pk}").status_code == 404
