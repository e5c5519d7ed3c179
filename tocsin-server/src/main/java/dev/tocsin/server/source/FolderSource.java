package dev.tocsin.server.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Files and folders named on the command line. A folder's objects are named by its path as given and the rest. */
public final class FolderSource {

    private FolderSource() {}

    /**
     * All files at or below {@code path}, by name. Names that begin with a dot are listed too: the reader says what
     * they are.
     *
     * @throws IOException if {@code path} is not there or a folder cannot be read
     */
    public static List<SourceObject> list(String path) throws IOException {
        Path root = Path.of(path);
        if (!Files.exists(root)) {
            throw new IOException(path + ": no such file or folder");
        }
        String prefix = path.endsWith("/") ? path : path + "/";
        List<SourceObject> objects = new ArrayList<>();
        Path start = Files.isDirectory(root) ? root.toRealPath() : root; // a folder may be named by a link to it
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.equals(start)
                        ? path
                        : prefix + start.relativize(file).toString().replace('\\', '/');
                objects.add(new SourceObject(
                        name, attributes.size(), attributes.lastModifiedTime().toMillis() / 1000, new LocalFile(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        objects.sort(Comparator.comparing(SourceObject::name));
        return objects;
    }

    private record LocalFile(Path file) implements SourceObject.Opener {
        @Override
        public InputStream open() throws IOException {
            if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                throw new IOException("a pipe, socket or device: copy what it gives into a file"); // it may never end
            }
            return Files.newInputStream(file);
        }
    }
}
