"""Where bytes are kept: local files or S3, uploads in parts, room to work in, backups."""
