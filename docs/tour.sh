#!/usr/bin/env bash
#
# A walk through Connect, against the running system: what a match costs when it is computed, when it is cached,
# and after the profile or the announcements have changed. Stops with a sentence at the first surprise.
#
#   dotnet run --project Connect.AppHost     # in another terminal
#   docs/tour.sh
#
# Needs bash and curl. Can be run again and again: each time it is another user with another organization.
# CONNECT_URL and SIMULATOR_URL say where Connect is, if not on the usual ports.

set -euo pipefail

API=${CONNECT_URL:-http://localhost:5180}
BOARDS=${SIMULATOR_URL:-http://localhost:5190}
REPLICAS=${CONNECT_REPLICAS:-2}
ADMIN_EMAIL=${CONNECT_ADMIN_EMAIL:-admin@connect.local}
ADMIN_PASSWORD=${CONNECT_ADMIN_PASSWORD:-Connect-Admin-1!}
SCRAPE_SECONDS=${CONNECT_SCRAPE_SECONDS:-120}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  printf '\nThe tour stopped: %s\n' "$*" >&2
  if [ "${status:-0}" -ge 400 ] && [ -s "$work/body" ]; then
    cat "$work/body" >&2
    echo >&2
  fi
  exit 1
}

# call METHOD URL [curl options]: one request; sets status, cache, queries, ms, instance.
call() {
  local method=$1 url=$2 timing
  shift 2
  timing=$(curl --silent --max-time 60 --request "$method" --output "$work/body" --dump-header "$work/headers" \
    --write-out '%{http_code} %{time_total}' "$@" "$url") || fail "$url does not answer. Is Connect running?"
  status=${timing% *}
  ms=$(LC_ALL=C awk -v s="${timing#* }" 'BEGIN { printf "%.1f", s * 1000 }')
  cache=$(header X-Cache)
  instance=$(header X-Instance)
  queries=$(header Server-Timing | sed -nE 's/.*db;desc="([0-9]+)".*/\1/p')
}

header() {
  tr -d '\r' < "$work/headers" | sed -nE "s/^$1: *(.*)$/\1/Ip" | tail -n 1
}

# The first value of a string property of the last answer.
json() {
  grep -oE "\"$1\": *\"[^\"]*\"" "$work/body" | head -n 1 | sed -E 's/.*: *"([^"]*)"$/\1/' || true
}

row() {
  printf '%-46s %6s  %-7s %7s %9s\n' "$@"
}

show() {
  row "$1" "$status" "${cache:--}" "${queries:--}" "$ms"
}

expect_status() {
  [ "$status" = "$1" ] || fail "$2: expected HTTP $1, got $status."
}

post() {
  local url=$1 body=$2
  shift 2
  call POST "$url" --header 'Content-Type: application/json' --data "$body" "$@"
}

match() {
  call POST "$API/api/matches/generate?organizationId=$organization&limit=15" --header "Authorization: Bearer $user"
  expect_status 200 "A match"
  computed_at=$(json cacheTimestamp)
  calls=$(grep -oE '"program":\{"id":"[^"]*"' "$work/body" | sort || true)
}

expect_miss() {
  [ "$cache" = miss ] || fail "$1: expected a miss, got '$cache'."
  [ "${queries:-0}" -gt 0 ] || fail "$1: a miss has to ask the database."
}

expect_hit() {
  case $cache in
    memory | redis) ;;
    *) fail "$1: expected a hit, got '$cache'." ;;
  esac
  [ "$queries" = 0 ] || fail "$1: a hit must not query the database, this one sent $queries."
  [ "$computed_at" = "$2" ] || fail "$1: this answer was computed at $computed_at, not at $2."
}

# Matches until every replica has answered from the cache: always with the one answer that was computed.
match_everywhere() {
  local answer=$1 label=$2 seen='' count=0
  for _ in $(seq 20); do
    match
    expect_hit "$label" "$answer"
    show "$label on ${instance:-the API}"
    case " $seen " in
      *" $instance "*) ;;
      *) seen="$seen $instance" count=$((count + 1)) ;;
    esac
    if [ "$count" -ge "$REPLICAS" ] || [ -z "$instance" ]; then
      return
    fi
  done
  fail "20 matches were answered by $count of $REPLICAS replicas (CONNECT_REPLICAS)."
}

log_in() {
  post "$API/auth/login" "{\"email\":\"$1\",\"password\":\"$2\"}"
  expect_status 200 "Logging in as $1"
  token=$(json accessToken)
  [ -n "$token" ] || fail "The log-in gave no token."
}

# Sum of a numeric property over the runs that were asked for last.
total() {
  grep -oE "\"$1\":[0-9]+" "$work/runs" | LC_ALL=C awk -F: '{ sum += $2 } END { print sum + 0 }'
}

scrape() {
  local started=$SECONDS ids id
  post "$API/api/admin/scrapes" '{}' --header "Authorization: Bearer $admin"
  expect_status 202 "Asking for a scrape"
  show 'administrator asks for a scrape'
  ids=$(grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' "$work/body")
  while true; do
    call GET "$API/api/admin/scrapes?limit=100" --header "Authorization: Bearer $admin"
    expect_status 200 "Looking at the runs"
    sed 's/{"id":/\n{"id":/g' "$work/body" > "$work/all"
    : > "$work/runs"
    for id in $ids; do
      grep "^{\"id\":\"$id\"" "$work/all" >> "$work/runs" || fail "Run $id is not listed."
    done
    if grep -qiE '"status":"(failed|suspicious)"' "$work/runs"; then
      fail "A run did not succeed: $(grep -oE '"error":"[^"]*"' "$work/runs" | head -n 1)"
    fi
    if ! grep -qiE '"status":"(queued|running)"' "$work/runs"; then
      break
    fi
    [ $((SECONDS - started)) -lt "$SCRAPE_SECONDS" ] || fail "The scrape took more than $SCRAPE_SECONDS s."
    sleep 0.3
  done
  new=$(total new)
  changed=$(total changed)
  show "scrape ended: $new new, $changed changed"
}

row step HTTP X-Cache queries ms

stamp=$(date +%s)$RANDOM
email="tour-$stamp@example.com"
password='Tour-Pass-1!'
post "$API/auth/register" "{\"email\":\"$email\",\"password\":\"$password\"}"
expect_status 200 "Registering"
show 'register a user'
log_in "$email" "$password"
user=$token
show 'log in'

number=$(printf '%03d-%02d-%05d' $((RANDOM % 900 + 100)) $((RANDOM % 90 + 10)) $((RANDOM * 3 % 90000 + 10000)))
post "$API/api/organizations" "{\"name\":\"Tour $stamp\",\"type\":\"COMPANY\",\"businessNumber\":\"$number\",
  \"industrySector\":\"ICT\",\"technologyReadinessLevel\":5,\"rdExperience\":true,\"keyTechnologies\":[\"인공지능\"]}" \
  --header "Authorization: Bearer $user"
expect_status 201 "Creating an organization"
organization=$(json id)
show 'create an organization'

match
expect_miss 'The first match'
show 'first match: computed'
first=$computed_at
match_everywhere "$first" 'again: cached,'

call GET "$API/api/organizations/$organization/matches" --header "Authorization: Bearer $user"
expect_status 200 "The match as a resource"
etag=$(header ETag)
show 'the same as a resource, with ETag'
call GET "$API/api/organizations/$organization/matches" --header "Authorization: Bearer $user" --header "If-None-Match: $etag"
expect_status 304 "The same with If-None-Match"
show 'once more with If-None-Match'

call PATCH "$API/api/organizations/$organization" --header "Authorization: Bearer $user" \
  --header 'Content-Type: application/merge-patch+json' --data '{"keyTechnologies":["빅데이터","클라우드"]}'
expect_status 200 "Changing the profile"
show 'change the profile'
match
expect_miss 'The match after a change of the profile'
[ "$computed_at" != "$first" ] || fail "The answer is older than the profile."
show 'next match: computed anew'
match_everywhere "$computed_at" 'again: cached,'
before=$calls

log_in "$ADMIN_EMAIL" "$ADMIN_PASSWORD"
admin=$token
show 'administrator logs in'

# A simulator that was started again begins anew, and the database may know its first moves: then it moves once more.
for _ in 1 2 3; do
  post "$BOARDS/_simulator/advance" '{"new":60,"changed":10,"closed":10}'
  expect_status 200 "Publishing calls"
  show 'agencies publish, change and close calls'
  scrape
  [ $((new + changed)) -eq 0 ] || break
done
[ $((new + changed)) -gt 0 ] || fail "The agencies published calls, and the scrape found none."
previous=$computed_at
match
# The worker warms what active organizations will ask for: then it has computed this one already.
[ "$cache" = redis ] || expect_miss 'The match after a scrape with changes'
[ "$computed_at" != "$previous" ] || fail "The answer is older than the calls."
show 'next match: computed from the new calls'
moved=$(comm -13 <(echo "$before") <(echo "$calls") | grep -c . || true)
match_everywhere "$computed_at" 'again: cached,'

scrape
[ $((new + changed)) -eq 0 ] || fail "Nobody changed a call, and yet $new are new and $changed changed."
match_everywhere "$computed_at" 'next match: still cached,'

printf '\nAll as expected. The scrape brought %s new calls into the first 15.\n' "$moved"
