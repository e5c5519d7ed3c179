package dev.tocsin.input.list;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.DomainName;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.Network;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a value is: an address, with port or mask, a range, a name, a URL, a hash, a mail address, a key id. */
final class ValueReader {

    private static final int HIGHEST_PORT = 0xFFFF;
    private static final Pattern HASH =
            Pattern.compile("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128}");
    private static final Pattern KEY = Pattern.compile("A[KS]IA[A-Z0-9]{16}");
    private static final Pattern URL = Pattern.compile(
            "(?i)([a-z][a-z0-9+.-]{1,15})://(?:[^/?#@\\\\]*@)?(\\[[^]]*]|[^/?#:\\\\]*)(?::(\\d{1,5}))?.*");
    private static final int SHA256_DIGITS = 64;

    private ValueReader() {}

    /** Reads {@code raw} and hands what it is to {@code out}. */
    static void read(long line, String raw, Details details, Collector out) {
        String value = refang(raw.strip());
        if (value.indexOf("://") > 0) {
            url(line, value, details, out);
        } else if (value.indexOf('@') >= 0) {
            out.ignore("mail address");
        } else if (looksLikeHash(value)) {
            hash(value, details, out);
        } else if (value.length() == 20 && KEY.matcher(value).matches()) {
            Category category = details.category() == null ? Category.COMPROMISED_KEY : details.category();
            out.add(value, Indicator.Kind.ACCESS_KEY, details.category(category));
        } else if (looksLikeAddress(value)) {
            address(line, value, details, out);
        } else {
            name(line, value, details, out);
        }
    }

    /** Takes off the brackets that keep people from clicking: {@code [.] (dot) hxxp}. */
    static String refang(String value) {
        boolean fanged = value.indexOf('[') >= 0 || value.indexOf('(') >= 0 || value.indexOf('{') >= 0;
        String bare = !fanged
                ? value
                : value.replace("[.]", ".")
                        .replace("(.)", ".")
                        .replace("{.}", ".")
                        .replace("[dot]", ".")
                        .replace("(dot)", ".")
                        .replace("[:]", ":")
                        .replace("[://]", "://");
        return bare.regionMatches(true, 0, "hxxp", 0, 4) ? "http" + bare.substring(4) : bare;
    }

    private static boolean looksLikeHash(String value) {
        int length = value.length();
        return (length == 32 || length == 40 || length == SHA256_DIGITS || length == 128)
                && HASH.matcher(value).matches();
    }

    private static void hash(String value, Details details, Collector out) {
        if (value.length() == SHA256_DIGITS && out.request().hashes()) {
            out.add(value.toLowerCase(Locale.ROOT), Indicator.Kind.SHA256, details);
        } else {
            out.ignore("file hash");
        }
    }

    private static boolean looksLikeAddress(String value) {
        if (value.isEmpty() || value.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '/' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static void address(long line, String value, Details details, Collector out) {
        int slash = value.indexOf('/');
        int colon = value.indexOf(':');
        if (value.indexOf('-') > 0) {
            range(line, value, details, out);
        } else if (slash > 0 && value.indexOf('.', slash) > 0) {
            masked(line, value, slash, details, out);
        } else if (colon > 0 && colon == value.lastIndexOf(':')) {
            withPort(line, value, colon, details, out);
        } else {
            network(line, value, details, out);
        }
    }

    private static void network(long line, String value, Details details, Collector out) {
        Network network = Network.parse(value);
        if (network == null) {
            out.reject(line, AddressFault.of(value), value);
            return;
        }
        Address written = Address.parse(value.indexOf('/') < 0 ? value : value.substring(0, value.indexOf('/')));
        if (written != null && (written.high() != network.high() || written.low() != network.low())) {
            out.hostBits();
        }
        out.network(line, network, details);
    }

    private static void withPort(long line, String value, int colon, Details details, Collector out) {
        int port = Details.number(value.substring(colon + 1), HIGHEST_PORT);
        String host = value.substring(0, colon);
        if (port <= 0) {
            out.reject(line, "a port is 1 to 65535", value);
        } else if (looksLikeAddress(host)) {
            network(line, host, details.port(port), out);
        } else {
            name(line, host, details.port(port), out);
        }
    }

    private static void masked(long line, String value, int slash, Details details, Collector out) {
        Address mask = Address.parse(value.substring(slash + 1));
        int bits = mask == null || !mask.isV4() ? -1 : Ranges.maskBits((int) mask.low());
        if (bits < 0) {
            out.reject(line, "not a network mask", value);
        } else {
            network(line, value.substring(0, slash) + "/" + bits, details, out);
        }
    }

    private static void range(long line, String value, Details details, Collector out) {
        int dash = value.indexOf('-');
        Address first = Address.parse(value.substring(0, dash).strip());
        Address last = Address.parse(value.substring(dash + 1).strip());
        if (first == null || last == null || first.isV4() != last.isV4()) {
            out.reject(line, "not a range FIRST-LAST of addresses", value);
        } else {
            between(line, first, last, details, out);
        }
    }

    /** Takes all addresses from {@code first} to {@code last} as one entry in as few networks as hold them. */
    static void between(long line, Address first, Address last, Details details, Collector out) {
        var networks = Ranges.networks(first, last);
        if (networks.isEmpty()) {
            out.reject(line, "a range that ends before it begins", first + "-" + last);
        }
        for (Network network : networks) {
            out.network(line, network, details);
        }
    }

    private static void url(long line, String value, Details details, Collector out) {
        Matcher url = URL.matcher(value);
        if (!url.matches()) {
            out.reject(line, "not a URL", value);
            return;
        }
        String host = url.group(2);
        int port = port(url);
        Address address = Address.parse(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        if (address != null) {
            out.network(line, Network.of(address.high(), address.low(), 128), details.port(port));
        } else if (out.request().operators() && out.wholeHosts()) {
            out.wholeHost();
            name(line, host, details.port(port), out);
        } else {
            out.ignore("URL: its path is not in the logs, its host may be shared");
        }
    }

    private static int port(Matcher url) {
        int port = Details.number(url.group(3), HIGHEST_PORT);
        if (port > 0) {
            return port;
        }
        return url.group(1).equalsIgnoreCase("https") ? 443 : 80;
    }

    private static void name(long line, String value, Details details, Collector out) {
        String name = DomainName.normalize(NameShape.base(value));
        String fault = NameShape.fault(name);
        if (fault == null) {
            fault = Width.refusal(name, out.category(details), out.request());
        }
        if (fault != null) {
            out.reject(line, fault, value);
        } else {
            out.add(name, Indicator.Kind.DOMAIN, details);
        }
    }
}
