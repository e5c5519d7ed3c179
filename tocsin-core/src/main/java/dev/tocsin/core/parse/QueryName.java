package dev.tocsin.core.parse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names as resolver query logs write them, brought to the one form that {@link dev.tocsin.core.event.NameQuery#name}
 * has: lower case, A-labels, no final dot. Route 53 writes unusual bytes as a backslash and three octal digits; such
 * bytes stay so unless they are printable, or are UTF-8 and make an A-label.
 */
final class QueryName {

    private static final int MAX_LABEL = 63;
    private static final int LONGEST_TEXT = 4 * ParseLimits.MAX_NAME + 4;

    private QueryName() {}

    /** {@code text} in normal form, empty for the root; null if no name can be that long or be written so. */
    static @Nullable String of(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '.') {
            end--;
        }
        if (end > LONGEST_TEXT) {
            return null;
        }
        int label = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return null;
                }
                label = 0;
            } else if (c <= ' ' || c >= 0x7f || c == '\\' || (c >= 'A' && c <= 'Z')) {
                return general(text);
            } else if (++label > MAX_LABEL) {
                return null;
            }
        }
        if (end > ParseLimits.MAX_NAME || (label == 0 && end > 0)) {
            return null;
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    private static @Nullable String general(String text) {
        StringBuilder name = new StringBuilder(text.length());
        ByteArrayOutputStream label = new ByteArrayOutputStream();
        int length = -1;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '.') {
                at = takeChar(text, at, label);
                continue;
            }
            at++;
            length += 1 + endLabel(label, name);
            if (label.size() == 0 || length > ParseLimits.MAX_NAME) {
                return null;
            }
            label.reset();
            if (at < text.length()) {
                name.append('.');
            }
        }
        if (label.size() > 0) {
            length += 1 + endLabel(label, name);
        }
        return length > ParseLimits.MAX_NAME ? null : name.toString();
    }

    /** Takes what stands at {@code at}, escaped or not; the place behind it. */
    private static int takeChar(String text, int at, ByteArrayOutputStream label) {
        if (text.charAt(at) != '\\' || at + 1 == text.length()) {
            return takeLiteral(text, at, label);
        }
        int octal = octal(text, at + 1);
        if (octal < 0) {
            return takeLiteral(text, at + 1, label);
        }
        label.write(octal);
        return at + 4;
    }

    private static int takeLiteral(String text, int at, ByteArrayOutputStream label) {
        int point = text.codePointAt(at);
        byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        label.write(bytes, 0, bytes.length);
        return at + Character.charCount(point);
    }

    private static int octal(String text, int at) {
        if (at + 3 > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value * 8 + digit;
        }
        return value <= 255 ? value : -1;
    }

    /** Appends the label in normal form; its length on the wire, or one that no name can have. */
    private static int endLabel(ByteArrayOutputStream label, StringBuilder name) {
        byte[] bytes = label.toByteArray();
        String international = international(bytes);
        if (international != null) {
            name.append(international);
            return international.length();
        }
        for (byte b : bytes) {
            append(b & 0xFF, name);
        }
        return bytes.length <= MAX_LABEL ? bytes.length : ParseLimits.MAX_NAME + 1;
    }

    private static void append(int b, StringBuilder name) {
        if (b >= 'A' && b <= 'Z') {
            name.append((char) (b + 32));
        } else if (b <= ' ' || b >= 0x7f || b == '.' || b == '\\') {
            name.append('\\').append((char) ('0' + (b >> 6))).append((char) ('0' + (b >> 3 & 7)));
            name.append((char) ('0' + (b & 7)));
        } else {
            name.append((char) b);
        }
    }

    /** The A-label of a label that is UTF-8 beyond ASCII, else null. */
    private static @Nullable String international(byte[] bytes) {
        boolean ascii = true;
        for (byte b : bytes) {
            ascii &= b >= 0;
        }
        if (ascii) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String folded = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
            String label = Punycode.label(folded);
            return label.length() <= MAX_LABEL && label.indexOf('.') < 0 ? label : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
