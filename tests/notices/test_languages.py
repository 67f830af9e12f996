"""A refusal is read in the language of whoever reads it, on the page and in the mail."""

import re

import pytest
from django.core import mail
from django.test import Client

from apps.common import clock
from apps.notices.models import Notice
from apps.notices.services import mails

CHINESE = re.compile("[一-鿿]")
REFUSALS = [
    ("signature.rejected", "PROOF_EXPIRED", "A paper has expired", "Upload the renewed paper"),
    ("letter.rejected", "PROOF_UNSTAMPED", "A copy carries no seal", "Put the red company seal"),
    ("pledge.rejected", "ILLEGIBLE", "The copy cannot be read", "Scan every page flat"),
]


@pytest.mark.parametrize(("event", "code", "reason", "remedy"), REFUSALS)
class TestRefusal:
    @pytest.fixture
    def told(self, qinghe, publish):
        """Return a function that tells an owner, who reads a language, of a refusal."""

        def told(event, code, language):
            qinghe.owner.language = language
            qinghe.owner.save()
            names = {"signature.rejected": "text", "letter.rejected": "grantor"}
            said = {names.get(event, "customer"): "ACME", "remark": "page 2"}
            publish(event, qinghe.partner, reasons=(code,), **said)
            return Notice.objects.get(user=qinghe.owner)

        return told

    def test_is_mailed_in_english_to_who_reads_english(self, told, event, code, reason, remedy):
        notice = told(event, code, "en")

        mails.send(notice_id=notice.pk, at=clock.now())

        [sent] = mail.outbox
        assert reason in sent.body
        assert remedy in sent.body
        assert not CHINESE.search(sent.subject.replace("【ACME】", "") + sent.body)

    def test_is_shown_in_english_to_who_reads_english(self, told, event, code, reason, remedy):
        notice = told(event, code, "")
        browser = Client()
        browser.force_login(notice.user)
        browser.post("/i18n/setlang/", {"language": "en"})

        page = browser.get("/notices/").content.decode()

        assert reason in page
        assert remedy in page

    def test_is_mailed_in_chinese_to_who_reads_chinese(self, told, event, code, reason, remedy):
        notice = told(event, code, "")

        mails.send(notice_id=notice.pk, at=clock.now())

        assert reason not in mail.outbox[0].body
        assert remedy not in mail.outbox[0].body
        assert re.search("^- [一-鿿]+", mail.outbox[0].body, re.MULTILINE)
        assert re.search("^→ .*[一-鿿]", mail.outbox[0].body, re.MULTILINE)
