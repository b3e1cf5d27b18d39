#!/bin/sh
# Fuzzes what takes bytes from outside, guided by coverage (Jazzer).
#
#   dns-authority/fuzz.sh [TARGET] [SECONDS] [options of libFuzzer, such as -runs=100000000]
#
#   query      queries of all transports, and their answers (the default)
#   tcp        streams of messages over TCP, however they are cut
#   tsig       signed messages
#   transfer   zone transfers, updates and signed queries, up to their answers
#   frames     frames of the mapping protocol
#
# Builds first. Starts from the inputs kept in the module's src/test/fuzz/TARGET, which a test replays; new ones go to
# target/fuzz/TARGET. To keep the useful ones of them: fuzz.sh TARGET 0 -merge=1
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
target=query
module=dns-authority
instrumented='net.dglb.dns.**'
case "${1:-}" in [a-z]*) target=$1 && shift ;; esac
case "$target" in
  query) class=net.dglb.dns.serve.QueryFuzz ;;
  tcp) class=net.dglb.dns.serve.TcpFuzz ;;
  tsig) class=net.dglb.dns.tsig.TsigFuzz ;;
  transfer) class=net.dglb.dns.serve.TransferFuzz ;;
  frames)
    class=net.dglb.mapping.frame.FrameFuzz
    module=mapping-protocol
    instrumented='net.dglb.mapping.frame.**:net.dglb.mapping.convert.**'
    ;;
  *) printf 'fuzz.sh: %s: not a target (expected query, tcp, tsig, transfer or frames)\n' "$target" >&2 && exit 2 ;;
esac
seconds=${1:-60}
[ $# -eq 0 ] || shift
version=0.30.0
out=$here/target/fuzz
found=$out/$target
kept=$here/../$module/src/test/fuzz/$target
mkdir -p "$found"

JAVA_HOME=$("$here/../dglb" jdk)
export JAVA_HOME
"$here/../dglb" build
cd "$here/.."
mvn -B -q test-compile -pl "$module" -am
for part in jazzer jazzer-api; do
  [ -f "$out/$part-$version.jar" ] ||
    mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -N \
      -Dartifact=com.code-intelligence:$part:$version -DoutputDirectory="$out"
done

# Transfers are logged, which is not what is measured here.
cat >"$out/logback.xml" <<'XML'
<configuration><root level="OFF"/></configuration>
XML
case " $* " in
  *" -merge=1 "*) corpora="$kept $found" ;;
  *) corpora="$found $kept" ;;
esac
cd "$out"
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dlogback.configurationFile="$out/logback.xml" \
  -cp "jazzer-$version.jar:jazzer-api-$version.jar:$here/../$module/target/test-classes:$here/../$module/target/classes:$here/../integration/target/lib/*" \
  com.code_intelligence.jazzer.Jazzer --target_class="$class" \
  --instrumentation_includes="$instrumented" -max_total_time="$seconds" -max_len=1500 "$@" $corpora
