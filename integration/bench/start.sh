#!/bin/bash
# Measures how long a load balancer takes from the start of its process to its first answer.
#
#   integration/bench/start.sh [--services N] [--rounds N]
#
# A backbone node is given N services (10,000 by default), a load balancer takes them over and keeps them on disk,
# both are stopped, and the load balancer alone is started again and again: without an AOT cache and with one. The
# answer waited for is the last service's. Everything listens on loopback. Writes a table in Markdown.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
services=10000 rounds=5 zone_size=100

while [ $# -gt 0 ]; do
  case "$1" in
    --services) services=$2; shift ;;
    --rounds) rounds=$2; shift ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
  esac
  shift
done

. "$here/network.sh"
needs gcc curl jq dig
gcc -O2 -o "$work/load" "$here/dns/load.c" || exit 2
network

registration() { # number of the zone
  printf 'registration {\n version = 1\n enterprise = many\n zone = lb.z%d.test\n form = aliased\n services {\n' "$1"
  for i in $(seq 0 $((zone_size - 1))); do
    printf '  "s%d.lb.z%d.test" { sites {\n   a { addresses = ["127.79.1.1"], latitude = 50.11, longitude = 8.68 }\n' "$i" "$1"
    printf '   b { addresses = ["127.79.1.2"], latitude = 32.78, longitude = -96.80 }\n  } }\n'
  done
  printf ' }\n}\n'
}

node backbone >backbone.log 2>&1 &
backbone_pid=$!
enterprise
zones=$((services / zone_size))
for z in $(seq 0 $((zones - 1))); do
  registration "$z" | jq -Rs '{document: ., approve: true}' |
    curl -s --fail-with-body "http://$backbone:8053/zones" -H 'content-type: application/json' -d @- >registered.json ||
    fail "registering zone $z: $(cat registered.json)"
done

last="lb-here.s$((zone_size - 1)).lb.z$((zones - 1)).test"
echo "$last" >names
answers() { dig +short +time=1 +tries=1 -p 5353 "@$balancer" "$1" A | grep -q '^127'; }
has_all() {
  local z
  for z in $(seq 0 $((zones - 1))); do answers "lb-here.s$((zone_size - 1)).lb.z$z.test" || return 1; done
}
begin() { # log, options of Java
  local log=$1
  shift
  (node lb "$@") >"$log" 2>&1 &
  balancer_pid=$!
}
end() { kill "-${1:-TERM}" "$2" && wait "$2"; }

begin lb-first.log
for _ in $(seq 300); do has_all && break; sleep 1; done
has_all || fail "the load balancer did not take all services: $(tail -n 3 lb-first.log)"
sleep 20 # what is kept is written within 15 s
end KILL "$balancer_pid"
end KILL "$backbone_pid"

first_answer() { # options of Java: milliseconds from the start of the process to the first answer, CPU milliseconds
  local began
  began=$(date +%s%N)
  begin lb.log "$@"
  "$work/load" first "$balancer" 5353 "$work/names" -s 60 | awk '{exit !($4 > 0)}' ||
    fail "no answer within a minute, or another one than wanted: $(tail -n 3 lb.log)"
  echo "$((($(date +%s%N) - began) / 1000000)) $(sed 's/.*) //' /proc/$balancer_pid/stat | awk '{print ($12 + $13) * 10}')" >>"$result"
  answers "$last" || fail "an answer, but not the wanted one"
  end KILL "$balancer_pid" 2>/dev/null
}

begin lb-train.log -XX:AOTCacheOutput="$work/lb.aot"
for _ in $(seq 300); do answers "$last" && curl -fs "http://$balancer:8053/healthz" >/dev/null && break; sleep 0.2; done
# Leaving in order asks the backbone, which is gone: the second signal does not wait for it.
kill -TERM $balancer_pid; sleep 2; kill -TERM $balancer_pid 2>/dev/null; wait $balancer_pid
[ -s lb.aot ] || fail "no AOT cache was written: $(tail -n 3 lb-train.log)"

for _ in $(seq "$rounds"); do
  result=plain.txt; first_answer
  result=aot.txt; first_answer -XX:AOTCache="$work/lb.aot"
done

median() { sort -n "$1" | awk -v column="$2" '{v[NR] = $column} END {print v[int((NR + 1) / 2)]}'; }
echo "$(date -u +%F), $(nproc) CPUs ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $services services, $rounds rounds,"
echo "load average $(cut -d' ' -f1 /proc/loadavg) at the end. Medians, from the start of the process to the first answer."
echo
echo "| load balancer | first answer, ms | CPU until then, ms |"
echo "| --- | --- | --- |"
echo "| without an AOT cache | $(median plain.txt 1) | $(median plain.txt 2) |"
echo "| with one | $(median aot.txt 1) | $(median aot.txt 2) |"
