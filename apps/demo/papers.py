"""Papers of the demonstration set: small real PDFs and a PNG, drawn here so that none is shipped.

Chinese text uses the font that every PDF reader has a substitute for, so nothing is embedded.
"""

import io
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont

_A4 = (595, 842)
_INK, _STAMP = "0.1 0.1 0.15", "0.8 0.1 0.1"
_KAPPA = 0.5523  # four Bézier curves with this handle make a circle
_FONT = (
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [6 0 R] >>"
    ),
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor 7 0 R >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>"
    ),
)


def licence(*, name: str, credit_code: str, address: str) -> io.BytesIO:
    """Draw a stamped copy of a business licence."""
    lines = [
        f"统一社会信用代码：{credit_code}",
        f"名称：{name}",
        "类型：有限责任公司",
        f"住所：{address}",
        "经营范围：软件开发；信息技术服务",
        "（演示数据，并非真实证照）",
    ]
    return _pdf("营业执照（副本复印件）", lines)


def trademark(*, text: str, holder: str, number: str) -> io.BytesIO:
    """Draw a trademark certificate."""
    lines = [
        f"商标：{text}",
        f"注册号：{number}",
        f"注册人：{holder}",
        "（演示数据，并非真实证照）",
    ]
    return _pdf("商标注册证", lines)


def authorisation(*, grantor: str, grantee: str, text: str) -> io.BytesIO:
    """Draw a sealed authorisation letter."""
    lines = [
        f"授权方：{grantor}",
        f"被授权方：{grantee}",
        f"授权事项：以【{text}】作为短信签名发送短信",
        "授权方（盖章）：见右下角",
        "（演示数据）",
    ]
    return _pdf("短信签名授权委托书", lines)


def agreement(*, number: str, signer: str) -> io.BytesIO:
    """Draw the scan of an agreement's last page, stamped."""
    lines = [
        f"协议编号：{number}",
        "甲方（盖章）：见右下角" if signer == "PARTNER" else "乙方（盖章）：见右下角",
        "（演示数据）",
    ]
    return _pdf("短信网关接口技术合作协议书", lines)


def pledge(*, customer: str, partner: str) -> io.BytesIO:
    """Draw the signed copy of a customer's security pledge."""
    lines = [
        f"承诺单位：{customer}",
        f"接入服务方：{partner}",
        "一、遵守国家法律法规，不发送违法和不良信息。",
        "二、只向同意接收的用户发送短信。",
        "三、妥善保管用户个人信息。",
        "承诺单位（盖章）：见右下角",
        "（演示数据）",
    ]
    return _pdf("信息安全保障责任书", lines)


def voucher(*, amount: str, reference: str) -> io.BytesIO:
    """Draw the scan of a remittance slip."""
    image = Image.new("RGB", (900, 420), "#fdfcf7")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 880, 400), outline="#33415c", width=3)
    lines = ("REMITTANCE ADVICE (DEMO)", f"Amount: CNY {amount}", f"Reference: {reference}")
    for place, line in enumerate(lines):
        draw.text((60, 70 + 90 * place), line, fill="#1b2a41", font=ImageFont.load_default(36))
    draw.ellipse((690, 240, 840, 390), outline="#c1272d", width=6)
    target = io.BytesIO()
    image.save(target, "PNG")
    return io.BytesIO(target.getvalue())


def _pdf(title: str, lines: Sequence[str]) -> io.BytesIO:
    content = "\n".join(
        [
            f"{_INK} rg {_INK} RG 2 w 40 40 {_A4[0] - 80} {_A4[1] - 80} re S",
            _text(title, at=(90, 730), size=26),
            *(_text(line, at=(90, 660 - 44 * place), size=15) for place, line in enumerate(lines)),
            _stamp(at=(440, 150), radius=62),
        ]
    ).encode()
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4[0]} {_A4[1]}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>"
    ).encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        *_FONT,
    )
    return io.BytesIO(_assembled(objects))


def _text(text: str, *, at: tuple[int, int], size: int) -> str:
    return f"BT /F1 {size} Tf {at[0]} {at[1]} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _stamp(*, at: tuple[int, int], radius: int) -> str:
    (x, y), r, k = at, radius, radius * _KAPPA
    return (
        f"{_STAMP} RG {_STAMP} rg 4 w {x + r} {y} m "
        f"{x + r} {y + k} {x + k} {y + r} {x} {y + r} c "
        f"{x - k} {y + r} {x - r} {y + k} {x - r} {y} c "
        f"{x - r} {y - k} {x - k} {y - r} {x} {y - r} c "
        f"{x + k} {y - r} {x + r} {y - k} {x + r} {y} c S "
        + _text("演示专用", at=(x - 32, y - 6), size=16)
    )


def _assembled(objects: Iterable[bytes]) -> bytes:
    target = io.BytesIO()
    target.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(target.tell())
        target.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = target.tell()
    size = len(offsets) + 1
    target.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    target.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    target.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table))
    return target.getvalue()
