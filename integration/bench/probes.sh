#!/bin/bash
# Measures what a load balancer costs that probes many sites: the whole of it, as it runs.
#
#   integration/bench/probes.sh [--services N] [--sites N] [--interval S] [--warm S] [--for S] [--report S]
#
# A backbone node is given N services (1,000 by default) of N sites each (10), every site with an address of its own; a
# load balancer takes them all, probes them over HTTP every 30 s, estimates, ranks, compiles its answers, and reports up
# to the backbone node every 5 s. The sites are a process of their own. After 90 s it counts for 120 s: CPU time and
# memory of each process from /proc, the rest from the nodes' metrics. Everything listens on loopback.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
services=1000 sites=10 zone_size=100 interval=30 warm=90 counted=120 report=5
port=8181

while [ $# -gt 0 ]; do
  case "$1" in
    --services) services=$2; shift ;;
    --sites) sites=$2; shift ;;
    --interval) interval=$2; shift ;;
    --warm) warm=$2; shift ;;
    --for) counted=$2; shift ;;
    --report) report=$2; shift ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
  esac
  shift
done

. "$here/network.sh"
needs curl jq
network ", report-interval = ${report}s"

registration() { # number of the zone, which has up to 100 services
  local service site number
  printf 'registration {\n version = 1\n enterprise = many\n zone = lb.z%d.test\n form = aliased\n services {\n' "$1"
  for service in $(seq $(($1 * zone_size)) $((($1 + 1) * zone_size - 1))); do
    [ "$service" -lt "$services" ] || break
    printf '  "s%d.lb.z%d.test" {\n   check { kind = http, port = %d, host = "www.z.test", interval = %ds }\n   sites {\n' \
      "$service" "$1" "$port" "$interval"
    for site in $(seq 0 $((sites - 1))); do
      number=$((service * sites + site + 1))
      printf '    s%d { addresses = ["127.%d.%d.%d"] }\n' "$site" $((80 + (number >> 16))) $(((number >> 8) & 255)) $((number & 255))
    done
    printf '   }\n  }\n'
  done
  printf ' }\n}\n'
}
metric() { # address, name: the sum of its series
  curl -fs "http://$1:8053/metrics" | awk -v name="$2" '$1 == name || index($1, name "{") == 1 {sum += $2} END {printf "%.10g\n", sum}'
}
cpu() { sed 's/.*) //' "/proc/$1/stat" | awk '{print ($12 + $13) * 10}'; } # milliseconds
resident() { awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$1/status"; }

"$java" -XX:+UseSerialGC -Xmx64m -cp "$class_path" net.dglb.bench.probes.LocalSites "$port" >sites.log 2>&1 &
sites_pid=$!
(node backbone) >backbone.log 2>&1 &
backbone_pid=$!
enterprise
register() { # number of the zone
  registration "$1" | jq -Rs '{document: ., approve: true}' |
    curl -s --fail-with-body "http://$backbone:8053/zones" -H 'content-type: application/json' -d @- >registered.json
}
for z in $(seq 0 $(((services - 1) / zone_size))); do
  for try in 1 2 3 4 5; do
    register "$z" && break
    [ $try -lt 5 ] || fail "registering zone $z: $(cat registered.json)"
    sleep 5
  done
done

(node lb) >lb.log 2>&1 &
balancer_pid=$!
for _ in $(seq 600); do
  [ "$(metric $balancer dglb_lb_targets)" = $((services * sites)) ] && break
  sleep 0.5
done
[ "$(metric $balancer dglb_lb_targets)" = $((services * sites)) ] ||
  fail "the load balancer probes $(metric $balancer dglb_lb_targets) sites: $(tail -n 3 lb.log)"
sleep "$warm"

taken() { # a sample: what is counted grows
  local probes good catalogs
  probes=$(metric $balancer dglb_lb_probes_total)
  good=$(curl -fs "http://$balancer:8053/metrics" | awk 'index($1, "dglb_lb_probes_total{") == 1 && /success/ {sum += $2} END {printf "%.0f", sum}')
  catalogs=$(metric $balancer dglb_lb_catalogs_total)
  echo "$(date +%s%N) $probes $good $catalogs $(cpu $balancer_pid) $(cpu $backbone_pid) $(cpu $sites_pid)" \
    "$(metric $balancer dglb_lb_probe_lateness_seconds_total) $(metric $balancer dglb_lb_probes_late_total)"
}
before=$(taken)
sleep "$counted"
after=$(taken)
echo "$(date -u +%F), $(nproc) CPUs ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), load average $(cut -d' ' -f1 /proc/loadavg) at the end"
echo "$services services of $sites sites, a probe of each every $interval s, a report every $report s"
echo "$before $after" | awk '{
  s = ($10 - $1) / 1e9
  probes = $11 - $2
  printf "counted for   %.0f s\n", s
  printf "probes        %d, %.1f per second, %d of them good\n", probes, probes / s, $12 - $3
  printf "began late by %.1f ms on average, %d by more than 1 s\n", 1e3 * ($17 - $8) / probes, $18 - $9
  printf "catalogs      %d published\n", $13 - $4
  printf "load balancer %.2f of one CPU, %.2f ms per probe\n", ($14 - $5) / 1e3 / s, ($14 - $5) / probes
  printf "backbone node %.2f of one CPU\n", ($15 - $6) / 1e3 / s
  printf "sites         %.2f of one CPU\n", ($16 - $7) / 1e3 / s
}'
used() { "$(dirname "$java")/jcmd" "$1" GC.run >jcmd.log && "$(dirname "$java")/jcmd" "$1" GC.heap_info | awk '/used/ {sub(/.*used /, ""); print $1; exit}'; }
echo "heap in use   $(used $balancer_pid) the load balancer, $(used $backbone_pid) the backbone node, after a collection"
echo "resident      $(resident $balancer_pid) MB the load balancer, $(resident $backbone_pid) MB the backbone node"
echo "unmeasured    $(metric $balancer dglb_lb_labels_unmeasured) of $(metric $balancer dglb_lb_labels_own) labels"
