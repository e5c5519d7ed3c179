package dev.tocsin.input.inflate;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The native library libdeflate, bound through the foreign function API. Found by its name, as the system installs it. */
@SuppressWarnings("restricted") // native access is what this class is for; the launcher allows it
final class Libdeflate {

    /** Switches the native library off: {@code -Dtocsin.nativeInflate=false}. */
    static final String SWITCH = "tocsin.nativeInflate";

    /** One member was unpacked. */
    static final int SUCCESS = 0;

    /** The output does not hold the member. */
    static final int NO_ROOM = 3;

    private static final String[] NAMES = {"libdeflate.so.0", "libdeflate.0.dylib", "libdeflate.dll"};

    /** The library, or null where it is not installed, not allowed or switched off. */
    static final @Nullable Libdeflate LOADED = load();

    private final MethodHandle allocate;
    private final MethodHandle decompress;
    private final MethodHandle release;

    private Libdeflate(SymbolLookup symbols) {
        Linker linker = Linker.nativeLinker();
        AddressLayout pointer = ValueLayout.ADDRESS;
        ValueLayout size = ValueLayout.JAVA_LONG;
        allocate = linker.downcallHandle(
                symbols.findOrThrow("libdeflate_alloc_decompressor"), FunctionDescriptor.of(pointer));
        release = linker.downcallHandle(
                symbols.findOrThrow("libdeflate_free_decompressor"), FunctionDescriptor.ofVoid(pointer));
        decompress = linker.downcallHandle(
                symbols.findOrThrow("libdeflate_gzip_decompress_ex"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, pointer, pointer, size, pointer, size, pointer, pointer),
                Linker.Option.critical(true));
    }

    private static @Nullable Libdeflate load() {
        if (System.getProperty(SWITCH, "true").equals("false") || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return null;
        }
        return Stream.of(NAMES)
                .map(Libdeflate::named)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The library {@code name}; null if there is none, it lacks a function, or native access is not allowed. */
    private static @Nullable Libdeflate named(String name) {
        try {
            return new Libdeflate(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | UnsupportedOperationException
                | IllegalCallerException e) {
            return null;
        }
    }

    /** A decompressor that is freed when nothing refers to it any more. */
    MemorySegment decompressor() {
        try {
            MemorySegment made = (MemorySegment) allocate.invokeExact();
            if (made.address() == 0) {
                throw new OutOfMemoryError("no memory for a native decompressor");
            }
            return made.reinterpret(Arena.ofAuto(), this::free);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private void free(MemorySegment decompressor) {
        try {
            release.invokeExact(decompressor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Unpacks one member.
     *
     * @param taken gets the packed bytes used, in its one element
     * @param given gets the bytes unpacked, in its one element
     * @return {@link #SUCCESS}, {@link #NO_ROOM} or another number for damaged data
     */
    int decompress(MemorySegment decompressor, MemorySegment in, MemorySegment out, long[] taken, long[] given) {
        try {
            return (int) decompress.invokeExact(
                    decompressor,
                    in,
                    in.byteSize(),
                    out,
                    out.byteSize(),
                    MemorySegment.ofArray(taken),
                    MemorySegment.ofArray(given));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
