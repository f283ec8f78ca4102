"""What a file may cost at most before it is refused."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Self

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps. Bytes are of the uploaded file, pixels width times height, seconds of wall clock unless named otherwise."""

    photo_bytes: int = 60 * MIB
    document_bytes: int = 60 * MIB
    video_bytes: int = 1024 * MIB
    dicom_bytes: int = 400 * MIB
    photo_pixels: int = 100_000_000  # a phone of 2024 takes 50 million; JPEGs beyond are decoded at a fraction anyway
    document_pages: int = 30
    page_points: float = 14_400.0  # the longest side of a page, in 1/72 inch: what PDF 1.7 itself allows
    text_characters: int = 50_000
    video_seconds: float = 600.0
    video_pixels: int = 4096 * 2304  # 4K
    video_output_bytes: int = 300 * MIB  # either rendition
    dicom_pixels: int = 64_000_000  # of one frame; a digital mammogram has 15 million
    dicom_frames: int = 2_000
    dicom_decoded_bytes: int = 300 * MIB  # all frames, uncompressed
    memory_bytes: int = 2048 * MIB  # address space of the child, and of each ffmpeg it starts
    written_bytes: int = 400 * MIB  # any one file the child writes
    short_seconds: int = 120  # wall clock and CPU for photos, documents and DICOM
    long_seconds: int = 1_800  # for videos
    starting_seconds: int = 15  # on top of the wall clock: Python and the libraries on a busy machine

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """Raises TypeError when a name is none of these."""
        return cls(**told)
