"""Hashed static files and the import map."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from config import settings as site
from web import import_map as import_map_module
from web.import_map import graph, import_map
from web.static_storage import KEPT_SECONDS, small

MODULE = 'import { open } from "#live/socket.js";\nexport const start = () => open();\n' + "start();\n" * 50


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    for name, text in {
        "js/live/socket.js": "export const open = () => 1;\n",
        "js/room/chat.js": MODULE,
        "js/room/parts/list.js": "export const list = 1;\n",
        "js/worker.js": "self.close();\n",
        "css/base.css": 'body { background: url("../img/dot.svg"); }\n',
        "img/dot.svg": "<svg/>",
    }.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "out"
    return tmp_path


@pytest.fixture
def collected(source: Path, settings: Any) -> Path:
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "web.static_storage.SmallStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return source / "out"


def served(folder: Path, url: str) -> Path:
    return folder / url.removeprefix("/static/")


def test_the_map_leads_every_module_to_its_hashed_file(collected: Path) -> None:
    modules = import_map()
    assert list(modules) == ["#live/socket.js", "#room/chat.js", "#room/parts/list.js"]
    for name, url in modules.items():
        assert served(collected, url).exists()
        assert url != f"/static/js/{name[1:]}"


def test_a_page_of_before_the_upgrade_finds_all_its_files(collected: Path) -> None:
    before = {*import_map().values(), staticfiles_storage.url("css/base.css")}
    old = served(collected, import_map()["#room/chat.js"])
    collect_another(collected, "export const open = () => 2;\n")
    assert served(collected, import_map()["#room/chat.js"]) != old
    assert {url: served(collected, url).exists() for url in before} == dict.fromkeys(before, True)
    assert old.with_name(f"{old.name}.br").exists()


def test_after_two_weeks_they_are_forgotten(collected: Path) -> None:
    old = served(collected, import_map()["#room/chat.js"])
    long_ago = old.stat().st_mtime - KEPT_SECONDS - 60
    for path in collected.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    collect_another(collected, "export const open = () => 2;\n")  # it was in use until now, however old it is
    assert old.exists()
    for path in (old, old.with_name(f"{old.name}.br")):
        os.utime(path, (long_ago, long_ago))
    collect_another(collected, "export const open = () => 3;\n")
    assert not old.exists()
    assert not old.with_name(f"{old.name}.br").exists()
    assert all(served(collected, url).exists() for url in import_map().values())


def test_nginx_may_read_them_whatever_our_mask_is(source: Path, settings: Any) -> None:
    settings.STORAGES = site.STORAGES
    mask = os.umask(0o077)
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        os.umask(mask)
    for path in (source / "out").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def collect_another(collected: Path, text: str) -> None:
    """The next release, with this module."""
    (collected.parent / "source/js/room/chat.js").write_text(MODULE + text)
    import_map_module._cached_map.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)


def test_modules_keep_the_names_they_import(collected: Path) -> None:
    text = served(collected, import_map()["#room/chat.js"]).read_text()
    assert 'from"#live/socket.js"' in text


def test_files_lie_compressed_beside_themselves(collected: Path) -> None:
    chat = served(collected, import_map()["#room/chat.js"])
    assert {path.suffix for path in chat.parent.glob(f"{chat.name}.*")} == {".br", ".gz"}


def test_the_manifest_names_what_the_page_loads(collected: Path) -> None:
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert staticfiles_storage.url("css/base.css") == f"/static/{paths['css/base.css']}"


def test_while_developing_the_map_names_the_sources(source: Path) -> None:
    assert import_map() == {
        "#live/socket.js": "/static/js/live/socket.js",
        "#room/chat.js": "/static/js/room/chat.js",
        "#room/parts/list.js": "/static/js/room/parts/list.js",
    }


def test_the_graph_of_a_page_is_what_its_modules_import(source: Path, settings: Any) -> None:
    (source / "source/js/live/socket.js").write_text('import { list } from "#room/parts/list.js";\n')
    settings.DEBUG = True
    assert set(graph("room/chat.js")) == {"#live/socket.js", "#room/parts/list.js"}
    assert graph("room/parts/list.js") == {}


def test_what_is_fetched_later_is_not_fetched_at_once(source: Path, settings: Any) -> None:
    (source / "source/js/live/socket.js").write_text('export const more = () => import("#room/parts/list.js");\n')
    settings.DEBUG = True
    assert set(graph("room/chat.js")) == {"#live/socket.js", "#room/parts/list.js"}
    assert set(graph("room/chat.js", at_once=True)) == {"#live/socket.js"}


def test_modules_that_import_each_other_end(source: Path, settings: Any) -> None:
    (source / "source/js/live/socket.js").write_text('import { start } from "#room/chat.js";\n')
    settings.DEBUG = True
    assert set(graph("room/chat.js")) == {"#live/socket.js"}


def test_what_is_served_is_small_and_says_the_same() -> None:
    script = "// one\nexport const n = 1;\nexport const t = () => {\n  // say\n  return `a  ${n}  // kept`;\n};\n"
    assert small("js/room/f.js", script) == "export const n=1;export const t=()=>{return`a  ${n}  // kept`;};"
    rule = "margin: calc(1px + 2px) min(1vw - 2 * var(--x), 3rem); color: oklch(0.4 0.1 20 / 0.5);"
    sheet = f"@layer base {{\n  /* note */\n  a > b {{ {rule} }}\n}}\n"
    assert small("css/base.css", sheet) == (
        "@layer base{a>b{margin:calc(1px + 2px) min(1vw - 2 * var(--x),3rem);color:oklch(0.4 0.1 20 / 0.5)}}"
    )


def test_a_descendant_stays_a_descendant() -> None:
    rules = '.target :checked + span { color: red; } .sheet :is(th, td)::before { content: "a  :b"; }'
    assert small("css/pages/room/room.css", f"@layer pages {{\n  {rules}\n}}\n") == (
        '@layer pages{.target *:checked + span{color:red}.sheet *:is(th,td)::before{content:"a  :b"}}'
    )


def test_what_others_wrote_is_left_alone() -> None:
    assert small("admin/js/core.js", "// theirs\n") == "// theirs\n"
