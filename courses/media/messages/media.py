"""The sentences people read for the error codes of media, and what was taken out of a file, in words."""

import re
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    # On the way
    "upload.forbidden": _("Files can be added only by the case's author, before the case is sent."),
    "upload.too_large": _("This file is too large: at most %(megabytes)s MB are taken."),
    "upload.too_many": _("This case has as many files as it may: %(files)s. Remove one first."),
    "upload.person_files": _("You have as many files here as one person may: %(files)s. Remove some first."),
    "upload.person_full": _("Your files are too large together: at most %(megabytes)s MB are kept for one person."),
    "upload.case_full": _("The files of this case are too large together: at most %(megabytes)s MB are taken."),
    "upload.key_taken": _("This upload belongs to another file. Choose the file again."),
    "upload.over": _("This upload was given up. Choose the file again."),
    "upload.wrong_way": _("This upload goes another way. Reload the page."),
    "upload.malformed": _("The server did not understand the request. Reload the page."),
    "upload.wrong_length": _("A part of the file did not arrive whole. It is sent again."),
    "upload.wrong_digest": _("A part of the file arrived damaged. It is sent again."),
    "upload.part_differs": _("The file changed while it was sent. Choose it again."),
    "upload.incomplete": _("Parts of the file are still missing. They are sent again."),
    "upload.storage_away": _("The file store does not answer. What arrived is kept; the rest follows by itself."),
    "upload.disk_full": _("The server's disk is full. What arrived is kept; the rest follows when there is room."),
    # What became of it
    "media.unknown": _("This is no photo, video, PDF or scan that we can read. Photos: JPEG, PNG or WebP."),
    "media.heic": _(
        "iPhones store photos as HEIC, which we cannot read. Set the camera to “Most compatible”, or send a "
        "screenshot of it."
    ),
    "media.empty": _("This file is empty."),
    "media.too_large": _("This file is too large for its kind."),
    "media.too_many_pixels": _("This picture has too many pixels. Make it smaller and send it again."),
    "media.too_many_pages": _("This file has too many pages or frames. Send the ones that matter."),
    "media.too_long": _("This video is too long. Cut it to the minutes that matter."),
    "media.broken": _("This file is damaged and cannot be read."),
    "media.encrypted": _("This file is locked with a password. Send it without one."),
    "media.undecodable": _("This scan is compressed in a way that we cannot read. Export it uncompressed."),
    "media.no_picture": _("There is no picture in this file."),
    "media.no_ffmpeg": _("This server cannot read videos yet. Tell the coordinators."),
    "media.took_too_long": _("Cleaning this file took too long. Send a shorter or smaller one."),
    "media.disk_full": _("The server's disk was full for too long. Send the file again."),
    "media.storage_away": _("The file store did not answer for too long. Send the file again."),
    "media.lost": _("What had arrived of this file was lost on the server. Send it again."),
    # Seeing and changing
    "media.forbidden": _("Files can be changed only by the case's author, before the case is sent."),
    "media.caption.long": _("Keep the caption below 200 characters."),
    "media.not_ready": _("This file is not ready yet."),
    "media.expired": _("This address has expired. Reload the page."),
    "media.consent_withdrawn": _("The consent was withdrawn or has expired: the pictures are closed to everybody."),
}

REMOVED: Final[dict[str, Text]] = {
    "gps": _("the place where it was taken (GPS)"),
    "exif": _("camera data (EXIF)"),
    "maker_note": _("the camera maker's notes"),
    "thumbnail": _("a hidden small picture"),
    "extra_pictures": _("further pictures in the same file"),
    "xmp": _("editing data (XMP)"),
    "iptc": _("press data (IPTC)"),
    "icc": _("a colour profile"),
    "comment": _("a comment"),
    "text_chunks": _("hidden text"),
    "time": _("the time of the last change"),
    "private_chunks": _("data of an unknown program"),
    "application_data": _("data of an unknown program"),
    "stray_bytes": _("bytes that belong to nothing"),
    "appended_bytes": _("something appended to the file"),
    "pdf_metadata": _("the document's author, title and dates"),
    "attachments": _("attached files"),
    "javascript": _("scripts"),
    "forms": _("form fields"),
    "bookmarks": _("bookmarks"),
    "signatures": _("signatures"),
    "earlier_versions": _("earlier versions of the document"),
    "annotations": _("notes on the pages"),
    "text_layer": _("the text behind the pages"),
    "metadata": _("recording data (device, dates)"),
    "audio": _("the sound"),
    "subtitles": _("subtitles"),
    "data_streams": _("hidden data tracks"),
    "chapters": _("chapter names"),
}
FILES: Final[dict[str, Text]] = {
    "thumb.jpg": _("in a list, tiny"),
    "small.jpg": _("small picture"),
    "large.jpg": _("large picture"),
    "master.jpg": _("whole picture"),
    "poster.jpg": _("still of the video"),
    "low.mp4": _("small video"),
    "master.mp4": _("whole video"),
    "image.dcm": _("the scan's file"),
    "window": _("the scan, frame by frame"),
}
_PAGE: Final = re.compile(r"page-(\d+)(?:-small)?\.jpg")
_DICOM: Final = re.compile(r"\([0-9a-f]{4},[0-9a-f]{4}\) (\w+)")
_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def removed_word(label: str) -> str:
    """What a label of the cleaning means; a scan's attribute by its name in the DICOM standard, which is English."""
    if found := _DICOM.fullmatch(label):
        return _WORDS.sub(" ", found[1])
    return str(REMOVED.get(label, label))


def file_word(name: str) -> str:
    """What a file of a medium is, in words."""
    if found := _PAGE.fullmatch(name):
        return gettext("page %(number)s") % {"number": int(found[1])}
    return str(FILES.get(name, name))
