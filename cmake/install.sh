# Shared by ./run and ./check: installs what packages.txt names, builds a preset.

# install_packages run|check: asks for sudo only where something is missing.
install_packages() {
  local wanted missing=() sudo=()
  wanted=$(if [ "$1" = run ]; then sed '/^# test/,$d' packages.txt; else cat packages.txt; fi |
    grep -v '^#')
  for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "Needs Debian 12's packages: ${missing[*]}" >&2
    return 1
  fi
  echo "Installing: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then sudo=(sudo); fi
  "${sudo[@]}" apt-get update -q
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    "${missing[@]}"
}

# build PRESET [cmake options…]: a second build with nothing changed takes a moment.
build() {
  local preset=$1
  shift
  local log="build/$preset/configure.log"
  mkdir -p "build/$preset"
  if ! cmake -S . -B "build/$preset" -G Ninja "$@" >"$log" 2>&1; then
    cat "$log" >&2
    return 1
  fi
  ninja -C "build/$preset"
}
