#!/bin/sh
# The check sheet of a package, followed with public tools alone. The package lies in folders, or loose in one.
# Usage: check_sheet.sh PACKAGE FINGERPRINT RECEIPT SCRATCH TIME
#   FINGERPRINT  from the card that the headteacher keeps, 64 figures
#   RECEIPT      SHA-256 of statement.json, from the signed receipt, 64 figures
#   SCRATCH      where a file may be written
#   TIME         the time of making, in seconds since 1970
set -eu
cd "$1"
same() { [ "$(printf %s "$1" | tr A-F a-f)" = "$(printf %s "$2" | tr A-F a-f)" ] || { echo "differs: $3"; exit 1; }; }
slash=/
[ -d data ] || slash=__
authority="data${slash}certificates${slash}authority.cer"
# 1. The authority is the school's.
same "$(sha256sum "$authority" | cut -c 1-64)" "$2" "the fingerprint on the card"
# 2. The statement is the one on the receipt.
same "$(sha256sum statement.json | cut -c 1-64)" "$3" "the receipt"
# 3. Somebody of the school signed it.
openssl x509 -inform DER -in "$authority" -out /dev/stdout > "$4.pem"
openssl cms -verify -cades -binary -inform DER -in statement.p7s -content statement.json -CAfile "$4.pem" \
    -attime "$5" -out /dev/null 2> /dev/null || { echo "the signature does not hold"; exit 1; }
# 4. The statement names this list of files, and the list every file.
for name in bagit.txt bag-info.txt manifest-sha256.txt; do
    grep -q "$(sha256sum "$name" | cut -c 1-64)" statement.json || { echo "not in the statement: $name"; exit 1; }
done
sed "s|/|$slash|g" manifest-sha256.txt > "$4.list"
sha256sum --quiet --strict -c "$4.list" || { echo "a file is not the one that was listed"; exit 1; }
[ "$(find . -type f -path './data*' | cut -c 3- | sort)" = "$(cut -c 67- "$4.list" | sort)" ] \
    || { echo "a file is not listed"; exit 1; }
echo "all of the sheet holds"
