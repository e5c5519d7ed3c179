package dev.tocsin.server.serve;

import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.store.StoreCopy;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One file that holds all of a data folder: the store as it is at one moment, and the key that its secrets are sealed with.
 * Who has it can read the secrets.
 */
public final class Backup {

    private static final String STORE = StoreCopy.FILE;
    private static final String KEY = "sealing.key";

    /** The first bytes of a store's file. */
    private static final String MAGIC = "SQLite format 3\0";

    /** What else belongs to a service: its sealing key, and the lists that the API made active. */
    private static final Pattern BESIDE = Pattern.compile("sealing\\.key|activated-lists/[A-Za-z0-9._-]+");

    private Backup() {}

    /**
     * Writes the store of {@code folder} to {@code output}, also while a service runs over it.
     *
     * @throws StoreException if there is no store, or it is none that lies in the folder
     * @throws IOException if it cannot be written; then {@code output} is not there
     */
    public static void write(Path folder, Path output) throws IOException {
        if (Files.exists(output)) {
            throw new IOException(output + ": is there already");
        }
        Path copy = output.resolveSibling(output.getFileName() + ".store");
        Path unfinished = output.resolveSibling(output.getFileName() + ".part");
        try {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(unfinished);
            PrivateFiles.write(copy, "");
            PrivateFiles.write(unfinished, "");
            StoreCopy.write(folder, copy);
            pack(folder, copy, unfinished);
            Files.move(unfinished, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(unfinished);
        }
    }

    private static void pack(Path folder, Path copy, Path output) throws IOException {
        try (OutputStream file = Files.newOutputStream(output);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            add(zip, STORE, copy);
            for (Path beside : beside(folder)) {
                add(zip, folder.relativize(beside).toString().replace('\\', '/'), beside);
            }
        }
    }

    private static List<Path> beside(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> BESIDE.matcher(
                                    folder.relativize(file).toString().replace('\\', '/'))
                            .matches())
                    .sorted()
                    .toList();
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /**
     * What a backup holds.
     *
     * @param version of its store
     * @param findings in it
     * @param sealed whether the key is in it that its secrets are sealed with
     */
    public record Contents(int version, long findings, boolean sealed) {}

    /**
     * Reads all of {@code backup} as {@link #restore} would.
     *
     * @throws IOException if it could not be restored
     */
    public static Contents verify(Path backup) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-verify");
        Path copy = folder.resolve(STORE);
        try (ZipFile zip = open(backup)) {
            extract(zip, store(zip, backup), copy);
            boolean sealed = zip.getEntry(KEY) != null;
            return new Contents(StoreCopy.check(copy), StoreCopy.findings(copy), sealed);
        } finally {
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }

    /**
     * Makes {@code folder} what it was when {@code backup} was written: a file of {@link #write}, or the bare store that an
     * upgrade kept, which goes with the key and lists of its folder.
     *
     * @param replace whether a store that is there is put aside ({@link StoreCopy#swapIn})
     * @throws StoreException if a store is there and not to be replaced, a run uses it, or the backup is damaged or of a
     *     newer version; then nothing is changed
     * @throws IOException if it is no backup or cannot be read, or the folder not be written
     */
    public static void restore(Path backup, Path folder, boolean replace) throws IOException {
        StorePlace place = StorePlace.in(folder);
        if (place.exists() && !replace) {
            throw new StoreException(
                    folder + ": a store is there already; restore into another folder, or --replace it", null);
        }
        if (place.isElsewhere()) {
            throw new StoreException(folder + ": the store lies in PostgreSQL; restore it with pg_restore", null);
        }
        PrivateFiles.folder(folder);
        StoreCopy.checkUnused(folder);
        Path copy = folder.resolve(STORE + ".part");
        try {
            if (isStore(backup)) {
                Files.deleteIfExists(copy);
                PrivateFiles.write(copy, "");
                Files.copy(backup, copy, StandardCopyOption.REPLACE_EXISTING);
                StoreCopy.check(copy);
            } else {
                unpack(backup, folder, copy);
            }
            StoreCopy.swapIn(folder, copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static boolean isStore(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1).equals(MAGIC);
        }
    }

    private static ZipFile open(Path backup) throws IOException {
        try {
            return new ZipFile(backup.toFile());
        } catch (ZipException e) {
            throw new IOException(backup + ": no backup of Tocsin: " + e.getMessage(), e);
        }
    }

    private static ZipEntry store(ZipFile zip, Path backup) throws IOException {
        ZipEntry store = zip.getEntry(STORE);
        if (store == null) {
            throw new IOException(backup + ": no backup of Tocsin");
        }
        return store;
    }

    private static void unpack(Path backup, Path folder, Path copy) throws IOException {
        try (ZipFile zip = open(backup)) {
            extract(zip, store(zip, backup), copy);
            StoreCopy.check(copy);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (BESIDE.matcher(entry.getName()).matches()) {
                    Path place = folder.resolve(entry.getName());
                    PrivateFiles.folder(Objects.requireNonNull(place.getParent()));
                    extract(zip, entry, place);
                }
            }
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Path place) throws IOException {
        Files.deleteIfExists(place);
        PrivateFiles.write(place, "");
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(place)) {
            in.transferTo(out);
        }
    }
}
