"""Gives the theme its words and links, and keeps other countries' pages and the partials' scripts out."""

from campaign.json_ld import schema_argument
from campaign.model import Audience
from campaign.page_path import address, relative


def on_files(files, config):
    for file in list(files):
        ours = file.abs_src_path.startswith((config.docs_dir, config.theme.custom_dir + "/assets"))
        if not ours or file.src_uri.partition("/")[2] in config.extra["site"].elsewhere:
            files.remove(file)
    return files


def on_page_context(context, page, config, nav):
    site = config.extra["site"]
    language = config.plugins["i18n"].current_language
    alternates = page.file.alternates
    written = frozenset(code for code, file in alternates.items() if file.locale == code)
    path = page.file.norm_src_uri.removesuffix(".md") + ".html"
    first = site.country.language
    here = address(path, language, first)
    context.update(
        link=lambda to: relative(address(to, language, first), here),
        site=site,
        serving=config.extra["serving"],
        words=site.words[language],
        language=language,
        text_language=page.file.locale,
        path=path,
        audience=Audience.of(path),
        schema=schema_argument(page.content) if path == "help.html" else "",
        languages=site.languages(path, language, written),
    )
    return context
