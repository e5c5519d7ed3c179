package dev.tocsin.core.credential;

import dev.tocsin.core.finding.Doc;
import org.jspecify.annotations.Nullable;

/**
 * A place of the world as a number: the network (AS), a digest of the country, and, where a city file says them, whole degrees
 * of latitude and longitude.
 */
public final class Where {

    /** Distance from which two places are far from each other, in kilometres. Ours: more than cities files err, and mobile carriers. */
    public static final int FAR_KILOMETRES = 500;

    /** Speed beyond which nobody travels, in kilometres an hour. Ours: airliners cruise at 900. */
    public static final int SPEED = 1_000;

    /** Where no map is loaded: how close in time two countries are not reached, in seconds. Ours: trains and cars cross a border. */
    public static final long APART_SECONDS = 1_800;

    private static final double EARTH_KILOMETRES = 6_371;
    private static final int COUNTRY_BITS = 14;
    private static final int LATITUDE_BITS = 8;
    private static final int LONGITUDE_BITS = 9;
    private static final int NO_LATITUDE = 255;
    private static final int PLACE_BITS = LATITUDE_BITS + LONGITUDE_BITS + 1;

    private Where() {}

    /** The place in {@code geography} (GuardDuty's remoteIpDetails members), or 0 if country or network is unknown. */
    public static long of(Doc geography) {
        String country = geography.part("country").text("countryName");
        String asn = geography.part("organization").text("asn");
        if (country == null || asn == null || !isNumber(asn)) {
            return 0;
        }
        Double latitude = number(geography.part("geoLocation").get("lat"));
        Double longitude = number(geography.part("geoLocation").get("lon"));
        long lat = latitude == null || longitude == null ? NO_LATITUDE : Math.round(latitude) + 90;
        long lon = latitude == null || longitude == null ? 0 : Math.round(longitude) + 180;
        return (Long.parseLong(asn) << (COUNTRY_BITS + PLACE_BITS))
                | ((long) (country.hashCode() & ((1 << COUNTRY_BITS) - 1)) << PLACE_BITS)
                | (lat << (LONGITUDE_BITS + 1))
                | (lon << 1);
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? (Double) number.doubleValue() : null;
    }

    /** The place without its degrees: what counts as a habit. */
    public static long habit(long place) {
        return (place >>> PLACE_BITS) << PLACE_BITS;
    }

    /** The number of its network. */
    public static long network(long place) {
        return place >>> (COUNTRY_BITS + PLACE_BITS);
    }

    private static long country(long place) {
        return (place >>> PLACE_BITS) & ((1 << COUNTRY_BITS) - 1);
    }

    /** The distance in whole kilometres, or -1 if one of both has no degrees. */
    public static long kilometres(long one, long other) {
        if (latitude(one) == NO_LATITUDE || latitude(other) == NO_LATITUDE) {
            return -1;
        }
        double from = StrictMath.toRadians(latitude(one) - 90.0);
        double to = StrictMath.toRadians(latitude(other) - 90.0);
        double turn = StrictMath.toRadians(longitude(one) - longitude(other));
        double cosine = StrictMath.sin(from) * StrictMath.sin(to)
                + StrictMath.cos(from) * StrictMath.cos(to) * StrictMath.cos(turn);
        return Math.round(EARTH_KILOMETRES * StrictMath.acos(Math.clamp(cosine, -1.0, 1.0)));
    }

    private static int latitude(long place) {
        return (int) (place >>> (LONGITUDE_BITS + 1)) & ((1 << LATITUDE_BITS) - 1);
    }

    private static int longitude(long place) {
        return (int) (place >>> 1) & ((1 << LONGITUDE_BITS) - 1);
    }

    /**
     * Whether nobody gets from one place to the other in {@code seconds}. A country that an AS is registered in is not a
     * place, so one network is one place, and within a country phones and lines come out anywhere.
     */
    public static boolean isOutOfReach(long one, long other, long seconds) {
        if (one == 0 || other == 0 || network(one) == network(other) || country(one) == country(other)) {
            return false;
        }
        long kilometres = kilometres(one, other);
        return kilometres < 0
                ? seconds <= APART_SECONDS
                : kilometres >= FAR_KILOMETRES && kilometres * 3_600L > (long) SPEED * seconds;
    }
}
