#!/bin/sh
# Where dglb looks for a JDK 25 and what it says if there is none. Usage: jdk-search.sh DGLB
# Homes, search paths and the folder of the machine that is searched are made up.
set -eu

dglb=$1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

fail() {
  printf 'FAILED: %s\n' "$1"
  exit 1
}

# A JDK of a version, as far as the search looks at it.
jdk() {
  mkdir -p "$1/bin"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$1/release"
  printf '#!/bin/sh\n' >"$1/bin/javac"
  chmod +x "$1/bin/javac"
}

# The tools that the script needs, and nothing else.
mkdir "$room/path"
for tool in sh dirname readlink grep id find head; do
  ln -s "$(command -v "$tool")" "$room/path/$tool"
done
# Maven says which JDK it was given.
printf '#!/bin/sh\nprintf "%%s\\n" "$JAVA_HOME"\n' >"$room/path/mvn"
chmod +x "$room/path/mvn"

chosen() { # JAVA_HOME HOME PATH: prints the JDK that the build is given
  env -i JAVA_HOME="$1" HOME="$2" PATH="$3" "$room/path/sh" "$room/dglb" format 2>&1 || true
}

expect() { # what, wanted, got
  [ "$2" = "$3" ] || fail "$1: expected <$2> but got <$3>"
  printf 'ok: %s\n' "$1"
}

# The machine's own folders are replaced by one inside the room.
sed "s#/usr/lib/jvm/\*#$room/machine/*#; s# /usr/java/\* /opt/java/\* /opt/jdk\* /opt/\*jdk\* # #; s# /Library/Java[^;]*;# ;#" \
  "$dglb" >"$room/dglb"
grep -q "$room/machine" "$room/dglb" || fail "dglb no longer looks in /usr/lib/jvm"

none="dglb: a JDK 25 is needed and none was found; install one (for example Eclipse Temurin 25) or set JAVA_HOME to it."
path=$room/path
mkdir "$room/home"
expect "no JDK at all" "$none" "$(chosen '' "$room/home" "$path")"
status=0
env -i HOME="$room/home" PATH="$path" "$path/sh" "$room/dglb" format 2>/dev/null || status=$?
expect "the exit code without a JDK" 2 "$status"

jdk "$room/home/.jdks/old" 21.0.4
jdk "$room/home/.jdks/next" 250.0.1
expect "other versions are not taken" "$none" "$(chosen "$room/home/.jdks/old" "$room/home" "$path")"

jdk "$room/home/.jdks/wanted" 25.0.1
expect "a JDK below the home" "$room/home/.jdks/wanted" "$(chosen '' "$room/home" "$path")"

jdk "$room/machine/temurin" 25
expect "the machine's folder before the home" "$room/machine/temurin" "$(chosen '' "$room/home" "$path")"

jdk "$room/on-path" 25.0.2
ln -s "$room/on-path/bin/javac" "$path/javac"
expect "a link on the path before the folders" "$room/on-path" "$(chosen '' "$room/home" "$path")"

jdk "$room/given" 25.0.3
expect "JAVA_HOME before all" "$room/given" "$(chosen "$room/given" "$room/home" "$path")"
expect "a JAVA_HOME of another version is passed over" "$room/on-path" \
  "$(chosen "$room/home/.jdks/old" "$room/home" "$path")"
