package dev.tocsin.core.detect;

import java.util.List;
import java.util.regex.Pattern;

/** Command lines that tell of an attacker's step: one row each. */
final class CommandPatterns {

    /** When a row counts. */
    enum When {
        /** Wherever it stands. */
        ALWAYS,
        /** Where the process's lineage is suspicious, or it runs in a container. */
        CONTAINED,
        /** Where the lineage is suspicious. */
        SUSPICIOUS
    }

    /** The step that a command is of. */
    enum Step {
        /** Runs what comes from elsewhere. */
        EXECUTION,
        /** Blinds or hides. */
        EVASION,
        /** Looks around. */
        DISCOVERY,
        /** Comes back later. */
        PERSISTENCE,
        /** Becomes more. */
        ESCALATION
    }

    /**
     * A row.
     *
     * @param severity 1.0 to 10.0
     * @param hint a text that every such command line holds, looked for before the pattern
     * @param what in few words
     */
    record Row(Step step, When when, double severity, String hint, Pattern pattern, String what) {}

    /** All rows; the first that matches of each step counts. */
    static final List<Row> ROWS = List.of(
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.HIGH,
                    "/dev/tcp/",
                    "/dev/(?:tcp|udp)/[^/ ]+/\\d+",
                    "shell redirected to a connection"),
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.HIGH,
                    "mkfifo",
                    "mkfifo .*\\|.*\\b(?:nc|ncat|netcat|openssl|telnet)\\b",
                    "shell through a pipe to a connection"),
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.HIGH,
                    "socket",
                    "(?:python[\\d.]*|perl|ruby|php) -\\S*[ce] .*socket.*(?:dup2|/bin/(?:ba)?sh|exec)",
                    "shell from one line of a language"),
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.HIGH,
                    " -e",
                    "\\b(?:nc|ncat|netcat)(?:\\.\\w+)? .*-(?:e|c) ?/?\\S*sh\\b",
                    "netcat with a shell"),
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.MEDIUM,
                    "base64",
                    "base64 (?:-d|-D|--decode).*\\| ?(?:/bin/)?(?:ba|z|da)?sh",
                    "decoded text run by a shell"),
            row(
                    Step.EXECUTION,
                    When.ALWAYS,
                    HostTypes.HIGH,
                    "://",
                    "(?:curl|wget)\\b.*://(?:\\d{1,3}\\.){3}\\d{1,3}.*\\| ?(?:sudo )?(?:/bin/)?(?:ba|z|da)?sh\\b",
                    "download from a bare address run by a shell"),
            row(
                    Step.EXECUTION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "://",
                    "(?:curl|wget)\\b.*\\| ?(?:sudo )?(?:/bin/)?(?:(?:ba|z|da)?sh|python\\d?|perl)\\b",
                    "download run by a shell"),
            row(
                    Step.EXECUTION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "chmod",
                    "chmod (?:\\+x|[0-7]?7[0-7]{2}) /(?:tmp|var/tmp|dev/shm)/",
                    "file in a common folder made executable"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "iptables",
                    "ip6?tables (?:.* )?-(?:F|X|P INPUT ACCEPT)\\b|ip6?tables (?:.* )?--flush",
                    "firewall emptied"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "ufw",
                    "ufw (?:--force )?(?:disable|reset)",
                    "firewall off"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "setenforce",
                    "setenforce (?:0|permissive)",
                    "SELinux off"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "",
                    "(?:systemctl (?:--now )?(?:stop|disable|mask)|service|/etc/init\\.d/) ?.*\\b(?:firewalld|ufw|iptables|apparmor|auditd|rsyslog|syslog|falco|tracee|tetragon|osqueryd|amazon-cloudwatch-agent|amazon-ssm-agent|clamav\\S*|fail2ban|tocsin\\S*)\\b",
                    "defence stopped"),
            row(Step.EVASION, When.SUSPICIOUS, HostTypes.HIGH, "auditctl", "auditctl (?:-e ?0|-D)", "audit off"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "kill",
                    "(?:pkill|killall)(?: -\\S+)* (?:.*)(?:auditd|rsyslogd|falco|tracee|tetragon|osqueryd|clamd|tocsin)",
                    "defence ended"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "crontab",
                    "crontab (?:-u \\S+ )?-r",
                    "scheduled tasks removed"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "history",
                    "history -[cw]|HISTFILE=/dev/null|unset HISTFILE|\\.bash_history",
                    "history hidden"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.HIGH,
                    "LD_PRELOAD",
                    "LD_PRELOAD=\\S+",
                    "library put before all others"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "/var/log",
                    "(?:rm|shred|truncate)(?: -\\S+)* .*?/var/log",
                    "logs removed"),
            row(
                    Step.EVASION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "chattr",
                    "chattr (?:-\\S+ )*\\+i ",
                    "file made unchangeable"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "",
                    "^(?:/usr)?(?:/s?bin/)?(?:whoami|id|groups|uname -a|hostname|ifconfig|ip (?:a|addr|route|r)\\b.*|arp -\\w+|netstat\\b.*|ss -\\w+.*|ps (?:aux|-ef|-e)\\w*|w|who|last|env|printenv|lsof\\b.*|mount|lscpu|getent passwd.*|sudo -l)$",
                    "looks around on the host"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "/etc/",
                    "^(?:/usr)?(?:/bin/)?(?:cat|less|more|head|tail|grep .*) (?:.* )?/etc/(?:passwd|shadow|group|hosts|os-release|issue|sudoers)",
                    "reads who is on the host"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "aws ",
                    "aws (?:\\S+ )*?(?:sts get-caller-identity|iam (?:list|get)-\\S+|s3 ls|ec2 describe-\\S+|secretsmanager list-\\S+|organizations \\S+)",
                    "looks around in AWS"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "kubectl",
                    "kubectl (?:.* )?(?:get|describe|auth can-i|cluster-info)",
                    "looks around in Kubernetes"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "/var/run/secrets/",
                    "/var/run/secrets/(?:kubernetes\\.io|eks\\.amazonaws\\.com)",
                    "reads the pod's credentials"),
            row(
                    Step.DISCOVERY,
                    When.SUSPICIOUS,
                    HostTypes.LOW,
                    "169.254.",
                    "(?:curl|wget)\\b.*169\\.254\\.(?:169\\.254|170\\.2)",
                    "asks the metadata service"),
            row(
                    Step.PERSISTENCE,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "crontab",
                    "crontab (?:-u \\S+ )?(?:-|/\\S+|-e)$|\\| ?crontab\\b",
                    "scheduled task added"),
            row(
                    Step.PERSISTENCE,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "",
                    "(?:systemctl (?:--now |--user )*enable|update-rc\\.d|chkconfig) ",
                    "service added"),
            row(
                    Step.PERSISTENCE,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "user",
                    "^(?:/usr)?(?:/s?bin/)?(?:useradd|adduser|usermod) ",
                    "user added or changed"),
            row(
                    Step.PERSISTENCE,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    ">>",
                    ">> ?\\S*(?:authorized_keys|\\.bashrc|\\.profile|\\.bash_profile|/etc/rc\\.local|/etc/cron\\S*|/etc/profile\\S*)",
                    "start-up file added to"),
            row(Step.PERSISTENCE, When.SUSPICIOUS, HostTypes.MEDIUM, "chpasswd", "\\bchpasswd\\b", "password set"),
            row(
                    Step.ESCALATION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "chmod",
                    "chmod (?:[ugo]*\\+[rwx]*s|[246][0-7]{3}) ",
                    "setuid bit set"),
            row(
                    Step.ESCALATION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "setcap",
                    "setcap \\S*cap_(?:setuid|sys_admin|dac_override|sys_ptrace)\\S*",
                    "capability given"),
            row(
                    Step.ESCALATION,
                    When.CONTAINED,
                    HostTypes.MEDIUM,
                    "nsenter",
                    "nsenter (?:.* )?(?:-t ?1|--target[ =]1)\\b",
                    "enters the host's namespaces"),
            row(
                    Step.ESCALATION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "docker",
                    "docker (?:.* )?run .*(?:--privileged|-v /:/|--pid[ =]host)",
                    "container with the rights of the host"),
            row(Step.ESCALATION, When.SUSPICIOUS, HostTypes.MEDIUM, "NOPASSWD", "NOPASSWD", "sudo without password"),
            row(
                    Step.ESCALATION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "usermod",
                    "usermod (?:.* )?-\\w*G \\S*(?:sudo|wheel|docker|root|admin)",
                    "user put among administrators"),
            row(
                    Step.ESCALATION,
                    When.SUSPICIOUS,
                    HostTypes.MEDIUM,
                    "GCONV_PATH",
                    "GCONV_PATH=",
                    "known hole of pkexec"));

    private CommandPatterns() {}

    private static Row row(Step step, When when, double severity, String hint, String pattern, String what) {
        return new Row(step, when, severity, hint, Pattern.compile(pattern), what);
    }
}
