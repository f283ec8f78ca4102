"""Documents: every page becomes a picture; of the PDF itself nothing is kept."""

from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from courses.media.sanitising import pictures
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, File, Kind, Refused

_PASSWORD: Final = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


def clean(source: Path, out: Path, limits: Limits) -> Clean:
    """Writes `page-01.jpg`, `page-01-small.jpg`, … and `thumb.jpg` of the first page. Raises Refused.

    Forms are not initialised and scripts never run. Annotations that show are drawn, because they are seen by whoever
    looks at the picture; what they hide goes.
    """
    data = source.read_bytes()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Refused("media.encrypted" if error.err_code in _PASSWORD else "media.broken", "PdfiumError") from None
    try:
        count = len(document)
        if count > limits.document_pages:
            raise Refused("media.too_many_pages")
        if not count:
            raise Refused("media.no_picture")
        removed = _of_document(document, data)
        files: list[File] = []
        texts: list[str] = []
        left = limits.text_characters
        for number in range(count):
            page = document[number]
            picture = _picture(page, limits)
            if not number:
                thumb = pictures.write_thumb(picture, out)
            name = f"page-{number + 1:02}"
            files.append(pictures.write(picture, out, f"{name}.jpg", side=pictures.LARGE_SIDE, quality=82))
            files.append(pictures.write(picture, out, f"{name}-small.jpg", side=pictures.SMALL_SIDE, quality=74))
            texts.append(text := _text(page, left))
            left -= len(text)
            if pdfium_c.FPDFPage_GetAnnotCount(page):
                removed.add("annotations")
            page.close()
    finally:
        document.close()
    text = "\n".join(texts).strip()[: limits.text_characters]
    return Clean(
        kind=Kind.DOCUMENT,
        media_type=pictures.MEDIA_TYPE,
        files=(*files, thumb),
        removed=tuple(sorted(removed | ({"text_layer"} if text else set()))),
        width=files[0].width,
        height=files[0].height,
        text=text,
        pages=count,
    )


def _picture(page: pdfium.PdfPage, limits: Limits) -> Image.Image:
    width, height = page.get_size()
    longest = max(width, height)
    if not 0 < longest <= limits.page_points or min(width, height) <= 0:
        raise Refused("media.too_many_pixels")
    bitmap = page.render(scale=pictures.LARGE_SIDE / longest, rev_byteorder=True, may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _text(page: pdfium.PdfPage, most: int) -> str:
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), most)
        return str(textpage.get_text_range(0, count)).replace("\r\n", "\n") if count > 0 else ""
    finally:
        textpage.close()


def _of_document(document: pdfium.PdfDocument, data: bytes) -> set[str]:
    """The labels of what the document carries besides its pages."""
    found = {
        "pdf_metadata": bool(document.get_metadata_dict(skip_empty=True)) or b"/Metadata" in data,
        "attachments": document.count_attachments() > 0,
        "javascript": pdfium_c.FPDFDoc_GetJavaScriptActionCount(document) > 0 or b"/JavaScript" in data,
        "forms": document.get_formtype() != pdfium_c.FORMTYPE_NONE,
        "bookmarks": bool(pdfium_c.FPDFBookmark_GetFirstChild(document, None)),  # a null pointer is false
        "signatures": pdfium_c.FPDF_GetSignatureCount(document) > 0,
        "appended_bytes": bool(data[data.rfind(b"%%EOF") + 5 :].strip()) if b"%%EOF" in data else True,
        "earlier_versions": data.count(b"startxref") > 1 and b"/Linearized" not in data[:2048],
    }
    return {label for label, is_there in found.items() if is_there}
