#!/bin/sh
# Installs target/dist/tocsin_*.deb in a fresh Debian 12 without Java, starts its unit under systemd, feeds it samples/, reads
# the findings with Debian's AWS CLI, upgrades, removes and purges it: what docs/install.md says, done.
#   ./package && tocsin-bench/fresh-debian.sh [FOLDER]
# As root, with debootstrap and systemd-container. FOLDER (default /var/tmp/tocsin-fresh) keeps the base system for a next run.
# Prints each step; ends with "fresh-debian: all is well" and 0, or says what is not.
set -eu
cd "$(dirname "$0")/.."

say() { echo "fresh-debian: $*"; }
skip() {
    say "skipped: $*"
    exit 0
}
[ "$(id -u)" = 0 ] || skip "needs root"
command -v debootstrap >/dev/null || skip "debootstrap is not installed (Debian: apt-get install debootstrap)"
command -v systemd-nspawn >/dev/null || skip "systemd-nspawn is not installed (Debian: apt-get install systemd-container)"
deb=$(ls target/dist/tocsin_*.deb 2>/dev/null | head -n 1)
[ -n "$deb" ] || skip "there is no target/dist/tocsin_*.deb; run ./package"

folder=${1:-/var/tmp/tocsin-fresh}
base=$folder/base
tree=$folder/tree
mkdir -p "$folder"
if [ ! -e "$base.done" ]; then
    say "making a Debian 12 in $base"
    rm -rf "$base"
    debootstrap --variant=minbase bookworm "$base" http://deb.debian.org/debian >"$folder/debootstrap.log"
    chroot "$base" sh -c 'DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends systemd dbus awscli' \
        >>"$folder/debootstrap.log" 2>&1
    touch "$base.done"
fi
rm -rf "$tree"
cp -a "$base" "$tree"
mkdir -p "$tree/trial"
cp "$deb" "$tree/trial/tocsin.deb"

cat >"$tree/trial/run" <<'TRIAL'
#!/bin/sh
# Within the fresh system, under its systemd.
set -eu
export LC_ALL=C.UTF-8
step() { echo "== $*"; }
fail() { echo "!! $*"; journalctl -u tocsin --no-pager | tail -n 40; exit 1; }

step "no Java"
! command -v java || fail "there is a Java"

step "install"
dpkg -i /trial/tocsin.deb
test "$(stat -c '%U %a' /var/lib/tocsin)" = "tocsin 700" || fail "the data folder is open"
test -s /var/cache/tocsin/tocsin-runtime.aot || fail "there is no cache of loaded classes"
systemctl is-active --quiet tocsin && fail "it runs before it was configured"
tocsin version

step "the runtime has all modules that the engine needs"
tocsin selftest >/dev/null || fail "the self-test"
tocsin analyze --quiet --format jsonl /usr/share/tocsin/samples/ | grep -q '"type":"Policy:S3/BucketAnonymousAccessGranted"' || fail "no findings of samples/"

step "configure and start"
sed -i "s/^#account: .*/account: '210987654321'/" /etc/tocsin/tocsin.yaml
systemctl enable --now tocsin
systemctl is-active tocsin
systemctl show -p StatusText,Type,User tocsin
tocsin health || fail "not healthy when systemd says it is started"
ps -o user= -p "$(systemctl show -p MainPID --value tocsin)" 2>/dev/null || true

step "feed samples"
cp -r /usr/share/tocsin/samples/AWSLogs /var/lib/tocsin/inbox/
chown -R tocsin:tocsin /var/lib/tocsin/inbox

step "read findings"
export AWS_SHARED_CREDENTIALS_FILE=/var/lib/tocsin/administrator.credentials AWS_REGION=eu-central-1
export AWS_DEFAULT_REGION=eu-central-1
guardduty() { aws guardduty --endpoint-url http://127.0.0.1:8420 "$@"; }
count=0
for try in $(seq 90); do
    detector=$(guardduty list-detectors --query 'DetectorIds[0]' --output text)
    if [ "$detector" != None ]; then
        count=$(guardduty list-findings --detector-id "$detector" --query 'length(FindingIds)' --output text)
        [ "$count" -ge 8 ] && break
    fi
    sleep 1
done
guardduty get-findings --detector-id "$detector" --finding-ids \
    $(guardduty list-findings --detector-id "$detector" --query 'FindingIds' --output text) \
    --query 'Findings[].[Severity,Type,Title]' --output text
[ "$count" -ge 8 ] || fail "$count findings"
echo "$count findings after $try tries"

step "sandbox"
systemd-analyze security --no-pager tocsin | tail -n 1
! runuser -u tocsin -- sh -c 'echo x > /usr/lib/tocsin/x' 2>/dev/null || fail "it can write where it runs from"

step "backup while it runs, verify"
tocsin backup --data /var/lib/tocsin --output /trial/backup
tocsin backup --verify /trial/backup
tocsin restore --data /trial/again --input /trial/backup
! tocsin restore --replace --data /var/lib/tocsin --input /trial/backup || fail "a running service's store was replaced"

step "upgrade keeps configuration and findings, and restarts"
before=$(systemctl show -p MainPID --value tocsin)
dpkg -i /trial/tocsin.deb
systemctl is-active tocsin || fail "it does not run after the upgrade"
[ "$before" != "$(systemctl show -p MainPID --value tocsin)" ] || fail "it was not restarted"
grep -q "^account: '210987654321'" /etc/tocsin/tocsin.yaml || fail "the configuration is gone"
test "$(guardduty list-findings --detector-id "$detector" --query 'length(FindingIds)' --output text)" -ge "$count"

step "stop: within 10 s"
start=$(date +%s)
systemctl stop tocsin
[ $(($(date +%s) - start)) -le 10 ] || fail "it took too long"
[ "$(systemctl show -p Result --value tocsin)" = success ] || fail "it ended badly"

step "restore in place"
tocsin restore --replace --data /var/lib/tocsin --input /trial/backup
chown -R tocsin:tocsin /var/lib/tocsin
systemctl start tocsin
test "$(guardduty list-findings --detector-id "$detector" --query 'length(FindingIds)' --output text)" -ge "$count"

step "remove keeps data and configuration"
dpkg -r tocsin
test -e /etc/tocsin/tocsin.yaml -a -e /var/lib/tocsin/tocsin.db || fail "removing deleted data"
! systemctl is-active --quiet tocsin || fail "it runs without its program"
dpkg -i /trial/tocsin.deb
systemctl start tocsin

step "purge leaves nothing"
dpkg -P tocsin
for place in /etc/tocsin /var/lib/tocsin /var/cache/tocsin /usr/lib/tocsin /usr/bin/tocsin /usr/share/tocsin; do
    [ ! -e $place ] || fail "$place is there"
done
echo "ALL IS WELL"
TRIAL
chmod +x "$tree/trial/run"
cat >"$tree/etc/systemd/system/trial.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c '/trial/run >/trial/out 2>&1; systemctl poweroff --no-block'
[Install]
WantedBy=default.target
UNIT
mkdir -p "$tree/etc/systemd/system/default.target.wants"
ln -s ../trial.service "$tree/etc/systemd/system/default.target.wants/trial.service"

say "starting it"
timeout 600 systemd-nspawn -q -D "$tree" --register=no --keep-unit --boot >"$folder/boot.log" 2>&1 || true
cat "$tree/trial/out" 2>/dev/null || {
    tail -n 20 "$folder/boot.log"
    say "the system did not start; see $folder/boot.log"
    exit 1
}
grep -q "^ALL IS WELL" "$tree/trial/out" || {
    say "not well; see above"
    exit 1
}
rm -rf "$tree"
say "all is well"
