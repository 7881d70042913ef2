"""Signing mails with DKIM (RFC 6376, rsa-sha256, relaxed/relaxed), fast enough for every mail."""

import base64
import hashlib
import re
from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from leadfarm.engine.errors import LeadfarmError

# Named twice: a second header of the name, put in on the way, breaks the signature.
SEALED = ("from", "to", "subject", "date", "list-unsubscribe", "list-unsubscribe-post")
# A space by itself stays as it is; most of a mail is those.
RUNS = re.compile(rb"[ \t]{2,}|\t")
ENDS = re.compile(rb" (?=\r\n)")


def new_key() -> tuple[str, str]:
    """Return a fresh private key (PEM) and the value of its DNS record."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode(), f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


class Signer:
    """Signs for one domain and selector."""

    def __init__(self, domain: str, selector: str, pem: str) -> None:
        # We made the key, and unsealing has proven that it is the same: testing its primes again
        # would take a tenth of a second, every time somebody looks whether there is mail to send.
        key = serialization.load_pem_private_key(
            pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
        )
        if not isinstance(key, rsa.RSAPrivateKey):
            raise LeadfarmError("The DKIM key is no RSA key.", "Make a new one in the settings.")
        self._key = key
        self._start = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};"

    def header(self, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
        """Return the DKIM-Signature line for these headers (folded as they will be) and body."""
        names = [name.lower() for name, _ in headers]
        names += [name for name in SEALED if name in names]
        digest = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
        value = f"{self._start} h={':'.join(names)}; bh={digest}; b="
        signed = b"".join(relaxed_header(name, text) for name, text in headers)
        signed += relaxed_header("dkim-signature", value)[:-2]
        signature = self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return folded(value, base64.b64encode(signature).decode())


def relaxed_header(name: str, value: str) -> bytes:
    """Return a header in the form that is signed."""
    return f"{name.lower()}:{' '.join(value.split())}\r\n".encode()


def relaxed_body(body: bytes) -> bytes:
    """Return the body in the form that is signed: no trailing space, runs of space as one."""
    lines = ENDS.sub(b"", RUNS.sub(b" ", body)).rstrip(b"\r\n")
    return lines + b"\r\n" if lines else b""


def folded(value: str, signature: str) -> bytes:
    """Return the header in short lines: folding is white space, which relaxed signing ignores."""
    head = (
        value.replace("; h=", ";\r\n h=").replace("; bh=", ";\r\n bh=").replace("; b=", ";\r\n b=")
    )
    chunks = [signature[at : at + 72] for at in range(0, len(signature), 72)]
    return ("DKIM-Signature: " + head + "\r\n ".join(chunks) + "\r\n").encode()
