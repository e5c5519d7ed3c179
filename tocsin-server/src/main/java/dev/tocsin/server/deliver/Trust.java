package dev.tocsin.server.deliver;

import dev.tocsin.server.security.TrustedCertificates;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Whom a destination's certificate may be signed by. */
final class Trust {

    private Trust() {}

    /** Those of the destination's setting {@code certificates}, a PEM file; null for whom the JVM trusts. */
    static @Nullable SSLContext of(Destination destination) throws Undelivered {
        String file = destination.settings().text("certificates");
        if (file == null) {
            return null;
        }
        try {
            return TrustedCertificates.trusting(Path.of(file));
        } catch (IOException e) {
            throw Undelivered.down(String.valueOf(e.getMessage()), e);
        }
    }
}
