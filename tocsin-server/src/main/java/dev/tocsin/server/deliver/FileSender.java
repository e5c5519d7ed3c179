package dev.tocsin.server.deliver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes each message as a line. A line is whole or not there: what a crash tore is taken off before the next is written, and
 * the message is sent again. A full file becomes FILE.1, that becomes FILE.2, and so on.
 */
final class FileSender implements Sender {

    static final long USUAL_MEGABYTES = 100;
    static final long USUAL_KEPT = 10;

    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path file;
    private final long mostBytes;
    private final long keep;
    private final ReentrantLock lock;

    FileSender(Destination destination, Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.mostBytes = destination.settings().number("maxMegabytes", USUAL_MEGABYTES) << 20;
        this.keep = destination.settings().number("keep", USUAL_KEPT);
        this.lock = LOCKS.computeIfAbsent(this.file, path -> new ReentrantLock());
    }

    @Override
    public String send(Message message) throws Undelivered {
        byte[] line = (message.body().replace("\n", " ") + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (Files.exists(file) && Files.size(file) > 0 && Files.size(file) + line.length > mostBytes) {
                rotate();
            }
            append(line);
            return "written to " + file;
        } catch (IOException e) {
            throw Undelivered.down(file + " cannot be written: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLines(channel);
            channel.truncate(end);
            ByteBuffer bytes = ByteBuffer.wrap(line);
            long at = end;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        }
    }

    /** Where the last whole line ends. */
    private static long endOfLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long end = channel.size();
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }

    private void rotate() throws IOException {
        if (keep == 0) {
            Files.delete(file);
            return;
        }
        for (long number = keep - 1; number >= 1; number--) {
            Path older = numbered(number);
            if (Files.exists(older)) {
                Files.move(older, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(1), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path numbered(long number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
