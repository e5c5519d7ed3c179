package dev.tocsin.server.serve;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.RetentionConfig;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.store.StoreUrl;
import dev.tocsin.server.usage.PriceList;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Knowing;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a service runs.
 *
 * @param data the folder of everything it keeps
 * @param listen {@code HOST:PORT}; port 0 for any that is free
 * @param account of the administrator key that a first start makes
 * @param watch what it analyses
 * @param tls what it proves itself with
 * @param database where findings, state and what users make are kept; null for a file in the folder
 * @param retention how long things are kept
 * @param outward where findings go
 * @param prices by which usage is priced
 */
public record ServiceOptions(
        Path data,
        String listen,
        String account,
        Watch watch,
        TlsConfig tls,
        @Nullable StoreUrl database,
        RetentionConfig retention,
        Outward outward,
        PriceList prices) {

    /** A service that answers the API alone. */
    public ServiceOptions(Path data, String listen, String account) {
        this(data, listen, account, Watch.NOTHING);
    }

    /** Over plain HTTP. */
    public ServiceOptions(Path data, String listen, String account, Watch watch) {
        this(
                data,
                listen,
                account,
                watch,
                TlsConfig.NONE,
                null,
                RetentionConfig.DEFAULT,
                Outward.NOWHERE,
                PriceList.shipped());
    }

    /** The same, proved by {@code other}. */
    public ServiceOptions with(TlsConfig other) {
        return new ServiceOptions(data, listen, account, watch, other, database, retention, outward, prices);
    }

    /** The same, kept in {@code other}. */
    public ServiceOptions in(@Nullable StoreUrl other) {
        return new ServiceOptions(data, listen, account, watch, tls, other, retention, outward, prices);
    }

    /** The same, keeping things as {@code other} says. */
    public ServiceOptions keeping(RetentionConfig other) {
        return new ServiceOptions(data, listen, account, watch, tls, database, other, outward, prices);
    }

    /** The same, sending findings to {@code other}. */
    public ServiceOptions sending(Outward other) {
        return new ServiceOptions(data, listen, account, watch, tls, database, retention, other, prices);
    }

    /** The same, with usage priced by {@code other}. */
    public ServiceOptions priced(PriceList other) {
        return new ServiceOptions(data, listen, account, watch, tls, database, retention, outward, other);
    }

    /**
     * Where findings go beside what the API says.
     *
     * @param destinations members of each, checked
     * @param console where people reach the console; null for where the service listens
     */
    public record Outward(List<Doc> destinations, @Nullable String console) {

        /** Nowhere. */
        public static final Outward NOWHERE = new Outward(List.of(), null);
    }

    /**
     * What a service analyses.
     *
     * @param sources where logs are brought to
     * @param accounts analysed; empty for all
     * @param regions analysed; empty for all
     * @param enableAllSeen whether each account and Region met gets a detector
     * @param knowing loads lists and geography
     * @param feeds fetched again and again into what {@code knowing} loads, or null
     * @param inventory what is known of the accounts' resources beforehand
     * @param threads decoders and shards at work at once
     */
    public record Watch(
            List<SourceConfig> sources,
            Set<String> accounts,
            Set<String> regions,
            boolean enableAllSeen,
            Knowing knowing,
            FeedRefresh.@Nullable Plan feeds,
            List<InventoryFact> inventory,
            int threads) {

        /** Nothing. */
        public static final Watch NOTHING =
                new Watch(List.of(), Set.of(), Set.of(), false, lists -> EngineServices.NONE, null, List.of(), 1);
    }
}
