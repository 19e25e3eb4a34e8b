"""The time-stamp in a signature: the rule of FORMAT.md, "A time-stamp"."""

import hashlib
import re
from datetime import datetime, timedelta, timezone

from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from signature import DIGEST, SIGNED, TYPE, der, number, oid, set_of, sha256

TST_INFO = "1.2.840.113549.1.9.16.1.4"
FIRST, SECOND = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
RSA, SHA_1 = "1.2.840.113549.1.1.1", "1.3.14.3.2.26"
FUNCTIONS = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
SHA_256, SHA_384, SHA_512 = FUNCTIONS
# The hash function that a signature's algorithm names.
NAMED = {
    "1.2.840.113549.1.1.11": SHA_256,
    "1.2.840.113549.1.1.12": SHA_384,
    "1.2.840.113549.1.1.13": SHA_512,
    "1.2.840.10045.4.3.2": SHA_256,
    "1.2.840.10045.4.3.3": SHA_384,
}
ECDSA = {"1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3"}
KNOWN = {"2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.32"}
MOST_CERTIFICATES, LONGEST, MINUTES = 12, 6, 10


class Unheld(Exception):
    """The time-stamp does not hold."""


def need(holds, why):
    if not holds:
        raise Unheld(why)


def digest_of(dotted, message):
    need(dotted in FUNCTIONS, "a hash function that is not known")
    made = hashes.Hash(FUNCTIONS[dotted])
    made.update(message)
    return made.finalize()


class Link:
    """A certificate on the way from the authority's signer to its root."""

    def __init__(self, parsed):
        self.raw, self.parsed, self.tbs = parsed.dump(), parsed, parsed["tbs_certificate"]
        self.serial = self.tbs["serial_number"].native
        self.issuer, self.subject = self.tbs["issuer"].dump(), self.tbs["subject"].dump()
        self.extensions = {}
        for one in self.tbs["extensions"] or []:
            self.extensions.setdefault(one["extn_id"].dotted, (one["critical"].native, one["extn_value"]))

    def said(self, dotted):
        critical, value = self.extensions.get(dotted, (False, None))
        return critical, None if value is None else value.parsed.native

    def has_signed(self, function, message, signature):
        try:
            key = load_der_public_key(self.tbs["subject_public_key_info"].dump())
            if isinstance(key, rsa.RSAPublicKey):
                need(2048 <= key.key_size <= 8192, "a key of another size")
                key.verify(signature, message, padding.PKCS1v15(), FUNCTIONS[function])
            else:
                is_curve = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, (ec.SECP256R1, ec.SECP384R1))
                need(is_curve and function in (SHA_256, SHA_384), "a key of another kind")
                key.verify(signature, message, ec.ECDSA(FUNCTIONS[function]))
        except InvalidSignature:
            return False
        except UnsupportedAlgorithm as why:
            raise Unheld(str(why)) from why
        return True

    def has_issued(self, other):
        stated = other.tbs["signature"]
        if other.issuer != self.subject or stated.dump() != other.parsed["signature_algorithm"].dump():
            return False
        function = NAMED.get(stated["algorithm"].dotted)
        try:
            signature = other.parsed["signature_value"].native
            return function is not None and self.has_signed(function, other.tbs.dump(), signature)
        except (Unheld, ValueError):
            return False

    def may_issue(self, below):
        _, basic = self.said("2.5.29.19")
        most = basic and basic["path_len_constraint"]
        if not basic or not basic["ca"] or most is not None and most < below:
            return False
        _, usage = self.said("2.5.29.15")
        _, uses = self.said("2.5.29.37")
        may_sign = usage is None or "key_cert_sign" in usage
        return may_sign and (uses is None or bool({"time_stamping", "any_extended_key_usage"} & set(uses)))

    def is_for_stamping(self):
        critical, uses = self.said("2.5.29.37")
        _, usage = self.said("2.5.29.15")
        _, basic = self.said("2.5.29.19")
        may_sign = usage is None or bool({"digital_signature", "non_repudiation"} & usage) and "key_cert_sign" not in usage
        return critical and uses == ["time_stamping"] and may_sign and not (basic and basic["ca"])

    def is_valid_at(self, at):
        validity = self.tbs["validity"]
        return validity["not_before"].native <= at <= validity["not_after"].native


class Token:
    """A time-stamp, taken apart."""

    def __init__(self, raw):
        outer = cms.ContentInfo.load(raw, strict=True)
        need(outer["content_type"].dotted == SIGNED, "no signed data")
        data = outer["content"]
        holds = data["encap_content_info"]
        need(holds["content_type"].dotted == TST_INFO, "no time-stamp")
        self.content = holds["content"].contents if isinstance(holds["content"].contents, bytes) else b""
        self.content = holds["content"].native if not self.content.startswith(b"\x30") else self.content
        info = tsp.TSTInfo.load(self.content, strict=True)
        need(info["version"].native == "v1" and info.dump(force=True) == self.content, "another form of TSTInfo")
        imprint = info["message_imprint"]
        self.function, self.imprint = imprint["hash_algorithm"]["algorithm"].dotted, imprint["hashed_message"].native
        found = re.fullmatch(rb"(\d{14})(?:\.\d*[1-9])?Z", info["gen_time"].contents)
        need(found, "a time that is not in UTC")
        self.at = datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        (self.info,) = data["signer_infos"]
        by_name = self.info["sid"].name == "issuer_and_serial_number"
        need(self.info["version"].native == ("v1" if by_name else "v3"), "another version")
        self.links = [Link(one.chosen) for one in data["certificates"] if one.name == "certificate"]
        need(len(self.links) <= MOST_CERTIFICATES, "too many certificates")
        self.signer = next((one for one in self.links if self.is_named(one)), None)
        self.root = next((one for one in self.links if one.has_issued(one)), None)
        need(self.signer and self.root, "a certificate is missing")

    def is_named(self, link):
        named = self.info["sid"].chosen
        if self.info["sid"].name == "issuer_and_serial_number":
            return named["issuer"].dump() == link.issuer and named["serial_number"].native == link.serial
        return link.said("2.5.29.14")[1] == named.native

    def way(self):
        need(self.signer.is_for_stamping(), "not for time-stamping")
        way = [self.signer]
        while way[-1].raw != self.root.raw:
            need(len(way) < LONGEST, "the way is too long")
            on_it, last = {one.raw for one in way}, way[-1]
            fits = lambda other: other.raw not in on_it and other.may_issue(len(way) - 1) and other.has_issued(last)
            following = next((other for other in [self.root, *self.links] if fits(other)), None)
            need(following, "no way to a root")
            way.append(following)
        need(len(way) > 1, "it signed itself")
        criticals = {dotted for one in way for dotted, (critical, _) in one.extensions.items() if critical}
        need(criticals <= KNOWN, "a critical extension that is not known")
        need(all(one.is_valid_at(self.at) for one in way), "a certificate was not valid")
        return way

    def written(self, way):
        """The one form in which it stands in a signature."""
        info = self.info
        hashing = der(0x30, oid(info["digest_algorithm"]["algorithm"].dotted))
        signing = info["signature_algorithm"]["algorithm"].dotted
        signed = der(
            0x30,
            number(1 if info["sid"].name == "issuer_and_serial_number" else 3),
            info["sid"].dump(),
            hashing,
            self.attributes(0xA0),
            der(0x30, oid(signing), b"" if signing in ECDSA else b"\x05\x00"),
            der(0x04, info["signature"].native),
        )
        content = der(0x30, oid(TST_INFO), der(0xA0, der(0x04, self.content)))
        certificates = set_of(*(one.raw for one in way), tag=0xA0)
        data = der(0x30, number(3), der(0x31, hashing), content, certificates, der(0x31, signed))
        return der(0x30, oid(SIGNED), der(0xA0, data))

    def attributes(self, tag):
        return set_of(*(one.dump() for one in self.info["signed_attrs"]), tag=tag)

    def one(self, dotted):
        found = [one for one in self.info["signed_attrs"] if one["type"].dotted == dotted]
        need(len(found) < 2 and all(len(one["values"]) == 1 for one in found), "an attribute that says two things")
        return found[0]["values"][0] if found else None

    def check(self, value):
        need(self.function == SHA_256 and self.imprint == sha256(value), "it is for something else")
        kind, stated = self.one(TYPE), self.one(DIGEST)
        need(kind is not None and stated is not None and kind.dotted == TST_INFO, "no digest")
        hashing = self.info["digest_algorithm"]["algorithm"].dotted
        need(stated.native == digest_of(hashing, self.content), "another digest")
        names = [(self.one(FIRST), SHA_1), (self.one(SECOND), SHA_256)]
        need(any(named is not None for named, _ in names), "no certificate is named")
        for named, function in names:
            if named is not None:
                self.check_identity(named["certs"][0], function)
        signing = self.info["signature_algorithm"]["algorithm"].dotted
        function = hashing if signing == RSA else NAMED.get(signing)
        need(function is not None and function == hashing, "another hash function")
        need(self.signer.has_signed(function, self.attributes(0x31), self.info["signature"].native), "another signature")

    def check_identity(self, named, function):
        if function == SHA_1:
            made = hashlib.sha1(self.signer.raw).digest()
        else:
            made = digest_of(named["hash_algorithm"]["algorithm"].dotted, self.signer.raw)
        need(named["cert_hash"].native == made, "another certificate")
        place = named["issuer_serial"]
        if place.native is not None:
            (issuer,) = place["issuer"]
            fits = issuer.name == "directory_name" and issuer.chosen.dump() == self.signer.issuer
            need(fits and place["serial_number"].native == self.signer.serial, "another certificate")


def root_of(raw, value, stated):
    """SHA-256 of the token's root, if it is a time-stamp of the signature value, made within minutes of the time stated
    beside it; None if it is not."""
    try:
        token = Token(raw)
        need(token.written(token.way()) == raw, "another form")
        token.check(value)
        need(abs(token.at - stated.replace(tzinfo=timezone.utc)) <= timedelta(minutes=MINUTES), "another time")
    except (Unheld, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return sha256(token.root.raw)
