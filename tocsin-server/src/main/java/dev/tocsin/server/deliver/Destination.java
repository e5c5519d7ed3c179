package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import java.time.Duration;
import java.util.List;

/**
 * Where findings go: what somebody made by the API, or the configuration says.
 *
 * @param id unique
 * @param owner account whose administrator made it, which gets what it sees; empty for the service's own, which gets all
 * @param name for people
 * @param minSeverity findings below it do not go there
 * @param types beginnings of the types that go there; empty for all
 * @param accounts whose findings go there; empty for all
 * @param regions whose findings go there; empty for all
 * @param replicas whether the copies of a global service's finding in other Regions go there too
 * @param rate messages a minute above which findings become a digest; 0 for never
 * @param giveUpAfter how long a destination may fail before what waits is dead
 * @param settings all members, secrets among them
 */
public record Destination(
        String id,
        String owner,
        String name,
        DestinationType type,
        Format format,
        boolean enabled,
        double minSeverity,
        List<String> types,
        List<String> accounts,
        List<String> regions,
        boolean replicas,
        Frequency frequency,
        int rate,
        Duration giveUpAfter,
        Doc settings) {

    /** The kind of a destination in the store. */
    public static final String KIND = "destination";

    private static final String PREFIX = "own/";

    /** The destination that {@code resource} is, whose document is {@code settings} once its secrets are opened. */
    static Destination of(Resource resource, Doc settings) {
        DestinationType type = DestinationForm.type(settings);
        Format format = DestinationForm.format(settings, type);
        return new Destination(
                resource.id(),
                resource.account(),
                String.valueOf(settings.text("name")),
                type,
                format,
                !Boolean.FALSE.equals(settings.get("enabled")),
                settings.get("minSeverity") instanceof Number number ? number.doubleValue() : 0,
                DestinationForm.texts(settings, "types"),
                DestinationForm.texts(settings, "accounts"),
                DestinationForm.texts(settings, "regions"),
                Boolean.TRUE.equals(settings.get("replicas")),
                Frequency.of(String.valueOf(settings.text("frequency"))),
                (int) settings.number("rate", format.isForPeople() ? DestinationForm.RATE_FOR_PEOPLE : 0),
                Duration.ofMinutes(settings.number("giveUpAfter", DestinationForm.GIVE_UP_MINUTES)),
                settings);
    }

    /** Its name in the outbox. */
    String queue() {
        return queue(id);
    }

    /** The name in the outbox of the destination {@code id}. */
    public static String queue(String id) {
        return PREFIX + id;
    }

    /** Whether a name in the outbox is that of such a destination. */
    public static boolean isQueue(String name) {
        return name.startsWith(PREFIX);
    }

    /** Whether {@code finding} passes its filters. */
    boolean takes(Outbox.Coming finding) {
        return enabled
                && finding.severity() >= minSeverity
                && (types.isEmpty() || types.stream().anyMatch(finding.type()::startsWith))
                && isOf(finding.place());
    }

    /** Whether it is told of what happens at {@code place}. */
    boolean isOf(Outbox.Place place) {
        return (accounts.isEmpty() || accounts.contains(place.account()))
                && (regions.isEmpty() || place.region().isEmpty() || regions.contains(place.region()));
    }

    /** The text of a setting that its form asks for. */
    String required(String member) {
        return String.valueOf(settings.text(member));
    }

    /** Whether link-local addresses may be sent to: only the configuration can say so. */
    boolean allowsLinkLocal() {
        return Boolean.TRUE.equals(settings.get("allowLinkLocal"));
    }
}
