package dev.tocsin.server.inspect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the threat lists say of the addresses, names and keys in records: all of it, also what fires nothing. */
final class ListLookup {

    private static final int NAMED = 5;

    private final Intelligence intelligence;
    private final Map<String, @Nullable Match> found = new LinkedHashMap<>();

    /** A look-up of {@code events}. */
    ListLookup(Intelligence intelligence, List<Event> events) {
        this.intelligence = intelligence;
        events.forEach(this::look);
    }

    private void look(Event event) {
        switch (event) {
            case ApiCall call -> {
                String key = call.identity().accessKeyId();
                if (key != null) {
                    put(key, intelligence.accessKey(key));
                }
                if (call.caller() != null && call.caller().address() != null) {
                    address(call.caller().address(), 0, call.at());
                }
            }
            case Flow flow -> {
                address(new Address(flow.sourceHigh(), flow.sourceLow()), Math.max(0, flow.sourcePort()), flow.at());
                address(new Address(flow.targetHigh(), flow.targetLow()), Math.max(0, flow.targetPort()), flow.at());
            }
            case HostEvent host -> {
                if (host.peer() != null) {
                    address(host.peer().address(), host.peer().port(), host.at());
                }
                if (host.query() != null) {
                    look(host.query());
                }
            }
            case NameQuery query -> {
                put(query.name(), intelligence.domain(query.name(), query.at()));
                for (NameQuery.Answer answer : query.answers()) {
                    Address address = Address.parse(answer.data());
                    if (address == null) {
                        put(answer.data(), intelligence.domain(answer.data(), query.at()));
                    } else {
                        address(address, 0, query.at());
                    }
                }
            }
        }
    }

    private void address(Address address, int port, long at) {
        put(port == 0 ? address.toString() : address + " port " + port, intelligence.address(address, port, at));
    }

    private void put(String value, @Nullable Match match) {
        Match known = found.get(value);
        if (known == null || (match != null && match.fires() && !known.fires())) {
            found.put(value, match);
        }
    }

    /** Whether any value is on a threat list. */
    boolean any() {
        return found.values().stream().anyMatch(match -> match != null);
    }

    /** Whether an entry of one of {@code categories} is among those found. */
    boolean of(Set<String> categories) {
        return hits().stream().anyMatch(hit -> is(hit, categories));
    }

    /** Whether such an entry fires at its record's time. */
    boolean fires(Set<String> categories) {
        return hits().stream().anyMatch(hit -> hit.fires() && is(hit, categories));
    }

    private static boolean is(Hit hit, Set<String> categories) {
        return hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT
                ? categories.contains("custom")
                : categories.contains(hit.indicator().effectiveCategory().wireName());
    }

    private List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        found.values().forEach(match -> {
            if (match != null) {
                hits.addAll(match.hits());
            }
        });
        return hits;
    }

    /** The values found, each with its entries and whether they fire; else how many were looked up. */
    String told() {
        List<String> told = new ArrayList<>();
        found.forEach((value, match) -> {
            if (match != null && told.size() < NAMED) {
                Hit best = match.best();
                told.add(value + " is " + best.indicator().effectiveCategory().wireName() + " in list "
                        + best.list().name() + ": " + best.verdict().text());
            }
        });
        return told.isEmpty() ? "none of " + found.size() + " values looked up" : String.join("; ", told);
    }
}
