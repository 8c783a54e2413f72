"""External checks of the built sites: Lighthouse as a phone, vnu, html-validate, and a reader in WebKitGTK.
Exits with 1 if there are findings.

``make audit`` installs what they need. Lighthouse checks each page three times, and the run with the median
performance counts, so one slow moment of the machine is not a finding.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.chromium import CHROMIUM, serve

from .webkit import check_in_webkit

ROOT = Path(__file__).parent.parent
SITES = ROOT / "sites"
SOURCES = ("docs", "hooks", "i18n", "municipalities", "overrides", "src/campaign")
PACKAGES = ROOT / "audit" / "node_modules"
COPIES = ("ee/narva", "lv/riga", "lt/kaunas", "ru/pskov")
PAGES = ("help.html", "youth/online.html", "professionals/referral.html", "ru/help.html")  # of the first copy
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
JUDGED = CATEGORIES[:-1]  # SEO is for information only
RUNS = 3
SHOWN = 5  # places per finding
# The standard does not have this directive yet (whatwg/html issue 9473), so vnu does not know it. Chromium
# and Firefox obey it. Without it they look up the hosts of helplines before a reader taps anything.
VNU_EXCEPTION = ".*Bad value .x-dns-prefetch-control. for attribute .http-equiv. on element .meta..*"
ELSEWHERE = {"cumulative-layout-shift": "layout-shifts", "total-blocking-time": "long-tasks"}
NAMING = ("description", "issueType", "url")  # they name an item that is not an element

Report = dict[str, Any]
Finding = tuple[str, str, str]  # the fault, the page, the markup


def main() -> int:
    if not all((SITES / copy).is_dir() for copy in COPIES):
        subprocess.run([Path(sys.executable).with_name("campaign"), "build"], cwd=ROOT, check=True)
    built = (SITES / COPIES[0] / PAGES[0]).stat().st_mtime
    sources = (file for name in SOURCES for file in (ROOT / name).rglob("*.*"))
    if newer := sum(file.stat().st_mtime > built for file in sources if "__pycache__" not in file.parts):
        print(f"sites/ is older than {newer} of its sources: make build brings what you see here up to date")
    files = [file for copy in COPIES for file in sorted((SITES / copy).rglob("*.html"))]
    pages = Counter(file.relative_to(SITES).parts[0] for file in files)
    found = {
        "vnu": list(vnu(files)),
        "html-validate": list(html_validate(files)),
        "WebKitGTK": list(check_in_webkit(SITES / COPIES[0])),
    }
    print(f"{len(files)} pages:", ", ".join(f"{country} {number}" for country, number in pages.items()))
    for judge, findings in found.items():
        print(f"{judge}: {len(findings)} errors", flush=True)
    found["Lighthouse"], information = lighthouse()
    print("\nFor information (seo, and points too few to count):")
    printed("Lighthouse", information)
    print("\nFindings:" if any(found.values()) else "\nNo findings.")
    for judge, findings in found.items():
        printed(judge, findings)
    return int(any(found.values()))


def json_from(*command: str | Path) -> Any:
    """Run a check and return its JSON; exit if it prints none."""
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM["executable_path"])}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"{' '.join(map(str, command))[:300]}: exit status {done.returncode}\n{done.stderr}")


def vnu(files: list[Path]) -> Iterator[Finding]:
    jar = PACKAGES / "vnu-jar/build/dist/vnu.jar"
    options = ("--errors-only", "--stdout", "--format", "json", "--filterpattern", VNU_EXCEPTION)
    for message in json_from("java", "-jar", jar, *options, *files)["messages"]:
        place = f"{shown(message.get('url', ''))}:{message.get('lastLine', 0)}"
        yield message["message"], place, " ".join(message.get("extract", "").split())


def html_validate(files: list[Path]) -> Iterator[Finding]:
    options = ("--config", ROOT / "audit/html-validate.mjs", "--formatter", "json")
    for file in json_from(PACKAGES / ".bin/html-validate", *options, *files):
        for message in file["messages"]:
            place = f"{shown(file['filePath'])}:{message['line']}"
            yield f"{message['ruleId']}: {message['message']}", place, message["selector"] or ""


def lighthouse() -> tuple[list[Finding], list[Finding]]:
    """Print the table. Return the audits that lost points, in categories below 100 and in the others."""
    below: list[Finding] = []
    others: list[Finding] = []
    print(f"\n{'Lighthouse, phone':40}", *(f"{name:>15}" for name in CATEGORIES))
    with serve(SITES / COPIES[0]) as address:
        for page in PAGES:
            report = sorted((judged(address + page) for _ in range(RUNS)), key=performance)[RUNS // 2]
            points = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
            print(f"{COPIES[0] + '/' + page:40}", *(f"{number:15}" for number in points.values()), flush=True)
            for name in CATEGORIES:
                bad = name in JUDGED and points[name] < 100
                audits = list(lost(page, name, report))
                if bad and not audits:
                    audits = [(f"{name}: no score", page, "")]
                (below if bad else others).extend(audits)
    return below, others


def judged(address: str) -> Report:
    report: Report = json_from(
        *(PACKAGES / ".bin/lighthouse", address, "--quiet", "--output=json", "--no-enable-error-reporting"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(CHROMIUM['args'])}",
    )
    if problem := report.get("runtimeError"):
        sys.exit(f"Lighthouse could not judge {address}: {problem['message']}")
    return report


def performance(report: Report) -> float:
    return float(report["categories"]["performance"]["score"] or 0)


def lost(page: str, category: str, report: Report) -> Iterator[Finding]:
    audits = report["audits"]
    for reference in report["categories"][category]["auditRefs"]:
        audit = audits[reference["id"]]
        failed = audit["scoreDisplayMode"] == "error"
        if reference["weight"] and (failed or (audit["score"] is not None and audit["score"] < 1)):
            why = audit.get("displayValue") or audit.get("explanation") or audit.get("errorMessage") or ""
            details = audits.get(ELSEWHERE.get(audit["id"], audit["id"]), {}).get("details", {})
            items = details["items"] if details.get("type") == "table" else []
            nodes = [
                (item.get("node") or {}).get("snippet") or next(filter(None, map(item.get, NAMING)), "")
                for item in items
            ]
            markup = " ".join([why, *[str(node) for node in nodes if node][:SHOWN]])
            yield f"{category}: {audit['id']}: {audit['title']}", page, markup


def printed(judge: str, findings: Iterable[Finding]) -> None:
    """Print each broken rule once, with a few of its places."""
    places: dict[str, list[str]] = {}
    for rule, place, markup in findings:
        places.setdefault(rule, []).append(f"  {place}: {markup.strip()}".rstrip(": "))
    for rule, where in places.items():
        print(f"{judge}: {rule} ({len(where)})", *where[:SHOWN], sep="\n")


def shown(address: str) -> str:
    return address.removeprefix("file:").removeprefix(f"{SITES}/")


if __name__ == "__main__":
    sys.exit(main())
