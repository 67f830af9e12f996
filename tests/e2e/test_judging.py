"""Judging in the browser: taken, looked at page by page, refused, mended, approved by keyboard."""

from datetime import date

import httpx
import pytest
from playwright.sync_api import expect

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys
from apps.reviews.services import claims, judging, submissions
from apps.signatures.choices import ProofType, Source, Use
from apps.signatures.particulars import Particulars
from apps.signatures.services import applications, proofs
from apps.signatures.services.kinds import SIGNATURES
from tests.e2e.conftest import violations
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.senders import MESSAGES, make_routes
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.browser

STATED = Particulars(company_name="北京青禾软件有限公司", legal_person="周涛", operator_name="王芳")


@pytest.fixture
def handed_in(world, settings, tmp_path):
    """Let the owner apply for a text, with a licence of three pages and a picture."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    owner, at = world.owner.as_actor(), clock.now()
    made = applications.draft(
        account_id=world.account.pk,
        text="青禾云",
        source=Source.COMPANY,
        use=Use.OWN,
        particulars=STATED,
        by=owner,
        at=at,
    )
    add(made, ProofType.LICENCE, files.pdf(pages=3), owner)
    add(made, ProofType.SITE_FILING, files.png(), owner)
    return submissions.hand_in(SIGNATURES, made.pk, by=owner, at=at)


def add(made, proof_type, file, by):
    proofs.add(signature_id=made.pk, proof_type=proof_type, file=file, by=by, at=clock.now())


def mend_and_hand_in(made, owner):
    """Do as the refusal said, and hand it in again."""
    add(made, ProofType.OTHER, files.jpeg(), owner)
    submissions.hand_in(SIGNATURES, made.pk, by=owner, at=clock.now())


def take(made, person):
    claims.take(queue="signatures", subject_id=str(made.pk), by=person.as_actor(), at=clock.now())


def status_of(made):
    made.refresh_from_db()
    return made.status


@pytest.fixture
def desk(sign_in, live_server):
    """Return a function that signs somebody in and opens an application, or the queue."""

    def open_for(person, made=None):
        page = sign_in(person)
        page.goto(f"{live_server.url}/admin/judging/" + (f"signatures/{made.pk}/" if made else ""))
        page.wait_for_load_state("networkidle")
        return page

    return open_for


class TestApplication:
    def test_is_taken_looked_at_and_rejected_with_a_coded_reason(self, world, handed_in, desk):
        page = desk(world.reviewer, handed_in)
        page.get_by_role("button", name="领取").click()
        expect(page.locator("[data-document-place]")).to_have_text("第 1 页，共 3 页")
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-document-place]")).to_have_text("第 2 页，共 3 页")
        page.keyboard.press("n")
        expect(page.locator("[data-document-place]")).to_have_text("第 1 页，共 1 页")

        page.keyboard.press("3")
        expect(page.get_by_text("请在复印件上加盖公司红章后重新扫描")).to_be_visible()
        page.get_by_label("备注").fill("看不到公章")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("【青禾云】已驳回。")).to_be_visible()
        judged = handed_in.rounds.get()
        assert (judged.status, judged.reasons) == ("REJECTED", ["PROOF_UNSTAMPED"])
        assert (judged.remark, judged.judged_by) == ("看不到公章", world.reviewer)

    def test_is_seen_as_taken_by_a_second_reviewer(self, world, handed_in, desk):
        take(handed_in, world.reviewer)
        page = desk(StaffFactory(reviewer=True, last_name="赵", first_name="敏"), handed_in)

        expect(page.get_by_text("李娜已领取")).to_be_visible()
        for key in "tar1":
            page.keyboard.press(key)

        expect(page.get_by_role("button", name="通过")).to_have_count(0)
        expect(page.get_by_role("button", name="领取")).to_have_count(0)
        assert status_of(handed_in) == "SUBMITTED"

    def test_is_not_approved_by_who_entered_it(self, world, handed_in, desk):
        handed_in.rounds.update(submitted_by=world.reviewer)
        page = desk(world.reviewer, handed_in)

        expect(page.get_by_text("须由他人办理：另一名审核人员")).to_be_visible()
        expect(page.get_by_role("button", name="通过")).to_have_count(0)

    def test_is_usable_at_once_when_approved_by_keyboard(self, world, handed_in, desk, live_server):
        reject(handed_in, world.reviewer)
        mend_and_hand_in(handed_in, world.owner.as_actor())
        page = desk(world.reviewer, handed_in)
        expect(page.get_by_text("第 2 次提交")).to_be_visible()
        expect(page.get_by_text("以往提交")).to_be_visible()

        page.keyboard.press("t")
        expect(page.get_by_role("button", name="通过")).to_be_visible()
        page.keyboard.press("a")
        expect(page.get_by_text("立即可以使用【青禾云】发送短信")).to_be_visible()
        page.keyboard.press("Enter")

        expect(page.get_by_text("【青禾云】已通过。")).to_be_visible()
        assert send(world.account, "青禾云", live_server).status_code == 202

    def test_letters_are_letters_in_a_field(self, world, handed_in, desk):
        take(handed_in, world.reviewer)
        page = desk(world.reviewer, handed_in)

        page.keyboard.press("r")
        page.get_by_label("备注").press_sequentially("ant1")

        expect(page.get_by_label("备注")).to_have_value("ant1")
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)

    def test_escape_closes_what_is_open_then_goes_back(self, world, handed_in, desk):
        take(handed_in, world.reviewer)
        page = desk(world.reviewer, handed_in)

        page.keyboard.press("a")
        page.keyboard.press("Escape")
        expect(page.get_by_text("立即可以使用")).to_be_hidden()
        page.keyboard.press("Escape")

        expect(page.get_by_role("heading", name="审核申请")).to_be_visible()

    def test_is_open_to_everybody(self, world, handed_in, desk):
        take(handed_in, world.reviewer)
        page = desk(world.reviewer, handed_in)
        assert violations(page) == []

        page.keyboard.press("1")

        assert violations(page) == []


class TestQueue:
    def test_is_walked_and_opened_by_keys(self, world, handed_in, desk):
        page = desk(world.reviewer)
        for key, title in [("j", "【青禾科技】"), ("j", "【青禾云】"), ("k", "【青禾科技】")]:
            page.keyboard.press(key)
            expect(page.get_by_role("link", name=title)).to_be_focused()

        page.keyboard.press("j")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="【青禾云】")).to_be_visible()

    def test_a_row_is_taken_by_a_key(self, world, handed_in, desk):
        page = desk(world.reviewer)

        page.keyboard.press("j")
        page.keyboard.press("t")

        expect(page.get_by_text("由您审核，保留至")).to_be_visible()

    def test_keeps_focus_and_choice_when_it_is_drawn_anew(self, world, handed_in, desk):
        page = desk(world.reviewer)
        page.keyboard.press("j")
        page.keyboard.press("x")
        take(handed_in, StaffFactory(reviewer=True, last_name="赵", first_name="敏"))

        page.evaluate("htmx.ajax('GET', '/admin/judging/', '#judging-queue')")

        expect(page.get_by_text("赵敏")).to_be_visible()
        expect(page.get_by_role("link", name="【青禾科技】")).to_be_focused()
        expect(page.get_by_label("选择: 【青禾科技】")).to_be_checked()

    def test_shows_its_keys(self, world, desk):
        page = desk(world.reviewer)

        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()

    def test_is_open_to_everybody(self, world, handed_in, desk):
        assert violations(desk(world.reviewer)) == []


def reject(made, reviewer):
    judging.reject(
        SIGNATURES,
        made.pk,
        reasons=["PROOF_UNSTAMPED"],
        remark="看不到公章",
        by=reviewer.as_actor(),
        at=clock.now(),
    )


def send(account, text, live_server):
    """Send over REST as the partner's software does, with that signature."""
    make_routes()
    AgreementFactory(partner=account.partner, active=True, starts_on=date(2020, 1, 1))
    _key, plain = api_keys.issue(account=account, name="ERP", mode=KeyMode.LIVE, by=SYSTEM)
    return httpx.post(
        f"{live_server.url}{MESSAGES}",
        json={"to": "13800138000", "text": "您的订单已发货。", "signature": text},
        headers={"Authorization": f"Bearer {plain}"},
    )
