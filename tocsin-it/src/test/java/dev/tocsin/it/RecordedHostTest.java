package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.parse.runtime.HostHeader;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this machine's own kernel tells by auditd of harmless versions of what attackers do, compared with the types that
 * they stand for. Where it may not audit, the test says so.
 */
final class RecordedHostTest {

    private static final Path SCRIPTS = Path.of("runtime");

    /** What record.sh says where the machine cannot audit. */
    private static final int CANNOT_AUDIT = 77;

    private static final Set<String> EXPECTED = Set.of(
            "DefenseEvasion:Runtime/FilelessExecution",
            "DefenseEvasion:Runtime/KernelModuleLoaded",
            "DefenseEvasion:Runtime/ProcessInjection.Ptrace",
            "DefenseEvasion:Runtime/ProcessInjection.VirtualMemoryWrite",
            "DefenseEvasion:Runtime/PtraceAntiDebugging",
            "Discovery:Runtime/SuspiciousCommand",
            "Execution:Runtime/ReverseShell",
            "Execution:Runtime/SuspiciousCommand",
            "Execution:Runtime/SuspiciousShellCreated",
            "Execution:Runtime/SuspiciousTool",
            "Impact:Runtime/CryptoMinerExecuted",
            "Persistence:Runtime/SuspiciousCommand",
            "PrivilegeEscalation:Runtime/ElevationToRoot",
            "PrivilegeEscalation:Runtime/SensitiveFileModified",
            "PrivilegeEscalation:Runtime/SuspiciousCommand",
            "PrivilegeEscalation:Runtime/UserfaultfdUsage");

    @TempDir
    private Path folder;

    @Test
    void behavioursOnThisKernelMakeTheirTypes() throws IOException, InterruptedException {
        Path log = folder.resolve("audit.log");
        Process recorder = new ProcessBuilder(
                        "bash",
                        SCRIPTS.resolve("record.sh").toString(),
                        SCRIPTS.resolve("behaviours.sh").toString(),
                        log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("recorder.out").toFile())
                .start();
        boolean ended = recorder.waitFor(3, TimeUnit.MINUTES);
        recorder.destroy();
        assertTrue(ended, "the recorder ends");
        Assumptions.assumeFalse(
                recorder.exitValue() == CANNOT_AUDIT,
                "this machine cannot audit: it takes root, Debian's auditd, a kernel that allows it, and no other auditd");
        assertEquals(0, recorder.exitValue(), Files.readString(folder.resolve("recorder.out")));

        Path hostLog = folder.resolve("host.log");
        String header = new HostHeader(Host.of("111122223333", "eu-west-1", "recorded", "auditd")).write();
        Files.writeString(hostLog, header + "\n" + Files.readString(log));
        Analysis analysis = new Analysis(Analysis.Options.threads(2));
        analysis.run(Sources.list(List.of(hostLog.toString()), Span.ALL).objects());
        Set<String> types = new TreeSet<>();
        analysis.findings(true).forEach(finding -> types.add(finding.type()));
        assertTrue(types.containsAll(EXPECTED), "found " + types);
    }
}
