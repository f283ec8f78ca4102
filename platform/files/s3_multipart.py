"""Multipart uploads to S3: begun and finished here, their parts sent by somebody else to addresses signed here.

The errors are those of `files.storage`.
"""

import contextlib
from functools import lru_cache
from typing import Any, Final, NamedTuple

import boto3
from botocore.config import Config
from django.conf import settings

from files.storage import bucket, client, faults

ADDRESS_SECONDS: Final = 600


class Part(NamedTuple):
    """What S3 says of a part: bytes, and its tag."""

    size: int
    tag: str


def begin(key: str) -> str:
    """The id of a new multipart upload to `key`."""
    with faults():
        return str(client().create_multipart_upload(Bucket=bucket(), Key=key)["UploadId"])


def parts(key: str, upload: str) -> dict[int, Part]:
    """The parts that arrived, by number. Raises FileNotFoundError when the upload was finished or ended."""
    with faults():
        pages = client().get_paginator("list_parts").paginate(Bucket=bucket(), Key=key, UploadId=upload)
        found = [part for page in pages for part in page.get("Parts", ())]
    return {part["PartNumber"]: Part(part["Size"], part["ETag"]) for part in found}


def address(key: str, upload: str, number: int, length: int) -> str:
    """Where a browser may `PUT` just this part, of just this length, for ADDRESS_SECONDS."""
    asked = {"Bucket": bucket(), "Key": key, "UploadId": upload, "PartNumber": number, "ContentLength": length}
    signer = _public_client(settings.S3_PUBLIC_ENDPOINT) if settings.S3_PUBLIC_ENDPOINT else client()
    return str(signer.generate_presigned_url("upload_part", Params=asked, ExpiresIn=ADDRESS_SECONDS))


def finish(key: str, upload: str, told: dict[int, Part]) -> None:
    """Join the parts to one object."""
    joined = [{"PartNumber": number, "ETag": part.tag} for number, part in sorted(told.items())]
    with faults():
        client().complete_multipart_upload(Bucket=bucket(), Key=key, UploadId=upload, MultipartUpload={"Parts": joined})


def end(key: str, upload: str) -> None:
    """Throw the parts away; an upload that is not there any more is as good."""
    with faults(), contextlib.suppress(client().exceptions.NoSuchUpload):
        client().abort_multipart_upload(Bucket=bucket(), Key=key, UploadId=upload)


@lru_cache(maxsize=4)
def _public_client(endpoint: str) -> Any:
    """Signs for the address at which browsers reach the same server; it never sends anything."""
    options: dict[str, Any] = settings.STORAGES["default"]["OPTIONS"]
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=options.get("region_name"),
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
