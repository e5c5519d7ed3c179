package dev.tocsin.server.watch;

import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.store.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The lists that the API activated, as they were fetched: what acts does not change with its place until it is asked to. */
public final class ListFiles {

    private final Path folder;

    /** Files in the folder of a service's data. */
    public ListFiles(Path data) throws IOException {
        folder = data.resolve("activated-lists");
        PrivateFiles.folder(folder);
    }

    /** Where {@code list} lies. */
    Path file(Resource list) {
        return folder.resolve(list.kind() + "-" + list.id());
    }

    /** Whether {@code list} was fetched. */
    boolean has(Resource list) {
        return Files.isRegularFile(file(list));
    }

    /** Keeps {@code in} apart until {@link #accept}. */
    Path fetch(Resource list, InputStream in) throws IOException {
        Path fresh = folder.resolve("." + file(list).getFileName());
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        return fresh;
    }

    /** What was fetched takes the place of what was there. */
    void accept(Resource list) throws IOException {
        Path fresh = folder.resolve("." + file(list).getFileName());
        Files.move(fresh, file(list), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(Resource list) throws IOException {
        Files.deleteIfExists(file(list));
    }
}
