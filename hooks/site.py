"""Reads the place that MkDocs builds for and gives the plugin its country's languages."""

from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_theme_dir
from mkdocs_static_i18n.config import I18nPluginLanguage

from campaign.problem import CampaignError
from campaign.site import read_site
from campaign.today import latest_day, now

log = get_plugin_logger("campaign")
serving = False
last_good = None  # under serve, MkDocs makes a new config for every rebuild


def on_startup(command, dirty):
    global serving
    serving = command == "serve"


def on_config(config):
    global last_good
    i18n = config.plugins["i18n"]
    if i18n.building:  # a nested build of a further language: nothing has changed since the first
        return
    try:
        site = read_site(
            Path(config.config_file_path).parent,
            config.extra["municipality"],
            latest_day(now()),
            (config.extra["languages"] or "").split(),
            config.extra.get("project"),
        )
    except CampaignError as error:
        if not (serving and last_good):
            raise PluginError(f"\n{error}") from None
        log.error(f"The last good contacts stay in the preview:\n{error}")
        site = last_good
    last_good = site
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


def _language(code, default):
    language = I18nPluginLanguage()
    language.load_dict({"locale": code, "name": code, "default": default})
    failed, _ = language.validate()
    if failed:
        raise PluginError(f"{code}: {failed[0][1]}")
    return language
