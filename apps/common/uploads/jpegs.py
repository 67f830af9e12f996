"""JPEGs inside PDFs: their metadata is cut out without touching a pixel.

Source: ITU-T T.81 annex B (markers), Adobe TN 5116 (APP14 says how the colours are meant).
"""

START, END, SCAN = 0xD8, 0xD9, 0xDA
APP0, APP14, APP15, COMMENT = 0xE0, 0xEE, 0xEF, 0xFE


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, profiles, comments and what follows its end.

    What is not built like a JPEG is returned as it is; whoever draws it decides.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, position = [data[:2]], 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == SCAN:
            last = data.rfind(bytes((0xFF, END)))
            kept.append(data[position : last + 2] if last > position else data[position:])
            return b"".join(kept)
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        is_metadata = marker == COMMENT or APP0 < marker <= APP15
        if marker == APP14 or not is_metadata:
            kept.append(data[position:end])
        position = end
    return data
