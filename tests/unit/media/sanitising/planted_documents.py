"""PDF files, built by hand, with the marker in every place a PDF has for words."""

import zlib
from collections.abc import Iterator

from tests.unit.media.sanitising.planted import ASCII, HEX, UTF16BE, UTF16LE, Planted, disguised
from tests.unit.media.sanitising.planted_photos import jpeg

CATALOGUE, PAGES, PAGE, CONTENT, FONT = 1, 2, 3, 4, 5
_INFO_KEYS = (b"Title", b"Author", b"Subject", b"Keywords", b"Creator", b"Producer", b"Patient")
VISIBLE = b"0.2 0.4 0.9 rg 20 20 90 60 re f"


def stream(body: bytes, extra: bytes = b"", *, packed: bool = True) -> bytes:
    data = zlib.compress(body) if packed else body
    packing = b"/Filter /FlateDecode " if packed else b""
    return b"<< %s%s /Length %d >>\nstream\n%s\nendstream" % (packing, extra, len(data), data)


def pdf(
    objects: dict[int, bytes] | None = None,
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    trailer: bytes = b"",
    content: bytes = VISIBLE,
    size: tuple[float, float] = (200, 200),
    pages: int = 1,
) -> bytes:
    """A PDF with one drawn page, and whatever is hung into its dictionaries. Further objects start at 10."""
    kids = b" ".join(b"%d 0 R" % PAGE for _ in range(pages))
    box = b"[0 0 %.2f %.2f]" % size
    every = {
        CATALOGUE: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        PAGES: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 20 0 R >> >> %s >>" % (box, page),
        CONTENT: stream(content),
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **(objects or {}),
    }
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets: dict[int, int] = {}
    for number, body in sorted(every.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size_of_table = max(every) + 1
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size_of_table, trailer, start)


def annotation(body: bytes, **objects: bytes) -> bytes:
    return pdf({10: b"<< /Type /Annot /Rect [30 30 60 60] %s >>" % body}, page=b"/Annots [10 0 R]")


def _words() -> Iterator[Planted]:
    for key in _INFO_KEYS:
        yield Planted(f"PDF info {key.decode()}", pdf({10: b"<< /%s (%s) >>" % (key, ASCII)}, trailer=b"/Info 10 0 R"))
    wide = b"<FEFF%s>" % UTF16BE.hex().encode()
    yield Planted("PDF info in hex", pdf({10: b"<< /Title %s /X <%s> >>" % (wide, HEX)}, trailer=b"/Info 10 0 R"))
    xmp = stream(b"<x:xmpmeta>%s</x:xmpmeta>" % ASCII, b"/Type /Metadata /Subtype /XML", packed=False)
    yield Planted("PDF XMP", pdf({10: xmp}, catalogue=b"/Metadata 10 0 R"))
    yield Planted("PDF XMP of a page", pdf({10: xmp}, page=b"/Metadata 10 0 R"))
    yield Planted("PDF identifier", pdf(trailer=b"/ID [<%s> <%s>]" % (HEX, HEX)))
    yield Planted("PDF language", pdf(catalogue=b"/Lang (%s)" % ASCII))
    yield Planted("PDF bookmark", pdf(_bookmark(), catalogue=b"/Outlines 10 0 R"))
    yield Planted("PDF page label", pdf(catalogue=b"/PageLabels << /Nums [0 << /P (%s) >>] >>" % ASCII))
    yield Planted("PDF named place", pdf(catalogue=b"/Dests << /%s [3 0 R /Fit] >>" % ASCII))
    yield Planted("PDF piece of an application", pdf(page=b"/PieceInfo << /App << /Private (%s) >> >>" % ASCII))
    layer = b"<< /Type /OCG /Name (%s) >>" % ASCII
    yield Planted("PDF layer", pdf({10: layer}, catalogue=b"/OCProperties << /OCGs [10 0 R] /D << >> >>"))
    alternative = b"<< /Type /StructTreeRoot /K << /S /Figure /Alt (%s) >> >>" % ASCII
    yield Planted("PDF text for readers", pdf({10: alternative}, catalogue=b"/StructTreeRoot 10 0 R"))


def _bookmark() -> dict[int, bytes]:
    return {
        10: b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
        11: b"<< /Title (%s) /Parent 10 0 R /Dest [3 0 R /Fit] >>" % ASCII,
    }


def attached(hidden: bytes = ASCII) -> bytes:
    spec = b"<< /Type /Filespec /F (%s.txt) /EF << /F 11 0 R >> >>" % hidden[:40].replace(b"(", b"").replace(b")", b"")
    names = b"/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>"
    return pdf({10: spec, 11: stream(hidden, b"/Type /EmbeddedFile")}, catalogue=names)


def scripted() -> bytes:
    action = b"<< /S /JavaScript /JS (app.alert\\('%s'\\)) >>" % ASCII
    return pdf({10: action}, catalogue=b"/OpenAction 10 0 R /Names << /JavaScript << /Names [(a) 10 0 R] >> >>")


def filled_in() -> bytes:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (%s) /V (%s) /DV (%s) /Rect [30 30 90 50] /F 2 >>"
    form = b"/AcroForm << /Fields [10 0 R] >>"
    return pdf({10: field % (ASCII, ASCII, ASCII)}, catalogue=form, page=b"/Annots [10 0 R]")


def _active() -> Iterator[Planted]:
    yield Planted("PDF attachment", attached())
    yield Planted("PDF attachment in UTF-16", attached(UTF16LE))
    yield Planted("PDF script", scripted())
    yield Planted("PDF script of a page", pdf(page=b"/AA << /O << /S /JavaScript /JS (%s) >> >>" % ASCII))
    yield Planted("PDF form", filled_in())
    for kind in (b"Text", b"FreeText /F 2", b"Highlight", b"Popup", b"Stamp", b"FileAttachment"):
        note = annotation(b"/Subtype /%s /Contents (%s) /T (%s)" % (kind, ASCII, ASCII))
        yield Planted(f"PDF annotation {kind.decode()}", note)
    link = b"/Subtype /Link /A << /S /URI /URI (https://example.org/%s) >>" % ASCII
    yield Planted("PDF link", annotation(link))
    yield Planted("PDF launch", annotation(b"/Subtype /Link /A << /S /Launch /F (%s) >>" % ASCII))


def _drawn() -> Iterator[Planted]:
    text = b"BT /F1 12 Tf 20 120 Td (%s) Tj ET" % ASCII
    yield Planted("PDF text", pdf(content=VISIBLE + b"\n" + text))
    yield Planted("PDF invisible text", pdf(content=VISIBLE + b"\n3 Tr " + text))
    yield Planted("PDF text off the page", pdf(content=text.replace(b"20 120", b"900 900")))
    yield Planted("PDF text beneath", pdf(content=text + b"\n1 1 1 rg 0 0 200 200 re f"))
    yield Planted("PDF comment in the drawing", pdf(content=b"%" + ASCII + b"\n" + VISIBLE))
    yield Planted("PDF marked text", pdf(content=b"/Span << /ActualText (%s) >> BDC %s EMC" % (ASCII, VISIBLE)))
    image = jpeg(comment=ASCII)
    extra = b"/Type /XObject /Subtype /Image /Width 96 /Height 64 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    picture = stream(image, extra + b" /Filter /DCTDecode", packed=False)
    yield Planted("PDF picture with a comment", pdf({20: picture}, content=b"q 96 0 0 64 20 20 cm /X Do Q"))
    yield Planted("PDF picture never drawn", pdf({20: picture}))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s >>" % ASCII
    yield Planted("PDF font name", pdf({5: font}, content=text.replace(ASCII, b"hello")))


def _structure() -> Iterator[Planted]:
    yield from disguised("PDF after the end", lambda hidden: pdf() + hidden)
    yield Planted("PDF object nobody names", pdf({10: b"(%s)" % ASCII}))
    yield Planted("PDF stream nobody names", pdf({10: stream(UTF16LE * 2)}))
    yield Planted("PDF comment", pdf().replace(b"%\xe2\xe3\xcf\xd3", b"%" + ASCII))
    older = pdf({10: b"<< /Title (%s) >>" % ASCII}, trailer=b"/Info 10 0 R")
    start, at = older.rindex(b"startxref") + 10, len(older)
    update = b"10 0 obj\n<< /Title (x) >>\nendobj\n"
    update += b"xref\n10 1\n%010d 00000 n \ntrailer\n<< /Size 11 /Root 1 0 R /Prev %d >>\n" % (
        at,
        int(older[start:].split()[0]),
    )
    yield Planted("PDF earlier version", older + update + b"startxref\n%d\n%%%%EOF\n" % (at + 31))


def documents() -> Iterator[Planted]:
    yield from _words()
    yield from _active()
    yield from _drawn()
    yield from _structure()
