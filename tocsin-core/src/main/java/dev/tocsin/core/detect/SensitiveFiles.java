package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.ProcessEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The three types of changes to files that give an attacker a hold, more rights or cover: a pattern each. */
final class SensitiveFiles implements HostDetector {

    static final FindingType PERSISTENCE = type(
            "Persistence",
            "T1543",
            "that is run again or lets somebody in: SSH keys, users, scheduled tasks, services, start-up files of shells");
    static final FindingType ESCALATION =
            type("PrivilegeEscalation", "T1548", "that gives rights: sudoers, PAM, the linker's preload list");
    static final FindingType EVASION =
            type("DefenseEvasion", "T1070", "that would tell of it: system logs, audit rules, histories of shells");

    private record Row(FindingType type, Pattern path) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    ESCALATION,
                    Pattern.compile(
                            "/etc/(?:sudoers(?:\\.d/.*)?|pam\\.d/.*|pam\\.conf|security/.*|ld\\.so\\.preload|login\\.defs"
                                    + "|polkit-1/.*)|(?:/usr)?/lib/(?:\\S+/)?security/pam_.*\\.so|(?:/usr)?/lib\\S*/security/pam_.*\\.so")),
            new Row(
                    EVASION,
                    Pattern.compile(
                            "/var/log/(?:wtmp|btmp|lastlog|auth\\.log|secure|syslog|messages|audit/.*|journal/.*"
                                    + "|kern\\.log)|/etc/(?:audit/.*|rsyslog\\.conf|rsyslog\\.d/.*|systemd/journald\\.conf)"
                                    + "|/(?:root|home/[^/]+)/\\.(?:bash|zsh|sh|python|mysql|psql|ash)_history")),
            new Row(
                    PERSISTENCE,
                    Pattern.compile(
                            "/(?:root|home/[^/]+)/\\.(?:ssh/(?:authorized_keys2?|rc|config)|bashrc|bash_profile|profile"
                                    + "|bash_login|bash_logout|zshrc|config/autostart/.*|config/systemd/user/.*)"
                                    + "|/etc/(?:passwd|shadow|group|gshadow|crontab|cron\\.(?:d|daily|hourly|weekly|monthly)/.*"
                                    + "|anacrontab|rc\\.local|rc\\d?\\.d/.*|init\\.d/.*|profile|profile\\.d/.*|bash\\.bashrc|inittab"
                                    + "|systemd/system/.*|ssh/sshd_config|ssh/sshrc|modules-load\\.d/.*|udev/rules\\.d/.*"
                                    + "|update-motd\\.d/.*|environment)|/var/spool/cron/.*"
                                    + "|(?:/usr)?/lib/systemd/system/.*|/var/www/.*\\.(?:php\\d?|phtml|jsp|jspx|cgi|pl|py|sh)")));

    private static FindingType type(String tactic, String technique, String what) {
        return HostTypes.named(tactic + ":Runtime/SensitiveFileModified", HostTypes.MEDIUM)
                .texts(
                        "A sensitive file was changed on {host}.",
                        "Process {process} on {host} changed {path} ({operation}), a file " + what.split(":", 2)[0]
                                + ".")
                .firesWhen("a process writes, deletes, renames or links a file " + what + "; and "
                        + HostTypes.SUSPICIOUS + ".")
                .doesNotSee(
                        "the same of administrators, package managers and tools of configuration, whose lineage is not"
                                + " suspicious.")
                .nextSteps("Compare the file with what it was, and see in the lineage who changed it.")
                .technique(technique)
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(PERSISTENCE, ESCALATION, EVASION);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.WRITE, Action.DELETE, Action.RENAME, Action.LINK);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        String path = event.path();
        if (path == null || event.failed() || !process.isSuspicious()) {
            return;
        }
        for (Row row : ROWS) {
            if (row.path().matcher(path).matches()
                    || (event.other() != null
                            && row.path().matcher(event.other()).matches())) {
                String operation = event.action().name().toLowerCase(Locale.ROOT);
                out.accept(HostSignal.of(row.type(), event, view)
                        .fact("path", path)
                        .fact("operation", operation)
                        .context("filePath", path)
                        .context("fileOperation", operation)
                        .aggregation(process.program() + " " + path)
                        .build());
                return;
            }
        }
    }
}
