package dev.tocsin.input.inflate;

import org.jspecify.annotations.Nullable;

/**
 * What unpacking gave.
 *
 * @param bytes unpacked bytes, owned by the {@link Inflate} and overwritten by its next call
 * @param length how many of them count
 * @param members gzip members unpacked, a damaged one included
 * @param end place in the packed bytes behind the last member or of the damage
 * @param trailing bytes other than zeros behind the last member
 * @param damage what is wrong with the data, or null
 * @param tooLarge whether it was given up because more than {@link Inflate#MAX_WHOLE_BYTES} come out
 */
@SuppressWarnings("ArrayRecordComponent") // a view of a reused buffer, never compared
public record Inflated(
        byte[] bytes,
        int length,
        int members,
        int end,
        int trailing,
        @Nullable String damage,
        boolean tooLarge) {}
