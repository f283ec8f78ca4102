"""What is served reads to a browser as what was written: every rule of every style sheet, whitespace apart."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from web.static_storage import small

pytestmark = pytest.mark.browser

STATIC = Path(settings.BASE_DIR) / "static"
# The rules as Chromium understands them: selectors to the letter, but `*` before a pseudo-class, which says nothing;
# values without the space that CSS does not need.
UNDERSTOOD = """
text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const plain = value => value.replace(/\\s*([,/()])\\s*/g, "$1").replace(/\\s+/g, " ").trim();
  const read = rule => [
    rule.selectorText?.replace(/\\*(?=:)/g, "") ?? plain(rule.conditionText ?? rule.name ?? rule.cssText),
    [...rule.style ?? []].map(name => [name, plain(rule.style.getPropertyValue(name))].join(": ")),
    [...rule.cssRules ?? []].map(read),
  ];
  return [...sheet.cssRules].map(read);
}
"""


def test_every_style_sheet_says_the_same(browser: Browser) -> None:
    page = browser.new_page()
    sheets = sorted(STATIC.rglob("*.css"))
    assert len(sheets) > 8
    for path in sheets:
        name, text = path.relative_to(STATIC).as_posix(), path.read_text()
        written = page.evaluate(UNDERSTOOD, text)
        assert written, name
        assert page.evaluate(UNDERSTOOD, small(name, text)) == written, name
    page.close()
