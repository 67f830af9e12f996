"""The first sends of the demonstration set, through the same door as partners' software.

Worker and simulator deliver them once they run. The last digits of some numbers choose their fate,
as `carriers.simulator.behaviour` says.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from apps.common import clock
from apps.messaging import accepting

# Segments of China Mobile, Unicom and Telecom, and Hangzhou's PHS numbers.
_PREFIXES = ("1380571", "1395810", "1868571", "1300561", "1890571", "1335712", "0571880")


def numbers(count: int, *, seed: int) -> list[str]:
    """Return different numbers of every operator, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same set in every demonstration
    return [
        f"{chance.choice(_PREFIXES)}{digits:04}"
        for digits in chance.sample(range(10, 10_000), count)
    ]


def send_for_partner(key: str) -> None:
    """Send what a vendor of membership software sends in a morning."""
    tomorrow = clock.now() + timedelta(days=1)
    _send(key, numbers(12, seed=4), "门店明日 9 点恢复营业，欢迎光临。", send_at=tomorrow)
    _send(key, numbers(60, seed=2), "您的会员积分本月底到期，请及时使用。", reference="points-07")
    _send(key, numbers(25, seed=3), "新品上架，老会员到店八五折。", kind="marketing")
    _send(key, ["13805710001"], "您的订单已由门店接单。", reference="undelivered")
    _send(key, ["18605710005"], "您的订单已由门店接单。", reference="refused")
    for place, number in enumerate(numbers(8, seed=1)):
        _send(key, [number], f"您的登录验证码为 {481_205 + place}，5 分钟内有效。", kind="otp")


def send_for_customer(key: str) -> None:
    """Send a day's reminders of a dental clinic."""
    text = "预约提醒：请于明日 14:30 到诊，改期请致电前台。就诊前请携带身份证件及既往病历，"
    _send(key, numbers(15, seed=5), f"{text}如有发热等症状请提前告知，我们将为您另行安排时间。")


def send_for_other_partner(key: str) -> None:
    """Send what a shop system sends: parcels on their way."""
    for number in numbers(6, seed=6):
        _send(key, [number], "您的包裹已发出，预计后天送达。")


def send_a_test(key: str) -> None:
    """Try a test key, which costs nothing."""
    _send(key, ["13800130000"], "联调测试。")


def _send(
    key: str,
    to: Sequence[str],
    text: str,
    *,
    kind: str = "notice",
    reference: str | None = None,
    send_at: datetime | None = None,
) -> None:
    caller = accepting.KeyCaller(plain=key, address="127.0.0.1")
    request = accepting.Request(to=to, text=text, kind=kind, reference=reference, send_at=send_at)
    accepting.accept(caller, request, at=clock.now())
