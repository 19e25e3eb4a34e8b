"""pyHanko signs the same file with the same key, without a visible appearance, and verifies the file we signed."""

import io
import json
import logging
import sys
import time
from pathlib import Path

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore


def main():
    logging.disable(logging.CRITICAL)
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    authority = x509.Certificate.load((folder / "authority.der").read_bytes())
    store = SimpleCertificateStore()
    store.register(authority)
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load((folder / "certificate.der").read_bytes()),
        signing_key=keys.PrivateKeyInfo.load((folder / "key.der").read_bytes()),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Bench",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason="Made the volume",
        location="Hollybrook School",
    )
    unsigned = (folder / "volume.pdf").read_bytes()
    signed = (folder / "signed.pdf").read_bytes()
    for _ in range(2):
        sign(unsigned, meta, signer)
    sign_ms = [timed(lambda: sign(unsigned, meta, signer))[1] for _ in range(rounds)]
    outcomes = [timed(lambda: verify(signed, authority)) for _ in range(rounds)]
    told = {
        "sign_ms": sign_ms,
        "verify_ms": [took for _, took in outcomes],
        "valid": all(held for held, _ in outcomes),
    }
    print(json.dumps(told))


def sign(pdf, meta, signer):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signers.sign_pdf(writer, meta, signer, new_field_spec=fields.SigFieldSpec("Bench"))


def verify(pdf, authority):
    reader = PdfFileReader(io.BytesIO(pdf))
    context = ValidationContext(trust_roots=[authority], allow_fetching=False)
    return all(validate_pdf_signature(one, context).bottom_line for one in reader.embedded_signatures)


def timed(act):
    # Time on a core: what the program needs, also on a machine that does other work.
    start = time.process_time()
    out = act()
    return out, (time.process_time() - start) * 1e3


main()
