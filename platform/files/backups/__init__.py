"""Backups: everything that is kept in one archive that proves itself, and back again."""
