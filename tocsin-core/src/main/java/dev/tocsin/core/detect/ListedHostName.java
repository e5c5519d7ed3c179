package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.RegisteredDomain;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.intel.OwnNames;
import dev.tocsin.core.process.HostView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The types that a name asked by a process makes: the matches of {@link ListedName} and {@link MetadataDnsRebind}. */
final class ListedHostName implements HostDetector {

    private static final Map<String, FindingType> TWINS = new LinkedHashMap<>();

    static {
        ListedName.LISTED.stream()
                .filter(type -> !type.equals(ListedName.CUSTOM))
                .forEach(type -> TWINS.put(type.name(), HostTypes.of(type)));
    }

    static final FindingType REBIND = HostTypes.of(MetadataDnsRebind.TYPE);

    @Override
    public List<FindingType> types() {
        return Stream.concat(TWINS.values().stream(), Stream.of(REBIND)).toList();
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.DNS);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        NameQuery query = event.query();
        if (query == null || OwnNames.holds(query.name())) {
            return;
        }
        if (MetadataDnsRebind.isRebound(query)) {
            say(REBIND, query.name(), List.of(), event, view, out);
        }
        if (context.intelligence().size() > 0) {
            ListedName.found(query, context).forEach(found -> {
                FindingType type = TWINS.get(found.type().name());
                if (type != null) {
                    say(type, found.name(), found.matches(), event, view, out);
                }
            });
        }
    }

    private static void say(
            FindingType type,
            String name,
            List<ThreatMatch> matches,
            HostEvent event,
            HostView view,
            Consumer<Signal> out) {
        out.accept(HostSignal.of(type, event, view)
                .matches(matches)
                .fact("domain", name)
                .additional("domain", name)
                .action(new Doc()
                        .with("actionType", "DNS_REQUEST")
                        .with(
                                "dnsRequestAction",
                                new Doc()
                                        .with("domain", name)
                                        .with("protocol", "UDP")
                                        .with("blocked", false)
                                        .with("domainWithSuffix", RegisteredDomain.of(name))))
                .build());
    }
}
