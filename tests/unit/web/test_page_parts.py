"""The parts pages begin with: crumbs, the head, the empty list."""

import re

from django.template import Context, Template
from django.utils import translation


def render(source: str, **context: object) -> str:
    return re.sub(r"(?<=>)\s+(?=<)", "", " ".join(Template(source).render(Context(context)).split()))


def test_crumbs_lead_outwards_and_end_where_one_is() -> None:
    source = """{% crumbs %}{% crumb _("Cases") "courses:case-list" query="?show=taught" %}
        {% crumb code "courses:case-show" case="abc" %}
        {% crumb "Back" "/plan/" %}{% crumb _("Release") %}{% endcrumbs %}"""
    with translation.override("en"):
        html = render(source, code="<C-1>")
    assert html == (
        '<nav aria-label="Where you are"><ol class="crumbs"><li><a href="/cases/?show=taught">Cases</a></li>'
        '<li><a href="/cases/abc/">&lt;C-1&gt;</a></li><li><a href="/plan/">Back</a></li>'
        '<li aria-current="page">Release</li></ol></nav>'
    )


def test_a_head_has_what_it_is_given_and_no_empty_paragraphs() -> None:
    assert render("{% page_head title %}{% endpage_head %}", title="A & B") == (
        '<header class="page-head"><h1>A &amp; B</h1></header>'
    )
    whole = render('{% page_head "C-1" eyebrow="Over" lede="Told" figures=True %}<b>x</b>{% endpage_head %}')
    assert whole == (
        '<header class="page-head"><p class="eyebrow">Over</p><h1 class="figures">C-1</h1>'
        '<p class="lede">Told</p><b>x</b></header>'
    )


def test_an_empty_list_says_what_comes_and_offers_the_next_step() -> None:
    html = render('{% empty text drawing="" %}<a href="/">Go</a>{% endempty %}', text="Nothing <yet>")
    assert html == '<div class="empty"><p>Nothing &lt;yet&gt;</p><a href="/">Go</a></div>'
    assert 'class="arcs"' in render('{% empty "x" drawing="arcs" %}{% endempty %}')
    assert 'class="logo"' in render('{% empty "x" %}{% endempty %}')
