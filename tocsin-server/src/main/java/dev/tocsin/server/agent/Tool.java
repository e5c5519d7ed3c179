package dev.tocsin.server.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tool whose output is followed.
 *
 * @param process its process as {@code /proc/PID/comm} names it, or null if that cannot be seen
 * @param file what it writes
 */
record Tool(@Nullable String process, Path file) {

    private static final Path PROC = Path.of("/proc");

    /** Names of processes in {@code comm} have no more letters. */
    private static final int LONGEST_COMM = 15;

    /** What is wrong with it, or null. */
    @Nullable
    String issue() {
        if (!Files.exists(file)) {
            return file + " is not there.";
        }
        if (!Files.isReadable(file)) {
            return file + " cannot be read.";
        }
        return process == null || isRunning(process) ? null : process + " does not run.";
    }

    private static boolean isRunning(String process) {
        String comm = process.substring(0, Math.min(LONGEST_COMM, process.length()));
        try (Stream<Path> all = Files.list(PROC)) {
            return all.anyMatch(one -> comm.equals(comm(one)));
        } catch (IOException e) {
            return true; // nobody may look
        }
    }

    private static @Nullable String comm(Path process) {
        if (!Character.isDigit(String.valueOf(process.getFileName()).charAt(0))) {
            return null;
        }
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return null; // it has ended
        }
    }
}
