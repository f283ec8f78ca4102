"""What came out of a file: clean files and a report of what was taken away, or the reason why nothing did."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|mp4|dcm)")
CODES: Final = {
    "media.unknown": "not a kind that is taken",
    "media.heic": "HEIC or AVIF: the phone can send JPEG instead",
    "media.empty": "no bytes",
    "media.too_large": "more bytes than the kind allows, before or after decoding",
    "media.too_many_pixels": "wider or higher than allowed",
    "media.too_many_pages": "more pages or frames than allowed",
    "media.too_long": "a video of more minutes than allowed",
    "media.broken": "cannot be read to its end, or broke the program that read it",
    "media.encrypted": "needs a password",
    "media.undecodable": "compressed in a way that is not read here (DICOM with MPEG or HTJ2K inside)",
    "media.no_picture": "holds no picture: a report, a structure set, a video without a video track",
    "media.no_ffmpeg": "this server cannot read videos",
    "media.took_too_long": "was not done in time",
    "media.disk_full": "the server's disk is full: worth another try later",
}


class Kind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    DICOM = "dicom"


class Refused(Exception):
    """No clean file could be made. `code` is one of CODES; `why` is the class name of the fault beneath, for the log,
    and never holds anything that was in the file.
    """

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.why = why

    @property
    def is_worth_another_try(self) -> bool:
        """Whether the same file may pass later, with nobody doing anything to it."""
        return self.code == "media.disk_full"


@dataclass(frozen=True, slots=True)
class File:
    """One clean file in the output folder. `size` in bytes, `width` and `height` in pixels."""

    name: str
    media_type: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Clean:
    """What a file became.

    `media_type` is that of the main file, which is the first of `files`. `removed`: stable labels, for DICOM also
    "(gggg,eeee) Keyword", never values. `text`: the text layer of a document, to be searched for identifiers and
    dropped. `pages` of a document, `frames` of a DICOM file, else 0. `seconds` of a video, else None. `width` and
    `height` of the main file in pixels. `burned_in`: whether text is likely part of the picture, "yes", "no" or
    "unknown".
    """

    kind: Kind
    media_type: str
    files: tuple[File, ...]
    removed: tuple[str, ...]
    width: int
    height: int
    text: str = ""
    pages: int = 0
    frames: int = 0
    seconds: float | None = None
    burned_in: str = "unknown"

    @property
    def needs_look(self) -> bool:
        """Whether a person must look before others see it. Always: no program sees every name and face in a picture."""
        return True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError when it is not what `as_json` gives."""
        files = tuple(File(**file) for file in told["files"])
        if any(not NAME.fullmatch(file.name) for file in files):
            raise ValueError("file name")
        return cls(**{**told, "kind": Kind(told["kind"]), "files": files, "removed": tuple(told["removed"])})
