from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import KeyMode, PartnerRole
from apps.partners.services import accounts, api_keys
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.users import StaffFactory


def recharge(account, segments):
    ledger_credits.recharge(
        account_id=account.pk, segments=segments, recharge_id=1, by=SYSTEM, at=clock.now()
    )


class TestHome:
    def test_shows_the_balance_with_thousands_separators(self, owner, qinghe):
        recharge(qinghe.account, 200_000)

        page = owner.get("/").content.decode()

        assert "账户 TCLKJ00042 余额" in page
        assert "200,000" in page

    def test_shows_the_newest_messages_with_their_numbers_in_full(self, owner, qinghe):
        queue(qinghe.account, ["13800138000"])

        page = owner.get("/").content.decode()

        assert "13800138000" in page
        assert "待发送" in page
        assert "【青禾软件】您的订单已发货。" in page

    def test_shows_nothing_of_another_partner(self, owner):
        other = AccountFactory()
        queue(other, ["13900139000"])

        page = owner.get("/").content.decode()

        assert "13900139000" not in page
        assert other.code not in page

    def test_says_what_to_do_when_there_is_nothing_yet(self, owner):
        page = owner.get("/").content.decode()

        assert "请通过银行汇款并附凭证登记" in page
        assert "使用 API 密钥发送第一条" in page
        assert "请先创建一个测试密钥" in page

    def test_says_so_when_the_partner_has_no_account(self, client, db):
        client.force_login(MembershipFactory().user)

        assert "尚未开户" in client.get("/").content.decode()

    def test_shows_why_an_account_is_suspended(self, owner, qinghe):
        accounts.suspend(account_id=qinghe.account.pk, by=SYSTEM, reason="收到投诉")

        assert "收到投诉" in owner.get("/").content.decode()

    def test_shows_keys_without_their_secret(self, owner, qinghe):
        key, plain = api_keys.issue(
            account=qinghe.account, name="生产服务器", mode=KeyMode.LIVE, by=SYSTEM
        )

        page = owner.get("/").content.decode()

        assert key.prefix in page
        assert plain not in page

    def test_hides_messages_and_keys_from_finance(self, signed_in, qinghe):
        queue(qinghe.account, ["13800138000"])

        page = signed_in(PartnerRole.FINANCE).get("/").content.decode()

        assert "13800138000" not in page
        assert "API 密钥" not in page

    def test_is_english_where_that_was_chosen(self, owner):
        owner.cookies["django_language"] = "en"

        assert "Overview" in owner.get("/").content.decode()

    def test_sends_staff_to_the_admin(self, client, db):
        client.force_login(StaffFactory())

        assert client.get("/").headers["Location"] == "/admin/"

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            while qinghe.partner.accounts.count() < rows:
                queue(AccountFactory(partner=qinghe.partner, of_customer=True), ["13800138000"])
            with django_assert_max_num_queries(10):
                owner.get("/")
