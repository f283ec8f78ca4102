"""What makes instruments and procedures as data well formed, and the digest by which a change is noticed."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

LANGUAGES: Final = ("en", "es", "pt")
KINDS: Final = ("scale", "yes_no", "text")
LAYOUTS: Final = ("steps", "rows")
# The codes of items of kind text: they are the narrative every rating has, under the instrument's own title.
NARRATIVE: Final = ("went_well", "to_improve")


def fingerprint(instrument: Mapping[str, Any]) -> str:
    """SHA-256 of what raters see and how scores are read, whatever the order of keys."""
    kept = {name: instrument[name] for name in ("code", "version", "titles", "items", "is_summed")}
    return sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def faults(instrument: Mapping[str, Any]) -> list[str]:
    """What is wrong with an instrument, in words for those who write it; empty when nothing is."""
    found = [] if instrument["source"] else ["no source"]
    found += [f"title in {language}" for language in LANGUAGES if not instrument["titles"].get(language)]
    codes = [item["code"] for item in instrument["items"]]
    found += [] if len(codes) == len(set(codes)) else ["an item twice"]
    for item in instrument["items"]:
        found += [f"{item['code']}: {fault}" for fault in _faults(item)]
    return found


def _faults(item: Mapping[str, Any]) -> list[str]:
    found = [f"title in {language}" for language in LANGUAGES if not item["titles"].get(language)]
    if item["kind"] not in KINDS or (item["kind"] == "text" and item["code"] not in NARRATIVE):
        found.append("kind")
    if item["kind"] == "scale":
        steps = {str(step) for step in range(item["min"], item["max"] + 1)}
        found += [] if item["layout"] in LAYOUTS else ["layout"]
        found += [] if set(item["anchors"]) <= steps else ["an anchor beside the scale"]
        ends = {str(item["min"]), str(item["max"])} if item["layout"] == "steps" else steps
        found += [] if ends <= set(item["anchors"]) else ["an anchor is missing"]
        found += [
            f"anchor {step} in {language}"
            for step, titles in item["anchors"].items()
            for language in LANGUAGES
            if not titles.get(language)
        ]
    return found
