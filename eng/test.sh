#!/bin/sh
# ./garam test: installs what the tests need, builds everything, runs every test program under tests/.
#
# Two programs at a time; those that measure or need the whole machine run alone, at the end. The totals come from the
# result files that the programs write, not from their words, so a program that crashed cannot pass for a good one.
# The last line is `N passed, N failed`, with `, N skipped` when there are any.
set -eu

. "$GARAM_HOME/eng/dotnet.sh"
. "$GARAM_HOME/eng/node.sh"
. "$GARAM_HOME/eng/program.sh"
. "$GARAM_HOME/eng/peers.sh"

usage() {
    cat <<'TEXT'
usage: ./garam test [--long] [WORD ...]

  WORD     a part of a test program's name (Log, EndToEnd) runs that program;
           any other word runs the tests whose full name contains it
  --long   more seeds, more crashes, longer soaks (sets GARAM_LONG=1)

  GARAM_TEST_LIMIT_S   seconds a test program may take (1200; with --long 7200)
  GARAM_ARTIFACTS      where everything is built (./artifacts)

exit codes: 0 all passed, 1 some failed, 2 wrong usage, 3 the environment is not ready, 130 interrupted
TEXT
}

words=
limit=1200
while [ $# -gt 0 ]; do
    case $1 in
        --long) export GARAM_LONG=1; limit=7200 ;;
        -h | --help) usage; exit 0 ;;
        -*) say "garam test: unknown option $1"; usage >&2; exit 2 ;;
        *[!A-Za-z0-9._]*) say "garam test: '$1' is no part of a test's name (letters, digits, '.', '_')"; exit 2 ;;
        *) words="$words $1" ;;
    esac
    shift
done
GARAM_TEST_LIMIT_S=${GARAM_TEST_LIMIT_S:-$limit}
export GARAM_TEST_LIMIT_S

all=$(cd "$GARAM_HOME/tests" && for project in */*.csproj; do basename "$project" .csproj; done)
chosen=
names=
for word in $words; do
    matching=$(printf '%s\n' "$all" | grep -iF -- "$word" || :)
    if [ -n "$matching" ]; then
        chosen="$chosen $matching"
    else
        names="$names $word"
    fi
done
[ -n "$chosen" ] || chosen=$all
chosen=$(printf '%s\n' $chosen | LC_ALL=C sort -u)

dotnet=$(find_sdk) || exit 3
find_node || exit 3
install_peers || exit 3

# One at a time in a tree: the results of two would mix.
if command -v flock >/dev/null 2>&1; then
    exec 7>"$artifacts/run/test.lock"
    if ! flock -n 7; then
        say "garam: another ./garam test is running in this tree."
        exit 3
    fi
fi

lock_build || exit 3
program=$(program_directory)
compile "$dotnet" "building everything" Garam.slnx 7>&- || exit 3
keep_program "$program" || exit 3
unlock_build

# What test programs are told: where they build nothing and only run.
results=$artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
export artifacts results dotnet names
GARAM_PROGRAM=$program/Garam.dll
export GARAM_PROGRAM

stop() {
    trap - INT TERM
    # xargs first, so that it starts nothing more.
    kill "$runner" 2>/dev/null || :
    for pid in "$results"/*.pid; do
        [ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || :
    done
    wait "$runner" 2>/dev/null || :
    say "interrupted"
    exit "$1"
}

# run_programs AT_ONCE NAME...
run_programs() {
    at_once=$1
    shift
    [ $# -gt 0 ] || return 0
    printf '%s\n' "$@" | xargs -n 1 -P "$at_once" sh "$GARAM_HOME/eng/test-program.sh" 7>&- &
    runner=$!
    trap 'stop 130' INT
    trap 'stop 143' TERM
    wait "$runner" || :
    trap - INT TERM
}

alone=$(printf '%s\n' $chosen | grep -E '(EndToEnd|Browser)$' || :)
together=$(printf '%s\n' $chosen | grep -vE '(EndToEnd|Browser)$' || :)
run_programs 2 $together
run_programs 1 $alone

passed=0 failed=0 skipped=0
for name in $chosen; do
    # No result: the runner itself was killed.
    counts="0 1 0"
    [ ! -f "$results/$name.counts" ] || counts=$(cat "$results/$name.counts")
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    if [ "$2" -gt 0 ]; then
        printf '\n---- %s\n' "$name"
        # Only what the runner says of itself is left out.
        grep -vE '^ *(Discovering|Discovered|Starting|Finished): |^=== TEST EXECUTION SUMMARY|^ *at (Xunit|System\.Runtime\.CompilerServices\.Async)' \
            "$results/$name.log" 2>/dev/null || say "(it wrote nothing)"
    fi
done

if [ "$skipped" -gt 0 ]; then
    printf '\nskipped:\n'
    grep -h -A 1 '\[SKIP\]$' "$results"/*.log | grep -v '^--$' | sed 's/ \[SKIP\]$//;s/^ */  /' || :
fi
if [ $((passed + failed + skipped)) -eq 0 ]; then
    say "garam: no test matches$names"
    failed=1
fi

printf '\n'
if [ "$skipped" -gt 0 ]; then
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
else
    printf '%d passed, %d failed\n' "$passed" "$failed"
fi
[ "$failed" -eq 0 ]
