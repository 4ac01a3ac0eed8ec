"""A provider of our own on loopback, over https like any other: it speaks OpenID Connect, and lies when told to."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "embedded-client", "a secret between the two of us, and long"
Claims = dict[str, Any]


@dataclass
class Issuer:
    """One issuer: whom it has signed in now, and what it does differently from an honest one."""

    url: str
    key: rsa.RSAPrivateKey
    kid: str
    person: Claims = field(default_factory=lambda: {"sub": "nobody-we-know"})
    bend: Callable[[Claims], Claims] = lambda claims: claims  # what the token says
    forge: Callable[[Claims], str] | None = None  # the whole token, signature and all
    tokens: Callable[[Claims], Claims] = lambda tokens: tokens  # what the token endpoint answers
    description: Claims = field(default_factory=dict)  # what discovery says differently
    userinfo: Claims = field(default_factory=dict)
    trouble: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    codes: dict[str, Claims] = field(default_factory=dict)
    questions: list[dict[str, str]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def describe(self) -> Claims:
        places = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "userinfo_endpoint": "userinfo",
        }
        found: Claims = {name: f"{self.url}/{path}" for name, path in places.items()}
        ways = ["client_secret_post", "client_secret_basic"]
        return found | {"issuer": self.url, "token_endpoint_auth_methods_supported": ways} | self.description

    def keys(self) -> Claims:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": self.kid, "use": "sig"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Signs in whoever is there without asking; gives where the browser goes back to."""
        self.questions.append(query)
        code = token_urlsafe(16)
        self.codes[code] = {**query, "person": dict(self.person)}
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> Claims | None:
        """Exchanges a code, once, for whoever holds its verifier and our secret."""
        kept = self.codes.pop(form.get("code", ""), None)
        if kept is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != kept["code_challenge"] or form.get("redirect_uri") != kept["redirect_uri"]:
            return None
        claims = self.bend(self.claims(kept["nonce"], kept["person"]))
        token = self.forge(claims) if self.forge else self.signed(claims)
        return self.tokens({"access_token": token_urlsafe(8), "token_type": "Bearer", "id_token": token})

    def claims(self, nonce: str, person: Claims) -> Claims:
        now = int(time.time())
        times = {"iat": now, "exp": now + 300, "auth_time": now}
        return {"iss": self.url, "aud": CLIENT, "nonce": nonce} | times | person

    def signed(self, claims: Claims, headers: Claims | None = None) -> str:
        body = json.dumps(
            claims
        ).encode()  # by the lower layer: the upper one refuses to write what is not right
        return jwt.api_jws.encode(body, self.key, "RS256", headers={"kid": self.kid} | (headers or {}))


class Answering(BaseHTTPRequestHandler):
    issuers: dict[str, Issuer]

    def answer(self) -> None:
        parts = urlsplit(self.path)
        name, _, path = parts.path.strip("/").partition("/")
        issuer = self.issuers[name]
        issuer.asked[path] += 1
        if path in issuer.trouble:
            return issuer.trouble[path](self)
        if path == "authorize":
            return self.send("", 302, Location=issuer.authorize(flat(parts.query)))
        if path == "token":
            form = flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            tokens = issuer.token(form)
            return self.send(json.dumps(tokens or {"error": "invalid_grant"}), 200 if tokens else 400)
        said = {
            ".well-known/openid-configuration": issuer.describe,
            "keys": issuer.keys,
            "userinfo": lambda: issuer.userinfo,
        }
        return self.send(json.dumps(said[path]()))

    do_GET = do_POST = answer

    def send(self, body: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *said: object) -> None:
        pass


def flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def serving(folder: Path) -> Iterator[dict[str, Issuer]]:
    """Three issuers, each with a key of its own, behind one certificate that lies in `folder`."""
    pem = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    handler = type("OneAnswering", (Answering,), {"issuers": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    for name in ("one", "two", "entra"):
        url = f"https://localhost:{server.server_port}/{name}"
        handler.issuers[name] = Issuer(url, rsa.generate_private_key(65537, 2048), f"key-of-{name}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield handler.issuers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> Path:
    """A key and a certificate for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = folder / "localhost.pem"
    pem.write_bytes(kept + made.public_bytes(serialization.Encoding.PEM))
    return pem
