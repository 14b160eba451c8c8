#!/usr/bin/env bash
# Verifies this package with sha256sum and openssl. README.txt says what is verified and why.
set -euo pipefail
cd "$(dirname "$0")"
# macOS calls it shasum.
command -v sha256sum >/dev/null || sha256sum() { shasum -a 256 "$@"; }

fail() { echo "NOT VERIFIED: $1" >&2; exit 1; }

# Writes hexadecimal digits as the bytes they stand for.
bytes() {
  local escaped='' i
  for ((i = 0; i < ${#1}; i += 2)); do escaped+="\\x${1:i:2}"; done
  printf '%b' "$escaped"
}

echo '1. Every file is the one that was packed.'
sha256sum --check --quiet SHA256SUMS 2>/dev/null || sha256sum -c SHA256SUMS >/dev/null || fail 'a file was changed'

echo '2. The head of the event log was signed with the key in this package.'
openssl pkeyutl -verify -pubin -inkey event-log/key.pub.pem -rawin -in event-log/head.txt \
  -sigfile event-log/head.txt.sig >/dev/null || fail 'the signature of the head'
signed_number=$(sed -n 's/^sequence //p' event-log/head.txt)
signed_hash=$(sed -n 's/^sha256 //p' event-log/head.txt)

echo "3. The chain of $signed_number entries ends in that head."
hash=$(printf '0%.0s' {1..64})
last=0
inner=()
while read -r number digest; do
  last=$((last + 1))
  [ "$number" = "$last" ] || fail "entry $last is missing"
  inner[number]=$digest
  hash=$({ printf 'steward/event-log/entry/v1\n'; bytes "$(printf '%016x' "$number")$hash$digest"; } | sha256sum)
  hash=${hash:0:64}
done < event-log/chain.txt
[ "$last" = "$signed_number" ] && [ "$hash" = "$signed_hash" ] || fail 'the chain does not end in the signed head'

echo '4. Every entry that is told in full is the one in the chain.'
while IFS=' ' read -r number salt json; do
  digest=$({ printf 'steward/event-log/inner/v1\n'; bytes "$salt"; printf '%s' "$json"; } | sha256sum)
  [ "${digest:0:64}" = "${inner[number]:-}" ] || fail "entry $number was changed"
done < event-log/entries.txt

echo '5. Every piece of evidence is one that the event log tells of.'
while read -r digest path; do
  case "$path" in
    evidence/*) grep -qF "\"sha256\":\"$digest\"" event-log/entries.txt || fail "the log does not tell of $path" ;;
  esac
done < SHA256SUMS

echo 'Verified.'
