package dev.tocsin.core.parse;

/** RFC 3492: writes a label of any script in the letters of host names. */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE = 128;

    private Punycode() {}

    /** The A-label of {@code text}; {@code text} itself if it is ASCII. */
    static String label(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder("xn--");
        int basic = 0;
        for (int point : points) {
            if (point < FIRST_CODE) {
                out.append((char) point);
                basic++;
            }
        }
        if (basic == points.length) {
            return text;
        }
        if (basic > 0) {
            out.append('-');
        }
        encode(points, basic, out);
        return out.toString();
    }

    private static void encode(int[] points, int basic, StringBuilder out) {
        int code = FIRST_CODE;
        int delta = 0;
        int bias = FIRST_BIAS;
        int handled = basic;
        while (handled < points.length) {
            int next = smallestFrom(points, code);
            delta += (next - code) * (handled + 1);
            code = next;
            for (int point : points) {
                if (point < code) {
                    delta++;
                }
                if (point == code) {
                    number(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            code++;
        }
    }

    private static int smallestFrom(int[] points, int code) {
        int smallest = Integer.MAX_VALUE;
        for (int point : points) {
            if (point >= code) {
                smallest = Math.min(smallest, point);
            }
        }
        return smallest;
    }

    private static void number(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp((long) k - bias, T_MIN, T_MAX);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int handled, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / handled;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }
}
