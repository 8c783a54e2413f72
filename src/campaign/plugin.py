"""The plugin ``campaign`` of MkDocs: builds one municipality's site, or the base site of a country.

Tried with MkDocs 1.6.1 and mkdocs-static-i18n 1.3.1. It needs two of their internals: ``I18n.building`` tells
the first language's build from the others, and ``LiveReloadServer.builder`` is wrapped so that a preview
survives a mistake in mkdocs.yml. ``tests/build/test_plugin.py`` fails if one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from mkdocs_static_i18n.plugin import I18n

from .checks.check import check
from .checks.mistakes_on_previewed_pages import Notes, page_notes
from .contacts.schema_org import schema_argument
from .copies.contact_search import FOLDER
from .copies.fill import Filler
from .copies.moved_pages import moved_pages
from .errors import CampaignError, Problem
from .model.contact import Audience
from .model.places import Municipality
from .pages.allowed_docs_files import is_picture
from .pages.language_marks import direction, marked, written_in
from .pages.mkdocs_settings import read_settings
from .pages.page import address, relative
from .pages.project import Project
from .site.base_site import read_base
from .site.page_scripts import read_script
from .site.search_index import Entry, index_script
from .site.theme_context import Site, site_of
from .today import now

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # which needs what only some systems have

log = get_plugin_logger("campaign")


class CampaignConfig(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin in mkdocs.yml."""

    municipality = Type(str)  # ee/tartu, or a country (ee) for its base site with open slots
    languages = Optional(Type(str))  # only these in a preview, such as "et ru"; the first is always built


class CampaignPlugin(BasePlugin[CampaignConfig]):  # type: ignore[no-untyped-call]
    """MkDocs builds each language separately; ``site`` is the same for all of them."""

    def __init__(self) -> None:
        self.project: Project | None = None  # set if it is already checked; else the plugin checks it
        self.site: Site
        self._i18n: I18n
        self._serving = False
        self._last_good: Project | None = None  # it is kept because MkDocs keeps the plugin across rebuilds
        self._notes: Notes = {}  # of a preview
        self._entries: dict[str, list[Entry]] = {}  # the entries of the search, by language
        self._built: set[str] = set()  # the languages that are built

    @property
    def language(self) -> str:
        """The language of the current build."""
        return str(self._i18n.current_language)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        i18n = config.plugins.get("i18n")
        if not isinstance(i18n, I18n):
            raise PluginError(
                str(Problem("mkdocs.yml", 0, "plugins", "none", "the plugin i18n before the plugin campaign"))
            )
        if i18n.building:  # this is a further language, and nothing has changed since the first
            return None
        self._i18n = i18n
        self._entries.clear()
        self._built.clear()
        project = self.project or self._checked(Path(config.config_file_path).parent)
        try:
            self.site = site_of(project, self.config.municipality, (self.config.languages or "").split())
            self.site = replace(self.site, notes=self._notes)
        except CampaignError as error:
            raise PluginError(f"\n{error}") from None
        log.info(f"Building for {self.site.municipality or self.site.country.code}")
        config.nav = self.site.navigation(config.nav or [])
        config.watch += [str(self.site.root / name) for name in ("municipalities", "i18n", "overrides")]
        config.theme.static_templates.clear()  # the copy makes the sitemap, because it knows its address
        first = self.site.country.language
        languages = [
            {"locale": code, "name": code, "default": code == first} for code in self.site.country.languages
        ]
        i18n.config.load_dict({"languages": languages})
        failed, _ = i18n.config.validate()
        if failed:
            raise PluginError(f"i18n: {failed[0][0]}: {failed[0][1]}")
        return config

    def _checked(self, root: Path) -> Project:
        """Return the project if it has no problems. A preview reports all problems and continues with what it
        can show, or else with the last good project."""
        found = check(root, now())
        if self._serving:
            only = (self.config.languages or "").split()
            self._notes = page_notes(root, found, only or {page.language for page in found.pages})
        if not found.problems and found.project:
            self._last_good = found.project
            return found.project
        problems = f"\n{CampaignError(found.problems)}"
        last = self._last_good
        before = {page.file: page for page in last.pages} if last else {}
        project = found.project or (replace(last, pages=found.pages) if last else None)
        if not self._serving or project is None or found.unfit - before.keys():
            raise PluginError(problems)
        log.error(f"The preview still shows the earlier form of what has a problem:{problems}")
        if found.held_back and last:  # the place in the preview may be among them
            project = replace(project, places=last.places)
        good = [page for page in project.pages if page.file not in found.unfit]
        self._last_good = replace(project, pages=[*good, *(before[file] for file in found.unfit)])
        return self._last_good

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Let a preview survive a mistake in mkdocs.yml. MkDocs stops at such a mistake before it calls a
        plugin, and its server then hangs."""
        server.builder = partial(_rebuild, Path(config.config_file_path).parent, server.builder)
        return server

    def _choose_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the pages of other countries and the sources of the theme's partials, and add the pages
        whose text is in another language's folder."""
        pages = self.site.sources(self.language)
        assets = str(Path(config.theme.custom_dir or "", "assets"))

        def ours(file: File) -> bool:
            source = file.abs_src_path or ""
            if source.startswith(config.docs_dir):
                return file.src_uri in pages or is_picture(file.src_uri)
            return source.startswith(assets)

        for file in [*files]:
            if not ours(file):
                files.remove(file)
        for path in pages - files.src_uris.keys():  # another language's text stands in
            files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    @event_priority(-200)
    def _name_languages(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give each page the language of its text, after i18n has given it the language of its folder."""
        for file in files.documentation_pages():
            file.locale = self.site.texts[file.src_uri].language  # type: ignore[attr-defined]
        return files

    on_files = CombinedEvent(_choose_files, _name_languages)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape values: MkDocs' own environment does not. Read templates without a byte order mark."""
        env.autoescape = True
        if isinstance(env.loader, FileSystemLoader):
            env.loader.encoding = "utf-8-sig"
        return env

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """Return the page as it was checked."""
        return self.site.texts[page.file.src_uri].source

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Collect entries for the search. A text that stands in for another language's is left out."""
        if _locale(page) == self.language:
            entry = Entry.of(_path(page), str(page.title), html)
            self._entries.setdefault(self.language, []).append(entry)
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Add the values that the templates of the theme use."""
        language, path, first = self.language, _path(page), self.site.country.language
        here = address(path, language, first)
        words = self.site.words[language]
        own: dict[str, Any] = {
            "language": language,
            "words": words,
            "lang": lambda code: marked(code, language),
            "written_in": lambda code: written_in(code, language, words),
            "direction": direction(language),
            "link": lambda to: relative(address(to, language, first), here),
            "section_name": self.site.section_name,
            "site": self.site,
            "serving": self._serving,
            "text_language": _locale(page),
            "path": path,
            "audience": Audience.of(path),
            # Once a copy: in each language it would cost readers' first view 600 bytes.
            "schema": schema_argument(page.content or "") if here == "help.html" else "",
            "languages": self.site.languages(path, language),
        }
        context.update(own)  # type: ignore[typeddict-item]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search files of a language and its pages at old addresses; after the last language, the
        municipality's own files."""
        site, language, folder = self.site, self.language, Path(config.site_dir)
        for path, text in (*self._search_files(language), *moved_pages(site, language)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        self._built.add(language)
        if site.municipality and self._built == set(site.country.languages):
            _finish(site, site.municipality, folder)

    def _search_files(self, language: str) -> Iterator[tuple[str, str]]:
        entries, lexicon = self._entries.pop(language, ()), self.site.lexicon(language)
        yield f"{FOLDER}/{language}.js", index_script(entries, language, self.site.words[language], lexicon)
        for source in (self.site.root / "overrides" / FOLDER).glob("*.js"):
            yield f"{FOLDER}/{source.name}", read_script(source, self.site.root)


def _finish(site: Site, place: Municipality, folder: Path) -> None:
    """Fill the slots of the pages in ``folder``, and write the other files of the copy."""
    base = read_base(folder, site.country.code)
    for path, content in Filler(site.root, base, site.country, site.words).fill(place).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)


def _rebuild(root: Path, rebuild: Callable[..., None], *arguments: Any) -> None:
    """Build a preview again; if that fails, keep the old one and report why."""
    _, problems = read_settings(root)
    if problems:
        log.error(f"The preview still shows the earlier pages:\n{CampaignError(problems)}")
        return
    try:
        rebuild(*arguments)
    except Exception as error:  # a template or a hook can raise anything, and MkDocs would answer nobody
        log.error(f"The preview still shows the earlier pages: {error}")


def _path(page: Page) -> str:
    """Return ``youth/online.html``, the same in every language."""
    return str(page.file.norm_src_uri).removesuffix(".md") + ".html"  # type: ignore[attr-defined]


def _locale(page: Page) -> str:
    """Return the language of the page's text."""
    return str(page.file.locale)  # type: ignore[attr-defined]
