"""The full-text indexes, which each database keeps in its own way."""

from typing import Any

from django.db import migrations

# A generated column may use no function that depends on settings: the languages are named.
POSTGRESQL = """
ALTER TABLE search_searchtext ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    CASE language
        WHEN 'en' THEN setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')
        WHEN 'pt' THEN setweight(to_tsvector('portuguese', title), 'A') || setweight(to_tsvector('portuguese', body), 'B')
        ELSE setweight(to_tsvector('spanish', title), 'A') || setweight(to_tsvector('spanish', body), 'B')
    END || to_tsvector('simple', title || ' ' || body || ' ' || title_stems || ' ' || stems)
) STORED;
CREATE INDEX search_text_vector ON search_searchtext USING gin (vector);
"""
SQLITE = [
    """CREATE VIRTUAL TABLE search_searchtext_fts USING fts5(
        title_stems, stems, content='search_searchtext', content_rowid='id', tokenize="unicode61 tokenchars '.'")""",
    """CREATE TRIGGER search_searchtext_added AFTER INSERT ON search_searchtext BEGIN
        INSERT INTO search_searchtext_fts(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END""",
    """CREATE TRIGGER search_searchtext_gone AFTER DELETE ON search_searchtext BEGIN
        INSERT INTO search_searchtext_fts(search_searchtext_fts, rowid, title_stems, stems)
        VALUES ('delete', old.id, old.title_stems, old.stems); END""",
    """CREATE TRIGGER search_searchtext_changed AFTER UPDATE ON search_searchtext BEGIN
        INSERT INTO search_searchtext_fts(search_searchtext_fts, rowid, title_stems, stems)
        VALUES ('delete', old.id, old.title_stems, old.stems);
        INSERT INTO search_searchtext_fts(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END""",
]


def make(apps: Any, schema_editor: Any) -> None:
    for statement in [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_searchtext DROP COLUMN vector")
        return
    for name in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER search_searchtext_{name}")
    schema_editor.execute("DROP TABLE search_searchtext_fts")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
