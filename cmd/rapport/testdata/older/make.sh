#!/usr/bin/env bash
# Makes the store that TestAnOlderStoreIsBroughtUpToDate opens, by an older program:
#   make.sh RAPPORT      where RAPPORT is the older program
# It writes store.tar.gz, the data directory without PostgreSQL, and database.sql.gz, what PostgreSQL held.
set -euo pipefail
rapport=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
data=$(mktemp -d)
"$rapport" serve --data "$data" --listen 127.0.0.1:0 --drain 0s --publish http://127.0.0.1:9/ \
	> "$data/out" 2> "$data/err" &
server=$!
trap 'kill $server 2> /dev/null || true; rm -rf "$data"' EXIT
until api=$(grep -o "http://[0-9.:]*" "$data/out"); do kill -0 $server || { cat "$data/err"; exit 1; }; sleep 0.2; done
api=${api%%$'\n'*}
until curl -sf "$api/readyz" > /dev/null; do sleep 0.2; done

post() { curl -sS --fail-with-body -H 'Content-Type: application/json' "$api$1" -d "$2" > "$data/answer" || { cat "$data/answer"; exit 1; }; }
curl -sSf -X PUT -H 'Content-Type: application/json' "$api/v1/segments/buyers" -d '{"rule":"orders >= 1"}' > /dev/null
for n in 1 2 3 4; do
	id=00000000-0000-4000-8000-00000000000$n
	post /v1/customers "{\"customer_id\":\"$id\",\"kind\":\"person\",\"name\":\"Zoë $n\",\"external_ids\":[{\"system\":\"shop\",\"id\":\"$n\"}]}"
	post "/v1/customers/$id/purchases" "{\"currency\":\"EUR\",\"occurred_at\":\"2024-03-0${n}T10:00:00Z\",
		\"lines\":[{\"sku\":\"tea\",\"quantity\":\"$n\",\"unit_price\":\"10.00\"}]}"
done
post /v1/customers/00000000-0000-4000-8000-000000000003/erase '{"reason":"request"}'
for day in 2024-03-05 2024-03-06; do post /v1/calendar/days "{\"date\":\"$day\"}"; done
"$rapport" proof sign --server "$api" > /dev/null
until [ "$("$rapport" projections status --server "$api" | grep -c live)" -gt 0 ]; do sleep 0.2; done
url=$(cat "$data/postgres.url")
"${PG_DUMP:-pg_dump}" --inserts --no-owner --no-privileges "$url" | grep -v '^\\' | gzip -9n > database.sql.gz
kill $server
wait $server || true
tar -C "$data" --exclude=./postgres --exclude='./postgres*.url' --exclude=./answer --exclude=./out --exclude=./err --exclude=./snapshots \
	--sort=name --mtime=@0 --owner=0 --group=0 -cf - . | gzip -9n > store.tar.gz
