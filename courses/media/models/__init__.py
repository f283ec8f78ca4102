"""Uploads and annotations."""

from courses.media.models.annotations import MarkLayer
from courses.media.models.uploads import Upload, UploadPart, UploadState, UploadWay

__all__ = [
    "MarkLayer",
    "Upload",
    "UploadPart",
    "UploadState",
    "UploadWay",
]
