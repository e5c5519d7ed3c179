package dev.tocsin.input.container;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Why something cannot be read, in words: what the JDK says of a missing file is its name alone, of a service that is not there nothing. */
public final class Reason {

    private Reason() {}

    /** What {@code e} says, without the name of the file where that is all it says. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "access denied";
            case ConnectException nobody -> "nothing listens there";
            default -> Objects.requireNonNullElseGet(e.getMessage(), e::toString);
        };
    }
}
