package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Times;
import java.nio.charset.StandardCharsets;

/**
 * A message of RFC 5424: the facility is local use 0, the severity follows the finding's, the id stands in the structured
 * data, under the enterprise number that is everybody's for examples.
 */
final class SyslogLine {

    private static final int LOCAL0 = 16 << 3;
    private static final int CRITICAL = 2;
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private SyslogLine() {}

    /** {@code message} from {@code host} at {@code now}, epoch milliseconds. */
    static byte[] of(Message message, String host, long now) {
        String head = "<" + (LOCAL0 + severity(message.severity())) + ">1 " + Times.isoMillis(now) + " " + host
                + " tocsin - finding [tocsin@32473 id=\"" + value(message.id()) + "\" type=\"" + value(message.type())
                + "\" severity=\"" + message.severity() + "\"] ";
        return (head + BYTE_ORDER_MARK + message.body().replace("\n", " ")).getBytes(StandardCharsets.UTF_8);
    }

    private static int severity(double finding) {
        return finding >= 9 ? CRITICAL : finding >= 7 ? ERROR : finding >= 4 ? WARNING : NOTICE;
    }

    private static String value(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
    }
}
