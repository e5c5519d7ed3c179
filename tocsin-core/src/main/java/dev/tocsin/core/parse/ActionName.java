package dev.tocsin.core.parse;

/** Event names without the date of the API version that some services append. */
final class ActionName {

    private static final int DATE = 8;
    private static final int LONG_DATE = "2020_05_31".length();

    private ActionName() {}

    /** {@code CreateFunction20150331} and {@code UpdateFunctionCode20150331v2} lose the suffix, likewise {@code 2020_05_31}. */
    static String plain(String name) {
        int end = name.length();
        if (end <= DATE || !isVersionEnd(name.charAt(end - 1))) {
            return name;
        }
        int mark = name.lastIndexOf('v');
        if (mark > DATE && mark < end - 1 && allDigits(name, mark + 1, end)) {
            end = mark;
        }
        if (isDate(name, end - DATE, end)) {
            return name.substring(0, end - DATE);
        }
        return isLongDate(name, end) ? name.substring(0, end - LONG_DATE) : name;
    }

    private static boolean isVersionEnd(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDate(String name, int from, int to) {
        return from > 0 && name.startsWith("20", from) && allDigits(name, from, to);
    }

    private static boolean isLongDate(String name, int end) {
        int from = end - LONG_DATE;
        return from > 0
                && name.startsWith("20", from)
                && name.charAt(from + 4) == '_'
                && name.charAt(from + 7) == '_'
                && allDigits(name, from, from + 4)
                && allDigits(name, from + 5, from + 7)
                && allDigits(name, from + 8, end);
    }

    private static boolean allDigits(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
