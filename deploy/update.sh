#!/usr/bin/env bash
# Puts a new set of copies into place in one step, and keeps the last one.
#
#   update.sh [--no-digests] SOURCE TARGET    SOURCE: a folder of copies, or HOST:/FOLDER for rsync
#   update.sh --signers KEYS [--release DAY.json] SOURCE TARGET
#                                             take only copies that a signed release names
#   update.sh --back TARGET                   return to the set before
#
# KEYS is a file as releases/allowed_signers that this machine has had before, never one that came with the copies.
# DAY.json is the release, with DAY.json.sig beside it. Without it each copy brings its own release.json, as in a ZIP.
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

signed() {  # RELEASE: whether one of the keys has signed it
  [ -f "$1" ] && [ -f "$1.sig" ] \
    && ssh-keygen -Y verify -f "$signers" -I safe-path -n safe-path-release -s "$1.sig" < "$1" > /dev/null 2>&1
}

sets() { find "$target/sets" -mindepth 1 -maxdepth 1 -name '[0-9]*' -printf '%f\n' | sort -n; }

digests=yes back=no signers='' release=''
while [ $# -gt 0 ]; do
  case $1 in
    --no-digests) digests=no; shift ;;
    --back) back=yes; shift ;;
    --signers | --release)
      [ $# -ge 2 ] || fail "expected: $1 FILE"
      if [ "$1" = --signers ]; then signers=$2; else release=$2; fi
      shift 2 ;;
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
[ -z "$release" ] || [ -n "$signers" ] || fail '--release needs --signers'
[ -z "$signers" ] || [ "$digests" = yes ] || fail '--no-digests proves nothing, so it cannot be together with --signers'
[ -z "$signers" ] || [ -f "$signers" ] || fail "there is no file $signers"

# The release is read once, so that nobody exchanges it between two looks.
known_release=$(mktemp -d)
trap 'rm -rf "$known_release"' EXIT
if [ -n "$release" ]; then
  for ending in '' .sig; do
    cp -- "$release$ending" "$known_release/r$ending" 2> /dev/null || fail "there is no file $release$ending"
  done
  signed "$known_release/r" || fail "no key in $signers has signed $release"
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
  if [ -n "$signers" ]; then
    proof=$known_release/r
    [ -n "$release" ] || proof=$copy/release.json
    [ -n "$release" ] || signed "$proof" || { rm -rf "$new"; fail "${copy#"$new/"} has no release.json that a key in $signers has signed"; }
    line="\"${copy#"$new/"}\": \"$(sha256sum < "$copy/manifest.json" | cut -c 1-64)\""
    grep -qF -e "$line" "$proof" || { rm -rf "$new"; fail "the signed release does not name ${copy#"$new/"} as it is"; }
    # A server may send a precompressed file in place of the one beside it, and no manifest lists it.
    while IFS= read -r -d '' file; do
      case $file in *.gz) unpack=gzip ;; *) unpack=brotli ;; esac
      "$unpack" -dc < "$file" 2> /dev/null | cmp -s - "${file%.*}" \
        || { rm -rf "$new"; fail "${file#"$new/"} is not what is beside it (the program $unpack unpacks it)"; }
    done < <(find "$copy" -type f \( -name '*.gz' -o -name '*.br' \) -print0)
  fi
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
echo "Set $number: $(wc -l <<< "$copies") copies${signers:+, signed}."
[ -n "$signers" ] || echo 'update.sh: nothing proves who made these copies: see --signers' >&2
