package dev.tocsin.core.parse.runtime;

import org.jspecify.annotations.Nullable;

/** Tells libraries by their names. */
final class LibraryNames {

    private LibraryNames() {}

    /** Whether {@code path} is that of a shared library. */
    static boolean isLibrary(@Nullable String path) {
        return path != null && (path.endsWith(".so") || path.contains(".so."));
    }
}
