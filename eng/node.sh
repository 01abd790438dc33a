# Finding Node, which bundles the pages' script and styles while the program is built. Sourced by the launcher after dotnet.sh.

# Succeeds with Node 20 or later and its npm on the path, or says how to get them and returns 3.
find_node() {
    if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
        major=$(node --version 2>/dev/null </dev/null | sed 's/^v//;s/\..*//')
        case $major in
            '' | *[!0-9]*) ;;
            *) [ "$major" -lt 20 ] || return 0 ;;
        esac
    fi
    say_how_to_get_node
    return 3
}

say_how_to_get_node() {
    if command -v node >/dev/null 2>&1; then
        say "garam: Node 20 or later with npm is needed to build the pages; here is $(node --version 2>/dev/null </dev/null || echo 'a node that does not run')."
        say "garam: 페이지를 빌드하려면 Node 20 이상과 npm이 필요합니다."
    else
        say "garam: Node 20 or later with npm is needed to build the pages and was not found."
        say "garam: 페이지를 빌드하는 데 필요한 Node 20 이상과 npm을 찾을 수 없습니다."
    fi
    cat >&2 <<'TEXT'

  Debian, Ubuntu     curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt-get install -y nodejs
  any Linux          https://nodejs.org/en/download (unpack it, and put its bin folder on the path)
  macOS              brew install node
  Windows            winget install OpenJS.NodeJS.LTS        (then run ./garam in Git Bash or WSL)

  Then run the same command again. Node is needed for building only, not by the running program.
  설치한 뒤 같은 명령을 다시 실행하면 됩니다. Node는 빌드할 때만 쓰이고 실행 중에는 필요 없습니다.
TEXT
}
