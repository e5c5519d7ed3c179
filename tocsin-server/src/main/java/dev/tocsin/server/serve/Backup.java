package dev.tocsin.server.serve;

import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.store.StoreCopy;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One file that holds all of a data folder: the store as it is at one moment, and the key that its secrets are sealed with.
 * Who has it can read the secrets.
 */
public final class Backup {

    private static final String STORE = StoreCopy.FILE;

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
     * Makes {@code folder} what it was when {@code backup} was written.
     *
     * @throws StoreException if a store is there already, or the backup is damaged or of a newer version
     * @throws IOException if it is no backup or cannot be read, or the folder not be written
     */
    public static void restore(Path backup, Path folder) throws IOException {
        if (StorePlace.in(folder).exists()) {
            throw new StoreException(folder + ": a store is there already; restore into another folder", null);
        }
        PrivateFiles.folder(folder);
        Path copy = folder.resolve(STORE + ".part");
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            ZipEntry store = zip.getEntry(STORE);
            if (store == null) {
                throw new IOException(backup + ": no backup of Tocsin");
            }
            extract(zip, store, copy);
            StoreCopy.check(copy);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (BESIDE.matcher(entry.getName()).matches()) {
                    Path place = folder.resolve(entry.getName());
                    PrivateFiles.folder(Objects.requireNonNull(place.getParent()));
                    extract(zip, entry, place);
                }
            }
            Files.move(copy, folder.resolve(STORE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
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
