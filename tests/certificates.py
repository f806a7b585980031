"""Private certificate authorities and what they issue, as PEM files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Issued:
    """A certificate's file and its key's."""

    certificate: str
    key: str


class Authority:
    """A certificate authority that no system trusts; its own certificate is the file `ca_file`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = _named(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._begun(self._name, self._key, A_DAY, is_authority=True).sign(self._key, hashes.SHA256())
        self.ca_file = str(_written(folder / f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM)))

    def issue(self, name: str, ends: timedelta = A_DAY, passphrase: bytes | None = None) -> Issued:
        """A certificate for that host or person, until `ends` from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self._begun(_named(name), key, ends, is_authority=False)
        certificate = builder.add_extension(x509.SubjectAlternativeName([_alternative(name)]), critical=False)
        locked = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
        stem = f"{self._name.rfc4514_string().partition('=')[2]}-{name}-{ends.days}"
        return Issued(
            str(
                _written(
                    self._folder / f"{stem}.crt",
                    certificate.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM),
                )
            ),
            str(
                _written(
                    self._folder / f"{stem}.key",
                    key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked),
                )
            ),
        )

    def _begun(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, ends: timedelta, *, is_authority: bool
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 3 * A_DAY)
            .not_valid_after(now + ends)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _written(file: Path, pem: bytes) -> Path:
    file.write_bytes(pem)
    return file
