"""A small IMAP server on loopback: TLS, one user, one folder, as much of IMAP as a reader needs."""

import datetime
import re
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Folder:
    """What lies in the folder, by its number; `validity` changes when it is made anew."""

    messages: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    password: str = "open sesame"
    port: int = 0
    context: ssl.SSLContext | None = None

    def put(self, raw: bytes) -> None:
        """Deliver a message."""
        self.messages[max(self.messages, default=0) + 1] = raw


@contextmanager
def imap_server() -> Iterator[Folder]:
    """Run the server; give its folder, with port and a context that trusts its certificate."""
    folder = Folder()
    with tempfile.TemporaryDirectory() as place:
        pair = _certificate(Path(place))
        served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        served.load_cert_chain(*pair)
        folder.context = ssl.create_default_context(cafile=str(pair[0]))

        class Session(_Session):
            here = folder
            tls = served

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
            server.daemon_threads = True
            folder.port = server.server_address[1]
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield folder
            server.shutdown()


class _Session(socketserver.BaseRequestHandler):
    here: Folder
    tls: ssl.SSLContext

    def handle(self) -> None:
        try:
            with self.tls.wrap_socket(self.request, server_side=True) as line:
                line.sendall(b"* OK ready\r\n")
                for told in line.makefile("rb"):
                    tag, _, command = told.decode().strip().partition(" ")
                    line.sendall(self.answer(tag, command))
                    if command.upper() == "LOGOUT":
                        return
        except OSError:
            return

    def answer(self, tag: str, command: str) -> bytes:
        done = f"{tag} OK done\r\n".encode()
        word = command.split(" ")[0].upper()
        if word == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n" + done
        if word == "LOGIN":
            fits = command.endswith(f'"{self.here.password}"')
            return done if fits else f"{tag} NO [AUTHENTICATIONFAILED] wrong\r\n".encode()
        if word == "EXAMINE":
            told = (
                f"* {len(self.here.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.here.validity}]\r\n"
            )
            return told.encode() + done
        if command.upper().startswith("UID SEARCH"):
            return f"* SEARCH {' '.join(map(str, self._found(command)))}\r\n".encode() + done
        if command.upper().startswith("UID FETCH"):
            uid = int(command.split()[2])
            raw = self.here.messages[uid]
            head = f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode()
            return head + raw + b")\r\n" + done
        return (b"* BYE\r\n" if word == "LOGOUT" else b"") + done

    def _found(self, command: str) -> list[int]:
        first = re.search(r"UID (\d+):\*", command)
        every = sorted(self.here.messages)
        if first is None or not every:
            return every
        return [uid for uid in every if uid >= int(first[1])] or every[-1:]


def _certificate(place: Path) -> tuple[Path, Path]:
    key, name = ec.generate_private_key(ec.SECP256R1()), "localhost"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = place / "cert.pem", place / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return cert, secret
