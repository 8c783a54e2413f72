"""Every kind of file broken in every way that an editor might: what ``campaign check`` says, whole, and never a
traceback. The rest of the project is right, so these are all of the messages."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

import pytest

from campaign.checks.check import check_project
from campaign.errors import CampaignError

MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
LANGUAGES = ("et", "lv", "ru")
LAW = "Estonian law."  # in docs/*/help.md, line 11
HTML = "Markdown, or one of the HTML elements abbr, bdi, br, dd, details, div, dl, dt, img, span, sub, summary, sup"
PLAIN = "&lt; for the character <, or HTML in small letters and with quotes: abbr, bdi, br, dd, details, div, dl, dt, img, span, sub, summary, sup"
WHOLE = "marks that are whole, such as [text](page.md), **bold**, ## Heading {#id}"
SLOTS = (
    "<!-- contacts: ROLE, ROLE -->, <!-- contacts: own -->, <!-- contacts: first -->, <!-- contacts: numbers -->, <!-- contacts: written -->, "
    "<!-- phone: ROLE -->, <!-- municipality: name -->, <!-- municipality: contact-point -->, "
    "<!-- municipality: working-group -->, <!-- municipality: meetings -->, <!-- municipality: kit -->, "
    "<!-- referral: ORDER -->, <!-- pictogram: NAME -->, <!-- until: YYYY-MM-DD -->, "
    "<!-- promise: ROLE, ROLE -->, <!-- promise: written -->, <!-- promise: none -->, "
    "<!-- only: COUNTRY COUNTRY --> or <!-- end -->"
)
WAVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 4"><path d="M0 0h32v4z"/></svg>'
LINK = "a page (help.md), a place on it (help.md#id) or #id"


def edit(path, old, new):
    return lambda sample: sample.edit(path, old, new)


def write(path, text):
    return lambda sample: sample.write(path, text)


def delete(path):
    return lambda sample: (sample.root / path).unlink()


def everywhere(path, old, new):
    def change(sample):
        for code in LANGUAGES:
            sample.edit(f"docs/{code}/{path}", old, new)

    return change


def page(path, text="# A\n\n<!-- contacts: own -->\n", front="title: A", languages=LANGUAGES):
    def change(sample):
        for code in languages:
            sample.write(f"docs/{code}/{path}", f"---\n{front}\n---\n\n{text}")

    return change


def entry(path):
    return edit("mkdocs.yml", "  - help.md", f"  - help.md\n  - {path}")


def words(old, new):
    def change(sample):
        for code in ("ar", "en", "et", "lt", "lv", "ru", "uk", "uz"):
            sample.edit(f"i18n/{code}.yml", old, new)

    return change


def in_all(*messages):
    return [f"docs/{code}/{message.replace('LANG', code)}" for code in LANGUAGES for message in messages]


MISTAKES = {
    # Front matter
    "a key that there is none of": (
        [edit("docs/et/help.md", "title: et help", "titel: et help")],
        ["docs/et/help.md:2: titel: expected title, sources, countries, source_language, moved_from, reviewed, allowed (did you mean 'title'?), found the key 'titel'"],
    ),
    "front matter that is not YAML": (
        [edit("docs/et/help.md", "title: et help", "title: 'et help")],
        ["docs/et/help.md:2: expected YAML, found text that is not YAML (found unexpected end of stream)"],
    ),
    "a loud title": (
        [edit("docs/et/help.md", "title: et help", "title: Inimkaubanduse ohver? Abi!")],
        ["docs/et/help.md:2: title: expected a quiet title and address, because both stay in the browser's history, "
         "found 'Inimkaubanduse ohver? Abi!', which contains 'kaubandus'"],
    ),
    "a title that is loud in another language": (
        [edit("docs/et/help.md", "title: et help", "title: Victim?")],
        ["docs/et/help.md:2: title: expected a quiet title and address, because both stay in the browser's history, "
         "found 'Victim?', which contains 'victim'"],
    ),
    "a loud address": (
        [page("police.md"), entry("police.md")],
        in_all("police.md: expected a quiet title and address, because both stay in the browser's history, "
               "found 'police.md', which contains 'police'"),
    ),
    "a year at the beginning of a line, as Estonian and Latvian write it": (
        [everywhere("help.md", LAW, "2022. aastal.")],
        in_all("help.md:11: expected another word before the number, "
               "found '2022.' at the beginning of a line, which becomes a list"),
    ),
    "a country that there is none of": (
        [page("professionals/x.md", front="title: A\ncountries:\n  - se"),
         edit("mkdocs.yml", "- professionals/index.md", "- professionals/index.md\n  - professionals/x.md")],
        in_all("professionals/x.md:3: countries: expected one or more of the countries ee, lv, found se"),
    ),
    "countries that differ between languages": (
        [edit("docs/ru/professionals/index.md", "title: ru work", "title: ru work\ncountries:\n  - ee")],
        ["docs/ru/professionals/index.md:2: countries: expected none as in docs/et/professionals/index.md, found ee"],
    ),
    # HTML
    "a script": (
        [everywhere("help.md", LAW, "<script>alert(1)</script>")],
        in_all(f"help.md:11: expected {HTML}, found '<script>'"),
    ),
    "a script in capitals": (
        [everywhere("help.md", LAW, "<ScRiPt>alert(1)")],
        in_all(f"help.md:11: expected {PLAIN}, found '<ScRiPt>'"),
    ),
    "an iframe": (
        [everywhere("help.md", LAW, '<iframe src="help.html"></iframe>')],
        in_all(f"help.md:11: expected {HTML}, found '<iframe>'"),
    ),
    "a form": (
        [everywhere("help.md", LAW, '<form><input name="a"></form>')],
        in_all(f"help.md:11: expected {HTML}, found '<form>'") + in_all(f"help.md:11: expected {HTML}, found '<input>'"),
    ),
    "a handler": (
        [everywhere("help.md", LAW, 'Law <span onclick="alert(1)">of Estonia</span>.')],
        in_all("help.md:11: expected class, dir, id, lang, title, found 'onclick=alert(1) on <span>'"),
    ),
    "a handler in the attributes of a heading": (
        [everywhere("help.md", "{#here}", "{#here onclick=x }")],
        in_all("help.md:23: expected class, dir, id, lang, title, found 'onclick=x on <h2>'"),
    ),
    "a style": (
        [everywhere("help.md", LAW, '<p style="display:none">Law</p>')],
        in_all("help.md:11: expected class, dir, id, lang, title, found 'style=display:none on <p>'"),
    ),
    "data that a script would read": (
        [everywhere("help.md", LAW, '<span data-hours="x">Law</span>')],
        in_all("help.md:11: expected class, dir, id, lang, title, found 'data-hours=x on <span>'"),
    ),
    "an element that does not end": (
        [everywhere("help.md", LAW, "<div>\n\n**Law**")],
        in_all("help.md:11: expected </div>, found <div> that does not end"),
    ),
    "an end without a beginning": (
        [everywhere("help.md", LAW, "Law.</span>")],
        in_all("help.md:11: expected </span> only after <span>, found '</span>'"),
    ),
    "elements that cross": (
        [everywhere("help.md", LAW, "<span>a <sub>b</span></sub>")],
        in_all("help.md:11: expected </sub> only after <sub>, found '</sub>'")
        + in_all("help.md:11: expected </sub> first, found <sub> that does not end before </span>"),
    ),
    "an element across a passage's end": (
        [everywhere("help.md", "Estonian law.\n", "<div>\n"), everywhere("help.md", "Latvian law.\n", "</div>\n")],
        in_all("help.md:11: expected <div> and </div> both inside or both outside of a passage for some countries, "
               "found <div> on one side of <!-- end --> only"),
    ),
    "an attribute without quotes": (
        [everywhere("help.md", LAW, "<br id=x>")],
        in_all(f"help.md:11: expected {PLAIN}, found '<br id=x>'"),
    ),
    "a declaration": (
        [everywhere("help.md", LAW, "<!DOCTYPE html>")],
        in_all(f"help.md:11: expected {PLAIN}, found '<!DOCTYPE html>'"),
    ),
    "a template": (
        [everywhere("help.md", LAW, "{{ config }}")],
        in_all(f"help.md:11: expected {WHOLE}, found '{{{{ config }}}}'"),
    ),
    # Markdown
    "an id twice": (
        [everywhere("help.md", LAW, "## Law {#here}")],
        in_all("help.md:23: expected each id once on a page, found 'here' a second time (it is in line 11 already)"),
    ),
    "an id of the theme": (
        [everywhere("help.md", "{#here}", "{#text}")],
        in_all("help.md:23: expected an id that the theme does not use itself, found the id 'text'"),
    ),
    "the id of the search": (
        [everywhere("help.md", "{#here}", "{#search}")],
        in_all("help.md:23: expected an id that the theme does not use itself, found the id 'search'"),
    ),
    "a class of the theme": (
        [everywhere("help.md", LAW, 'Law <span class="x exit">of Estonia</span>.')],
        in_all("help.md:11: expected a class that the theme does not use itself, found the class 'exit'"),
    ),
    "a link that looks like the exit": (
        [everywhere("help.md", LAW, "[Start](index.md){ .exit }")],
        in_all("help.md:11: expected a class that the theme does not use itself, found the class 'exit'"),
    ),
    "an id that does not end": (
        [everywhere("help.md", "{#here}", "{#here")],
        in_all(f"help.md:23: expected {WHOLE}, found '{{#here'"),
    ),
    "bold that does not end": (
        [everywhere("help.md", LAW, "**Estonian law.")],
        in_all(f"help.md:11: expected {WHOLE}, found '**Estonian law.'"),
    ),
    "a link with a gap": (
        [everywhere("help.md", LAW, "[Start] (index.md)")],
        in_all(f"help.md:11: expected {WHOLE}, found '] (index.md)'"),
    ),
    "a reference that is nowhere": (
        [everywhere("help.md", LAW, "[Start][start]")],
        in_all(f"help.md:11: expected {WHOLE}, found '][start]'"),
    ),
    "text that takes hours to convert": (
        [everywhere("help.md", LAW, "[" * 50_000)],
        in_all("help.md:11: expected at most 100 opening brackets in one paragraph, found 50,000"),
    ),
    "a quotation in a quotation in a quotation": (
        [everywhere("help.md", LAW, "> " * 900 + "a")],
        in_all("help.md:4: expected fewer than 20 elements inside each other, found 20"),
    ),
    "an endless line": (
        [everywhere("help.md", LAW, "a" * 9_000)],
        in_all("help.md:11: expected a paragraph of at most 8,000 characters, and 2,000 in a line, "
               "found 9,000, and 9,000 in its longest line"),
    ),
    "two versions that git could not join": (
        [edit("docs/et/help.md", LAW, f"<<<<<<< HEAD\n{LAW}\n=======\nThe law.\n>>>>>>> other")],
        ["docs/et/help.md:11: expected one version: git could not join two, so choose one of them, found '<<<<<<< HEAD'",
         "docs/et/help.md:15: expected one version: git could not join two, so choose one of them, found '>>>>>>> other'"],
    ),
    # Links
    "a link that is broken in every language": (
        [everywhere("index.md", "help.md", "hepl.md")],
        in_all("index.md:9: expected a page that exists (did you mean 'help.md'?), "
               "found the link 'hepl.md', which leads nowhere"),
    ),
    "a link to what becomes of a page": (
        [everywhere("index.md", "help.md", "help.html")],
        in_all("index.md:9: expected a page that exists (did you mean 'help.md'?), "
               "found the link 'help.html', which leads nowhere"),
    ),
    "a link to a folder": (
        [everywhere("index.md", "help.md", "professionals/")],
        in_all("index.md:9: expected a page that exists (did you mean 'professionals/index.md'?), "
               "found the link 'professionals/', which leads nowhere"),
    ),
    "a link into another language": (
        [everywhere("index.md", "help.md", "../ru/help.md")],
        in_all("index.md:9: expected a page that exists (did you mean 'help.md'?), "
               "found the link '../ru/help.md', which leads nowhere"),
    ),
    "a link from the root": (
        [everywhere("index.md", "help.md", "/help.md")],
        in_all(f"index.md:9: expected {LINK}, found the link '/help.md'"),
    ),
    "a link with a question": (
        [everywhere("index.md", "help.md", "help.md?x=1")],
        in_all(f"index.md:9: expected {LINK}, found the link 'help.md?x=1'"),
    ),
    "an empty link": (
        [everywhere("index.md", "help.md", "")],
        in_all(f"index.md:9: expected {LINK}, found the link ''"),
    ),
    "a link that runs": (
        [everywhere("help.md", LAW, "[Law](javascript:alert(1))")],
        in_all(f"help.md:11: expected {LINK}, found the link 'javascript:alert(1)'"),
    ),
    "a link that runs in disguise": (
        [everywhere("help.md", LAW, "[Law](&#74;ava&#115;cript:alert(1))")],
        in_all(f"help.md:11: expected {LINK}, found the link 'Javascript:alert(1)'"),
    ),
    "a link that holds its page": (
        [everywhere("help.md", LAW, "[Law](data:text/html,x)")],
        in_all(f"help.md:11: expected {LINK}, found the link 'data:text/html,x'"),
    ),
    "a link with a space": (
        [everywhere("index.md", "help.md", "<help me.md>")],
        in_all("index.md:9: expected a link without spaces and invisible characters, found the link 'help me.md'"),
    ),
    "a place that is on no page": (
        [everywhere("index.md", "help.md", "help.md#her")],
        in_all("index.md:9: expected the id of a heading on docs/LANG/help.md (did you mean 'here'?), "
               "found the link 'help.md#her', whose place on the page does not exist"),
    ),
    "a place that is not on the page itself": (
        [everywhere("index.md", "help.md", "#here")],
        in_all("index.md:9: expected the id of a heading on docs/LANG/index.md, "
               "found the link '#here', whose place on the page does not exist"),
    ),
    "a place that another country's passage has": (
        [everywhere("help.md", LAW, "## Law {#law}"), everywhere("index.md", "help.md", "help.md#law")],
        ["docs/lv/index.md:9: expected the id of a heading on docs/lv/help.md, "
         "found the link 'help.md#law', whose place on the page does not exist",
         "docs/ru/index.md:9: expected the id of a heading on docs/ru/help.md, "
         "found the link 'help.md#law', whose place on the page does not exist in the copies of lv"],
    ),
    "a link to a page of another country": (
        [page("law.md", front="title: L\ncountries:\n  - ee"), entry("law.md"),
         everywhere("index.md", "help.md", "law.md")],
        [f"docs/{code}/index.md:9: expected a page for the "
         "same countries, or the link between <!-- only: COUNTRY --> and <!-- end -->, "
         "found the link 'law.md' to a page that lv does not have" for code in ("lv", "ru")],
    ),
    # Slots and marks
    "a wrong slot": (
        [edit("docs/et/help.md", "contacts: own", "contact: own")],
        [f"docs/et/help.md:25: expected {SLOTS}, found '<!-- contact: own -->'"],
    ),
    "a wrong slot in every language": (
        [everywhere("help.md", "contacts: own", "contact: own")],
        in_all(f"help.md:25: expected {SLOTS}, found '<!-- contact: own -->'"),
    ),
    "a slot beside text": (
        [edit("docs/ru/help.md", "<!-- contacts: own -->", "Text <!-- contacts: own -->")],
        ["docs/ru/help.md:25: expected a slot or a mark alone on its line, at its start, with empty lines around, "
         "found '<!-- contacts: own -->'"],
    ),
    "a mark of a country that there is none of": (
        [edit("docs/et/help.md", "only: ee", "only: es")],
        ["docs/et/help.md:9: expected one or more of the countries ee, lv, found '<!-- only: es -->'"],
    ),
    "a mark that does not end": (
        [edit("docs/et/help.md", "<!-- end -->\n", "")],
        ["docs/et/help.md:14: expected <!-- end --> before the next <!-- only: … -->, found '<!-- only: lv -->'"],
    ),
    "a page that ends without contacts": (
        [everywhere("help.md", "<!-- contacts: own -->", "<!-- phone: emergency -->")],
        in_all("help.md:25: expected <!-- contacts: ROLE, ROLE --> as the last slot of a readers' page, "
               "found no contacts at its end"),
    ),
    # What the languages have in common
    "a heading that one language lacks": (
        [edit("docs/ru/help.md", "## Here {#here}\n", "")],
        ["docs/ru/help.md:21: expected 'heading {#here}' as in docs/et/help.md:23, found none after this line"],
    ),
    "a heading that one language alone has": (
        [edit("docs/et/help.md", LAW, "## New {#new-part}")],
        ["docs/et/help.md:11: expected the same as in docs/lv/help.md, "
         "found 'heading {#new-part}', which is missing in lv, ru"],
    ),
    "a text that is cut": (
        [edit(f"docs/{code}/help.md", LAW, "Word word word. " * 20) for code in ("et", "lv")],
        ["docs/ru/help.md:4: expected at least half of the 66 words that it has in other languages, found 8"],
    ),
    # Navigation
    "an entry without a page": (
        [entry("hepl.md")],
        ["mkdocs.yml:«- hepl.md»: nav[0].For everyone[2]: expected a page that is in docs/ in at least one language (did you mean 'help.md'?), "
         "found 'hepl.md'"],
    ),
    "an address as an entry": (
        [entry("https://example.org/")],
        ["mkdocs.yml:«- https»: nav[0].For everyone[2]: expected a page that is in docs/ in at least one language, "
         "found 'https://example.org/'"],
    ),
    "an entry twice": (
        [entry("help.md")],
        ["mkdocs.yml:«- help.md, last»: nav[0].For everyone[2]: expected each page once, found 'help.md' a second time (it is in line «mkdocs.yml: - help.md» already)"],
    ),
    "an entry with a title": (
        [edit("mkdocs.yml", "- help.md", "- Help: help.md")],
        ["mkdocs.yml:«- Help»: nav[0].For everyone[1]: expected only the path of a page, because its title is in the page, "
         "found the keys 'Help'"],
    ),
    "a page without an entry": (
        [page("more.md")],
        ["docs/et/more.md: expected an entry - more.md under nav in mkdocs.yml, "
         "found none (nor for docs/lv/more.md, docs/ru/more.md)"],
    ),
    "a section without words": (
        [edit("mkdocs.yml", "- Municipal workers:", "- Municipal wokers:")],
        ["mkdocs.yml:«- Municipal wokers»: nav[1].Municipal wokers: expected a title that is the text of a key nav-NAME in i18n/en.yml (did you mean 'Municipal workers'?), "
         "found 'Municipal wokers'"],
    ),
    "a section without pages": (
        [edit("mkdocs.yml", "\nnav:", "\nnav:\n- Young people:")],
        ["mkdocs.yml:«- Young people»: nav[0].Young people: expected a list of pages, found nothing"],
    ),
    "a page outside of any section": (
        [edit("mkdocs.yml", "\nnav:", "\nnav:\n- help.md")],
        ["mkdocs.yml:«- help.md»: nav[0]: expected a section such as - Young people: with a list of pages below it, found 'help.md'"],
    ),
    "no navigation": (
        [edit("mkdocs.yml", "\nnav:", "\nnaw:")],
        ["mkdocs.yml:1: nav: expected a list of sections, found nothing",
         "mkdocs.yml:«naw:»: naw: refused by MkDocs: Unrecognised configuration name: naw"],
    ),
    # Settings
    "settings that are not YAML": (
        [edit("mkdocs.yml", "theme:", "\ttheme:")],
        ["mkdocs.yml:«\ttheme»: expected YAML, found text that is not YAML (found character that cannot start any token)"],
    ),
    "a setting that there is none of": (
        [edit("mkdocs.yml", "use_directory_urls", "use_directory_url")],
        ["mkdocs.yml:«use_»: use_directory_url: refused by MkDocs: Unrecognised configuration name: "
         "use_directory_url"],
    ),
    "a setting of another kind": (
        [edit("mkdocs.yml", "site_name: Safe Path", "site_name:\n  - a")],
        ["mkdocs.yml:«site_name»: site_name: refused by MkDocs: Expected type: <class 'str'> but received: "
         "<class 'list'>"],
    ),
    "a setting that MkDocs breaks at": (
        [edit("mkdocs.yml", "  name: null", "  name: [a, [b]]")],
        ["mkdocs.yml:«theme»: theme: refused by MkDocs: a value of another kind (unhashable type: 'list')"],
    ),
    "an extension that there is none of": (
        [edit("mkdocs.yml", "- tables", "- tabels")],
        ["mkdocs.yml:«- tabels»: markdown_extensions[1]: expected an extension of Markdown that can be loaded, "
         "found 'tabels' (No module named 'tabels')"],
    ),
    "no settings": (
        [delete("mkdocs.yml")],
        ["mkdocs.yml: expected the settings of MkDocs, found no file"],
    ),
    "files that MkDocs would add to every page": (
        [edit("mkdocs.yml", "site_name:", "extra_templates:\n  - x.html\nextra_css:\n  - x.css\nsite_name:")],
        ["mkdocs.yml:«extra_css»: extra_css: expected nothing: the theme in overrides/ has all files, found \"['x.css']\"",
         "mkdocs.yml:«extra_templates»: extra_templates: expected nothing: the theme in overrides/ has all files, "
         "found \"['x.html']\""],
    ),
    # The theme
    "a template with a mistake": (
        [edit("overrides/partials/leave.html", "<div class=", "{% if %}<div class=")],
        ["overrides/partials/leave.html:5: expected a template of Jinja, "
         "found \"Expected an expression, got 'end of statement block'\""],
    ),
    "a template that is gone": (
        [delete("overrides/partials/sources.html")],
        ["overrides/main.html: expected a template that is in overrides/, found the template 'partials/sources.html'"],
    ),
    "a script with a mistake": (
        [edit("overrides/partials/offer.js", "(function", "\nlet x = 1;\n(function"),
         edit("overrides/assets/search/engine.js", "*/", "")],
        ["overrides/partials/offer.js:«let»: expected a script of ES5, found \"Unexpected 'x' at 3:5 between 'let' at 3:1 and '=' at 3:7\"",
         "overrides/assets/search/engine.js: expected a script of ES5, found a script that ends too early"],
    ),
    # Words of the interface
    "a place in a word that is gone": (
        [edit("i18n/lt.yml", "{sources}", "")],
        ["i18n/lt.yml:«order-sources»: order-sources: expected {sources} once, and nothing else in braces, found 'Numerių šaltiniai: .'"],
    ),
    "a place in a word that is misspelt": (
        [edit("i18n/lt.yml", "{source}", "{sorce}")],
        ["i18n/lt.yml:«card-source»: card-source: expected {source} and {date} once, and nothing else in braces, "
         "found 'Šaltinis: {sorce} ({date}), dar nepatvirtinta.'"],
    ),
    "a place in a word that asks for more": (
        [edit("i18n/lt.yml", "{source}", "{source.__class__}")],
        ["i18n/lt.yml:«card-source»: card-source: expected {source} and {date} once, and nothing else in braces, "
         "found 'Šaltinis: {source.__class__} ({date}), dar nepatvirtinta.'"],
    ),
    "a place in a word that has none": (
        [words("\nmenu: ", '\nmenu: "{count}" # ')],
        [f"i18n/{code}.yml:«menu»: menu: expected no braces in this text, found '{{count}}'"
         for code in ("ar", "en", "et", "lt", "lv", "ru", "uk", "uz")],
    ),
    "markup in a word": (
        [edit("i18n/lt.yml", "menu: ", "menu: <img onerror> ")],
        ["i18n/lt.yml:«menu»: menu: expected a text without < and >, found '<img onerror> Visi puslapiai'"],
    ),
    "the end of a title in a word": (
        [edit("i18n/et.yml", "site-name: ", "site-name: </title><script> ")],
        ["i18n/et.yml:«site-name»: site-name: expected a text without < and >, found '</title><script> Turvaline tee'"],
    ),
    "a word without words": (
        [edit("i18n/lt.yml", "menu: Visi puslapiai", 'menu: ""')],
        ["i18n/lt.yml:«menu»: menu: expected a text, found no text"],
    ),
    "a list for a word": (
        [edit("i18n/lt.yml", "menu: Visi puslapiai", "menu: [a]")],
        ["i18n/lt.yml:«menu»: menu: expected a text, found no text"],
    ),
    "a key of words that is misspelt": (
        [edit("i18n/lt.yml", "menu: ", "menuu: ")],
        ["i18n/lt.yml: menu: expected a text (as in i18n/en.yml:«menu»), found nothing",
         "i18n/lt.yml:«menuu»: menuu: expected the same keys in every language, found a key that i18n/en.yml does not have"],
    ),
    "a key of words that is gone from every language": (
        [words("\nmenu: ", "\n# menu: ")],
        [f"i18n/{code}.yml: menu: expected a text, found nothing" for code in ("ar", "en", "et", "lt", "lv", "ru", "uk", "uz")],
    ),
    "words of a language that there is none of": (
        [lambda sample: (sample.root / "i18n/lt.yml").rename(sample.root / "i18n/zz.yml")],
        ["i18n/zz.yml: expected a two-letter language code of ISO 639-1, found 'zz'"],
    ),
    # Glossaries and the search
    "a key of a glossary that is misspelt": (
        [write("i18n/glossary/et.yml", "terms:\n  - trem: a\n    why: b\n")],
        ["i18n/glossary/et.yml:2: terms[0]: expected an entry with the keys term, avoid, why, only, found another entry"],
    ),
    "a term without a reason": (
        [write("i18n/glossary/et.yml", "terms:\n  - term: a\n")],
        ["i18n/glossary/et.yml:2: terms[0]: expected an entry with term and why, found an entry without them"],
    ),
    "a glossary without a list": (
        [write("i18n/glossary/et.yml", "terms: a\nword: b\n")],
        ["i18n/glossary/et.yml:1: terms: expected a list of entries with term, avoid and why, found no such list",
         "i18n/glossary/et.yml:2: word: expected the keys terms, quiet and promises, found the key 'word'"],
    ),
    "a word to avoid that is no list": (
        [write("i18n/glossary/et.yml", "terms:\n  - term: a\n    why: b\n    avoid: c\n")],
        ["i18n/glossary/et.yml:4: terms[0].avoid: expected a list with a word in each line, found no such list"],
    ),
    "a search for a page that is not there": (
        [write("i18n/search/et.yml", "endings: õ a\nasked:\n  hepl.md: x\n")],
        ["i18n/search/et.yml:1: endings: expected 'o', without diacritics, found 'õ'",
         "i18n/search/et.yml:3: asked: expected a page of docs/et/, found the key 'hepl.md'"],
    ),
    "a key of the search that is misspelt": (
        [write("i18n/search/et.yml", "ending: a\n")],
        ["i18n/search/et.yml:1: ending: expected endings, grave, asked (did you mean 'endings'?), found the key 'ending'"],
    ),
    # Countries
    "a language without its first pages": (
        [edit("municipalities/ee/_country.yml", "  - ru\n", "  - ru\n  - uk\n")],
        ["municipalities/ee/_country.yml:6: languages[2]: expected a language that has its required pages, "
         "found uk without docs/uk/index.md, docs/uk/help.md, docs/uk/safety.md"],
    ),
    "a language that is begun without its first pages": (
        [edit("municipalities/ee/_country.yml", "time_zone", "starts:\n  - uk\ntime_zone"),
         page("index.md", "# S\n\nPlace: <!-- municipality: name -->\n\n[Help](help.md)\n", languages=["uk"])],
        ["municipalities/ee/_country.yml:7: starts[0]: expected a language that has its required pages, "
         "found uk without docs/uk/help.md, docs/uk/safety.md"],
    ),
    "a first language without the page of contents": (
        [delete("docs/lv/find.md"), delete("docs/ru/find.md")],
        ["municipalities/lv/_country.yml:4: languages[0]: expected a language that has its required pages, "
         "found lv without docs/lv/find.md"],
    ),
    "a page that only a further language has": (
        [page("professionals/x.md", "# A\n", languages=["ru"]),
         edit("mkdocs.yml", "- professionals/index.md", "- professionals/index.md\n  - professionals/x.md")],
        ["docs/ru/professionals/x.md: expected docs/et/professionals/x.md and docs/lv/professionals/x.md too, "
         "found a page that the first language of ee, lv does not have"],
    ),
    "a country's file and those of its municipalities": (
        [edit("municipalities/ee/_country.yml", "Europe/Tallinn", "Europe/Talinn"),
         edit("municipalities/ee/ylde.yml", "sotsiaal@example.ee", "sotsiaal"),
         edit("municipalities/lv/vieta.yml", "LV-001", "EE-001")],
        ["municipalities/ee/_country.yml:6: time_zone: expected a time zone such as Europe/Tallinn, found 'Europe/Talinn'",
         "municipalities/ee/ylde.yml:15: contacts[0].email: expected an e-mail address such as info@example.org, "
         "found 'sotsiaal'",
         "municipalities/lv/vieta.yml:1: iso_3166_2: expected a code that begins with LV-, found 'EE-001'"],
    ),
    "a language that there is none of": (
        [edit("municipalities/ee/_country.yml", "  - et\n", "  - ett\n")],
        ["municipalities/ee/_country.yml:4: languages[0]: expected a two-letter language code of ISO 639-1, found 'ett'"],
    ),
    "a country's file that is not YAML, and a picture on its pages alone": (
        [write("docs/pictures/wave.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 4"><path d="M0 0h32v4z"/></svg>'),
         everywhere("help.md", LAW, "![](../pictures/wave.svg){ role=presentation width=32 height=4 }"),
         edit("municipalities/ee/_country.yml", "languages:", "languages: [")],
        ["municipalities/ee/_country.yml:3: expected YAML, "
         "found text that is not YAML (did not find expected node content)"],
    ),
    "a country's file that is not YAML": (
        [edit("municipalities/ee/_country.yml", "languages:", "languages: [")],
        ["municipalities/ee/_country.yml:3: expected YAML, "
         "found text that is not YAML (did not find expected node content)"],
    ),
    # Files
    "a photograph as the camera made it": (
        [write("docs/et/photo.jpg", b"x" * 2_000_000)],
        ["docs/et/photo.jpg: expected .md, .svg, .png, .webp: save it as WebP, found a file .jpg"],
    ),
    "a page of HTML": (
        [write("docs/et/game.html", "<script>")],
        ["docs/et/game.html: expected .md, .svg, .png, .webp, found a file .html"],
    ),
    "a file without an ending": (
        [write("docs/et/readme", "x")],
        ["docs/et/readme: expected .md, .svg, .png, .webp, found a file without an ending"],
    ),
    "a page that is too large": (
        [write("docs/et/big.md", b"x" * 70_000)],
        ["docs/et/big.md: expected at most 60,000 bytes, found 70,000"],
    ),
    "a copy of a page": (
        [page("help - Copy.md", languages=["et"])],
        ["docs/et/help - Copy.md: expected a name of small letters a-z, digits and single hyphens, found 'help - Copy'"],
    ),
    "a folder of no language": (
        [page("index.md", languages=["fi"])],
        ["docs/fi: expected a folder for each language of i18n/ (ar, en, et, lt, lv, ru, uk, uz), or pictures, found another folder"],
    ),
    "a page outside of the languages": (
        [write("docs/index.md", "# A\n")],
        ["docs/index.md: expected a file in one of the languages' folders, found a file outside of them"],
    ),
    "a folder with the name of a language's": (
        [page("ru/more.md")],
        in_all("ru/more.md: expected a folder whose name is not that of a folder of docs/, found 'ru'"),
    ),
    "a folder with the name of that for all languages": (
        [write("docs/et/pictures/wave.svg", WAVE)],
        ["docs/et/pictures/wave.svg: expected a folder whose name is not that of a folder of docs/, found 'pictures'"],
    ),
    "a pipe": (
        [lambda sample: os.mkfifo(sample.root / "docs/et/x.md")],
        ["docs/et/x.md: expected a plain file, found a device or a pipe"],
    ),
    "a link to a file elsewhere": (
        [lambda sample: (sample.root / "docs/et/x.md").symlink_to("/etc/passwd")],
        ["docs/et/x.md: expected a plain file, found a symbolic link"],
    ),
    "a link to a folder elsewhere": (
        [lambda sample: (sample.root / "docs/et/files").symlink_to("/etc")],
        ["docs/et/files: expected a plain file, found a symbolic link"],
    ),
    "files of other programs": (
        [write("docs/et/.DS_Store", b"\0"), write("docs/et/._help.md", b"\xff"), write("docs/et/help.md~", b"x"),
         write("docs/et/Thumbs.db", b"x")],
        [],
    ),
    "more on a page with wrong front matter": (
        [everywhere("help.md", "title:", "title: <b>"), everywhere("help.md", LAW, "+372 736 1305. " + "a " * 29)],
        [*(f"docs/{code}/help.md:2: title: expected plain text on one line, without markup, braces or links, "
           f"found '<b> {code} help'" for code in LANGUAGES),
         *in_all("help.md:11: expected at most 28 words in a sentence, found 29", "help.md:11: expected a slot such as "
                 "<!-- phone: ROLE -->, or a text under allowed in the front matter, found '+372 736 1305'")],
    ),
    "more on a page with an unknown key, which may be meant for one that allows it": (
        [everywhere("help.md", "title:", 'alowed: ["+372 736 1305"]\ntitle:'), everywhere("help.md", LAW, "+372 736 1305")],
        in_all("help.md:2: alowed: expected title, sources, countries, source_language, moved_from, reviewed, allowed "
               "(did you mean 'allowed'?), found the key 'alowed'"),
    ),
    "more on a page whose front matter is no YAML": (
        [page("more.md", "# A\n", "title: ["), entry("more.md")],
        in_all("more.md:2: expected YAML, found text that is not YAML (did not find expected node content)",
               "more.md:5: expected <!-- contacts: ROLE, ROLE --> as the last slot of a readers' page, found no contacts "
               "at its end"),
    ),
    "more in an entry of a glossary": (
        [write("i18n/glossary/et.yml", "terms:\n  - term: ''\n    avoid: x\n    only: me\n  - term: y\n    wy: z\n    only: me\n")],
        ["i18n/glossary/et.yml:2: terms[0]: expected an entry with term and why, found an entry without them",
         "i18n/glossary/et.yml:3: terms[0].avoid: expected a list with a word in each line, found no such list",
         "i18n/glossary/et.yml:4: terms[0].only: expected readers, found 'me'",
         "i18n/glossary/et.yml:5: terms[1]: expected an entry with the keys term, avoid, why, only, found another entry",
         "i18n/glossary/et.yml:7: terms[1].only: expected readers, found 'me'"],
    ),
    "more in a file of the wrong size": (
        [write("docs/et/Big.md", b"x" * 70_000)],
        ["docs/et/Big.md: expected at most 60,000 bytes, found 70,000",
         "docs/et/Big.md: expected a name of small letters a-z, digits and single hyphens, found 'Big'"],
    ),
    "more on a page with a wrong name": (
        [page("More.md", "# A\n\n<div>\n\n<!-- contact: own -->\n", languages=["et"])],
        ["docs/et/More.md: expected a name of small letters a-z, digits and single hyphens, found 'More'",
         "docs/et/More.md:7: expected </div>, found <div> that does not end",
         f"docs/et/More.md:9: expected {SLOTS}, found '<!-- contact: own -->'"],
    ),
    "more in a country's door file with a wrong square": (
        [write("municipalities/ee/_door.yml", "tiles:\n  vald: 0 99\n  ylde: 1 1\n  teine: 1 1\n  kaugel: 2 2\n")],
        ["municipalities/ee/_door.yml:2: tiles.vald: expected a column and a row from 1 to 30, such as 4 2, found '0 99'",
         "municipalities/ee/_door.yml:4: tiles.teine: expected a square of its own, found the square of ylde",
         "municipalities/ee/_door.yml:5: tiles.kaugel: expected the name of a municipality's file, without .yml, found 'kaugel'"],
    ),
    "more in the settings": (
        [entry("hepl.md"), edit("mkdocs.yml", "use_directory_urls", "use_directory_url"),
         edit("mkdocs.yml", "- attr_list", "- attr_lst")],
        ["mkdocs.yml:4: use_directory_url: refused by MkDocs: Unrecognised configuration name: use_directory_url",
         "mkdocs.yml:«- attr_lst»: markdown_extensions[0]: expected an extension of Markdown that can be loaded, "
         "found 'attr_lst' (No module named 'attr_lst')",
         "mkdocs.yml:«- hepl.md»: nav[0].For everyone[2]: expected a page that is in docs/ in at least one language (did "
         "you mean 'help.md'?), found 'hepl.md'"],
    ),
    "more in a file of the search with an unknown key": (
        [write("i18n/search/et.yml", "ending: x\nasked:\n  nowhere.md: abi\n")],
        ["i18n/search/et.yml:1: ending: expected endings, grave, asked (did you mean 'endings'?), found the key 'ending'",
         "i18n/search/et.yml:3: asked: expected a page of docs/et/, found the key 'nowhere.md'"],
    ),
    # Several at once: what is wrong with a page hides none of its other mistakes
    "links and pictures on a page with wrong HTML": (
        [everywhere("help.md", "# Help", '# Help\n\nA <font>b</font>. [c](javascript:x) [d](wrong-way.md) ![e](gone.png)\n\n<div>\n[f](vbscript:x)\n'
                    "**g\n\n[h](lost-and-found.md)")],
        in_all(f'help.md:7: expected {HTML}, found \'<font>\'', f"help.md:7: expected {LINK}, found the link 'javascript:x'",
               "help.md:7: expected a page that exists, found the link 'wrong-way.md', which leads nowhere",
               "help.md:7: expected a picture that is in docs/, found the picture 'gone.png', which is not there",
               "help.md:9: expected </div>, found <div> that does not end",
               f"help.md:10: expected {LINK}, found the link 'vbscript:x'", f"help.md:11: expected {WHOLE}, found '**g'",
               "help.md:13: expected a page that exists, found the link 'lost-and-found.md', which leads nowhere"),
    ),
    "a picture that no page shows beside wrong HTML": (
        [write("docs/pictures/wave.svg", WAVE), write("docs/pictures/tree.svg", WAVE),
         everywhere("help.md", LAW, "<img src=../pictures/tree.svg>")],
        [*in_all(f"help.md:11: expected {PLAIN}, found '<img src=../pictures/tree.svg>'"),
         "docs/pictures/wave.svg: expected only pictures that pages show, found a picture that no page shows"],
    ),
    "a link on a page with a paragraph that nobody can read": (
        [everywhere("help.md", LAW, "[" * 101 + "\n\n[b](javascript:x)")],
        in_all("help.md:11: expected at most 100 opening brackets in one paragraph, found 101",
               f"help.md:13: expected {LINK}, found the link 'javascript:x'"),
    ),
    "a place on a page with wrong HTML": (
        [everywhere("help.md", LAW, "a<i>b\n\n<div id=there>\n"), everywhere("index.md", "help.md", "help.md#her"),
         everywhere("index.md", "# Start", "# Start\n\n[x](help.md#there)")],
        [*in_all(f"help.md:11: expected {HTML}, found '<i>'", f"help.md:13: expected {PLAIN}, found '<div id=there>'"),
         *(f"docs/{code}/index.md:11: expected the id of a heading on docs/{code}/help.md (did you mean 'here'?), "
           "found the link 'help.md#her', whose place on the page does not exist" for code in LANGUAGES)],
    ),
    "mistakes in every file at once": (
        [edit("docs/ru/help.md", "contacts: own", "contact: own"), edit("i18n/ru.yml", "menu: Все страницы", 'menu: "{count}"'),
         edit("municipalities/ee/ylde.yml", "EE-001", "LV-001"), entry("hepl.md"),
         everywhere("index.md", "help.md", "help.md#her"), write("docs/et/a.txt", "x")],
        ["docs/et/a.txt: expected .md, .svg, .png, .webp, found a file .txt",
         *(f"docs/{code}/index.md:9: expected "
           f"the id of a heading on docs/{code}/help.md (did you mean 'here'?), "
           "found the link 'help.md#her', whose place on the page does not exist" for code in ("et", "lv", "ru")),
         f"docs/ru/help.md:25: expected {SLOTS}, found '<!-- contact: own -->'",
         "i18n/ru.yml:«menu»: menu: expected no braces in this text, found '{count}'",
         "mkdocs.yml:«- hepl.md»: nav[0].For everyone[2]: expected a page that is in docs/ in at least one language (did you mean 'help.md'?), "
         "found 'hepl.md'",
         "municipalities/ee/ylde.yml:1: iso_3166_2: expected a code that begins with EE-, found 'LV-001'"],
    ),
}  # fmt: skip


def messages(sample):
    try:
        check_project(sample.root, MOMENT)
    except CampaignError as error:
        return str(error).splitlines()
    return []


def with_lines(sample, message):
    """The message with the number of the line that begins with what is between the signs."""

    def number(match):
        file, begins, last = match[1], match[2], match[3]
        lines = (sample.root / file).read_text("utf-8").splitlines()
        found = [at for at, line in enumerate(lines, 1) if line.lstrip(" ").startswith(begins)]
        return f"{'' if match[0].startswith('«') else file + ':'}{found[-1 if last else 0]}"

    message = re.sub(r"([\w./]+):«([^»]+?)(, last)?»", number, message)
    return re.sub(r"«([\w.]+): ([^»]+?)()»", number, message)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gives_exactly_its_own_problem(sample, mistake):
    changes, told = MISTAKES[mistake]
    for change in changes:
        change(sample)
    assert sorted(messages(sample)) == sorted(with_lines(sample, message) for message in told)
