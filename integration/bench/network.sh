# What start.sh and probes.sh share: the files of one backbone node and one load balancer on loopback, and how they run.
# Sourced after $here and $root are set; $backbone, $labels and $balancer are theirs to use.

backbone=127.78.1.1 labels=127.78.1.2 balancer=127.78.2.1

name=$(basename "$0" .sh)
work=$(mktemp -d "/tmp/dglb-bench-$name.XXXXXX")
trap 'kill -KILL $(jobs -p) 2>/dev/null; wait; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
fail() { echo "$name.sh: $1" >&2; exit 1; }

[ -n "${DGLB_CLASS_PATH:-}" ] || "$root/dglb" build || exit 2
java=$("$root/dglb" jdk)/bin/java
node_options=$("$root/dglb" node-options)
class_path=${DGLB_CLASS_PATH:-$root/integration/target/integration-0.1.0-SNAPSHOT.jar:$root/integration/target/lib/*}

needs() { # commands
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || fail "$tool is needed"; done
}

# As `dglb run` starts a node, without looking whether anything has to be built.
node() { # role, further options of Java
  local role=$1
  shift
  set -f
  # shellcheck disable=SC2086
  exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $node_options "$@" \
    -cp "$class_path" net.dglb.command.Main run "$role" --config "$work/$role.conf"
}

dglb() { "$java" -cp "$class_path" net.dglb.command.Main "$@" >>"$work/commands.log" 2>&1 || fail "dglb $* failed: $(tail -n 3 "$work/commands.log")"; }
identity() { echo "identity { certificate = $2/$1-$2.pem, key = $2/$1-$2-key.pem, authority = network/authority.pem }"; }

network() { # further keys of the load balancer's section backbone; writes all files and goes to their folder
  cd "$work" || exit 1
  dglb pki init network
  dglb pki issue network --role backbone --id b1 --out b1
  dglb pki issue network --role lb --id lb-here --out lb-here
  dglb pki secret map.key
  cat >backbone.conf <<EOF
node { id = b1, state = $work/b1-state, admin = "$backbone:8053" }
$(identity backbone b1)
dns { listen = ["$backbone:5353"], label-listen = ["$labels:5353"], infrastructure-zone = dglb.test }
mapping { listen = ["$backbone:8853"] }
cluster { enabled = false }
map { key = map.key }
grants { load-balancers { lb-here { resolvers = ["127.0.0.0/8"] } } }
EOF
  cat >lb.conf <<EOF
node { id = lb-here, state = $work/lb-state, admin = "$balancer:8053" }
$(identity lb lb-here)
dns { listen = ["$balancer:5353"] }
announce { location { latitude = 40.42, longitude = -3.70 } }
resolvers { prefixes = ["127.0.0.0/8"] }
backbone { nodes = ["$backbone:8853"] ${1:-} }
services { in-advance = true }
EOF
}

enterprise() { # waits for the backbone node and makes the enterprise of all zones
  for _ in $(seq 600); do curl -fs "http://$backbone:8053/healthz" >/dev/null && break; sleep 0.1; done
  curl -fs "http://$backbone:8053/enterprises" -H 'content-type: application/json' -d '{"name": "many"}' >/dev/null ||
    fail "the enterprise could not be made: $(tail -n 3 backbone.log)"
}
