"""`manage.py prepare_storage`: makes the S3 bucket ready; with local files there is nothing to do."""

from typing import Any, Final

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

RAW_DAYS: Final = 2
# Some S3 servers have one rule for all buckets, set by their owner, and refuse to be told.
_NOT_OFFERED: Final = ("NotImplemented", "MethodNotAllowed", "501", "405")


class Command(BaseCommand):
    help = "Make the bucket ANFITEATRO_S3_BUCKET, and say who may send to it and what is not kept. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.S3_BUCKET:
            self.stdout.write("Files are kept on this machine; nothing to prepare.")
            return
        client = default_storage.connection.meta.client  # type: ignore[attr-defined]
        try:
            client.head_bucket(Bucket=settings.S3_BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            client.create_bucket(Bucket=settings.S3_BUCKET)
            self.stdout.write(f"Made the bucket {settings.S3_BUCKET}.")
        self._offered("who may send to it", client.put_bucket_cors, CORSConfiguration={"CORSRules": [_cors()]})
        rules = {"Rules": [_expiry()]}
        self._offered("what is not kept", client.put_bucket_lifecycle_configuration, LifecycleConfiguration=rules)

    def _offered(self, what: str, say: Any, **rules: Any) -> None:
        try:
            say(Bucket=settings.S3_BUCKET, **rules)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _NOT_OFFERED:
                raise
            self.stdout.write(f"The S3 server does not take a rule on {what}; its owner sets it.")


def _cors() -> dict[str, Any]:
    """Pages of ours send parts of files, to addresses that are signed for each."""
    return {
        "AllowedOrigins": settings.ALLOWED_ORIGINS,
        "AllowedMethods": ["PUT"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 3600,
    }


def _expiry() -> dict[str, Any]:
    """Raw files are gone after two days whatever becomes of us."""
    return {
        "ID": "raw-uploads",
        "Status": "Enabled",
        "Filter": {"Prefix": "incoming/"},
        "Expiration": {"Days": RAW_DAYS},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": RAW_DAYS},
    }
