# Finding .NET. Sourced by the launcher; needs GARAM_HOME.

# One line to a person, on standard error.
say() {
    printf '%s\n' "$*" >&2
}

# Where everything built goes. Another place keeps two trees, or a tree and an editor, apart.
artifacts=${GARAM_ARTIFACTS:-$GARAM_HOME/artifacts}

# Prints every dotnet worth asking: the path's own first, then where its installers put it.
dotnet_candidates() {
    command -v dotnet 2>/dev/null || :
    for place in "${DOTNET_ROOT:-}" "${HOME:-/root}/.dotnet" /usr/share/dotnet /usr/lib/dotnet \
        /usr/local/share/dotnet /opt/homebrew/opt/dotnet/libexec '/c/Program Files/dotnet'; do
        if [ -n "$place" ] && [ -x "$place/dotnet" ]; then
            printf '%s\n' "$place/dotnet"
        fi
    done
}

# Prints the dotnet that holds an SDK 10.0 and remembers it, or says how to get one and returns 3.
find_sdk() {
    found=
    while IFS= read -r candidate; do
        # </dev/null: the command must not read the list of candidates.
        if [ -n "$candidate" ] && "$candidate" --list-sdks </dev/null 2>/dev/null | grep -q '^10\.0\.'; then
            found=$candidate
            break
        fi
    done <<LIST
$(dotnet_candidates)
LIST
    if [ -z "$found" ]; then
        say_how_to_get_dotnet
        return 3
    fi
    if ! mkdir -p "$artifacts/run" 2>/dev/null || ! printf '%s\n' "$found" >"$artifacts/run/dotnet"; then
        say "garam: cannot write to $artifacts; choose another place with GARAM_ARTIFACTS=DIR."
        return 3
    fi
    printf '%s\n' "$found"
}

# Prints the dotnet that built the program, without asking it anything: that would cost every start 60 ms.
remembered_dotnet() {
    IFS= read -r remembered 2>/dev/null <"$artifacts/run/dotnet" || return 1
    [ -x "$remembered" ] || return 1
    printf '%s\n' "$remembered"
}

say_how_to_get_dotnet() {
    installed=$(dotnet_candidates | head -n 1)
    if [ -n "$installed" ]; then
        versions=$("$installed" --list-sdks </dev/null 2>/dev/null | sed 's/ .*//' | tr '\n' ' ' | sed 's/ $//')
        say "garam: .NET SDK 10.0 is needed; $installed has ${versions:-no SDK}."
        say "garam: .NET SDK 10.0이 필요합니다. 지금 설치된 SDK: ${versions:-없음}"
    else
        say "garam: .NET SDK 10.0 is needed and was not found."
        say "garam: .NET SDK 10.0이 필요한데 찾을 수 없습니다."
    fi
    cat >&2 <<'TEXT'

  any Linux, macOS   curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
                     (into ~/.dotnet, without root; Debian also wants: sudo apt-get install -y curl libicu72)
  Ubuntu             sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0
  Debian 12          curl -fsSLO https://packages.microsoft.com/config/debian/12/packages-microsoft-prod.deb
                     sudo dpkg -i packages-microsoft-prod.deb
                     sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0
  macOS              brew install --cask dotnet-sdk
  Windows            winget install Microsoft.DotNet.SDK.10        (then run ./garam in Git Bash or WSL)

  Then run the same command again; nothing else has to be set up.
  설치한 뒤 같은 명령을 다시 실행하면 됩니다. 다른 설정은 필요 없습니다.
TEXT
}
