#!/usr/bin/env bash
# Puts a new set of copies into place in one step, and keeps the last one.
#
#   update.sh [--no-digests] SOURCE TARGET    SOURCE: a folder of copies, or HOST:/FOLDER for rsync
#   update.sh --back TARGET                   return to the set before
#
# A web server serves TARGET/current, a link to TARGET/sets/NUMBER. Exit status 1: nothing has changed.
set -euo pipefail
export LC_ALL=C
umask 022

fail() { printf 'update.sh: %s\n' "$1" >&2; exit 1; }

switch() {  # the link is made beside its place and renamed over the old one: readers see one or the other
  ln -s "sets/$1" "$target/.current.new"
  mv -T "$target/.current.new" "$target/current"
}

sets() { find "$target/sets" -mindepth 1 -maxdepth 1 -name '[0-9]*' -printf '%f\n' | sort -n; }

digests=yes back=no
while [ $# -gt 0 ]; do
  case $1 in
    --no-digests) digests=no; shift ;;
    --back) back=yes; shift ;;
    -*) fail "unknown option $1" ;;
    *) break ;;
  esac
done
if [ "$back" = yes ]; then
  [ $# -eq 1 ] || fail 'expected: --back TARGET'
  target=$1
else
  [ $# -eq 2 ] || fail 'expected: SOURCE TARGET'
  source=$1 target=$2
fi

mkdir -p "$target/sets"
exec 9> "$target/.lock"
flock 9
rm -rf "$target/.current.new" "$target"/sets/.new.*
now=$(readlink "$target/current" 2> /dev/null || true)
now=${now#sets/}

if [ "$back" = yes ]; then
  before=$(sets | awk -v now="${now:-0}" '$1 + 0 < now + 0' | tail -n 1)
  [ -n "$before" ] || fail 'there is no set before this one'
  switch "$before"
  echo "Back to set $before."
  exit 0
fi

last=$(sets | tail -n 1)
number=$(( ${last:-0} + 1 ))
new=$target/sets/.new.$number
link=()
[ -n "$now" ] && link=(--link-dest="../$now")
# Unchanged files are hard links to the set before, so a set costs only what changed. The bytes are compared: a
# corrected number has the same size, and perhaps the same second.
rsync -rt --checksum --delete --chmod=D755,F644 ${link[@]+"${link[@]}"} -- "${source%/}/" "$new/" >&2 || { rm -rf "$new"; fail 'rsync failed'; }

copies=$(find "$new" -mindepth 3 -maxdepth 3 -name campaign.json -printf '%h\n' | sort)
[ -n "$copies" ] || { rm -rf "$new"; fail 'the source has no copies (COUNTRY/SLUG/campaign.json)'; }
while IFS= read -r copy; do
  [ -f "$copy/manifest.json" ] || { rm -rf "$new"; fail "${copy#"$new/"} has no manifest.json"; }
  # One file is one line of a manifest: "PATH": {"size": N, "sha256": "…"}
  sums=$(sed -nE 's/^  "([^"\\]+)": \{"size": [0-9]+, "sha256": "([0-9a-f]{64})"\},?$/\2  \1/p' "$copy/manifest.json")
  [ -n "$sums" ] || { rm -rf "$new"; fail "${copy#"$new/"}/manifest.json lists no files"; }
  # A path out of the copy may lead to a device that never ends. A file that is not listed may be a page of somebody else.
  case $'\n'$sums/ in *'  /'* | */../* | *'  ../'*) rm -rf "$new"; fail "${copy#"$new/"}/manifest.json names a file outside of the copy" ;; esac
  known=$(printf '%s\n' "$(sed -E 's/^[0-9a-f]{64}  //' <<< "$sums")" manifest.json release.json release.json.sig .htaccess web.config)
  added=$(cd "$copy" && find . -type f -printf '%P\n' | sed -E 's/\.(gz|br)$//' | grep -vxF -e "$known" | head -n 1 || true)
  [ -z "$added" ] || { rm -rf "$new"; fail "${copy#"$new/"} has a file that is not in its manifest.json: ${added@Q}"; }
  if [ "$digests" = yes ]; then
    (cd "$copy" && sha256sum --quiet --check --strict) <<< "$sums" > /dev/null 2>&1 \
      || { rm -rf "$new"; fail "${copy#"$new/"} is not as its manifest.json says"; }
  else
    while IFS= read -r line; do
      [ -f "$copy/${line#*  }" ] || { rm -rf "$new"; fail "${copy#"$new/"} is not as its manifest.json says"; }
    done <<< "$sums"
  fi
done <<< "$copies"

mv "$new" "$target/sets/$number"
switch "$number"
# Keep this set and the one that readers saw until now.
for set in "$target"/sets/[0-9]*; do
  name=${set##*/}
  [ "$name" = "$number" ] || [ "$name" = "$now" ] || rm -rf "$set"
done
echo "Set $number: $(wc -l <<< "$copies") copies."
