"""Gives the theme its words and links, and keeps other countries' pages and the partials' scripts out."""

from markupsafe import Markup

from campaign.contacts.contact_points import schema_argument
from campaign.model.contact import Audience
from campaign.pages.docs_files import is_picture
from campaign.pages.language_marks import direction, marked, written_in
from campaign.pages.page import address, relative

environment = None
menus = {}  # of the language that is built


def on_files(files, config):
    pages = config.extra["site"].sources(config.plugins["i18n"].current_language)
    for file in list(files):
        if file.abs_src_path.startswith(config.docs_dir):
            ours = file.src_uri in pages or is_picture(file.src_uri)
        else:
            ours = file.abs_src_path.startswith(config.theme.custom_dir + "/assets")
        if not ours:
            files.remove(file)
    return files


def on_env(env, config, files):
    """The further languages have the first one's templates, which are compiled. In a preview they change.
    MkDocs' own environment does not escape what it puts into a page; ours does."""
    global environment
    env.autoescape = True
    if environment is None or (config.extra["serving"] and not config.plugins["i18n"].building):
        environment = env
    return environment


def on_page_context(context, page, config, nav):
    site = config.extra["site"]
    language = config.plugins["i18n"].current_language
    path = page.file.norm_src_uri.removesuffix(".md") + ".html"
    first = site.country.language
    here = address(path, language, first)
    audience = Audience.of(path)
    words = site.words[language]
    said = dict(
        language=language,
        words=words,
        lang=lambda code: marked(code, language),
        written_in=lambda code: written_in(code, language, words),
    )
    context.update(
        said,
        direction=direction(language),
        link=lambda to: relative(address(to, language, first), here),
        menu=menu(nav, page, audience.reads_for_help, said),
        site=site,
        serving=config.extra["serving"],
        text_language=page.file.locale,
        path=path,
        audience=audience,
        schema=schema_argument(page.content) if path == "help.html" else "",
        languages=site.languages(path, language),
    )
    return context


def on_nav(nav, config, files):
    menus.clear()


def menu(nav, page, readers, said):
    """Rendered once for the pages of a folder: it differs only by the entry that is the page itself."""
    folder, _, name = page.url.rpartition("/")
    if (folder, readers) not in menus:
        menus[folder, readers] = environment.get_template("partials/menu.html").render(
            said, nav=nav, readers=readers, href=lambda item: relative(item.url, page.url)
        )
    own = f'<a href="{name}"'
    return Markup(menus[folder, readers].replace(own, own + ' aria-current="page"'))
