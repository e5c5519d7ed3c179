package dev.tocsin.input.order;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of an object's stored bytes, read only when two objects cannot be told apart otherwise. */
final class ContentDigest {

    private final Orderable object;
    private @Nullable String value;

    ContentDigest(Orderable object) {
        this.object = object;
    }

    /** Of an object that {@code value} tells from all others. */
    ContentDigest(Orderable object, String value) {
        this.object = object;
        this.value = value;
    }

    /** 64 hex digits; empty if the object cannot be read, which is reported when its turn comes. */
    String value() {
        if (value == null) {
            value = compute();
        }
        return value;
    }

    private String compute() {
        try (InputStream in = object.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
