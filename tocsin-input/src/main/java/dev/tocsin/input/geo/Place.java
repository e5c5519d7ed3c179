package dev.tocsin.input.geo;

import dev.tocsin.core.finding.Doc;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one file knows of an address; null (0 for the number) is unknown.
 *
 * @param countryCode ISO 3166-1 alpha-2
 * @param city its name
 * @param latitude degrees north; given with {@code longitude} or not at all
 * @param longitude degrees east
 * @param asn number of the autonomous system that announces the address
 * @param asnOrganization who holds that number
 * @param isp who sells the connection, where a file tells it from the holder
 * @param organization who uses the address, where a file tells it
 */
record Place(
        @Nullable String countryCode,
        @Nullable String city,
        @Nullable Double latitude,
        @Nullable Double longitude,
        long asn,
        @Nullable String asnOrganization,
        @Nullable String isp,
        @Nullable String organization) {

    /** Nothing is known. */
    static final Place UNKNOWN = new Place(null, null, null, null, 0, null, null, null);

    /** Names of places that are called otherwise in GuardDuty's findings than in the JDK's tables. */
    private static final Map<String, String> CALLED =
            Map.of("HK", "Hong Kong", "MO", "Macao", "MM", "Myanmar", "CZ", "Czechia");

    /** An address of network {@code asn}, held by {@code organization}. */
    static Place network(long asn, String organization) {
        return new Place(null, null, null, null, asn, organization, null, null);
    }

    /** This, and where it says nothing of country, place or network, what {@code other} says of that. */
    Place orElse(Place other) {

        boolean town = city != null || latitude != null;
        // A town of another file is believed only if both files mean the same country.
        boolean theirTown = !town && (countryCode == null || countryCode.equals(other.countryCode));
        boolean network = asn != 0 || isp != null || organization != null;
        return new Place(
                countryCode != null ? countryCode : other.countryCode,
                theirTown ? other.city : city,
                theirTown ? other.latitude : latitude,
                theirTown ? other.longitude : longitude,
                network ? asn : other.asn,
                network ? asnOrganization : other.asnOrganization,
                network ? isp : other.isp,
                network ? organization : other.organization);
    }

    /** Members of GuardDuty's remoteIpDetails; what is unknown is left out. */
    Doc toDoc() {
        Doc doc = new Doc();
        if (city != null) {
            doc.with("city", new Doc().with("cityName", city));
        }
        if (countryCode != null) {
            doc.with("country", new Doc().with("countryName", countryName(countryCode)));
        }
        if (latitude != null && longitude != null) {
            doc.with("geoLocation", new Doc().with("lat", latitude).with("lon", longitude));
        }
        if (asn != 0 || isp != null || organization != null) {
            doc.with("organization", network());
        }
        return doc;
    }

    private Doc network() {
        return new Doc()
                .with("asn", asn == 0 ? null : Long.toString(asn))
                .with("asnOrg", asnOrganization)
                .with("isp", isp == null ? asnOrganization : isp)
                .with("org", organization == null ? asnOrganization : organization);
    }

    private static String countryName(String code) {
        String called = CALLED.get(code);
        return called != null ? called : Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }
}
