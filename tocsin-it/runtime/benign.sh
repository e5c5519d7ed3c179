#!/bin/bash
# What a busy host does on an ordinary day, in a minute: packages, compilers, containers' tools, monitoring, an administrator.
# For a machine of no worth: it installs packages anew, and makes and removes a user.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
work=$(mktemp -d)
cd "$work" || exit 1

# A package upgrade, with users, services and configuration.
apt-get install -y --reinstall hostname cron logrotate adduser passwd procps
dpkg-reconfigure -f noninteractive tzdata

# Compilers, tests and what they make.
cat > t.c <<'C'
#include <stdio.h>
int main(void) { puts("built"); return 0; }
C
for i in $(seq 10); do gcc -O1 -o "t$i" t.c && ./"t$i"; done
printf 'all:\n\tgcc -o made t.c\n\t./made\n' > Makefile && make
gdb -batch -ex run -ex bt ./t1
strace -f -o /dev/null ./t1

# Namespaces, mounts and control groups, as engines of containers use them.
for _ in $(seq 5); do
    unshare --mount --pid --uts --fork sh -c 'mkdir -p root/proc && mount -t tmpfs none root && hostname box && ps ax'
done

# Monitoring every minute, for an hour.
for _ in $(seq 20); do
    ps aux; df -h; free; uptime; who; id; ss -tln; netstat -tln; cat /proc/loadavg /etc/os-release; ip addr; uname -a
    systemctl status; last; lsof -i; hostname
done

# An administrator: users, keys, tasks, services, firewall, logs, files from the network.
useradd -m tocsin-admin && usermod -aG adm tocsin-admin && passwd -l tocsin-admin
mkdir -p /home/tocsin-admin/.ssh && echo key > /home/tocsin-admin/.ssh/authorized_keys
su tocsin-admin -s /bin/bash -c 'id; whoami; cat /etc/passwd; crontab -l'
sudo -u tocsin-admin true
echo '# nothing' > /etc/cron.d/tocsin-test && rm /etc/cron.d/tocsin-test
echo '# nothing' > /etc/sudoers.d/tocsin-test && rm /etc/sudoers.d/tocsin-test
iptables -L; unshare --net iptables -F; ufw status; systemctl enable cron; systemctl restart cron; modprobe overlay
rm -f /var/log/tocsin-test.log; logrotate -d /etc/logrotate.conf
python3 -m http.server 18081 --bind 127.0.0.1 &
server=$!
sleep 1
curl -s -o page http://127.0.0.1:18081/t.c; wget -q -O page http://127.0.0.1:18081/t.c
kill $server
curl -s -o page http://169.254.169.254/latest/meta-data/ --max-time 1
git init -q repo && cd repo && git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m first && cd ..
tar czf all.tgz . ; chmod 755 t1; chmod +x t2; ssh -V; openssl version
userdel -r tocsin-admin

cd / && rm -rf "$work"
