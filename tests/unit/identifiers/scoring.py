"""Reads the marks of a corpus and counts what a finder found of them, kind by kind."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from courses.identifiers import Finding, Kind, find

NOTES = Path(__file__).parent / "notes"
MARK = re.compile(r"«(\w+):([^»]+)»")


def notes(*files: str) -> list[str]:
    """The notes of notes/`files`.txt: a blank line stands between two."""
    texts = [(NOTES / f"{name}.txt").read_text(encoding="utf-8") for name in files]
    return [note.strip() for text in texts for note in text.split("\n\n") if not note.startswith("#")]


def parse(marked: str) -> tuple[str, list[Finding]]:
    """The bare text of a marked one, and where its identifiers are."""
    text, marks, done = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        marks.append(Finding(len(text), len(text) + len(match[2]), Kind(match[1])))
        text, done = text + match[2], match.end()
    return text + marked[done:], marks


def is_covered(mark: Finding, text: str, findings: Iterable[Finding]) -> bool:
    """Every letter and figure of it would be blacked out, whatever kind it was taken for."""
    hidden = {place for finding in findings for place in range(finding.start, finding.end)}
    return all(place in hidden for place in range(mark.start, mark.end) if text[place].isalnum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


@dataclass
class Score:
    """Per kind: marks, marks found, findings, findings that touch a mark; and the rest in words."""

    marked: Counter[Kind] = field(default_factory=Counter)
    covered: Counter[Kind] = field(default_factory=Counter)
    findings: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, *kinds: Kind) -> float:
        return _share(sum(self.covered[k] for k in kinds), sum(self.marked[k] for k in kinds))

    def precision(self, *kinds: Kind) -> float:
        return _share(sum(self.right[k] for k in kinds), sum(self.findings[k] for k in kinds))

    def table(self) -> str:
        lines = ["kind            marked  found  recall  findings  right  precision"]
        for k in Kind:
            found = f"{self.marked[k]:7} {self.covered[k]:6} {self.recall(k):7.3f}"
            lines.append(f"{k.value:14} {found} {self.findings[k]:9} {self.right[k]:6} {self.precision(k):10.3f}")
        return "\n".join(lines)


def score(marked: Iterable[str]) -> Score:
    total = Score()
    for note in marked:
        text, marks = parse(note)
        findings = find(text)
        for mark in marks:
            total.marked[mark.kind] += 1
            if is_covered(mark, text, findings):
                total.covered[mark.kind] += 1
            else:
                total.missed.append(f"{mark.kind.value}: {text[mark.start : mark.end]!r}")
        for finding in findings:
            touched = any(mark.start < finding.end and finding.start < mark.end for mark in marks)
            total.findings[finding.kind] += 1
            total.right[finding.kind] += touched
            if not touched:
                total.wrong.append(f"{finding.kind.value}: {text[finding.start : finding.end]!r}")
    return total
