package dev.tocsin.server.deliver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message that did not arrive, as far as is known. The text is for people. */
public final class Undelivered extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean refused;
    private final @Nullable Duration wait;

    private Undelivered(String message, @Nullable Throwable cause, boolean refused, @Nullable Duration wait) {
        super(message, cause);
        this.refused = refused;
        this.wait = wait;
    }

    /** The destination takes nothing at present. */
    static Undelivered down(String message, @Nullable Throwable cause) {
        return new Undelivered(message, cause, false, null);
    }

    /** The destination asks to be left alone for {@code wait}. */
    static Undelivered busy(String message, Duration wait) {
        return new Undelivered(message, null, false, wait);
    }

    /** The destination does not want this message, and may want others. */
    static Undelivered refused(String message) {
        return new Undelivered(message, null, true, null);
    }

    boolean isRefused() {
        return refused;
    }

    /** How long the destination wants to be left alone, or null. */
    @Nullable
    Duration waits() {
        return wait;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
