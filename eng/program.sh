# Building the program. Sourced by the launcher after dotnet.sh.
#
# 1. The state of the sources is one checksum over the names, sizes and times of the files that go into the
#    program (about 15 ms for a thousand files). packs/ is data and is read while running: it is not counted.
# 2. The program for a state lies in a directory of its own, artifacts/run/STATE, that appears whole (by a rename)
#    and is never written to again. So a build never changes files under a running server, and "is it built?" is
#    "is it there?".
# 3. One build at a time in a tree; who waited looks again before building.

# Prints a name, size and time for every source file; GNU and BSD spell stat differently.
list_sources() {
    if stat -c %s . >/dev/null 2>&1; then
        set -- stat -c '%n %s %y'
    else
        set -- stat -f '%N %z %Fm'
    fi
    find src Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -exec "$@" {} + 2>/dev/null
}

program_directory() {
    state=$(cd "$GARAM_HOME" && list_sources | LC_ALL=C sort | cksum | tr ' ' '-')
    printf '%s/run/%s\n' "$artifacts" "$state"
}

# Takes the tree's build lock on descriptor 9, until unlock_build or the end of the process.
lock_build() {
    mkdir -p "$artifacts/run"
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$artifacts/run/lock"
        if ! flock -n 9; then
            say "another ./garam is building here; waiting for it ..."
            flock 9
        fi
        return 0
    fi
    # macOS has no flock: a directory, which is left behind only by a kill -9, and then names a dead process.
    waited=0
    until mkdir "$artifacts/run/lock.d" 2>/dev/null; do
        owner=$(cat "$artifacts/run/lock.d/pid" 2>/dev/null || :)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$artifacts/run/lock.d"
            continue
        fi
        [ "$waited" -ne 0 ] || say "another ./garam is building here; waiting for it ..."
        waited=$((waited + 1))
        if [ "$waited" -gt 900 ]; then
            say "garam: waited 15 minutes; if no build is running, remove $artifacts/run/lock.d"
            return 3
        fi
        sleep 1
    done
    printf '%s\n' "$$" >"$artifacts/run/lock.d/pid"
}

unlock_build() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>&-
    else
        rm -rf "$artifacts/run/lock.d"
    fi
}

# build_program DOTNET: builds at most once for a state of the sources; the result's directory is in $program.
build_program() {
    lock_build || return 3
    # Before the build: a file saved while it runs belongs to the next state.
    program=$(program_directory)
    built=0
    if [ ! -f "$program/Garam.dll" ]; then
        compile "$1" "building Garam (once)" src/Garam/Garam.csproj && keep_program "$program" || built=$?
    fi
    unlock_build
    return "$built"
}

# compile DOTNET WHAT PROJECT: a release build with its progress, or its errors.
compile() {
    log=$artifacts/run/build.log
    started=$(date +%s)
    set -- "$1" "$2" build "$3" -c Release --artifacts-path "$artifacts" -nologo -v:minimal -tl:off \
        -nodeReuse:false -p:UseSharedCompilation=false
    if [ "${CI:-}" = true ]; then
        # What the registry says of vulnerabilities is shown, but a new entry there must not turn an old commit red.
        set -- "$@" -p:RestoreLockedMode=true '-p:WarningsNotAsErrors=NU1900%3BNU1901%3BNU1902%3BNU1903%3BNU1904'
    else
        # A start must not need, nor wait for, that list.
        set -- "$@" -p:NuGetAudit=false
    fi
    compiler=$1
    what=$2
    shift 2

    say "$what ..."
    # From the tree's root, where global.json chooses the SDK; without the locks and the person's keyboard.
    (cd "$GARAM_HOME" && exec "$compiler" "$@") >"$log" 2>&1 </dev/null 8<&- 9>&- &
    build=$!
    ticker=
    if [ -t 2 ]; then
        show_progress "$log" "$started" 8<&- 9>&- &
        ticker=$!
    fi
    # A background process ignores Ctrl-C, so it is passed on.
    trap 'kill $build $ticker 2>/dev/null; wait $build 2>/dev/null; exit 130' INT
    trap 'kill $build $ticker 2>/dev/null; wait $build 2>/dev/null; exit 143' TERM
    result=0
    wait "$build" || result=$?
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || :
        wait "$ticker" 2>/dev/null || :
        printf '\r\033[K' >&2
    fi
    trap - INT TERM

    if [ "$result" -ne 0 ]; then
        say_build_errors "$log"
        return 3
    fi
    say "built in $(($(date +%s) - started)) s"
}

# On a terminal: one line, rewritten every second, with the project that was finished last.
show_progress() {
    while :; do
        last=$(sed -n 's/^ *\([A-Za-z.]*\) -> .*/\1/p' "$1" | tail -n 1)
        printf '\r\033[K  %d s  %s' "$(($(date +%s) - $2))" "${last:-restoring packages}" >&2
        sleep 1
    done
}

say_build_errors() {
    say "garam: the build failed:"
    errors=$(sed -n '/: error /{s/ \[[^]]*\]$//;s/^ *//;p;}' "$1" | LC_ALL=C sort -u | head -n 20)
    if [ -n "$errors" ]; then
        printf '%s\n' "$errors" | sed "s|^$GARAM_HOME/||;s/^/  /" >&2
    else
        tail -n 20 "$1" | sed 's/^/  /' >&2
    fi
    if grep -q 'valid ICU package' "$1"; then
        say "  .NET needs the ICU library: sudo apt-get install -y libicu-dev"
    elif grep -qE 'NU1301|Unable to load the service index' "$1"; then
        say "  The package registry did not answer: packages are fetched once; check the network or a proxy, and try again."
    elif grep -q 'NU1004' "$1"; then
        say "  A packages.lock.json does not fit its project: run 'dotnet restore Garam.slnx' and commit the result."
    elif grep -qi 'no space left' "$1"; then
        say "  The disk is full: the build needs about 300 MB under $artifacts."
    fi
    say "  the whole log: $1"
}

# keep_program DIRECTORY: copies what was built to the directory of its state, and removes those of former states.
keep_program() {
    if [ ! -f "$1/Garam.dll" ]; then
        rm -rf "$artifacts/run/new"
        cp -R "$artifacts/bin/Garam/release" "$artifacts/run/new" &&
            rm -rf "$1" &&
            mv "$artifacts/run/new" "$1" || return 3
    fi
    forget_programs "$1"
}

# The newest three stay, for a start that just chose one; so does every one that a process still runs from.
forget_programs() {
    ls -dt "$artifacts"/run/*-*/ 2>/dev/null | tail -n +4 | while IFS= read -r former; do
        [ "${former%/}" != "$1" ] || continue
        if ! command -v flock >/dev/null 2>&1 || flock -n "$former/Garam.dll" true 2>/dev/null; then
            rm -rf "$former"
        fi
    done
}
