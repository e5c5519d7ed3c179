package dev.tocsin.core.event;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The one form of a name inside: lower-case A-labels without final dot. */
public final class DomainName {

    /** Beyond this a name cannot exist (RFC 1035); it is lower-cased and not looked into. */
    private static final int LONGEST = 1024;

    private DomainName() {}

    /**
     * The inside form of a name as a log or a list has it: lower case, final dot off, letters of other scripts (raw or as
     * Route 53's octal escapes {@code \303\274}) as A-labels. What cannot be a name is kept as it is; nothing is thrown.
     * A name in the inside form is given back itself.
     */
    public static String normalize(String raw) {
        int end = raw.length() > 1 && raw.charAt(raw.length() - 1) == '.' ? raw.length() - 1 : raw.length();
        for (int i = 0; i < end; i++) {
            if (!plain(raw.charAt(i))) {
                return convert(raw.substring(0, end));
            }
        }
        return end == raw.length() ? raw : raw.substring(0, end);
    }

    private static boolean plain(char c) {
        return c < 0x80 && c != '\\' && (c < 'A' || c > 'Z');
    }

    private static String convert(String name) {
        if (name.length() > LONGEST) {
            return name.toLowerCase(Locale.ROOT);
        }
        String text = name.indexOf('\\') >= 0 ? unescape(name) : name;
        StringBuilder labels = new StringBuilder(text.length() + 16);
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            labels.append(label(text.substring(from, dot))).append('.');
            from = dot + 1;
        }
        return labels.append(label(text.substring(from))).toString();
    }

    private static String label(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                return toAscii(lower);
            }
        }
        return lower;
    }

    private static String toAscii(String label) {
        try {
            String ascii = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            // An ideographic full stop becomes a dot: that would make two labels of one.
            return ascii.isEmpty() || ascii.indexOf('.') >= 0 ? label : ascii;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // IDN reports what it cannot map by either; the label stays what it was.
            return label;
        }
    }

    /** Escapes of letters, digits and bytes over 127 become what they mean; all others (blank, dot) stay escapes. */
    private static String unescape(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * name.length());
        for (int i = 0; i < name.length(); i++) {
            int value = octal(name, i);
            if (value >= 0x80 || Character.isLetterOrDigit(value)) {
                bytes.put((byte) value);
                i += 3;
            } else {
                bytes.put(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            // Not UTF-8: the escapes stay.
            return name;
        }
    }

    /** The value of {@code \ddd} at {@code i}, or -1. */
    private static int octal(String name, int i) {
        if (name.charAt(i) != '\\' || i + 3 >= name.length()) {
            return -1;
        }
        int value = 0;
        for (int k = i + 1; k <= i + 3; k++) {
            int digit = name.charAt(k) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = (value << 3) | digit;
        }
        return value > 0xFF ? -1 : value;
    }
}
