#!/bin/bash
# Soaks the DNS engine: valid, mutated and hostile queries from many sources at saturation.
#
#   integration/bench/dns-soak.sh [SECONDS]
#
# Fails if the server dies, stops answering valid queries, raises an exception, or grows: its memory at the end is
# compared with that after a tenth of the time.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
seconds=${1:-600} address=127.77.2.1 port=5300 admitted_growth_kib=16384
work=$(mktemp -d /tmp/dglb-soak-dns.XXXXXX)
class_path=${DGLB_CLASS_PATH:-$root/integration/target/integration-0.1.0-SNAPSHOT.jar:$root/integration/target/lib/*}
[ -n "${DGLB_CLASS_PATH:-}" ] || "$root/dglb" build || exit 2
gcc -O2 -o "$work/load" "$here/dns/load.c" || exit 2
seq 0 999 | sed 's/.*/svc&.example.test/' >"$work/names"
echo "guards.responses-per-second = 10000000" >"$work/dns.conf"

"$("$root/dglb" jdk)/bin/java" -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -cp "$class_path" net.dglb.command.Main bench dns-server --listen $address:$port \
  --kind records --config "$work/dns.conf" --report >"$work/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT

fail() { echo "dns-soak.sh: $1" >&2; tail -n 5 "$work/log" >&2; exit 1; }
answers() { "$work/load" paced $address $port "$work/names" -s 0.5 -r 1000 2>/dev/null | awk '{exit !($4 > 0)}'; }
memory_kib() { awk '/^VmRSS/ {print $2}' /proc/$server/status; }

for _ in $(seq 1 100); do answers && break; done
tenth=$((seconds / 10 > 0 ? seconds / 10 : 1))
sent=0 answered=0 first=
for round in $(seq 1 10); do
  for options in "-x -m" "-x -e -n 198.51.100.0 -k" "-x -k -t 255" "-m"; do
    result=$("$work/load" udp $address $port "$work/names" -s "$(awk "BEGIN {print $tenth / 4}")" $options)
    sent=$((sent + ${result%% *}))
    answered=$((answered + $(echo "$result" | cut -d' ' -f2)))
  done
  kill -0 $server 2>/dev/null || fail "the server died in round $round"
  answers || fail "no answer to valid queries after round $round"
  first=${first:-$(memory_kib)}
  echo "round $round of 10: $sent sent, $answered answered, $(memory_kib) KiB"
done
last=$(memory_kib)
[ $((last - first)) -le $admitted_growth_kib ] || fail "memory grew from $first to $last KiB"
failures=$(sed -n 's/.*failures=\([0-9]*\).*/\1/p' "$work/log" | tail -n 1)
[ "${failures:-0}" = 0 ] || fail "$failures exceptions while answering"
echo "$sent queries, $answered answers, no exception, memory from $first to $last KiB"
