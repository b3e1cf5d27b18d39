#!/bin/bash
# Measures the DNS engine beside other name servers on this machine.
#
#   integration/bench/dns.sh [--rounds N] [--seconds N] [--only NAME,NAME] [--rows ROW,ROW] [--install]
#
# Each server answers on a loopback address of its own, from an equivalent configuration, pinned to one
# CPU; the load comes from another one. Rounds are interleaved, so that whatever else the machine does hits
# all alike: compare the columns with "ours =", which are medians over rounds of the ratio within a round.
# --install gets the peers as Debian packages (needs root). Writes a table in Markdown.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
rounds=10 seconds=2 only= rows="plain options many tcp signed paced" install=
server_cpu=0 load_cpu=1 port=5300 net=127.77.1
all="c ours signed portable backbone signed_backbone gdnsd nsd knot bind pdns"

while [ $# -gt 0 ]; do
  case "$1" in
    --rounds) rounds=$2; shift ;;
    --seconds) seconds=$2; shift ;;
    --only) only=$(echo "$2" | tr ',' ' '); shift ;;
    --rows) rows=$(echo "$2" | tr ',' ' '); shift ;;
    --install) install=yes ;;
    *) sed -n '2,10p' "$0"; exit 2 ;;
  esac
  shift
done

work=$(mktemp -d /tmp/dglb-bench-dns.XXXXXX)
chmod 755 "$work"
trap 'stop_all; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

fail() { echo "dns.sh: $1" >&2; exit 2; }

if [ -n "$install" ]; then
  apt-get install -y -q --no-install-recommends gcc libc6-dev gdnsd nsd knot knot-module-geoip pdns-server pdns-backend-geoip bind9 dnsperf \
    >"$work/apt.log" 2>&1 || fail "the packages could not be installed: see $(tail -n 3 "$work/apt.log")"
fi
command -v gcc >/dev/null || fail "gcc is needed for the load program"
gcc -O2 -o "$work/echo" "$here/dns/echo.c" && gcc -O2 -o "$work/load" "$here/dns/load.c" || exit 2
seq 0 999 | sed 's/.*/svc&.example.test/' >"$work/names"

# Measured processes go before what else the machine does, where that is allowed.
first=
nice -n -15 true 2>/dev/null && first="nice -n -15"

class_path=${DGLB_CLASS_PATH:-$root/integration/target/integration-0.1.0-SNAPSHOT.jar:$root/integration/target/lib/*}
java=$("$root/dglb" jdk)/bin/java || exit 2
java_options="-Xms256m -Xmx2g ${DGLB_BENCH_JAVA_OPTIONS:-$("$root/dglb" node-options)}"
[ -n "${DGLB_CLASS_PATH:-}" ] || "$root/dglb" build || exit 2

address_of() {
  local i=1 name
  for name in $all; do
    [ "$name" = "$1" ] && echo "$net.$i"
    i=$((i + 1))
  done
}

# --- configurations -------------------------------------------------------------------------------------

zone_head() {
  printf '$ORIGIN example.test.\n$TTL 60\n@ SOA ns1 hostmaster 1 60 60 60 60\n@ NS ns1\nns1 A 127.0.0.1\n'
}

static_zone() { zone_head; seq 0 999 | awk '{print "svc" $1 " A 192.0.2.1\nsvc" $1 " AAAA 2001:db8::1"}'; }

configure_nsd() {
  static_zone >"$1/zone"
  cat >"$1/nsd.conf" <<EOF
server:
  ip-address: $2@$port
  server-count: 1
  username: ""
  zonesdir: "$1"
  database: ""
  pidfile: "$1/pid"
  xfrdfile: "$1/xfrd"
  zonelistfile: "$1/zonelist"
  xfrdir: "$1"
  minimal-responses: yes
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  answer-cookie: yes
  tcp-count: 100
  tcp-query-count: 0
remote-control:
  control-enable: no
zone:
  name: example.test
  zonefile: "$1/zone"
EOF
}

configure_bind() {
  static_zone >"$1/zone"
  cat >"$1/named.conf" <<EOF
options {
  directory "$1"; pid-file "$1/pid"; session-keyfile "$1/session.key"; listen-on port $port { $2; }; listen-on-v6 { none; };
  recursion no; minimal-responses yes; notify no; tcp-clients 100;
};
controls { };
zone "example.test" { type primary; file "$1/zone"; };
EOF
}

configure_knot() {
  zone_head >"$1/zone"
  seq 0 999 | awk '{print "svc" $1 ".example.test:\n  - net: 127.0.0.0/8\n    A: 192.0.2.1\n    AAAA: 2001:db8::1\n" \
    "  - net: 10.0.0.0/8\n    A: 192.0.2.2\n"}' >"$1/geo.conf"
  cat >"$1/knot.conf" <<EOF
server:
  rundir: "$1"
  listen: $2@$port
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
  edns-client-subnet: on
database:
  storage: "$1"
mod-geoip:
  - id: geo
    config-file: "$1/geo.conf"
    ttl: 60
    mode: subnet
template:
  - id: default
    storage: "$1"
zone:
  - domain: example.test
    file: zone
    module: mod-geoip/geo
EOF
}

configure_gdnsd() {
  mkdir -p "$1/etc/zones" "$1/run" "$1/state"
  { zone_head; seq 0 999 | awk '{print "svc" $1 " DYNA geoip!www"}'; } >"$1/etc/zones/example.test"
  cat >"$1/etc/config" <<EOF
options => {
  listen => [ "$2:$port" ], udp_threads => 1, tcp_threads => 1, run_dir => "$1/run", state_dir => "$1/state",
  udp_rcvbuf => 1048576, tcp_clients_per_thread => 100,
}
plugins => { geoip => {
  maps => { m => { datacenters => [a, b], nets => { 127.0.0.0/8 => [a, b], 10.0.0.0/8 => [b, a] } } },
  resources => { www => { map => m, service_types => up,
    dcmap => { a => { addrs_v4 => { x => 192.0.2.1 }, addrs_v6 => { x => "2001:db8::1" } },
               b => { addrs_v4 => { x => 192.0.2.2 }, addrs_v6 => { x => "2001:db8::2" } } } } },
} }
EOF
}

configure_pdns() {
  { printf 'domains:\n- domain: example.test\n  ttl: 60\n  records:\n    example.test:\n'
    printf '      - soa: ns1.example.test hostmaster.example.test 1 60 60 60 60\n      - ns: ns1.example.test\n'
    seq 0 999 | awk '{print "    svc" $1 ".example.test:\n      - a: 192.0.2.1\n      - aaaa: 2001:db8::1"}'; } >"$1/geo.yaml"
  cat >"$1/pdns.conf" <<EOF
launch=geoip
geoip-zones-file=$1/geo.yaml
local-address=$2
local-port=$port
socket-dir=$1
receiver-threads=1
distributor-threads=1
edns-subnet-processing=yes
daemon=no
guardian=no
loglevel=1
setuid=
setgid=
EOF
}

command_of() { # name directory address
  case "$1" in
    c) echo "$work/echo $3 $port" ;;
    ours) echo "$java $java_options $(jvm) bench dns-server --listen $3:$port --kind balanced --config $2/dns.conf" ;;
    portable) echo "$java $java_options $(jvm) bench dns-server --listen $3:$port --kind balanced --config $2/dns.conf" ;;
    signed) echo "$java $java_options $(jvm) bench dns-server --listen $3:$port --kind signed --config $2/dns.conf" ;;
    backbone) echo "$java $java_options $(jvm) bench dns-server --listen $3:$port --kind backbone --prefixes 1000000 --config $2/dns.conf" ;;
    signed_backbone) echo "$java $java_options $(jvm) bench dns-server --listen $3:$port --kind signed_backbone --config $2/dns.conf" ;;
    gdnsd) echo "/usr/sbin/gdnsd -c $2/etc start" ;;
    nsd) echo "/usr/sbin/nsd -d -c $2/nsd.conf" ;;
    knot) echo "/usr/sbin/knotd -c $2/knot.conf" ;;
    bind) echo "/usr/sbin/named -f -n 1 -c $2/named.conf" ;;
    pdns) echo "/usr/sbin/pdns_server --config-dir=$2" ;;
  esac
}

jvm() {
  echo "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp $class_path net.dglb.command.Main"
}

# --- processes ------------------------------------------------------------------------------------------

running=

start() {
  local name=$1 directory=$work/$1 address
  address=$(address_of "$name")
  mkdir -p "$directory"
  chmod 777 "$directory"
  ip addr add "$address/8" dev lo 2>/dev/null
  # The guards are on, as always; but all the load comes from one network.
  echo "guards.responses-per-second = 10000000" >"$directory/dns.conf"
  [ "$name" != portable ] || echo "udp = portable" >>"$directory/dns.conf"
  ! declare -F "configure_$name" >/dev/null || "configure_$name" "$directory" "$address"
  set -f # the class path holds a star for Java
  setsid $first taskset -c $server_cpu $(command_of "$name" "$directory" "$address") >"$directory/log" 2>&1 &
  set +f
  echo $! >"$directory/session"
  for _ in $(seq 1 300); do
    "$work/load" paced "$address" $port "$work/names" -s 0.01 -r 1000 2>/dev/null | awk '{exit !($4 > 0)}' && {
      running="$running $name"
      return 0
    }
    sleep 0.1
  done
  echo "dns.sh: $name does not answer and is left out: $(tail -n 3 "$directory/log")" >&2
}

stop_all() {
  local session pids
  for session in "$work"/*/session; do
    [ -f "$session" ] || continue
    pids=$(ps -o pid= -s "$(cat "$session")")
    [ -z "$pids" ] || kill $pids 2>/dev/null
  done
  wait 2>/dev/null
  for name in $all; do ip addr del "$(address_of "$name")/8" dev lo 2>/dev/null; done
}

# User and system time of a server's processes, in clock ticks of 10 ms.
ticks() {
  local pid
  for pid in $(ps -o pid= -s "$(cat "$work/$1/session")"); do sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null; done |
    awk '{u += $12; s += $13} END {print u + 0, s + 0}'
}

memory_mib() {
  local pid
  for pid in $(ps -o pid= -s "$(cat "$work/$1/session")"); do grep '^Pss:' "/proc/$pid/smaps_rollup" 2>/dev/null; done |
    awk '{k += $2} END {printf "%.0f", k / 1024}'
}

# --- rounds ---------------------------------------------------------------------------------------------

load() { # name row -> what the load program prints
  local address
  address=$(address_of "$1")
  run() { $first taskset -c $load_cpu "$work/load" "$@" -s "$seconds"; }
  case "$2" in
    plain) run udp "$address" $port "$work/names" ;;
    options) run udp "$address" $port "$work/names" -n 127.1.2.0 -k ;;
    many) run udp "$address" $port "$work/names" -m ;;
    signed) run udp "$address" $port "$work/names" -d ;;
    tcp) run tcp "$address" $port "$work/names" -c 8 -w 32 ;;
    paced) run paced "$address" $port "$work/names" -r 20000 ;;
  esac
}

takes_part() { # name row
  case "$1/$2" in
    ours/signed | signed/signed | backbone/signed | signed_backbone/signed) return 0 ;;
    signed/* | signed_backbone/* | */signed) return 1 ;;
    c/options | c/tcp | portable/options | portable/tcp | portable/many | bind/many | pdns/many) return 1 ;;
    backbone/plain | backbone/paced | backbone/tcp | backbone/options) return 1 ;;
  esac
}

measure() { # name row: one line of results
  local before after result
  before=$(ticks "$1")
  result=$(load "$1" "$2") || return
  after=$(ticks "$1")
  echo "$before $after $result" | awk -v name="$1" -v row="$2" -v round="$3" '
    $6 > 0 { printf "%s %s %d %.4f %.4f %.0f %.1f %.1f %.4f %.1f\n", row, name, round,
      ($3 - $1) * 1e4 / $6, ($4 - $2) * 1e4 / $6, $6 / $9, $10, $11, $8 / $6, $12 }'
}

for name in ${only:-$all}; do start "$name"; done
for name in $running; do # compiled and cached before anything counts
  for row in $rows; do ! takes_part "$name" "$row" || load "$name" "$row" >/dev/null 2>&1; done
  case "$name" in ours | signed | portable | backbone | signed_backbone) for row in $rows; do ! takes_part "$name" "$row" || load "$name" "$row" >/dev/null 2>&1; done ;; esac
done
for round in $(seq 1 "$rounds"); do
  for row in $rows; do
    for name in $running; do
      ! takes_part "$name" "$row" || measure "$name" "$row" "$round"
    done
  done
  echo "round $round of $rounds" >&2
done >"$work/results"
for name in $running; do echo "$name $(memory_mib "$name")"; done >"$work/memory"
[ -z "${DGLB_BENCH_KEEP:-}" ] || cp "$work/results" "$DGLB_BENCH_KEEP"

# --- table ----------------------------------------------------------------------------------------------

echo "$(date -u +%F), $(nproc) CPUs ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), Linux $(uname -r),"
echo "$rounds rounds of $seconds s, load average $(cut -d' ' -f1 /proc/loadavg) at the end. Medians; CPU in microseconds per query."
awk -f "$here/dns/table.awk" "$work/memory" "$work/results"
