#!/bin/sh
# test-program.sh NAME: runs one test program; called by test.sh, which sets artifacts, results, dotnet and names.
#
# Leaves NAME.log (what it said), NAME.xml (its results) and NAME.counts (`passed failed skipped`) in $results, and
# prints one line. A crash, a timeout, a missing or an empty program counts as one failure.
set -eu
name=$1
program=$artifacts/bin/$name/release/$name.dll
log=$results/$name.log
xml=$results/$name.xml
started=$(date +%s)

# finish VERDICT PASSED FAILED SKIPPED NOTE
finish() {
    printf '%d %d %d\n' "$2" "$3" "$4" >"$results/$name.counts"
    [ "$4" -eq 0 ] || set -- "$1" "$2" "$3" "$4" ", $4 skipped${5:+, $5}"
    printf '%-6s %-32s %5d passed%s  %d s\n' "$1" "$name" "$2" "${5:+, ${5#, }}" "$(($(date +%s) - started))"
    exit 0
}

if [ ! -f "$program" ]; then
    printf '%s was not built: is its project in Garam.slnx?\n' "$name" >"$log"
    finish FAIL 0 1 0 "not built"
fi

# A test that hangs is named in the log before the limit stops its program.
set -- "$dotnet" "$program" -noLogo -noColor -xml "$xml" -longRunning $((GARAM_TEST_LIMIT_S / 3 + 1))
for word in $names; do
    set -- "$@" -method "*$word*"
done
# timeout gives the program a process group of its own: the peers it started end with it.
for limiter in timeout gtimeout; do
    if command -v "$limiter" >/dev/null 2>&1; then
        set -- "$limiter" -k 10 "$GARAM_TEST_LIMIT_S" "$@"
        break
    fi
done

"$@" >"$log" 2>&1 </dev/null &
running=$!
# test.sh stops a run through this file: neither xargs nor a background shell passes signals on.
printf '%s\n' "$$" >"$results/$name.pid"
trap 'kill $running 2>/dev/null; wait $running 2>/dev/null; exit 255' TERM
code=0
wait "$running" 2>/dev/null || code=$?
rm -f "$results/$name.pid"

# count ATTRIBUTE: the sum over the assemblies of the result file; 0 without one.
count() {
    sed 's/<assembly /\n&/g' "$xml" 2>/dev/null |
        sed -n 's/^<assembly [^>]* '"$1"'="\([0-9]*\)".*/\1/p' | awk '{ n += $1 } END { print n + 0 }'
}
passed=$(count passed)
failed=$(($(count failed) + $(count errors)))
skipped=$(count skipped)

if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
    printf '\n%s was stopped after %s s; a hung test is named above as long running\n' \
        "$name" "$GARAM_TEST_LIMIT_S" >>"$log"
    finish FAIL "$passed" $((failed + 1)) "$skipped" "stopped after $GARAM_TEST_LIMIT_S s"
elif [ "$failed" -gt 0 ]; then
    finish FAIL "$passed" "$failed" "$skipped" "$failed failed"
elif [ "$code" -ne 0 ]; then
    printf '\n%s ended with exit code %d without saying which test failed\n' "$name" "$code" >>"$log"
    finish FAIL "$passed" 1 "$skipped" "crashed with exit code $code"
elif [ $((passed + skipped)) -eq 0 ] && [ -z "$names" ]; then
    printf '%s reports no tests\n' "$name" >>"$log"
    finish FAIL 0 1 0 "no tests"
elif [ $((passed + skipped)) -eq 0 ]; then
    finish - 0 0 0 "none of that name"
fi
finish ok "$passed" 0 "$skipped" ""
