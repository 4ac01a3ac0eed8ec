# Installs what is missing, for bin/run and bin/test, which source this file. Everything it does is skipped when it
# was done already. Needs: Python 3.11 or later. Leaves: .venv, node_modules and static/built.
# EMBEDDED_PYTHON asks for one Python alone, such as 3.13, and EMBEDDED_VENV for another folder than .venv.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
VENV=${EMBEDDED_VENV:-$ROOT/.venv}
PYTHON=$VENV/bin/python
child=

# Where a network has a certificate authority of its own, the machine knows it; pip, uv and npm do not ask unless told.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -r "$authorities" ]; then
  export UV_SYSTEM_CERTS=1 PIP_CERT=${PIP_CERT:-$authorities} NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$authorities}
fi

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a command so that stopping us stops it too (a shell that waits in the foreground would leave it running).
step() {
  "$@" & child=$!
  local code=0
  wait "$child" || code=$?
  child=
  return "$code"
}
stopped() {
  trap '' TERM INT HUP
  if [ -n "$child" ]; then kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; fi
  exit 143
}
trap stopped TERM INT HUP

# Installs Debian packages where we may, and says the exact command where we may not.
apt_install() {
  local why=$1 as=
  shift
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as="sudo -n"; else as=no; fi
  fi
  if [ "$as" = no ] || ! command -v apt-get >/dev/null; then
    fail "$why. Install it and start again: sudo apt-get install $*"
  fi
  say "Installing $* from the system's packages"
  local install="$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
  step $install "$@" >/dev/null 2>&1 ||
    { step $as apt-get update -q >/dev/null && step $install "$@" >/dev/null; } ||
    fail "$why, and apt-get could not install it. Try it yourself: sudo apt-get install $*"
}

# The first Python that runs and is new enough. It is run, not looked up: a shim on PATH may lead nowhere.
find_python() {
  local name wanted=${EMBEDDED_PYTHON-} names=(python3.13 python3.12 python3.11 python3)
  local test='import sys; sys.exit(sys.version_info < (3, 11))'
  if [ -n "$wanted" ]; then
    names=("python$wanted" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$wanted".*/bin/python3)
    test="import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')"
  fi
  for name in "${names[@]}"; do
    if "$name" -c "$test" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
  if [ -n "$wanted" ]; then fail "Python $wanted is not on this machine. Install it beside yours: pyenv install $wanted"; fi
  fail "Embedded needs Python 3.11 or later. Install it: sudo apt-get install python3"
}

make_venv() {
  local python version stamp=$VENV/.made-at
  if [ -x "$PYTHON" ] && "$PYTHON" -m pip --version >/dev/null 2>&1; then
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" = "$ROOT" ]; then return; fi
  fi
  python=$(find_python)
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_install "Python cannot make virtual environments yet" "$version"
  fi
  say "Making a virtual environment with $("$python" --version)"
  step "$python" -m venv --clear "$VENV" || fail "Python could not make the virtual environment $VENV."
  printf '%s' "$ROOT" >"$stamp"
}

install_packages() {
  local stamp=$VENV/.installed wanted
  wanted="$(sha256sum <requirements.txt) $("$PYTHON" --version)"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
  say "Installing the locked Python packages"
  "$PYTHON" -m uv --version >/dev/null 2>&1 || step "$PYTHON" -m pip install -q --disable-pip-version-check uv ||
    fail "Could not install uv into $VENV. Check that this machine can reach its package index."
  step "$PYTHON" -m uv pip sync -q --python "$PYTHON" --require-hashes requirements.txt ||
    fail "Could not install the packages of requirements.txt; the lines above say why."
  printf '%s' "$wanted" >"$stamp"
}

install_system() {
  local missing
  missing=$("$PYTHON" -m embedded.local.checks "$@")
  if [ -n "$missing" ]; then apt_install "This machine lacks: $missing" $missing; fi
}

# The Node on PATH if it is new enough and comes with npm, else the one in the virtual environment.
choose_node() {
  if node -e 'process.exit(process.versions.node.split(".")[0] < 20)' >/dev/null 2>&1 &&
    npm --version >/dev/null 2>&1; then return; fi
  PATH=$VENV/bin:$PATH
  node --version >/dev/null 2>&1 ||
    fail "The front end needs Node 20 or later. Install it: sudo apt-get install nodejs npm"
}

build_front_end() {
  local packages=node_modules/.installed stamp=static/built/.stamp wanted built
  wanted=$(sha256sum <package-lock.json)
  built="$wanted $(cat bin/build.mjs static/css/* | sha256sum)"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$built" ]; then return; fi
  choose_node
  if [ ! -f "$packages" ] || [ "$(cat "$packages")" != "$wanted" ]; then
    say "Installing the locked front-end packages"
    step npm ci --ignore-scripts --silent ||
      fail "npm could not install the packages of package-lock.json; the lines above say why."
    printf '%s' "$wanted" >"$packages"
  fi
  say "Building the front end"
  step npm run --silent build || fail "The front end could not be built; the lines above say why."
  printf '%s' "$built" >"$stamp"
}

# All of it, one at a time for this clone. With --chromium also the browser that the tests drive.
set_up() {
  exec 9<bin/setup.sh
  flock 9
  make_venv
  install_packages
  install_system "$@"
  build_front_end
  exec 9<&-
}
