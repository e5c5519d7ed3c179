package dev.tocsin.core.process;

import org.jspecify.annotations.Nullable;

/**
 * A file that was made or changed, and by whom.
 *
 * @param at epoch seconds
 * @param writer the program that wrote it, or null
 * @param writerPid its process, 0 if unknown
 * @param marks the writer's, of {@link Mark}
 */
public record Written(long at, @Nullable String writer, int writerPid, int marks) {

    /** Whether software is made or installed so, which is what images and pipelines do all day. */
    public boolean isOrdinary() {
        boolean suspicious = (marks & Mark.SUSPICIOUS) != 0;
        return !suspicious && (marks & (Mark.PACKAGE | Mark.BUILD | Mark.ENGINE)) != 0;
    }
}
