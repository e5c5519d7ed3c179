package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Mark;
import dev.tocsin.core.process.ProcessEntry;
import dev.tocsin.core.process.Programs;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of a process that leaves its container. */
final class ContainerEscape implements HostDetector {

    static final FindingType DOCKER_SOCKET = HostTypes.named(
                    "PrivilegeEscalation:Runtime/DockerSocketAccessed", HostTypes.MEDIUM)
            .texts(
                    "A process in a container on {host} talks to the Docker daemon.",
                    "Process {process} in a container on {host} connected to {path}. Who talks to the daemon rules the"
                            + " host.")
            .firesWhen("a process in a container connects to docker.sock, or opens it.")
            .doesNotSee("processes on the host; the daemon's own programs in a container that runs Docker.")
            .nextSteps(
                    "See whether the container is meant to manage others. If not, look at what it asked the daemon to"
                            + " start.")
            .technique("T1611")
            .build();

    static final FindingType RUNC = HostTypes.named("PrivilegeEscalation:Runtime/RuncContainerEscape", HostTypes.HIGH)
            .texts(
                    "A container on {host} tries to escape through runC.",
                    "Process {process} in a container on {host} changed the runC binary, or works in a directory of the"
                            + " engine's own file descriptors ({path}).")
            .firesWhen("a process in a container writes, renames or replaces runC (CVE-2019-5736), or starts with a"
                    + " working directory below /proc/self/fd (CVE-2024-21626).")
            .doesNotSee("package managers that install runC in an image.")
            .nextSteps("Isolate the host: what ran in the container may rule it. Update runC.")
            .technique("T1611")
            .build();

    static final FindingType RELEASE_AGENT = HostTypes.named(
                    "PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified", HostTypes.HIGH)
            .texts(
                    "Container escape via cgroups was detected on {host}.",
                    "Process {process} on {host} changed {path}. The kernel runs the program named there as root of the"
                            + " host when a control group empties.")
            .firesWhen("a process writes to a file named release_agent.")
            .doesNotSee("systemd on the host itself, which sets its own agent at boot.")
            .nextSteps("Isolate the host and see what the agent's program is.")
            .technique("T1611")
            .build();

    static final FindingType HOST_MOUNT = HostTypes.named(
                    "PrivilegeEscalation:Runtime/ContainerMountsHostDirectory", HostTypes.MEDIUM)
            .texts(
                    "A container on {host} mounts the host's file system.",
                    "Process {process} in a container on {host} mounted {source} at {path}.")
            .firesWhen("a process in a container mounts a disk of the host (/dev/sd*, xvd*, vd*, nvme*, dm-*, or a name"
                    + " below /dev/disk or /dev/mapper).")
            .doesNotSee("what the engine mounts while it starts a container; storage drivers of Kubernetes, which mount"
                    + " below /var/lib/kubelet.")
            .nextSteps("See why the container has the right to mount, and what it wrote there.")
            .technique("T1611")
            .build();

    private static final Pattern DISK =
            Pattern.compile("/dev/(?:sd[a-z]|xvd[a-z]|vd[a-z]|nvme\\d|dm-\\d|disk/|mapper/|mmcblk|root$).*");

    private static final Pattern ENGINE_DESCRIPTOR = Pattern.compile("/proc/(?:self|thread-self|\\d+)/fd/\\d+(?:/.*)?");

    private static final Set<String> RUNC_NAMES = Set.of("runc", "docker-runc", "runc.real", "containerd-shim-runc-v2");

    @Override
    public List<FindingType> types() {
        return List.of(DOCKER_SOCKET, RUNC, RELEASE_AGENT, HOST_MOUNT);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.CONNECT, Action.READ, Action.WRITE, Action.RENAME, Action.LINK, Action.MOUNT, Action.EXEC);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        String path = event.path();
        boolean contained = process.container() != null;
        if (path != null
                && event.action() == Action.WRITE
                && Programs.name(path).equals("release_agent")) {
            if (contained || !process.program().equals("systemd")) {
                out.accept(HostSignal.of(RELEASE_AGENT, event, view)
                        .context("releaseAgentPath", path)
                        .build());
            }
        }
        if (!contained || Programs.isEngine(process.path())) {
            return;
        }
        switch (event.action()) {
            case CONNECT, READ -> dockerSocket(path, event, view, out);
            case WRITE, RENAME, LINK -> {
                dockerSocket(path, event, view, out);
                boolean installed = process.has(Mark.PACKAGE) && !process.isSuspicious();
                if (RUNC_NAMES.contains(Programs.name(path)) && !installed) {
                    runc(event, view, path, out);
                }
            }
            case EXEC -> {
                String directory = process.directory();
                if (directory != null && ENGINE_DESCRIPTOR.matcher(directory).matches()) {
                    runc(event, view, directory, out);
                }
            }
            default -> mount(event, view, out);
        }
    }

    private static void dockerSocket(@Nullable String path, HostEvent event, HostView view, Consumer<Signal> out) {
        if (path != null && path.endsWith("/docker.sock")) {
            out.accept(HostSignal.of(DOCKER_SOCKET, event, view)
                    .context("socketPath", path)
                    .build());
        }
    }

    private static void runc(HostEvent event, HostView view, @Nullable String path, Consumer<Signal> out) {
        out.accept(HostSignal.of(RUNC, event, view)
                .fact("path", path)
                .context("runcBinaryPath", path)
                .build());
    }

    private static void mount(HostEvent event, HostView view, Consumer<Signal> out) {
        String source = event.other();
        String target = event.path();
        boolean storage = target != null && target.startsWith("/var/lib/kubelet/");
        if (!event.failed() && source != null && DISK.matcher(source).matches() && !storage) {
            out.accept(HostSignal.of(HOST_MOUNT, event, view)
                    .fact("source", source)
                    .context("mountSource", source)
                    .context("mountTarget", target)
                    .build());
        }
    }
}
