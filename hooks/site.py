"""Checks the project, reads the place that MkDocs builds for and gives the plugin its country's languages."""

from dataclasses import replace
from pathlib import Path

from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_theme_dir
from mkdocs_static_i18n.config import I18nPluginLanguage

from campaign.checks.check import check
from campaign.errors import CampaignError
from campaign.pages.mkdocs_settings import read_settings
from campaign.site.theme_context import site_of
from campaign.today import now

log = get_plugin_logger("campaign")
serving = False
last_good = None  # the project; under serve, MkDocs makes a new config for every rebuild


def on_startup(command, dirty):
    global serving
    serving = command == "serve"


def on_config(config):
    i18n = config.plugins["i18n"]
    if i18n.building:  # a nested build of a further language: nothing has changed since the first
        return
    project = config.extra.get("project") or checked(Path(config.config_file_path).parent)
    try:
        site = site_of(project, config.extra["municipality"], (config.extra["languages"] or "").split())
    except CampaignError as error:
        raise PluginError(f"\n{error}") from None
    log.info(f"Building for {site.municipality or site.country.code}")
    config.extra.update(site=site, serving=serving)
    config.nav = site.navigation(config.nav)
    # Our document stands alone: MkDocs need not list Material's 14,000 files once a language.
    config.theme.dirs.remove(get_theme_dir(config.theme.name))
    config.watch += [str(site.root / name) for name in ("municipalities", "i18n", "overrides")]
    i18n.config.languages = [
        _language(code, code == site.country.language) for code in site.country.languages
    ]
    i18n.current_language = site.country.language
    # Five alternates a file and language, for a picker and a sitemap that we do not have.
    i18n.reconfigure_files_alternates = lambda *files: None


def checked(root):
    """The project, where nothing is wrong. A preview tells what is and goes on with what it can show, else
    with what was good last."""
    global last_good
    found = check(root, now())
    if found.problems:
        problems = f"\n{CampaignError(found.problems)}"
        before = {page.file: page for page in last_good.pages} if last_good else {}
        if not serving or not (last_good or found.project) or found.unfit - before.keys():
            raise PluginError(problems)
        log.error(f"What cannot be shown as it is stays as it was:{problems}")
        project = found.project or replace(last_good, pages=found.pages)
        if found.held_back and last_good:  # the place that is shown may be among them
            project = replace(project, places=last_good.places)
        fit = [page for page in project.pages if page.file not in found.unfit]
        last_good = replace(project, pages=[*fit, *(before[file] for file in found.unfit)])
    else:
        last_good = found.project
    return last_good


def on_serve(server, config, builder):
    """MkDocs stops at a mistake in its own settings before it asks us, and then answers nobody."""
    rebuild = server.builder

    def rebuild_what_can_be():
        _, problems = read_settings(Path(config.config_file_path).parent)
        if problems:
            log.error(f"The preview stays as it was:\n{CampaignError(problems)}")
            return
        try:
            rebuild()
        except MkDocsException as error:
            log.error(f"The preview stays as it was: {error}")

    server.builder = rebuild_what_can_be


def _language(code, default):
    language = I18nPluginLanguage()
    language.load_dict({"locale": code, "name": code, "default": default})
    failed, _ = language.validate()
    if failed:
        raise PluginError(f"{code}: {failed[0][1]}")
    return language
