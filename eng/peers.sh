# The programs the tests talk to. Sourced by test.sh after dotnet.sh.

# Debian keeps daemons where an ordinary user's path does not look.
PATH=$PATH:/usr/sbin:/sbin
export PATH

# Debian's Python packages belong to Debian's Python, whatever else the path has.
GARAM_PYTHON=python3
[ ! -x /usr/bin/python3 ] || GARAM_PYTHON=/usr/bin/python3
export GARAM_PYTHON

# Prints the Debian package of every peer that is not there.
missing_peers() {
    command -v mosquitto >/dev/null 2>&1 || echo mosquitto
    command -v mosquitto_pub >/dev/null 2>&1 || echo mosquitto-clients
    "$GARAM_PYTHON" -c 'import paho.mqtt.client' >/dev/null 2>&1 || echo python3-paho-mqtt
    "$GARAM_PYTHON" -c 'import aiosmtpd.smtp' >/dev/null 2>&1 || echo python3-aiosmtpd
    command -v openssl >/dev/null 2>&1 || echo openssl
    command -v curl >/dev/null 2>&1 || echo curl
    command -v chromium >/dev/null 2>&1 || echo chromium
    # Without it a Korean page is a page of boxes.
    fc-list :lang=ko 2>/dev/null | grep -q . || echo fonts-noto-cjk
}

# Installs what is missing, or says with which command a person can, and returns 3.
install_peers() {
    missing=$(missing_peers | tr '\n' ' ' | sed 's/ $//')
    [ -n "$missing" ] || return 0

    if command -v apt-get >/dev/null 2>&1; then
        mend="apt-get update && apt-get install -y --no-install-recommends $missing"
        # $missing is a list of words.
        if [ "$(id -u)" -eq 0 ]; then
            say "installing what the tests need: $missing ..."
            sh "$GARAM_HOME/eng/install-peers.sh" $missing >&2 </dev/null || :
        elif command -v sudo >/dev/null 2>&1; then
            mend="sudo sh -c '$mend'"
            # Without a terminal nobody can type a password.
            if sudo -n true 2>/dev/null || [ -t 0 ]; then
                say "installing what the tests need, with sudo: $missing ..."
                sudo sh "$GARAM_HOME/eng/install-peers.sh" $missing >&2 || :
            fi
        fi
    elif command -v brew >/dev/null 2>&1; then
        mend="brew install mosquitto && python3 -m pip install paho-mqtt aiosmtpd"
    else
        mend="install with this system's package manager: mosquitto and its clients, Python 3 with paho-mqtt and aiosmtpd, openssl, curl"
    fi

    missing=$(missing_peers | tr '\n' ' ' | sed 's/ $//')
    if [ -n "$missing" ]; then
        say "garam: the tests need: $missing. Install with:"
        say "  $mend"
        return 3
    fi
}
