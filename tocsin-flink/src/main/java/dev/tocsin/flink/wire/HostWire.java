package dev.tocsin.flink.wire;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How an event of a host travels. */
final class HostWire {

    private HostWire() {}

    static void write(HostEvent event, Texts.Writer out) throws IOException {
        out.origin(event.origin());
        out.number(event.millis());
        host(event.host(), out);
        out.text(event.action().name());
        process(event.process(), out);
        out.text(event.path());
        out.text(event.other());
        out.number(event.number());
        HostEvent.Peer peer = event.peer();
        out.flag(peer != null);
        if (peer != null) {
            out.number(peer.address().high());
            out.number(peer.address().low());
            out.number(peer.port());
            out.number(peer.protocol());
        }
        NameQuery query = event.query();
        out.flag(query != null);
        if (query != null) {
            QueryWire.write(query, out);
        }
        out.flag(event.failed());
        out.text(event.rule());
        out.hash(event.contentHash());
    }

    static HostEvent read(LogObject object, Texts.Reader in) throws IOException {
        return new HostEvent(
                in.origin(object),
                in.number(),
                host(in),
                HostEvent.Action.valueOf(in.need()),
                process(in),
                in.text(),
                in.text(),
                in.number(),
                in.flag()
                        ? new HostEvent.Peer(
                                new Address(in.number(), in.number()), (int) in.number(), (int) in.number())
                        : null,
                in.flag() ? QueryWire.read(object, in) : null,
                in.flag(),
                in.text(),
                in.hash());
    }

    private static void host(Host host, Texts.Writer out) throws IOException {
        out.text(host.account());
        out.text(host.region());
        out.text(host.instanceId());
        out.text(host.hostname());
        out.text(host.tool());
        out.text(host.agentId());
        out.number(host.sequence());
        out.text(host.clusterName());
        out.text(host.nodeName());
        out.text(host.taskArn());
        out.text(host.clusterArn());
    }

    private static Host host(Texts.Reader in) throws IOException {
        return new Host(
                in.need(),
                in.need(),
                in.text(),
                in.text(),
                in.need(),
                in.text(),
                in.number(),
                in.text(),
                in.text(),
                in.text(),
                in.text());
    }

    private static void process(HostProcess process, Texts.Writer out) throws IOException {
        out.number(process.pid());
        out.number(process.parentPid());
        out.number(process.namespacePid());
        out.number(process.startedAt());
        out.number(process.userId());
        out.number(process.effectiveUserId());
        out.number(process.loginUserId());
        out.text(process.path());
        out.text(process.name());
        out.text(process.commandLine());
        out.text(process.directory());
        out.text(process.sha256());
        out.text(process.preload());
        out.flag(process.terminal());
        HostContainer container = process.container();
        out.flag(container != null);
        if (container != null) {
            container(container, out);
        }
        HostProcess parent = process.parent();
        out.flag(parent != null);
        if (parent != null) {
            process(parent, out);
        }
    }

    private static HostProcess process(Texts.Reader in) throws IOException {
        return new HostProcess(
                (int) in.number(),
                (int) in.number(),
                (int) in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.flag(),
                container(in),
                in.flag() ? process(in) : null);
    }

    private static void container(HostContainer container, Texts.Writer out) throws IOException {
        out.text(container.id());
        out.text(container.name());
        out.text(container.image());
        out.text(container.pod());
        out.text(container.namespace());
        out.number(container.startedAt());
    }

    private static @Nullable HostContainer container(Texts.Reader in) throws IOException {
        return in.flag() ? new HostContainer(in.need(), in.text(), in.text(), in.text(), in.text(), in.number()) : null;
    }
}
