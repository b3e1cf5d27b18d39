#!/bin/sh
# Fuzzes the DNS engine, guided by coverage (Jazzer).
#
#   dns-authority/fuzz.sh [SECONDS] [options of libFuzzer, such as -runs=100000000]
#
# Builds first. Starts from the inputs kept in src/test/fuzz/query, which a test replays; new ones go to
# target/fuzz/query. To keep the useful ones of them: fuzz.sh 0 -merge=1
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
seconds=${1:-60}
[ $# -eq 0 ] || shift
version=0.30.0
target=$here/target/fuzz
mkdir -p "$target/query"

JAVA_HOME=$("$here/../dglb" jdk)
export JAVA_HOME
"$here/../dglb" build
cd "$here/.."
mvn -B -q test-compile -pl dns-authority -am
for part in jazzer jazzer-api; do
  [ -f "$target/$part-$version.jar" ] ||
    mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -N \
      -Dartifact=com.code-intelligence:$part:$version -DoutputDirectory="$target"
done

kept=$here/src/test/fuzz/query
found=$target/query
case " $* " in
  *" -merge=1 "*) corpora="$kept $found" ;;
  *) corpora="$found $kept" ;;
esac
cd "$target"
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
  -cp "jazzer-$version.jar:jazzer-api-$version.jar:$here/target/test-classes:$here/target/classes:$here/../integration/target/lib/*" \
  com.code_intelligence.jazzer.Jazzer --target_class=net.dglb.dns.serve.QueryFuzz \
  --instrumentation_includes='net.dglb.dns.**' -max_total_time="$seconds" -max_len=1500 "$@" $corpora
