"""Turn the industry that was typed into one of the codes, and keep a company code once a partner.

What was typed stays in the history.
"""

import pghistory
from django.db import migrations

# Words that stand in what was typed, the more telling first; anything else is OTHER.
CODES = {
    "HEALTH": ("医", "药", "口腔", "诊", "健康"),
    "EDUCATION": ("教育", "学校", "培训", "幼儿"),
    "FINANCE": ("金融", "保险", "银行", "证券"),
    "REAL_ESTATE": ("地产", "房", "物业"),
    "LOGISTICS": ("物流", "快递", "仓储"),
    "CATERING": ("餐", "酒店", "食"),
    "TRAVEL": ("旅", "交通", "航空", "出行"),
    "SOFTWARE": ("软件", "互联网", "信息", "科技"),
    "GOVERNMENT": ("政府", "机关", "事业单位", "公共"),
    "MANUFACTURING": ("制造", "工业", "加工"),
    "RETAIL": ("零售", "电商", "商超", "书", "店", "商贸"),
    "SERVICES": ("服务", "维修", "美容", "健身"),
}


def code_of(text):
    if not text.strip():
        return ""
    for code, words in CODES.items():
        if any(word in text for word in words):
            return code
    return "OTHER"


def translate(apps, schema_editor):
    customers = apps.get_model("partners", "Customer")
    typed = customers.objects.order_by().values_list("industry", flat=True).distinct()
    with pghistory.context(act="customers.edit", actor_kind="system", actor="system", reason=""):
        for text in list(typed):
            code = code_of(text)
            if code != text:
                customers.objects.filter(industry=text).update(industry=code)
        _blank_repeated_codes(customers)


def _blank_repeated_codes(customers):
    """Leave a company code with the first of a partner's customers that has it."""
    seen = set()
    for customer in customers.objects.exclude(credit_code="").order_by("pk"):
        key = (customer.partner_id, customer.credit_code)
        if key in seen:
            customers.objects.filter(pk=customer.pk).update(credit_code="")
        seen.add(key)


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_gateway_particulars")]

    operations = [migrations.RunPython(translate, migrations.RunPython.noop)]
