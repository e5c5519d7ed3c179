package dev.tocsin.server.report;

/** An HTML page in the making. Markup is ours and constant; all that comes from logs goes through {@link #text}. */
final class Html {

    private final StringBuilder page = new StringBuilder();

    /** Adds markup of our own, never anything from a log. */
    Html markup(String constant) {
        page.append(constant);
        return this;
    }

    /** Adds text from anywhere, escaped. */
    Html text(String anything) {
        page.append(escaped(anything));
        return this;
    }

    /** Adds a number. */
    Html number(long number) {
        page.append(number);
        return this;
    }

    /** Adds {@code anything}, escaped, inside the element {@code element}, which may carry attributes of our own. */
    Html element(String element, String anything) {
        int space = element.indexOf(' ');
        String name = space < 0 ? element : element.substring(0, space);
        return markup("<" + element + ">").text(anything).markup("</" + name + ">");
    }

    /** {@code text} as it may stand between tags and in a quoted attribute; direction marks and controls are shown. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        String plain = Plain.text(text);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
