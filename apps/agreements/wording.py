"""The first version of the agreement's wording, in our own words.

Clause by clause it settles what the reference agreement settles, on today's law: 《民法典》 instead of
the repealed contract act, and the acts on cyber security and personal information. Blanks stand in
braces and are named in `choices.Blank`. Later versions are written by staff, not here.
"""

from typing import NamedTuple

TITLE = "短信网关接口技术合作协议书"


class Wording(NamedTuple):
    """One clause: its kind (`choices.ClauseKind`), its number, its heading and its text."""

    kind: str
    number: str
    title: str
    text: str


def _section(number: str, title: str) -> Wording:
    return Wording("SECTION", number, title, "")


def _clause(number: str, title: str, text: str) -> Wording:
    return Wording("CLAUSE", number, title, text)


def _item(number: str, text: str) -> Wording:
    return Wording("ITEM", number, "", text)


def _point(number: str, text: str) -> Wording:
    return Wording("POINT", number, "", text)


FIRST: tuple[Wording, ...] = (
    Wording(
        "OPENING",
        "0",
        "",
        "甲方从事软件开发与服务，拟在其软件中加入短信功能；乙方经营短信网关，并向合作伙伴开放其二次开发接口"
        "（以下称“本接口”）。双方依照《中华人民共和国民法典》《中华人民共和国网络安全法》"
        "《中华人民共和国个人信息保护法》及电信管理的有关规定，在平等、自愿、诚信的基础上，"
        "就甲方接入和使用本接口达成如下协议，共同遵守。",
    ),
    _section("1", "乙方的义务"),
    _clause(
        "1",
        "技术资料与指导",
        "乙方无偿向甲方提供本接口的技术文档、示例和测试环境，并解答甲方开发人员在接入过程中的技术问题。",
    ),
    _clause(
        "2",
        "接口的提供",
        "乙方向甲方开放本接口。甲方可以把它作为功能模块，以内嵌或外接的方式用于甲方自己的软件产品，"
        "供甲方及其软件用户发送短信。",
    ),
    _clause(
        "3",
        "覆盖的网络",
        "对经由本接口付费发送的短信，乙方负责递交至中国移动、中国联通和中国电信在全国范围内的手机用户。",
    ),
    _clause(
        "4",
        "账户与数据的安全",
        "未经甲方书面同意，乙方不以甲方账户发送任何短信，也不向第三方提供甲方的账户资料、短信内容和"
        "接收号码。法律、行政法规另有规定，或者有权机关依法调取的，不在此限。",
    ),
    _clause(
        "5",
        "短信签名",
        "乙方免费为甲方开通短信签名。甲方应当提交能够证明其有权使用该名称的材料，即加盖公章的营业执照副本、"
        "组织机构代码证或者网站域名证书的复印件，经乙方核验后启用。甲方的短信签名为{signature}。",
    ),
    _section("2", "甲方的义务"),
    _clause(
        "6",
        "信息安全保障",
        "甲方使用本接口，并应当使其软件用户在使用本接口时，遵守国家法律法规，保证所发布信息的安全，做到：",
    ),
    _item(
        "6.1",
        "在本单位内建立信息发布审核、信息安全保密、用户信息保护以及安全责任等各项制度，落实到人，"
        "并对经由其产品发出的内容进行审查。",
    ),
    _item(
        "6.2",
        "执行《互联网信息服务管理办法》和短信息服务管理的规定，对短信内容把关，使其真实、健康、合法。",
    ),
    _item(
        "6.3",
        "了解并登记每一软件用户的行业、发送对象和发送范围；接收短信的手机用户应当事先同意接收该单位的信息，"
        "并可以随时拒绝。",
    ),
    _item("6.4", "不利用本接口制作、复制、发布、传播含有以下内容的信息："),
    _point("6.4.1", "违背宪法确立的基本原则的；"),
    _point("6.4.2", "危害国家安全、泄露国家秘密，或者颠覆国家政权、破坏国家统一的；"),
    _point("6.4.3", "有损国家的荣誉与利益的；"),
    _point("6.4.4", "挑动民族之间的仇恨或歧视，破坏民族团结的；"),
    _point("6.4.5", "违反国家的民族、宗教政策，宣传邪教或者封建迷信的；"),
    _point("6.4.6", "编造、传播谣言，扰乱社会秩序，影响社会稳定的；"),
    _point("6.4.7", "传播淫秽色情、赌博、暴力、凶杀、恐怖的内容，或者教唆他人犯罪的；"),
    _point("6.4.8", "侮辱、诽谤他人，或者以其他方式侵犯他人合法权益的；"),
    _point("6.4.9", "法律、行政法规禁止的其他内容。"),
    _item(
        "6.5",
        "任何一方发现用户发布的信息明显属于前项所列内容的，应当立即停止为该用户传输数据，保存有关记录，"
        "并向国家有关机关报告。",
    ),
    _item(
        "6.6",
        "信息是否属于第（四）项所列内容一时不能判断的，应当先送有关主管部门审核，得到同意以后再行发布。",
    ),
    _item(
        "6.7",
        "对客户的个人信息予以保密，未经本人同意不向他人提供，法律另有规定的除外。",
    ),
    _item(
        "6.8",
        "甲方及其软件用户承诺，使用本接口发布短信时接受主管部门的监督和管理；违反本条第（一）至（七）项的，"
        "由违反者承担相应的法律责任，并接受处罚。",
    ),
    _item(
        "6.9",
        "要求每一软件用户如实填写《信息安全保障责任书》并交给乙方；未提交或者未通过审核的，乙方不为该用户"
        "开通发送。",
    ),
    _clause(
        "7",
        "责任的承担",
        "软件用户未按前条的要求合法使用本接口，由此造成或者可能造成的后果由该用户自行承担，乙方不承担责任。",
    ),
    _section("3", "短信资费"),
    _clause(
        "8",
        "资费与首次充值",
        "短信以条为单位计费，基本通信费为每条人民币{base_fee}元。甲方首次充值短信{first_segments}条，"
        "每条{unit_price}元，共计人民币{first_amount}元（大写：{first_amount_capitals}）。"
        "以后各次充值，按充值当时乙方公布的或者双方另行约定的资费表计价。",
    ),
    _section("4", "短信字数"),
    _clause(
        "9",
        "字数标准",
        "一条短信的字数（含签名与标点）为：发往中国移动、中国联通、中国电信手机的，{mobile_characters}字；"
        "发往小灵通的，{phs_characters}字。超过的部分按乙方公布的长短信标准分条计费。",
    ),
    _section("5", "付款"),
    _clause(
        "10",
        "首次付款",
        "本协议签订当日，甲方一次付清首次充值款，即人民币{first_amount_capitals}。",
    ),
    _clause(
        "11",
        "续费",
        "甲方续费时，将款项汇入乙方账户（开户银行：{bank_name}；账号：{bank_account}；"
        "户名：{gateway_name}），并把汇款凭证交给乙方。乙方在查到款项的当日为甲方充值。",
    ),
    _section("6", "政策与运营商"),
    _clause(
        "12",
        "资费的调整",
        "因国家政策变化，或者因中国移动、中国联通、中国电信调整业务资费，短信费用发生变动的，乙方按照"
        "调整后的标准代收，并事先通知甲方；由此给用户造成的损失，乙方不承担赔偿责任。",
    ),
    _clause(
        "13",
        "运营商的原因",
        "由于中国移动、中国联通、中国电信等运营商的网络或者系统的原因，短信延迟或者丢失，因而给用户造成"
        "损失的，乙方不承担赔偿责任。未能送达的短信，其费用按以下规则处理：{refund_rule}。",
    ),
    _section("7", "其他"),
    _clause(
        "14",
        "期限与文本",
        "本协议有效期为{term}。期满前双方可以续签。本协议一式两份，双方各执一份，自双方签字并盖章之日起生效；"
        "未尽事宜由双方协商解决，协商不成的，任何一方可以向乙方所在地人民法院起诉。",
    ),
)

# How the paper says what becomes of a message that did not arrive; keys are `choices.RefundRule`.
REFUND_RULES = {
    "never": "已提交的短信，无论是否送达，费用均不退还",
    "on_reject": "被运营商拒绝接收的短信，费用退还至甲方账户；其余不退还",
    "on_failure": "被运营商拒绝接收，以及状态报告表明未送达的短信，费用退还至甲方账户",
}
