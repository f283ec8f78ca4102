"""The parts of a case's page, each told by its own nouns: `context(person, case, relations)` feeds one template."""
