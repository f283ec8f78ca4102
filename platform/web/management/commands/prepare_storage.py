"""`manage.py prepare_storage`: makes the S3 bucket if it is missing; with local files there is nothing to do."""

from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make the bucket ANFITEATRO_S3_BUCKET if it does not exist. Running it again changes nothing."

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
