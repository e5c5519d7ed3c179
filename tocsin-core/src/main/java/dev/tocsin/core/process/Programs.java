package dev.tocsin.core.process;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs by what they are for, told by the names of their files. */
public final class Programs {

    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "tcsh", "csh", "busybox", "rbash");

    private static final Set<String> SERVICES = Set.of(
            "nginx",
            "apache2",
            "httpd",
            "lighttpd",
            "caddy",
            "php-fpm",
            "php-cgi",
            "mysqld",
            "mariadbd",
            "postgres",
            "redis-server",
            "mongod",
            "memcached",
            "named",
            "unbound",
            "vsftpd",
            "proftpd",
            "pure-ftpd",
            "smbd",
            "exim4",
            "dovecot",
            "haproxy",
            "envoy",
            "traefik",
            "gunicorn",
            "uwsgi",
            "uvicorn",
            "puma",
            "unicorn",
            "squid",
            "in.telnetd",
            "tomcat",
            "catalina.sh",
            "rabbitmq-server",
            "beam.smp",
            "solr",
            "w3wp");

    /** What serves the network only if it listens. */
    private static final Set<String> INTERPRETERS =
            Set.of("python", "node", "java", "ruby", "perl", "php", "dotnet", "deno", "bun");

    private static final Set<String> PACKAGE_MANAGERS = Set.of(
            "dpkg",
            "apt",
            "apt-get",
            "aptitude",
            "aptd",
            "unattended-upgr",
            "unattended-upgrade",
            "yum",
            "dnf",
            "microdnf",
            "rpm",
            "zypper",
            "apk",
            "snapd",
            "pacman",
            "pip",
            "pip3",
            "npm",
            "yarn",
            "gem",
            "puppet",
            "chef-client",
            "salt-minion",
            "ansible-playbook",
            "cloud-init",
            "needrestart",
            "update-alternatives",
            "packagekitd",
            "fwupd",
            "flatpak",
            "conda",
            "composer",
            "systemd-sysusers",
            "systemd-tmpfiles",
            "debconf",
            "dpkg-preconfigure",
            "update-initramfs",
            "dracut",
            "dkms",
            "kernel-install");

    private static final Set<String> BUILDERS = Set.of(
            "make",
            "gmake",
            "ninja",
            "cmake",
            "gcc",
            "g++",
            "cc",
            "c++",
            "clang",
            "clang++",
            "cc1",
            "cc1plus",
            "collect2",
            "ld",
            "ld.bfd",
            "ld.gold",
            "lld",
            "as",
            "go",
            "cargo",
            "rustc",
            "javac",
            "mvn",
            "gradle",
            "configure",
            "meson",
            "dpkg-deb",
            "dpkg-buildpackage",
            "rpmbuild",
            "libtool",
            "bazel");

    private static final Set<String> DEBUGGERS = Set.of(
            "gdb",
            "gdbserver",
            "lldb",
            "lldb-server",
            "strace",
            "ltrace",
            "dlv",
            "rr",
            "criu",
            "perf",
            "valgrind",
            "reptyr",
            "systemd-coredump",
            "apport",
            "py-spy",
            "rbspy",
            "jattach",
            "bpftrace",
            "crash");

    private static final Set<String> ENGINES = Set.of(
            "runc",
            "crun",
            "youki",
            "containerd",
            "containerd-shim",
            "containerd-shim-runc-v2",
            "containerd-shim-runc-v1",
            "dockerd",
            "conmon",
            "conmonrs",
            "crio",
            "crio-wipe",
            "podman",
            "docker",
            "docker-proxy",
            "kubelet",
            "buildkitd",
            "ctr",
            "nerdctl",
            "crictl",
            "runsc",
            "docker-runc");

    private static final Set<String> MONITORS = Set.of(
            "zabbix_agentd",
            "zabbix_agent2",
            "nrpe",
            "telegraf",
            "node_exporter",
            "prometheus-node-exporter",
            "collectd",
            "netdata",
            "datadog-agent",
            "agent",
            "osqueryd",
            "amazon-ssm-agent",
            "ssm-agent-worker",
            "amazon-cloudwatch-agent",
            "snmpd",
            "monit",
            "falco",
            "tracee",
            "tetragon",
            "auditd",
            "check_mk_agent",
            "puppet-agent",
            "filebeat",
            "metricbeat",
            "vector",
            "fluent-bit");

    private static final Set<String> DOWNLOADERS =
            Set.of("curl", "wget", "ftp", "lftp", "tftp", "aria2c", "axel", "lynx", "nc", "ncat", "netcat", "socat");

    private static final Set<String> SETUID = Set.of(
            "sudo",
            "su",
            "doas",
            "passwd",
            "mount",
            "umount",
            "newgrp",
            "sg",
            "chsh",
            "chfn",
            "gpasswd",
            "pkexec",
            "fusermount",
            "fusermount3",
            "ping",
            "ping6",
            "at",
            "crontab",
            "ssh-keysign",
            "dbus-daemon-launch-helper",
            "polkit-agent-helper-1",
            "unix_chkpwd",
            "Xorg",
            "Xorg.wrap",
            "ntfs-3g",
            "exim4",
            "snap-confine",
            "newuidmap",
            "newgidmap",
            "chage",
            "expiry",
            "screen",
            "pppd",
            "sudoedit",
            "staprun",
            "traceroute6.iputils",
            "ksu",
            "mount.nfs",
            "mount.cifs",
            "chrome-sandbox",
            "cockpit-session",
            "pam_timestamp_check",
            "usernetctl",
            "userhelper",
            "grub2-set-bootflag",
            "pmount",
            "bwrap",
            "procmail",
            "sendmail",
            "postdrop",
            "postqueue",
            "traceroute",
            "mtr-packet",
            "sperl",
            "suexec",
            "pt_chown",
            "utempter");

    private Programs() {}

    /** The last part of a program's path without the mark that its file is gone, in the case it stands in. */
    public static String name(@Nullable String path) {
        if (path == null) {
            return "";
        }
        String file = path.endsWith(" (deleted)") ? path.substring(0, path.length() - " (deleted)".length()) : path;
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Whether {@code path} is a command interpreter. */
    public static boolean isShell(@Nullable String path) {
        return SHELLS.contains(name(path));
    }

    /** Whether {@code path} fetches files. */
    public static boolean isDownloader(@Nullable String path) {
        return DOWNLOADERS.contains(name(path));
    }

    /** Whether {@code path} is the engine of containers or a part of it. */
    public static boolean isEngine(@Nullable String path) {
        return ENGINES.contains(name(path)) || name(path).startsWith("memfd:runc_cloned");
    }

    /** Whether {@code path} examines other processes. */
    public static boolean isDebugger(@Nullable String path) {
        return DEBUGGERS.contains(name(path));
    }

    /** Whether {@code path} is a program whose purpose is to run as root for users. */
    public static boolean isSetuid(@Nullable String path) {
        return SETUID.contains(name(path)) && isInstalled(path);
    }

    /** Whether {@code path} is an interpreter, which serves the network only if it listens. */
    public static boolean isInterpreter(@Nullable String path) {
        String bare = stem(name(path));
        return INTERPRETERS.contains(bare);
    }

    /** Whether {@code path} lies where packages put programs. */
    public static boolean isInstalled(@Nullable String path) {
        return path != null
                && (path.startsWith("/usr/")
                        || path.startsWith("/bin/")
                        || path.startsWith("/sbin/")
                        || path.startsWith("/lib")
                        || path.startsWith("/snap/")
                        || path.startsWith("/opt/"));
    }

    /** Whether {@code path} lies where everybody may write, or is hidden. */
    public static boolean isLoose(@Nullable String path) {
        return path != null
                && (path.startsWith("/tmp/")
                        || path.startsWith("/var/tmp/")
                        || path.startsWith("/dev/shm/")
                        || path.startsWith("/run/user/")
                        || (path.contains("/.") && !path.startsWith("/home/") && !path.startsWith("/root/")));
    }

    /** Whether {@code path} is a program of memory alone. */
    public static boolean isInMemory(@Nullable String path) {
        return path != null
                && (path.startsWith("/memfd:") || path.startsWith("memfd:") || path.startsWith("/dev/shm/"));
    }

    /** The marks that running {@code path} brings, beside those that it inherits. */
    static int marks(@Nullable String path) {
        String name = name(path);
        String bare = stem(name);
        int marks = 0;
        marks |= SERVICES.contains(name) || SERVICES.contains(bare) ? Mark.SERVICE : 0;
        marks |= PACKAGE_MANAGERS.contains(name) || PACKAGE_MANAGERS.contains(bare) ? Mark.PACKAGE : 0;
        marks |= BUILDERS.contains(name) ? Mark.BUILD : 0;
        marks |= isDebugger(path) ? Mark.DEBUGGER : 0;
        marks |= isEngine(path) ? Mark.ENGINE : 0;
        marks |= MONITORS.contains(name) ? Mark.MONITORING : 0;
        marks |= Offensive.isOffensive(name) ? Mark.OFFENSIVE : 0;
        marks |= isInMemory(path) && !isEngine(path) ? Mark.FILELESS : 0;
        return marks;
    }

    /** Without version: {@code python3.11} is {@code python}, {@code php-fpm8.2} is {@code php-fpm}. */
    private static String stem(String name) {
        int end = name.length();
        while (end > 0 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
