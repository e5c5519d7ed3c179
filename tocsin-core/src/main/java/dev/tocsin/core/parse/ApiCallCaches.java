package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What readers of API calls remember from record to record and object to object: texts, callers and identities that come
 * again and again. One belongs to one thread.
 */
public final class ApiCallCaches {

    private static final int TEXTS = 8 * 1024;
    private static final int CALLERS = 4 * 1024;

    private final ByteCache<String> texts = new ByteCache<>(TEXTS);
    private final ByteCache<Caller> callers = new ByteCache<>(CALLERS);
    private final IdentityScanner scanner = new IdentityScanner();
    final KnownIdentities identities = new KnownIdentities();
    final PlannedFields planned = new PlannedFields();
    final PlannedScanner plannedScanner = new PlannedScanner(this);
    final CallScanner callScanner = new CallScanner(this);

    /** The ASCII text between two places, one object for equal bytes. */
    String text(byte[] bytes, int from, int to) {
        long hash = ContentHash.of(bytes, from, to);
        String text = texts.get(bytes, from, to, hash);
        if (text == null) {
            text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            texts.put(bytes, from, to, hash, text);
        }
        return text;
    }

    /** The caller whose sourceIPAddress stands between two places. */
    Caller caller(byte[] bytes, int from, int to) {
        long hash = ContentHash.of(bytes, from, to);
        Caller caller = callers.get(bytes, from, to, hash);
        if (caller == null) {
            caller = Caller.of(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            callers.put(bytes, from, to, hash, caller);
        }
        return caller;
    }

    /** The identity whose sound JSON object stands between two places; null if the library finds fault with it. */
    @Nullable
    Identity identity(byte[] bytes, int from, int to) {
        Identity identity = scanner.read(bytes, from, to);
        if (identity == null) {
            try (JsonParser json = Json.parser(bytes, from, to)) {
                json.nextToken();
                identity = IdentityReader.read(json);
            } catch (IOException e) {
                return null;
            }
        }
        identities.add(bytes, from, to, identity);
        return identity;
    }
}
