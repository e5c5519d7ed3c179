package dev.tocsin.input.container;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.ParseLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the members of a zip or tar archive that stands where one object was expected (in an archive, in a stream); they
 * count with that object. {@link ArchiveFile} makes each member an object of its own. Nothing is ever
 * written; a member whose name points outside of the archive is not read all the same, and named: whoever made such an
 * archive meant harm.
 */
final class Archive {

    private static final int TAR_BLOCK = 512;
    private static final int MAGIC_AT = 257;
    private static final int MOST_MEMBERS = 1_000_000;

    private final ParseContext context;
    private final CountingSink sink;
    private final LongSupplier rawBytes;
    private long bytes;
    private int count;
    private int found;

    Archive(ParseContext context, CountingSink sink, LongSupplier rawBytes) {
        this.context = context;
        this.sink = sink;
        this.rawBytes = rawBytes;
    }

    /** Whether a zip or tar archive begins here. */
    static boolean begins(ByteWindow window) throws IOException {
        return isZip(window) || isTar(window);
    }

    private static boolean isZip(ByteWindow window) throws IOException {
        return window.have(4) && starts(window, 0, "PK\u0003\u0004");
    }

    static boolean isTar(ByteWindow window) throws IOException {
        return window.peek() != '{' && window.have(TAR_BLOCK) && starts(window, MAGIC_AT, "ustar");
    }

    private static boolean starts(ByteWindow window, int at, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (window.bytes()[window.at() + at + i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Unpacked bytes of all members. */
    long bytes() {
        return bytes;
    }

    /** Reads all members. */
    void read(ByteWindow window, boolean s3DataEvents) throws IOException {
        try (ObjectReader reader = new ObjectReader(s3DataEvents)) {
            if (isZip(window)) {
                zip(window, reader);
            } else {
                new TarMembers(
                                window,
                                (name, size, stream) -> member(name, stream, reader),
                                (reason, at) -> sink.cut(at, reason))
                        .read();
            }
        }
        if (found == 0) {
            sink.say("archive without files");
        }
    }

    private void zip(ByteWindow window, ObjectReader reader) throws IOException {
        try (ZipInputStream zip =
                new ZipInputStream(new WindowStream(window, Long.MAX_VALUE), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null && within(); entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    member(entry.getName(), zip, reader);
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            sink.cut(window.offset(), "damaged or encrypted zip archive: " + e.getMessage());
        }
        window.moveTo(window.limit());
    }

    private boolean within() {
        count++;
        if (count > MOST_MEMBERS) {
            sink.cut(0, "more than " + MOST_MEMBERS + " members; the rest is not read");
        } else if (bytes > ParseLimits.RATIO_FREE_BYTES && bytes / ParseLimits.MAX_RATIO > rawBytes.getAsLong()) {
            sink.cut(0, "unpacks to more than " + ParseLimits.MAX_RATIO + " times its size; the rest is not read");
        } else {
            return true;
        }
        return false;
    }

    private void member(String name, InputStream stream, ObjectReader reader) {
        found++;
        LogObject archive = context.object();
        ObjectKey key = ObjectKey.parse(name);
        LogObject object = key.object(archive.index(), archive.source() + "!/" + name, archive.deliveredAt());
        if (pointsOutside(name)) {
            sink.say("member " + name + " points outside of the archive, not read");
            return;
        }
        ParseContext inner =
                new ParseContext(object, context.plan(), context.defaultAccount(), context.defaultRegion());
        ObjectReport report = reader.read(stream, name, inner, sink);
        bytes += report.bytes();
        sink.memberKind(report.kind());
    }

    static boolean pointsOutside(String name) {
        String path = "/" + name.replace('\\', '/') + "/";
        return path.startsWith("//") || path.contains("/../") || path.matches("/[A-Za-z]:/.*");
    }
}
