"""The form without a network: an empty page that is nobody's, and the service worker that keeps it."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.cases.forms.cases import CaseForm
from courses.cases.models import CaseKind
from courses.cases.views.draft_config import offline_config
from courses.cases.views.texts import draft_texts
from web.import_map import graph

STYLES = ("tokens", "base", "components", "pages/cases/cases")
ENTRIES = ("site/main.js", "cases/main.js", "cases/list.js")


@require_safe
@never_cache
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """The same for everybody: no name, no course, no words of a case."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        form = CaseForm(courses=[], kind=CaseKind.REVIEW)
        form.mark_needed()
        config = offline_config()
        context = {"form": form, "needed": len(config["needed"]), "filled": 0}
        context |= {"config": config, "texts": draft_texts(), "is_nobodys": True}
        return render(request, "cases/case_offline.html", context)


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, with the addresses of this release. `?language=` of the page it keeps, else the reader's."""
    language = request.GET.get("language") or translation.get_language() or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise Http404
    files = [f"css/{name}.css" for name in STYLES] + [f"js/{name}" for name in ENTRIES] + ["img/favicon.svg"]
    modules = {url for entry in ENTRIES for url in graph(entry).values()}
    page = reverse("courses:case-offline", kwargs={"language": language})
    addresses = [page, *map(staticfiles_storage.url, files), *sorted(modules)]
    script = staticfiles_storage.url("js/cases/worker.js")
    release = sha256(" ".join([*addresses, script]).encode()).hexdigest()[:12]
    head = f"self.SHELL = {json.dumps(addresses)};\nself.RELEASE = {json.dumps(release)};\n"
    return HttpResponse(f"{head}importScripts({json.dumps(script)});\n", content_type="text/javascript")
