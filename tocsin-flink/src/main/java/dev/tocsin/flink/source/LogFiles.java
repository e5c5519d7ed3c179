package dev.tocsin.flink.source;

import dev.tocsin.input.container.ArchiveFile;
import dev.tocsin.input.container.ObjectKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** What lies at paths: files, folders, prefixes of buckets where Flink has a file system for them, and topics of Kafka. */
public final class LogFiles {

    private LogFiles() {}

    /** The accounts that the names of objects at {@code paths} say. */
    public static Set<String> accounts(List<String> paths) throws IOException {
        Set<String> accounts = new TreeSet<>();
        list(paths).stream()
                .map(file -> ObjectKey.accountIn(file.name()))
                .filter(Objects::nonNull)
                .forEach(accounts::add);
        return accounts;
    }

    /** All objects, an archive's members in its place. */
    static List<LogFile> list(List<String> paths) throws IOException {
        List<LogFile> files = new ArrayList<>();
        for (String path : paths) {
            if (KafkaLogs.is(path)) {
                try (KafkaLogs kafka = new KafkaLogs()) {
                    files.addAll(kafka.list(path));
                }
                continue;
            }
            List<LogFile> below = new ArrayList<>();
            list(path, below);
            below.sort(Comparator.comparing(LogFile::name));
            for (LogFile file : below) {
                expand(file, files);
            }
        }
        return files;
    }

    private static void list(String path, List<LogFile> into) throws IOException {
        Path root = new Path(uri(path));
        FileSystem files = root.getFileSystem();
        FileStatus status;
        try {
            status = files.getFileStatus(root);
        } catch (FileNotFoundException e) {
            throw new IOException(path + ": no such file or folder", e);
        }
        if (!status.isDir()) {
            into.add(file(path, status));
            return;
        }
        list(files, root, path.endsWith("/") ? path : path + "/", into);
    }

    private static void list(FileSystem files, Path folder, String prefix, List<LogFile> into) throws IOException {
        FileStatus[] below = files.listStatus(folder);
        if (below == null) {
            throw new IOException(folder + ": cannot be listed");
        }
        for (FileStatus status : below) {
            String name = prefix + status.getPath().getName();
            if (status.isDir()) {
                list(files, status.getPath(), name + "/", into);
            } else {
                into.add(file(name, status));
            }
        }
    }

    private static LogFile file(String name, FileStatus status) {
        return new LogFile(
                name, status.getPath().toUri().toString(), null, status.getLen(), status.getModificationTime() / 1000);
    }

    /** A path without a scheme is a local one. */
    private static URI uri(String path) {
        return path.contains("://")
                ? URI.create(path)
                : java.nio.file.Path.of(path).toAbsolutePath().normalize().toUri();
    }

    private static void expand(LogFile file, List<LogFile> into) {
        try {
            if (mayBeArchive(file) && isArchive(file)) {
                for (ArchiveFile.Member member : file.archive().members()) {
                    into.add(new LogFile(
                            file.name() + "!/" + member.name(),
                            file.uri(),
                            member.name(),
                            member.size(),
                            file.modifiedAt()));
                }
                return;
            }
        } catch (IOException e) {
            // it fails again when it is read, and is accounted for there
        }
        into.add(file);
    }

    private static boolean isArchive(LogFile file) throws IOException {
        try (InputStream stored = file.stored()) {
            return ArchiveFile.begins(stored);
        }
    }

    /** AWS's own objects are none; others are looked into, those of a bucket only if their name says so. */
    private static boolean mayBeArchive(LogFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        boolean named =
                name.endsWith(".zip") || name.endsWith(".tar") || name.endsWith(".tgz") || name.endsWith(".tar.gz");
        return named
                || (file.uri().startsWith("file:")
                        && ObjectKey.parse(file.name()).deliveredAt() == Long.MAX_VALUE);
    }
}
