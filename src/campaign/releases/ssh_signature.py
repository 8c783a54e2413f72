"""SSH signatures, made and verified by ``ssh-keygen -Y``, which desktops and servers have.

The private key is outside of the repository. The public keys that may sign are in the file
``releases/allowed_signers``, in the form that ssh-keygen reads. Without it nothing can be verified.
"""

from __future__ import annotations

import subprocess
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import CampaignError, Problem, shown

NAMESPACE = "safe-path-release"
SIGNER = "safe-path"
ALLOWED = "releases/allowed_signers"
_SECONDS = 60  # a key on a device waits for a touch


class Signed(StrEnum):
    """What is known about who made a release."""

    GOOD = "signed"
    BAD = "the signature is wrong"
    NONE = "unsigned"
    NO_KEY = "signed, but this folder has no public key to verify it"


def sign(file: Path, key: Path) -> Path:
    """Write the detached signature ``FILE.sig`` and return its path."""
    signature = file.with_name(f"{file.name}.sig")
    signature.unlink(missing_ok=True)
    done = _run(["sign", "-f", str(key), "-n", NAMESPACE, str(file)])
    if done.returncode or not signature.is_file():
        reason = (done.stderr.decode(errors="replace").strip() or "ssh-keygen failed").splitlines()[-1]
        raise CampaignError([Problem("campaign sign", 0, "--key", shown(reason, 200), "a key that can sign")])
    return signature


def verify(data: bytes, signature: bytes | None, allowed: Path) -> Signed:
    """Verify a detached signature of ``data`` against the public keys in the file ``allowed``."""
    if signature is None:
        return Signed.NONE
    if not allowed.is_file():
        return Signed.NO_KEY
    with TemporaryDirectory() as folder:
        file = Path(folder, "signature")
        file.write_bytes(signature)
        command = ["verify", "-f", str(allowed), "-I", SIGNER, "-n", NAMESPACE, "-s", str(file)]
        return Signed.GOOD if _run(command, data).returncode == 0 else Signed.BAD


def _run(arguments: list[str], data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", *arguments],
            input=data,
            stdin=None if data is not None else subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise CampaignError([Problem("ssh-keygen", 0, "", "not installed", "OpenSSH 8.1 or newer")]) from None
    except subprocess.TimeoutExpired:
        raise CampaignError(
            [Problem("ssh-keygen", 0, "", f"no answer in {_SECONDS} s", "a signature")]
        ) from None
