"""Certificates for the vendor's host names, so that a client with a built-in https address can be served.

An authority is made, signs one certificate for the hosts of `kie.emulator.hosts` and for this machine, and its key is
thrown away: nobody can sign anything with it afterwards. Its name constraints say the same to whoever reads it. A
client is told to trust it for one run (`SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`); it belongs into
no trust store.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kie.emulator.hosts import HOSTS

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

#: Days that a certificate is good for; browsers take 397 at most.
LIFE = 365
_LOCAL = ("127.0.0.1", "::1")


class Authority:
    """The files of a folder: `ca.pem`, which a client is told to trust, and the server's certificate and key.

    They are made when they are missing, do not belong together, lack a host, or expire within a week.

    Raises:
        ImportError: the package `cryptography` is not there (`pip install "kie[emulator]"`).
        OSError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: What a client is told to trust, as PEM.
        self.certificate = folder / "ca.pem"
        self._server = folder / "server.pem"
        if not self._usable():
            self._make()

    def context(self) -> ssl.SSLContext:
        """What a server needs for TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._server)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _usable(self) -> bool:
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature

        try:
            authority = x509.load_pem_x509_certificate(self.certificate.read_bytes())
            server = x509.load_pem_x509_certificate(self._server.read_bytes())
            server.verify_directly_issued_by(authority)
            names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            self.context()
        except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
        enough = set(HOSTS) <= set(names.get_values_for_type(x509.DNSName))
        return enough and server.not_valid_after_utc > datetime.now(UTC) + timedelta(days=7)

    def _make(self) -> None:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        authority = _authority(root)
        server = _server(key, root, authority)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        pem = serialization.Encoding.PEM
        _write(self._server, server.public_bytes(pem) + authority.public_bytes(pem) + secret, 0o600)
        _write(self.certificate, authority.public_bytes(pem), 0o644)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Writes a file in one step: another emulator may be reading it."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    new.replace(path)


def _name(words: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _builder(subject: x509.Name, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    from cryptography import x509

    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=LIFE))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _authority(key: EllipticCurvePrivateKey) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    name = _name("kie emulator: for tests, not for a trust store")
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in (*HOSTS, "localhost")]
    names += [x509.IPAddress(ipaddress.ip_network(address)) for address in _LOCAL]
    return (
        _builder(name, key)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(names, None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _server(key: EllipticCurvePrivateKey, root: EllipticCurvePrivateKey, issuer: x509.Certificate) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID

    names: list[x509.GeneralName] = [x509.DNSName(name) for name in (*HOSTS, "localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in _LOCAL]
    return (
        _builder(_name("kie emulator"), key)
        .issuer_name(issuer.subject)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        .sign(root, hashes.SHA256())
    )
