package dev.tocsin.server.deliver.form;

import dev.tocsin.server.report.Plain;
import java.util.regex.Pattern;

/**
 * Text from logs made safe for a chat: nothing of it becomes a link, a mention or markup, and no control, right-to-left or
 * zero-width character is obeyed. It stays readable: {@code evil.example} becomes {@code evil[.]example}.
 */
final class ChatText {

    /** Letters kept of one text. */
    static final int LONGEST = 600;

    private static final Pattern DOT = Pattern.compile("(?<=[\\p{L}\\p{N}_-])\\.(?=[\\p{L}\\p{N}_-])");
    private static final Pattern ENTITY = Pattern.compile("&(?=#?\\w{1,32};)");
    private static final Pattern EDGE_UNDERSCORE = Pattern.compile("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(mailto|tel|javascript|data|file|slack|msteams):");

    private ChatText() {}

    /** {@code text} as something that is only read. */
    static String of(String text) {
        String safe = Plain.text(text.strip().replaceAll("[\\r\\n\\t]+", " "));
        safe = safe.replace('<', '\u2039')
                .replace('>', '\u203a')
                .replace('[', '(')
                .replace(']', ')')
                .replace('`', '\'')
                .replace('*', '\u2217')
                .replace('~', '\u223c')
                .replace('|', '\u00a6')
                .replace('\\', '\u2216')
                .replace("#", "\uff03")
                .replace("!(", "! (")
                .replace("://", "[:]//")
                .replace("@", "(at)");
        safe = SCHEME.matcher(safe).replaceAll("$1[:]");
        safe = ENTITY.matcher(safe).replaceAll("\uff06");
        safe = EDGE_UNDERSCORE.matcher(safe).replaceAll("\uff3f");
        safe = DOT.matcher(safe).replaceAll("[.]");
        return safe.codePointCount(0, safe.length()) <= LONGEST
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
