package dev.tocsin.core.engine;

import dev.tocsin.core.credential.Place;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Freshness;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where calls come from, as far as theft of a resource's credentials is concerned: outside AWS, an address of AWS's, or another
 * account's endpoint.
 */
public final class CallerPlaces {

    /** Age of the list of AWS's ranges, in days, from which it does not suffice to say that an address is none of AWS's. */
    static final int OLD_DAYS = 30;

    /** Networks that Amazon announces, its customers' own addresses among them. */
    private static final Set<String> AMAZON = Set.of(
            "16509", "14618", "8987", "7224", "9059", "10124", "36263", "38895", "39111", "55960", "62785", "135629",
            "135630");

    private static final long DAY = 86_400;
    private static final int PLACES = 4_096;

    private final @Nullable Known[] known = new Known[PLACES];
    private Intelligence lists = Intelligence.EMPTY;
    private @Nullable Freshness ranges;

    private enum Told {
        OURS,
        AWS_BY_LIST,
        AWS_BY_NETWORK,
        OTHER_NETWORK,
        NOT_LISTED,
        UNKNOWN
    }

    private record Known(String caller, long origin, Told told) {}

    /** The place of {@code call}, or null if it is within the account's networks, a service, or unknown. */
    public @Nullable Place of(ApiCall call, Context context) {
        if (call.vpcEndpointId() != null) {
            return endpoint(call);
        }
        Caller caller = call.caller();
        if (caller == null || !caller.isPublic()) {
            return null;
        }
        fresh(context.intelligence());
        int hash = caller.text().hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Known near = known[place];
        if (near == null || !near.caller().equals(caller.text())) {
            near = find(caller, call.at(), context);
            known[place] = near;
        }
        return place(near, call.at());
    }

    private void fresh(Intelligence now) {
        if (now != lists) {
            lists = now;
            ranges = now.categories().get(Category.AWS);
            Arrays.fill(known, null);
        }
    }

    private static @Nullable Place endpoint(ApiCall call) {
        String owner = call.vpcEndpointOwner();
        if (owner == null || owner.equals(call.account())) {
            return null;
        }
        long origin = Place.origin(Hash.of("account " + owner), false);
        return new Place(Place.Kind.ENDPOINT, origin, owner, "VPC endpoint " + call.vpcEndpointId(), -1, false);
    }

    private @Nullable Place place(Known near, long at) {
        long age = ranges == null || ranges.seen() == 0 ? -1 : Math.max(0, at - ranges.seen()) / DAY;
        return switch (near.told()) {
            case OURS, UNKNOWN -> null;
            case AWS_BY_LIST -> new Place(Place.Kind.AWS, near.origin(), null, "in AWS's published ranges", age, false);
            case AWS_BY_NETWORK ->
                new Place(Place.Kind.AWS, near.origin(), null, "announced by Amazon's network", age, false);
            case OTHER_NETWORK ->
                new Place(Place.Kind.OUTSIDE, near.origin(), null, "announced by another network", age, false);
            case NOT_LISTED ->
                new Place(
                        Place.Kind.OUTSIDE,
                        near.origin(),
                        null,
                        "not in AWS's published ranges; who announces it is unknown",
                        age,
                        age < 0 || age > OLD_DAYS);
        };
    }

    private Known find(Caller caller, long at, Context context) {
        Address address = caller.address();
        if (address == null || context.isOwn(address)) {
            return new Known(caller.text(), 0, Told.OURS);
        }
        return new Known(caller.text(), origin(address), told(address, at, context));
    }

    /** An IPv4 address, or of IPv6 the /56 that a VPC has. */
    private static long origin(Address address) {
        return address.isV4()
                ? Place.origin(Hash.of(address.toString()), false)
                : Place.origin(Hash.of("v6 " + (address.high() >>> 8)), true);
    }

    private Told told(Address address, long at, Context context) {
        Match match = ranges == null ? null : lists.address(address, 0, at);
        if (match != null && match.hits().stream().anyMatch(CallerPlaces::isAws)) {
            return Told.AWS_BY_LIST;
        }
        Doc organization = context.geography(address).at("organization");
        String asn = organization == null ? null : organization.text("asn");
        if (asn != null) {
            return AMAZON.contains(asn) ? Told.AWS_BY_NETWORK : Told.OTHER_NETWORK;
        }
        return ranges == null ? Told.UNKNOWN : Told.NOT_LISTED;
    }

    private static boolean isAws(Hit hit) {
        return hit.indicator().category() == Category.AWS;
    }
}
