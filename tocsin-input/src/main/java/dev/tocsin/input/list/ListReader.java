package dev.tocsin.input.list;

import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.ObjectReport.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of any format, plain or gzip. Bad content is never an exception: the report says what is wrong and where, and a
 * list that is refused leaves nothing in the snapshot.
 */
public final class ListReader {

    private ListReader() {}

    /** The names of the formats that can be declared. */
    public static List<String> formats() {
        return ListFormats.ALL.stream().map(ListFormat::name).toList();
    }

    /**
     * Reads a list into a snapshot.
     *
     * @param request which list, and how
     * @param bytes its bytes as stored; not closed
     * @param into the snapshot in the making
     * @throws IOException if {@code bytes} cannot be read
     */
    public static ListReport read(ListRequest request, InputStream bytes, Intelligence.Builder into)
            throws IOException {
        ListSource source = new ListSource(bytes, request.limits().bytes());
        Collector out = new Collector(request, into.begin());
        Head head = source.head();
        ListFormat format = format(request, head);
        String refusal = refusal(request, head, format);
        if (refusal == null && format != null) {
            format.read(source, out);
        } else if (refusal != null && !head.empty()) {
            out.reject(1, refusal, "");
        }
        source.drain();
        if (source.damaged()) {
            out.reject(0, "the gzip is damaged; what came before the damage is read", "");
        }
        return report(source, out, format, refusal == null ? refusal(source, out) : refusal);
    }

    private static @Nullable ListFormat format(ListRequest request, Head head) {
        return request.format() == null ? ListFormats.of(head) : ListFormats.named(request.format());
    }

    /** Why a list that begins so is not read at all, or null. */
    private static @Nullable String refusal(ListRequest request, Head head, @Nullable ListFormat format) {
        if (head.empty()) {
            return "no entries: the list is empty";
        }
        if (head.utf16()) {
            return "UTF-16 text: save it as UTF-8";
        }
        if (head.html()) {
            return "a web page stands in place of the list; keep the last good copy and look at its address";
        }
        if (format == null) {
            return request.format() == null
                    ? "the content is of no known format; known are " + ListFormats.names()
                    : "unknown format " + request.format() + "; known are " + ListFormats.names();
        }
        return request.format() == null || format.couldBe(head) ? null : mismatch(format, head);
    }

    private static String mismatch(ListFormat declared, Head head) {
        ListFormat found = ListFormats.of(head);
        return "declared " + declared.name() + ", but the content is "
                + (found == null ? "of no known format" : found.name());
    }

    /** Why a list that was read does not count, or null. */
    private static @Nullable String refusal(ListSource source, Collector out) {
        ListLimits limits = out.request().limits();
        if (source.cut()) {
            return "more than " + limits.bytes() + " bytes";
        }
        if (out.accepted() > limits.entries()) {
            return out.accepted() + " entries, at most " + limits.entries() + " are allowed";
        }
        if (out.accepted() > 0) {
            return null;
        }
        long ignored =
                out.ignored().values().stream().mapToLong(Long::longValue).sum();
        return "no entries: " + out.rejected() + " rejected, " + ignored + " ignored";
    }

    private static ListReport report(
            ListSource source, Collector out, @Nullable ListFormat format, @Nullable String refusal) {
        IndicatorList list = out.list(source.version());
        out.commit(refusal == null ? list : null);
        Status status = out.rejected() > 0 ? Status.PARTIAL : Status.ACCEPTED;
        return new ListReport(
                list,
                format == null ? null : format.name(),
                refusal == null ? status : Status.REFUSED,
                refusal == null ? out.accepted() : 0,
                refusal == null ? out.duplicates() : 0,
                out.ignored(),
                out.rejected(),
                out.rejections(),
                warnings(source, out),
                source.bytes(),
                refusal);
    }

    private static List<String> warnings(ListSource source, Collector out) {
        List<String> warnings = new ArrayList<>(out.warnings());
        ListRequest request = out.request();
        if (!request.operators()) {
            return warnings;
        }
        ListLimits limits = request.trusted() ? ListLimits.GUARDDUTY_TRUSTED : ListLimits.GUARDDUTY_THREAT;
        if (out.accepted() > limits.entries()) {
            warnings.add("GuardDuty would refuse this list: " + out.accepted() + " entries, its limit is "
                    + limits.entries());
        }
        if (source.bytes() > limits.bytes()) {
            warnings.add(
                    "GuardDuty would refuse this list: " + source.bytes() + " bytes, its limit is " + limits.bytes());
        }
        return warnings;
    }
}
