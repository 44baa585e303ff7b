#!/usr/bin/env bash
# Many brigades to one call on the Auckland graph: our prepared query against pgRouting's
# pgr_dijkstraCost, in one run on this machine. Needs Debian's postgresql-15 and
# postgresql-15-pgrouting; starts a private cluster in a temporary folder and removes it.
#   tests/bench/pgrouting.sh build/bench/tests/bench/bench_pgrouting
set -euo pipefail
bench=${1:?the bench_pgrouting program}
pg=/usr/lib/postgresql/15/bin
if [ ! -x $pg/initdb ] || ! ls /usr/share/postgresql/15/extension/pgrouting.control >/dev/null 2>&1; then
  echo "Needs Debian's postgresql-15 and postgresql-15-pgrouting" >&2
  exit 1
fi
dir=$(mktemp -d)
as_user=()
if [ "$(id -u)" -eq 0 ]; then  # PostgreSQL refuses to run as root
  chown postgres "$dir"
  as_user=(runuser -u postgres --)
fi
stop() { "${as_user[@]}" $pg/pg_ctl -D "$dir/db" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap stop EXIT
"$bench" "$dir" | tee "$dir/ours.txt"
chmod a+rx "$dir"; chmod a+r "$dir"/*
"${as_user[@]}" $pg/initdb -D "$dir/db" -A trust >/dev/null
"${as_user[@]}" $pg/pg_ctl -D "$dir/db" -w -o "-k $dir -c listen_addresses='' -c jit=off" start >/dev/null
sql() { "${as_user[@]}" psql -h "$dir" -d postgres -qAt -v ON_ERROR_STOP=1 "$@"; }
sql -c "create extension pgrouting cascade" 2>/dev/null
sql -c "create table arcs(id bigint primary key, source bigint, target bigint, cost float8, reverse_cost float8)"
sql -c "\\copy arcs from '$dir/arcs.csv' csv"
sql -c "analyze arcs"
graph="'select id, source, target, cost, reverse_cost from arcs'"
for count in 50 1000; do
  sql -c "create table ask_$count(origin bigint, target bigint, ms bigint)"
  sql -c "\\copy ask_$count from '$dir/ask_$count.csv' csv"
  call="pgr_dijkstraCost($graph, (select array_agg(origin) from ask_$count), (select max(target) from ask_$count), true)"
  best=$(for _ in 1 2 3; do
    sql -c "explain (analyze, timing off) select * from $call" | sed -n 's/^Execution Time: \(.*\) ms$/\1/p'
  done | sort -g | head -1)
  # Theirs sums unrounded seconds, ours whole milliseconds of each piece of road.
  differ=$(sql -c "select count(*) from ask_$count a left join $call c on c.start_vid = a.origin
    where c.agg_cost is null or abs(c.agg_cost * 1000 - a.ms) > 2000")
  ours=$(awk -v n=$count '$2 == n {print $3}' "$dir/ours.txt")
  awk -v n=$count -v t="$best" -v o="$ours" -v d="$differ" 'BEGIN {
    printf "%d -> 1: pgRouting %.1f ms, ours %.1f us: %.0f times; costs that differ by over 2 s: %d\n",
           n, t, o, t * 1000 / o, d }'
done
