"""Uploads and annotations."""

from courses.media.models.annotations import AnnotationLayer
from courses.media.models.uploads import Upload, UploadPart, UploadState, UploadWay

__all__ = [
    "AnnotationLayer",
    "Upload",
    "UploadPart",
    "UploadState",
    "UploadWay",
]
