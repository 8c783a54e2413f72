#!/usr/bin/env bash
# Puts copies into S3-compatible storage, with types and cache headers.
#
#   s3.sh SITES BUCKET    SITES: the folder of the copies (or of one); needs the program aws
#
# Storage cannot exchange a whole set in one step. So what pages need goes first, then the pages, then the lists of files,
# and old files at the end: a reader meets an old page or a new one, and never a page without its style or script. Every
# file is sent each time: a comparison by size and time would leave out a number that changed with the same length.
set -euo pipefail
export LC_ALL=C

fail() { printf 's3.sh: %s\n' "$1" >&2; exit 1; }

[ $# -eq 2 ] || fail "expected SITES BUCKET"
sites=$1 bucket=s3://$2
[ -n "$(find "$sites" -name manifest.json -print -quit)" ] || fail "no copy in $sites"

# The program would follow a link, and publish what it leads to on this machine.
links=$(find "$sites/" -type l -print -quit)
[ -z "$links" ] || fail "a link: ${links@Q}"
left_out=(--no-follow-symlinks --exclude 'host/*' --exclude '*/host/*' --exclude '_*' --exclude '*/_*' --exclude '*.gz' --exclude '*.br')

put() {  # TYPE ENDING...
  local type=$1 wanted=() ending
  shift
  for ending; do wanted+=(--include "*.$ending"); done
  aws s3 cp "$sites" "$bucket" --recursive --only-show-errors --exclude '*' "${wanted[@]}" "${left_out[@]}" \
    --cache-control no-cache --content-type "$type"
}

unknown=$(find "$sites" -type f ! -path '*/host/*' ! -name '_*' ! -name '*.gz' ! -name '*.br' \
  | grep -Ev '\.(css|js|svg|png|webp|pdf|zip|ics|txt|xml|html|json|sig)$' || true)
[ -z "$unknown" ] || fail "no type is known for ${unknown%%$'\n'*}"

put 'text/css; charset=utf-8' css
put 'text/javascript; charset=utf-8' js
put 'image/svg+xml' svg
put 'image/png' png
put 'image/webp' webp
put 'application/pdf' pdf
put 'application/zip' zip
put 'text/calendar; charset=utf-8' ics
put 'text/plain; charset=utf-8' txt sig
put 'application/xml; charset=utf-8' xml
put 'text/html; charset=utf-8' html
put 'application/json; charset=utf-8' json
aws s3 sync "$sites" "$bucket" --delete --size-only --only-show-errors "${left_out[@]}"
