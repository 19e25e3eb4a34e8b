"""The signature: CMS in its one form, built again from what it says, and compared."""

import hashlib
from datetime import timezone

from asn1crypto import cms, core, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRACTICE = "PRACTICE - NOT EVIDENCE"
ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
SHA_256, DATA, SIGNED = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
TYPE, DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"


def sha256(data):
    return hashlib.sha256(data).digest()


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    count = (size.bit_length() + 7) // 8
    return bytes([tag, 128 | count]) + size.to_bytes(count, "big") + body


def oid(dotted):
    return core.ObjectIdentifier(dotted).dump()


def number(value):
    return core.Integer(value).dump()


def set_of(*parts, tag=0x31):
    return der(tag, *sorted(parts))


class Certificate:
    def __init__(self, raw):
        self.raw = raw
        self.parsed = x509.Certificate.load(raw, strict=True)
        self.tbs = self.parsed["tbs_certificate"]
        self.issuer, self.subject = self.tbs["issuer"].dump(), self.tbs["subject"].dump()
        self.serial = self.tbs["serial_number"].native
        self.point = self.tbs["subject_public_key_info"]["public_key"].contents[1:]
        self.extensions = {
            one["extn_id"].dotted: (one["critical"].native, one["extn_value"].parsed) for one in self.tbs["extensions"] or []
        }

    def fingerprint(self):
        return sha256(self.raw)

    def first(self, name, dotted):
        for group in self.tbs[name].chosen:
            for part in group:
                if part["type"].dotted == dotted:
                    return part["value"].chosen.contents.decode("utf-8")
        return None

    def name(self):
        return self.first("subject", "2.5.4.3") or ""

    def is_practice(self):
        return any(self.first(side, "2.5.4.11") == PRACTICE for side in ("subject", "issuer"))

    def usage(self):
        critical, usage = self.extensions.get("2.5.29.15", (False, None))
        return usage.native if critical and usage is not None else set()

    def is_signer(self):
        _, basic = self.extensions.get("2.5.29.19", (False, None))
        is_authority = basic is not None and basic["ca"].native
        return not is_authority and "non_repudiation" in self.usage() and "key_cert_sign" not in self.usage()

    def is_authority(self):
        critical, basic = self.extensions.get("2.5.29.19", (False, None))
        says = critical and basic["ca"].native and basic["path_len_constraint"].native == 0
        return bool(says) and "key_cert_sign" in self.usage() and self.is_issued_by(self)

    def is_issued_by(self, other):
        algorithms = (self.tbs["signature"], self.parsed["signature_algorithm"])
        return (
            all(one["algorithm"].dotted == ECDSA_WITH_SHA256 and len(one.dump()) == 12 for one in algorithms)
            and self.issuer == other.subject
            and holds(other.point, self.tbs.dump(), self.parsed["signature_value"].native)
        )

    def is_valid_at(self, at):
        validity = self.tbs["validity"]
        return validity["not_before"].native <= at.replace(tzinfo=timezone.utc) <= validity["not_after"].native


def holds(point, message, signature):
    """ECDSA on P-256 in strict DER, and the smaller of the two values of s."""
    try:
        r, s = (one.native for one in core.SequenceOf.load(signature, strict=True, spec=core.Integer))
        if der(0x30, number(r), number(s)) != signature or not 0 < s <= ORDER // 2:
            return False
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point).verify(signature, message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


class Signature:
    """What a signature says apart from what follows from the rest. Raises ValueError where it is none."""

    def __init__(self, raw):
        self.raw = raw
        try:
            data = cms.ContentInfo.load(raw, strict=True)["content"]
            found = [Certificate(one.chosen.dump()) for one in data["certificates"]]
            (info,) = data["signer_infos"]
            if info["unsigned_attrs"].native is not None:
                raise ValueError("an unsigned attribute that is no time-stamp")
            (one, other) = found
            (self.digest,) = [
                kept["values"][0].native for kept in info["signed_attrs"] if kept["type"].dotted == DIGEST
            ]
            self.value = info["signature"].native
        except (KeyError, TypeError, AttributeError) as wrong:
            raise ValueError(str(wrong)) from wrong
        self.signer, self.authority = (one, other) if one.is_signer() else (other, one)

    def attributes(self, tag):
        own = self.signer
        general = der(0x30, der(0xA4, own.issuer))
        identity = der(0x30, der(0x04, own.fingerprint()), der(0x30, general, number(own.serial)))
        said = [(TYPE, oid(DATA)), (DIGEST, der(0x04, self.digest)), (CERTIFICATE_V2, der(0x30, der(0x30, identity)))]
        return set_of(*(der(0x30, oid(kind), der(0x31, value)) for kind, value in said), tag=tag)

    def again(self):
        """The whole of it, in its one form."""
        own = self.signer
        hashing, signing = der(0x30, oid(SHA_256)), der(0x30, oid(ECDSA_WITH_SHA256))
        info = der(
            0x30,
            number(1),
            der(0x30, own.issuer, number(own.serial)),
            hashing,
            self.attributes(0xA0),
            signing,
            der(0x04, self.value),
        )
        certificates = set_of(own.raw, self.authority.raw, tag=0xA0)
        data = der(0x30, number(1), der(0x31, hashing), der(0x30, oid(DATA)), certificates, der(0x31, info))
        return der(0x30, oid(SIGNED), der(0xA0, data))

    def is_signed(self):
        return holds(self.signer.point, self.attributes(0x31), self.value)

    def is_vouched_for(self):
        return self.signer.is_signer() and self.authority.is_authority() and self.signer.is_issued_by(self.authority)

    def is_in_time(self, at):
        return self.signer.is_valid_at(at) and self.authority.is_valid_at(at)

    def is_practice(self):
        return self.signer.is_practice() or self.authority.is_practice()
