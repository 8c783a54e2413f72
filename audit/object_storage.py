"""deploy/s3.sh with the real program aws and the S3 server of moto: types, cache headers, order, old files.

No other S3 server is among the packages that this project uses, so this is not proof for every storage. Exits
with 1 if something is not as it should be. ``make storage`` installs both programs beside the project's own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.project import small_project
from tests.servers import free_port

ROOT = Path(__file__).parent.parent
BIN = ROOT / "build/storage/bin"
BUCKET = "help"
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
READABLE = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{BUCKET}/*",
            }
        ],
    }
)
_REQUEST = re.compile(rf'"(PUT|POST|DELETE) /{BUCKET}/?([^ ?]*)(\?\S*)? HTTP')


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="storage-") as name:
        wrong = list(_tried(Path(name)))
    for line in wrong:
        print(f"Object storage: {line}")
    if not wrong:
        print("Object storage (aws and moto's server): types, cache headers, order and old files are right")
    return int(bool(wrong))


def _tried(folder: Path) -> Iterator[str]:
    sample = small_project(folder / "project")
    sample.site("ee/ylde", "https://help.example.org/ee/ylde/")
    sample.build()
    port, log = free_port(), folder / "log"
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=output, stderr=output
        )
        try:
            while server.poll() is None and not _answers(address):
                pass
            environment = {
                **os.environ,
                "PATH": f"{BIN}:{os.environ['PATH']}",
                "AWS_ENDPOINT_URL": address,
                "AWS_ACCESS_KEY_ID": "trial",
                "AWS_SECRET_ACCESS_KEY": "trial",
                "AWS_DEFAULT_REGION": "us-east-1",
            }
            subprocess.run([BIN / "aws", "s3", "mb", f"s3://{BUCKET}"], env=environment, check=True)
            policy = [BIN / "aws", "s3api", "put-bucket-policy", "--bucket", BUCKET, "--policy", READABLE]
            subprocess.run(policy, env=environment, check=True)
            sites = sample.root / "sites"
            yield from _sent(sites, address, environment, log)
            sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 1305")  # a page of the same size
            (sample.root / "municipalities/ee/teine.yml").unlink()
            sample.build()
            os.utime(sites / "ee/ylde/help.html", (0, 0))  # older than what is there, as after a way back
            yield from _sent(sites, address, environment, log)
        finally:
            server.terminate()
            server.wait()


def _sent(sites: Path, address: str, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Send the copies, and yield what is wrong with the requests and with what is in the storage."""
    begins = log.stat().st_size
    subprocess.run([ROOT / "deploy/s3.sh", sites, BUCKET], env=environment, check=True)
    requests = _REQUEST.findall(log.read_bytes()[begins:].decode())
    steps = [_step(method, name, query) for method, name, query in requests]
    if steps != sorted(steps) or not {1, 2, 3} <= set(steps):
        yield f"the order of requests is {steps}"
    there = {
        path.relative_to(sites).as_posix(): path
        for path in sites.rglob("*")
        if path.is_file() and path.parent.name != "host" and not path.name.startswith("_")
    }
    listed = subprocess.run(
        [BIN / "aws", "s3", "ls", "--recursive", f"s3://{BUCKET}"],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    stored = {line.split(maxsplit=3)[3] for line in listed.splitlines()}
    for name in sorted(stored ^ there.keys()):
        yield f"{name} is only {'in the storage' if name in stored else 'in the copies'}"
    for name in sorted(stored & there.keys()):
        with urlopen(f"{address}/{BUCKET}/{name}") as answer:
            if answer.read() != there[name].read_bytes():
                yield f"{name} has other bytes"
            if answer.headers["Content-Type"] != TYPES.get(name.rpartition(".")[2]):
                yield f"{name} has the type {answer.headers['Content-Type']}"
            if answer.headers["Cache-Control"] != "no-cache":
                yield f"{name} has the cache header {answer.headers['Cache-Control']}"


def _step(method: str, name: str, query: str) -> int:
    """Return the step of a request: 1 for what pages need, 2 for pages, 3 for lists, 4 for old files."""
    if method == "DELETE" or (method == "POST" and "delete" in query):
        return 4
    return {"html": 2, "json": 3}.get(name.rpartition(".")[2], 1)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):
            return True
    except URLError:
        return False


if __name__ == "__main__":
    sys.exit(main())
