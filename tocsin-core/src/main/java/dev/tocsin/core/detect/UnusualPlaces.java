package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code Behavior:EC2/RemotePlaceUnusual}: a host that has called few countries and networks for weeks calls a new one. The
 * desk lets it pass where few hosts of the account do so at a time.
 */
public final class UnusualPlaces implements TrafficDetector {

    /** Days a host must have been known. As long as GuardDuty learns. */
    static final int LEARN_DAYS = 14;

    /** Countries of a host that has few. Ours. */
    static final int FEW_COUNTRIES = 3;

    /** Networks (autonomous systems) of a host that has few. Ours. */
    static final int FEW_NETWORKS = 6;

    private static final String HOST = "host";
    private static final String PLACES = "places";
    private static final String COUNTRIES = "countries";
    private static final String NETWORKS = "networks";

    public static final FindingType TYPE = FlowTypes.instance(
                    "Behavior:EC2/RemotePlaceUnusual", Role.ACTOR, FlowTypes.LOW)
            .feature(Feature.TOCSIN_BEHAVIOR)
            .texts(
                    "EC2 instance {host} calls {place}, where it never called before.",
                    "EC2 instance {host} opened a connection to {address}, port {port}, in {place}. For {known} days it"
                            + " has called {few}.")
            .firesWhen("an instance known for " + LEARN_DAYS + " days, which called at most " + FEW_COUNTRIES
                    + " countries, or at most " + FEW_NETWORKS + " networks (autonomous systems), opens a connection"
                    + " that is answered to one more; and less than three hosts turn to that address's network.")
            .doesNotSee("anything without tables of places (tocsin lists update); hosts that call many places; what"
                    + " several hosts do at once, as after a deployment.")
            .nextSteps("Ask who changed what this server talks to. If nobody did, look for the process that calls, and"
                    + " at what was sent.")
            .technique("T1071")
            .threshold("UnusualPlaces.LEARN_DAYS", LEARN_DAYS, "days")
            .threshold("UnusualPlaces.FEW_COUNTRIES", FEW_COUNTRIES, "countries")
            .threshold("UnusualPlaces.FEW_NETWORKS", FEW_NETWORKS, "networks")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        Doc known = context.recall(this, PLACES);
        DaysSeen host = DaysSeen.in(known, HOST).with(window.start());
        Set<String> countries = texts(known, COUNTRIES);
        Set<String> networks = texts(known, NETWORKS);
        boolean changed = known == null || DaysSeen.in(known, HOST).last() < host.last();
        for (Contact contact : window.outward()) {
            boolean few = countries.size() <= FEW_COUNTRIES || networks.size() <= FEW_NETWORKS;
            if (few && counts(contact, window)) {
                Doc place = context.geography(contact.remote());
                String country = place.part("country").text("countryName");
                String network = place.part("organization").text("asn");
                String owner = place.part("organization").text("asnOrg");
                int age = host.age(window.start());
                if (isNew(country, countries, FEW_COUNTRIES)) {
                    changed = true;
                    speak(contact, String.valueOf(country), countries, age, window, context, out);
                } else if (isNew(network, networks, FEW_NETWORKS)) {
                    String name = "network " + network + (owner == null ? "" : " (" + owner + ")");
                    speak(contact, name, networks, age, window, context, out);
                }
                changed |= add(country, countries, FEW_COUNTRIES);
                changed |= add(network, networks, FEW_NETWORKS);
            }
        }
        if (changed) {
            context.remember(
                    this,
                    PLACES,
                    new Doc()
                            .with(HOST, host)
                            .with(COUNTRIES, List.copyOf(countries))
                            .with(NETWORKS, List.copyOf(networks)));
        }
    }

    private static Set<String> texts(@Nullable Doc doc, String member) {
        Set<String> texts = new TreeSet<>();
        if (doc != null && doc.get(member) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    private static boolean counts(Contact contact, TrafficWindow window) {
        return contact.protocol() == Flow.TCP
                && contact.isOpenedByHost()
                && contact.remote().isPublic()
                && window.isAnswered(contact);
    }

    private static boolean isNew(@Nullable String place, Set<String> places, int few) {
        return place != null && !places.isEmpty() && places.size() <= few && !places.contains(place);
    }

    private static boolean add(@Nullable String place, Set<String> places, int few) {
        return place != null && places.size() <= few && places.add(place);
    }

    private static void speak(
            Contact contact,
            String place,
            Set<String> places,
            int age,
            TrafficWindow window,
            Context context,
            Consumer<Signal> out) {
        Integer asked = context.learnDays();
        int learnDays = asked == null ? LEARN_DAYS : asked;
        if (age < learnDays) {
            return;
        }
        out.accept(FlowSignal.of(TYPE, contact, context)
                .aggregation(place)
                .window("place/" + place + "/" + window.start())
                .fact("place", place)
                .fact("known", age)
                .fact("few", String.join(", ", places))
                .fact(NewPeer.KNOWN_DAYS, age)
                .fact(NewPeer.LEARN_DAYS, learnDays)
                .additional("baseline", new Doc().with("days", age).with("places", List.copyOf(places)))
                .build());
    }
}
