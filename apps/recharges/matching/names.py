"""Company names: the same one in a contract, on a slip and in a bank's file seldom looks the same."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

SIMILAR_PERCENT = 80  # below this, names are of different firms
_SUFFIX = re.compile(r"(有限|责任|股份|集团|控股|公司)+$")
_TRADE = re.compile(
    r"(信息|网络|电子|计算机|软件|数据|智能|科技|技术|商务|系统|服务|通信|通讯|工程|开发|发展|实业|"
    r"贸易|传媒|文化|咨询|管理|教育|医疗|互联网|物联网|云计算|大数据)+"
)
_PLACES = re.compile(
    r"(北京|上海|天津|重庆|广东|浙江|江苏|山东|四川|湖北|湖南|河北|河南|福建|安徽|江西|辽宁|吉林|黑龙江|"
    r"陕西|山西|云南|贵州|广西|海南|甘肃|青海|宁夏|新疆|西藏|内蒙古|香港|澳门|"
    r"广州|深圳|杭州|南京|苏州|成都|武汉|长沙|西安|郑州|济南|青岛|厦门|福州|合肥|南昌|沈阳|大连|"
    r"长春|哈尔滨|昆明|贵阳|南宁|海口|兰州|石家庄|太原|无锡|宁波|佛山|东莞|珠海)(省|市)?"
)
_COMPANY = re.compile(r"公司|厂|店|院|所|中心|集团|合作社|银行|学校|协会|部|社|局|co|ltd|inc")
_LONG_BRAND = 4  # in shorter ones every character tells firms apart
_TRUNCATED_LENGTH = 6  # banks cut long names; shorter beginnings say too little


@lru_cache(maxsize=8_192)
def normal(name: str) -> str:
    """Return a name without width, case, blanks, brackets and punctuation."""
    narrow = unicodedata.normalize("NFKC", name).lower()
    return "".join(letter for letter in narrow if letter.isalnum())


@lru_cache(maxsize=8_192)
def core(name: str) -> str:
    """Return what tells a firm from others: no place, no legal form."""
    bare = _SUFFIX.sub("", _PLACES.sub("", normal(name)))
    return bare or normal(name)


@lru_cache(maxsize=8_192)
def brand(name: str) -> str:
    """Return the part that a firm chose for itself: 青禾 of 北京青禾软件有限公司."""
    return _TRADE.sub("", core(name)) or core(name)


@lru_cache(maxsize=8_192)
def is_person(name: str) -> bool:
    """Tell whether a payer is a person: two to four Chinese characters and no kind of firm."""
    bare = normal(name)
    return 2 <= len(bare) <= 4 and not _COMPANY.search(bare) and not bare.isascii()


@lru_cache(maxsize=65_536)
def similarity(one: str, other: str) -> int:
    """Return how similar two names are, in percent; 100 for the same name written differently.

    青禾软件（北京）有限公司 and 北京青禾软件有限公司 are 95; the first and second branch of one firm
    are different however long the rest.
    """
    first, second = normal(one), normal(other)
    if not first or not second:
        return 0
    if first == second:
        return 100
    if _numbers(first) != _numbers(second):
        return min(60, round(fuzz.ratio(first, second)))
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= _TRUNCATED_LENGTH and longer.startswith(shorter):
        return 92
    cores = core(one), core(other)
    if cores[0] == cores[1]:
        return 95 if sorted(_places(first)) == sorted(_places(second)) else 88
    return _of_brands((brand(one), brand(other)), round(fuzz.ratio(*cores)))


def _of_brands(brands: tuple[str, str], percent: int) -> int:
    """Trades are shared by thousands; firms whose own names differ are different."""
    if brands[0] == brands[1]:
        return max(SIMILAR_PERCENT, min(percent, 87))
    if min(map(len, brands)) >= _LONG_BRAND and fuzz.ratio(*brands) >= SIMILAR_PERCENT:
        return min(percent, 87)
    return min(percent, 60)


def _places(name: str) -> list[str]:
    return [found[0] for found in _PLACES.findall(name)]


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+|[第][一二三四五六七八九十]+", name)
