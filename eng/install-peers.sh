#!/bin/sh
# install-peers.sh PACKAGE...: Debian packages the tests talk to, as root, without starting or enabling their services.
#
# Tests start every peer themselves, on a port of their own; a system service on its usual port would only be in the way.
set -eu
export DEBIAN_FRONTEND=noninteractive

# Debian asks this file before it starts any service (invoke-rc.d, deb-systemd-invoke): 101 is "not allowed".
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

# Another apt may be at work on a fresh machine: wait for it a while instead of failing.
get() {
    apt-get -qq -o DPkg::Lock::Timeout=180 "$@"
}

get install -y --no-install-recommends "$@" >/dev/null 2>&1 || {
    # Fresh images come with no package lists, or with old ones.
    get update
    get install -y --no-install-recommends "$@" >/dev/null
}

# Installing enables a service for the next boot, which the policy does not prevent.
if command -v systemctl >/dev/null 2>&1; then
    for package in "$@"; do
        if [ -e "/lib/systemd/system/$package.service" ] || [ -e "/usr/lib/systemd/system/$package.service" ]; then
            systemctl disable "$package.service" >/dev/null 2>&1 || :
        fi
    done
fi
