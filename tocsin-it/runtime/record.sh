#!/bin/bash
# Records what SCRIPT does as the kernel's audit log: record.sh SCRIPT LOG. Needs root and Debian's auditd.
# Exit 77: this machine cannot audit.
set -u
script=$1
log=$2
here=$(cd "$(dirname "$0")" && pwd)
[ "$(id -u)" = 0 ] && command -v auditctl >/dev/null && command -v auditd >/dev/null || exit 77
auditctl -s >/dev/null 2>&1 || exit 77
if pgrep -x auditd >/dev/null || ! auditctl -l | grep -q '^No rules'; then exit 77; fi # somebody's own

work=$(mktemp -d)
mkdir -p "$work/etc/plugins.d"
chmod 700 "$work" "$work/etc"
cat > "$work/etc/auditd.conf" <<CONF
log_file = $work/audit.log
log_format = RAW
log_group = root
write_logs = yes
flush = INCREMENTAL
freq = 50
num_logs = 2
max_log_file = 200
max_log_file_action = IGNORE
space_left = 2
space_left_action = IGNORE
admin_space_left = 1
admin_space_left_action = IGNORE
disk_full_action = IGNORE
disk_error_action = IGNORE
plugin_dir = $work/etc/plugins.d
CONF
chmod 640 "$work/etc/auditd.conf"
auditd -n -c "$work/etc" >/dev/null 2>&1 &
daemon=$!
finish() {
    auditctl -D >/dev/null 2>&1
    kill "$daemon" 2>/dev/null
    wait "$daemon" 2>/dev/null
    auditctl -e 0 >/dev/null 2>&1
}
trap finish EXIT
for _ in $(seq 100); do
    auditctl -s 2>/dev/null | grep -q "^pid $daemon" && break
    sleep 0.1
done
auditctl -D >/dev/null 2>&1
auditctl -e 1 >/dev/null 2>&1 || exit 77
# A rule that this kernel does not know is left out; the others count.
grep -v '^#' "$here/../../packaging/auditd/tocsin.rules" | while read -r rule; do
    set -f # no rule is a pattern of files
    [ -z "$rule" ] || auditctl $rule >/dev/null 2>&1 || echo "record: refused: $rule" >&2
done
bash "$script" >/dev/null 2>&1 </dev/null
sleep 1
finish
trap - EXIT
cp "$work/audit.log" "$log"
rm -rf "$work"
