package dev.tocsin.server.watch;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.LargeBodies;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.receive.AgentEndpoint;
import dev.tocsin.server.receive.FirehoseEndpoint;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.source.FirehoseSource.Sender;
import dev.tocsin.server.store.Store;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Firehose and agents deliver to. */
public final class ReceivingEndpoints implements LargeBodies {

    private final LargeBodies firehose;
    private final @Nullable LargeBodies agents;

    /**
     * For what {@code sources} say.
     *
     * @param detection takes what comes; null if there are no sources
     * @param made keys that the service gave out
     * @param reported told of what agents say of themselves
     * @throws ConfigException if a source's own key cannot be read
     */
    public ReceivingEndpoints(
            List<SourceConfig> sources,
            Store store,
            @Nullable Detection detection,
            ReceiverKeys made,
            AgentsReported reported)
            throws ConfigException {
        Map<String, String> configured = ReceiverSetup.keys(sources, System.getenv());
        FirehoseEndpoint.Keys keys = (source, presented) -> {
            String key = configured.get(source);
            return (key != null && ReceiverKeys.same(key, presented)) || made.isRight(source, presented);
        };
        InstantSource clock = reported.clock();
        if (detection == null) {
            Received nobody = new Received(store, new GuardedSources(), Map.of());
            this.firehose = new FirehoseEndpoint(List.of(), keys, nobody, clock);
            this.agents = null;
        } else {
            SourcesSetup setup = detection.sources();
            Received watcher = new Received(store, setup.guarded(), detection.counts());
            this.firehose = new FirehoseEndpoint(setup.receivers(Sender.FIREHOSE), keys, watcher, clock);
            this.agents = new AgentEndpoint(setup.receivers(Sender.AGENT), made::host, watcher, reported, clock);
        }
    }

    @Override
    public boolean isFor(String rawPath) {
        return firehose.isFor(rawPath) || (agents != null && agents.isFor(rawPath));
    }

    @Override
    public ApiAnswer answer(ApiRequest head, InputStream body) {
        return (agents != null && agents.isFor(head.rawPath()) ? agents : firehose).answer(head, body);
    }
}
