"""A signature in the browser: applied for with files, refused, mended, approved, sent with."""

import io

import httpx
import pytest
from PIL import Image
from playwright.sync_api import expect

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys
from apps.reviews.services import judging
from apps.signatures.models import Signature
from apps.signatures.reasons import RejectionReason
from apps.signatures.services.kinds import SIGNATURES
from tests.e2e.conftest import violations
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.senders import MESSAGES, make_routes
from tests.factories.signatures import AuthorisationLetterFactory, SignatureFactory
from tests.factories.users import PASSWORD, StaffFactory

pytestmark = pytest.mark.browser
FILE = "input[type=file]"


@pytest.fixture(autouse=True)
def _patience():
    """Wait longer than usual: each file is opened in a process of its own."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def licence(pages=3):
    return {
        "name": "营业执照.pdf",
        "mimeType": "application/pdf",
        "buffer": files.pdf(pages=pages).read(),
    }


def screenshot():
    picture = io.BytesIO()
    Image.effect_noise((900, 600), 80).convert("RGB").save(picture, "PNG")
    return {"name": "网站备案截图.png", "mimeType": "image/png", "buffer": picture.getvalue()}


@pytest.fixture
def owner(world, settings, tmp_path, sign_in, live_server):
    """Sign the owner in at the list of signatures."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    page = sign_in(world.owner)
    page.goto(f"{live_server.url}/signatures/")
    return page


@pytest.fixture
def begun(owner):
    """Type a signature, which begins the draft."""
    owner.get_by_role("link", name="申请签名").click()
    owner.get_by_label("签名", exact=True).fill("青禾商城")
    owner.get_by_label("签名", exact=True).blur()
    expect(owner.get_by_text("草稿已于")).to_be_visible()
    return owner


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    """Return a function that opens an application for a reviewer, in a browser of their own."""
    contexts = []

    def open_for(person, signature):
        contexts.append(browser.new_context(**browser_context_args, base_url=live_server.url))
        page = contexts[-1].new_page()
        page.goto("/")
        page.get_by_label("用户名").fill(person.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state("networkidle")
        page.goto(f"/admin/judging/signatures/{signature.pk}/")
        page.wait_for_load_state("networkidle")
        return page

    yield open_for
    for context in contexts:
        context.close()


def approve(page):
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="通过")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("立即可以使用【青禾商城】发送短信")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("【青禾商城】已通过。")).to_be_visible()


def asked(page, title):
    return page.locator(".asked").filter(has=page.get_by_role("heading", name=title))


def drafted():
    return Signature.objects.get(text="青禾商城")


def hand_in(page):
    page.get_by_role("button", name="提交审核").or_(
        page.get_by_role("button", name="重新提交")
    ).click()
    expect(page.get_by_text("的申请已提交")).to_be_visible()


def send(account, text, server):
    make_routes()
    AgreementFactory(partner=account.partner, active=True)
    _key, plain = api_keys.issue(account=account, name="ERP", mode=KeyMode.LIVE, by=SYSTEM)
    body = {"to": "13800138000", "text": "您的订单已发货。", "signature": text}
    headers = {"Authorization": f"Bearer {plain}"}
    return httpx.post(f"{server.url}{MESSAGES}", json=body, headers=headers, timeout=30)


class TestApplication:
    def test_goes_all_the_way_from_a_draft_to_a_send(self, world, begun, live_server):
        page = begun
        proof = asked(page, "企业主体证明")
        proof.locator(FILE).set_input_files(licence())
        expect(proof.get_by_text("3 页")).to_be_visible()
        expect(page.get_by_text("必备资料已齐全")).to_be_visible()
        hand_in(page)
        expect(page.locator("h1").get_by_text("已提交")).to_be_visible()
        expect(page.get_by_role("button", name="催办")).to_be_disabled()

        reviewer = world.reviewer.as_actor()
        refuse(
            drafted(), [RejectionReason.PROOF_UNSTAMPED, RejectionReason.NAME_MISMATCH], reviewer
        )
        page.reload()
        expect(page.get_by_text("请在复印件上加盖公司红章后重新扫描。").first).to_be_visible()
        page.get_by_role("link", name="修改并重新提交").click()
        expect(page.locator(".field-wrong").get_by_label("证照上的企业名称")).to_be_visible()
        page.get_by_label("证照上的企业名称").fill("北京青禾软件股份有限公司")
        proof.get_by_text("替换").click()
        proof.locator(".file-replace").locator(FILE).set_input_files(licence(pages=2))
        expect(proof.get_by_text("2 页")).to_be_visible()
        hand_in(page)

        signature = drafted()
        assert signature.company_name == "北京青禾软件股份有限公司"
        judging.approve(SIGNATURES, signature.pk, by=reviewer, at=clock.now())
        page.reload()
        expect(page.get_by_text("可以使用该签名发送短信")).to_be_visible()
        assert send(world.account, "青禾商城", live_server).status_code == 202

    def test_is_judged_by_one_reviewer_at_a_time(self, world, begun, desk, live_server):
        asked(begun, "企业主体证明").locator(FILE).set_input_files(licence())
        expect(begun.get_by_text("必备资料已齐全")).to_be_visible()
        hand_in(begun)
        reviewer = desk(world.reviewer, drafted())
        reviewer.get_by_role("button", name="领取").click()
        expect(reviewer.locator("[data-document-place]")).to_have_text("第 1 页，共 3 页")
        second = desk(StaffFactory(reviewer=True), drafted())
        expect(second.get_by_text("已领取")).to_be_visible()
        expect(second.get_by_role("button", name="通过")).to_have_count(0)
        reviewer.keyboard.press("3")
        reviewer.get_by_label("备注").fill("看不到公章")
        reviewer.keyboard.press("Control+Enter")
        expect(reviewer.get_by_text("【青禾商城】已驳回。")).to_be_visible()

        begun.reload()
        expect(begun.get_by_text("备注：看不到公章")).to_be_visible()
        begun.get_by_role("link", name="修改并重新提交").click()
        asked(begun, "企业主体证明").get_by_text("继续添加文件").click()
        asked(begun, "企业主体证明").locator(".asked-more").locator(FILE).first.set_input_files(
            screenshot()
        )
        expect(asked(begun, "企业主体证明").locator(".file")).to_have_count(2)
        hand_in(begun)
        approve(desk(world.reviewer, drafted()))
        begun.reload()
        expect(begun.get_by_text("可以使用该签名发送短信")).to_be_visible()
        assert send(world.account, "青禾商城", live_server).status_code == 202

    def test_is_not_approved_by_who_entered_it(self, world, desk):
        world.signature.rounds.update(submitted_by=world.reviewer)

        page = desk(world.reviewer, world.signature)

        expect(page.get_by_text("须由他人办理：另一名审核人员")).to_be_visible()
        expect(page.get_by_role("button", name="通过")).to_have_count(0)

    def test_is_made_the_default(self, world, owner, live_server):
        SignatureFactory(account=world.account, text="青禾", approved=True, is_default=True)
        other = SignatureFactory(account=world.account, text="青禾商城", approved=True)
        owner.goto(f"{live_server.url}/signatures/{other.pk}/")

        owner.get_by_role("button", name="设为默认签名").click()

        expect(owner.get_by_text("发送时未指定签名的短信将使用【青禾商城】")).to_be_visible()
        other.refresh_from_db()
        assert other.is_default

    def test_is_given_up_only_when_confirmed(self, world, owner, live_server):
        draft = SignatureFactory(account=world.account, text="青禾商城")
        owner.goto(f"{live_server.url}/signatures/{draft.pk}/")

        owner.once("dialog", lambda dialog: dialog.dismiss())
        owner.get_by_role("button", name="放弃申请").click()
        expect(owner.get_by_text("已放弃", exact=True)).to_have_count(0)
        owner.once("dialog", lambda dialog: dialog.accept())
        owner.get_by_role("button", name="放弃申请").click()

        expect(owner.locator("h1").get_by_text("已放弃")).to_be_visible()


def refuse(signature, reasons, by):
    judging.reject(
        SIGNATURES,
        signature.pk,
        reasons=reasons,
        remark="执照上看不到公章",
        by=by,
        at=clock.now(),
    )


class TestDraft:
    def test_goes_on_where_it_was_left(self, begun, live_server):
        with begun.expect_response("**/signatures/save/"):
            begun.get_by_label("法定代表人").fill("周涛")

        begun.goto(f"{live_server.url}/signatures/")
        begun.get_by_role("link", name="继续填写 青禾商城").click()

        expect(begun.get_by_label("法定代表人")).to_have_value("周涛")
        expect(begun.get_by_label("证照上的企业名称")).to_have_value("北京青禾软件有限公司")

    def test_warns_of_what_was_not_kept(self, begun):
        asked_about = []
        begun.on("dialog", lambda dialog: (asked_about.append(dialog.type), dialog.accept()))
        begun.get_by_label("法定代表人").press_sequentially("周")

        begun.get_by_role("link", name="台账").click()

        assert asked_about == ["beforeunload"]

    def test_judges_the_text_while_it_is_typed(self, owner):
        owner.get_by_role("link", name="申请签名").click()

        owner.get_by_label("签名", exact=True).press_sequentially("验证码")

        expect(owner.get_by_text("该词过于笼统")).to_be_visible()
        expect(owner.get_by_text("3 / 12 字")).to_be_visible()
        expect(owner.locator("#bubble")).to_contain_text("【验证码】")

    def test_asks_for_the_papers_of_the_chosen_source_at_once(self, begun):
        expect(begun.get_by_label("域名、App、公众号、商标或店铺")).to_be_hidden()

        begun.get_by_label("网站", exact=True).check()

        expect(begun.get_by_role("heading", name="网站证明")).to_be_visible()
        expect(begun.get_by_label("域名、App、公众号、商标或店铺")).to_be_visible()
        expect(begun.get_by_text("填写备案的域名。")).to_be_visible()

    def test_on_behalf_of_another_takes_a_letter(self, world, begun):
        letter = AuthorisationLetterFactory(partner=world.account.partner, submitted=True)
        begun.reload()
        begun.get_by_label("他用").check()

        begun.get_by_label("授权委托书", exact=True).select_option(str(letter.pk))

        expect(asked(begun, "授权委托书").get_by_role("link", name=str(letter))).to_be_visible()


class TestUpload:
    def test_shows_its_progress(self, begun):
        held = []

        def hold(route):
            held.append(route)

        begun.route("**/proofs/", hold, times=1)
        proof = asked(begun, "企业主体证明")

        proof.locator(FILE).set_input_files([licence(), screenshot()])

        row = proof.locator(".upload-row").filter(has_text="营业执照.pdf")
        expect(row.locator("progress")).to_be_visible()
        expect(proof.locator(".upload-row").nth(1)).to_contain_text("等待上传")
        held.pop().continue_()
        expect(proof.locator(".file")).to_have_count(2)
        expect(proof.locator(".upload-row")).to_have_count(0)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "文件为空"),
            (b"<html><script>alert(1)</script>", "请扫描或拍照"),
            (b"%PDF-1.7" + b" " * 10 * 1024 * 1024, "文件超过 10 MB"),
        ],
        ids=["empty", "page", "large"],
    )
    def test_is_looked_at_before_it_is_sent(self, begun, content, said):
        sent = []
        begun.on("request", lambda request: sent.append(request.url))
        file = {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": content}

        asked(begun, "企业主体证明").locator(FILE).set_input_files(file)

        expect(begun.locator(".upload-wrong .upload-state")).to_contain_text(said)
        assert not [url for url in sent if url.endswith("/proofs/")]

    def test_is_refused_in_place_and_tried_again(self, begun):
        proof = asked(begun, "企业主体证明")
        begun.route("**/proofs/", lambda route: route.abort())
        proof.locator(FILE).set_input_files(licence())
        expect(proof.get_by_text("连接中断")).to_be_visible()

        begun.unroute("**/proofs/")
        proof.get_by_role("button", name="重试").click()

        expect(proof.locator(".file")).to_have_count(1)

    def test_broken_files_keep_the_reason_of_the_server(self, begun):
        proof = asked(begun, "企业主体证明")
        broken = {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 broken"}

        proof.locator(FILE).set_input_files(broken)

        expect(proof.locator(".upload-wrong")).to_contain_text("文件无法打开")
        proof.get_by_role("button", name="取消").click()
        expect(proof.locator(".upload-row")).to_have_count(0)

    def test_opens_page_by_page_and_is_taken_out(self, begun):
        proof = asked(begun, "企业主体证明")
        proof.locator(FILE).set_input_files(licence())

        proof.get_by_role("link", name="营业执照.pdf").click()
        dialog = begun.get_by_role("dialog")
        expect(dialog.get_by_text("第 1 页，共 3 页")).to_be_visible()
        begun.keyboard.press("Escape")
        begun.once("dialog", lambda question: question.accept())
        proof.get_by_role("button", name="删除 营业执照.pdf").click()

        expect(proof.locator(".file")).to_have_count(0)


class TestLetter:
    def test_is_made_for_an_application_and_handed_in(self, begun):
        page = begun
        page.get_by_label("他用").check()
        page.get_by_role("link", name="录入新的委托书").click()
        page.get_by_label("授权方", exact=True).fill("杭州西溪口腔门诊部有限公司")
        page.get_by_label("授权方统一社会信用代码").fill("91330110MACH370602")
        page.get_by_label("生效日期").fill("2026-01-01")
        page.get_by_label("失效日期").fill("2099-01-01")
        page.get_by_role("button", name="存为草稿并上传扫描件").click()
        page.locator("#scan").locator(FILE).set_input_files(licence())
        expect(page.locator("#scan").get_by_text("3 页")).to_be_visible()

        page.get_by_role("button", name="提交审核").click()

        expect(page.get_by_text("委托书已提交")).to_be_visible()
        expect(page.locator("#id_letter option:checked")).to_contain_text("杭州西溪口腔门诊部")


@pytest.fixture
def address(world, live_server, request):
    """Return a page of signatures with something on it."""
    refused = SignatureFactory(account=world.account, text="青禾商城", submitted=True, proved=True)
    refuse(refused, list(RejectionReason)[:8], StaffFactory(reviewer=True).as_actor())
    letter = AuthorisationLetterFactory(partner=world.account.partner)
    pages = {
        "list": "/signatures/",
        "new": "/signatures/new/",
        "waits": f"/signatures/{world.signature.pk}/",
        "refused": f"/signatures/{refused.pk}/",
        "mend": f"/signatures/{refused.pk}/edit/",
        "letters": "/letters/",
        "letter": f"/letters/{letter.pk}/",
        "letter-edit": f"/letters/{letter.pk}/edit/",
    }
    return f"{live_server.url}{pages[request.param]}"


PAGES = ["list", "new", "waits", "refused", "mend", "letters", "letter", "letter-edit"]


@pytest.mark.parametrize("address", PAGES, indirect=True)
def test_pages_are_accessible_and_fit_a_telephone(owner, address):
    owner.goto(address)
    assert violations(owner) == []

    owner.set_viewport_size({"width": 390, "height": 800})

    assert owner.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(owner) == []
