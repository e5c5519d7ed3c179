#!/bin/sh
# Does without Docker what packaging/oci/Dockerfile does, and runs the result as packaging/oci/compose.yaml would: its user, a
# read-only root, no capabilities, no new privileges, /tmp not executable, a volume.
#   ./package && tocsin-bench/fresh-debian.sh && tocsin-bench/container-check.sh [FOLDER]
# As root, with systemd-container, over the base system that fresh-debian.sh made in FOLDER.
set -eu
cd "$(dirname "$0")/.."

say() { echo "container-check: $*"; }
skip() {
    say "skipped: $*"
    exit 0
}
folder=${1:-/var/tmp/tocsin-fresh}
[ "$(id -u)" = 0 ] || skip "needs root"
command -v systemd-nspawn >/dev/null || skip "systemd-nspawn is not installed (Debian: apt-get install systemd-container)"
[ -e "$folder/base.done" ] || skip "there is no $folder/base; run tocsin-bench/fresh-debian.sh"
archive=$(ls "$PWD"/target/dist/tocsin-*-linux-*.tar.gz 2>/dev/null | head -n 1)
[ -n "$archive" ] || skip "there is no target/dist/tocsin-*.tar.gz; run ./package"

tree=$folder/image
volume=$folder/volume
rm -rf "$tree" "$volume"
cp -a "$folder/base" "$tree"
mkdir -p "$tree/opt/tocsin"
tar -xzf "$archive" -C "$tree/opt/tocsin" --strip-components=1

# The RUN of the last stage, and its words in JSON form.
awk '/^FROM/ { stage++ } stage == 2 && /^RUN/ { on = 1 } on { print } on && !/\\$/ { exit }' packaging/oci/Dockerfile |
    sed 's/^RUN //' >"$tree/run.sh"
words() { sed -n "s/^ *$1 *\[\(.*\)\].*/\1/p" | tr -d '",'; }
service=$(grep '^CMD' packaging/oci/Dockerfile | words CMD)
health=$(grep -A 1 '^HEALTHCHECK' packaging/oci/Dockerfile | tail -n 1 | words CMD)
say "building"
systemd-nspawn -q -D "$tree" --register=no --keep-unit --as-pid2 sh -e /run.sh
rm "$tree/run.sh"
install -d -m 0700 -o 10001 -g 10001 "$volume"

cat >"$tree/usr/local/bin/trial" <<TRIAL
#!/bin/sh
set -u
cd /var/lib/tocsin
tocsin $service >/var/lib/tocsin/out 2>&1 &
service=\$!
for try in \$(seq 60); do
    grep -q '^listening on' /var/lib/tocsin/out && break
    sleep 1
done
cat /var/lib/tocsin/out
$health || exit 1
echo "user \$(id -u), capabilities \$(sed -n 's/^CapEff:\t//p' /proc/self/status)"
touch /opt/tocsin/x 2>/dev/null && exit 2
ls /tmp/*.so /tmp/*/*.so 2>/dev/null && exit 3
kill \$service
wait \$service
[ \$? -eq 143 ] || [ \$? -eq 0 ] || exit 4
echo "CONTAINER IS WELL"
TRIAL
chmod +x "$tree/usr/local/bin/trial"
say "running"
timeout 300 systemd-nspawn -q -D "$tree" --register=no --keep-unit --as-pid2 --read-only --private-network \
    --tmpfs=/tmp:mode=1777,noexec --bind="$volume:/var/lib/tocsin" --user=tocsin --drop-capability=all --no-new-privileges=yes \
    /usr/local/bin/trial >"$folder/container.log" 2>&1 || true
cat "$folder/container.log"
grep -q "^CONTAINER IS WELL" "$folder/container.log" || {
    say "not well; see above"
    exit 1
}
rm -rf "$tree" "$volume"
say "all is well"
