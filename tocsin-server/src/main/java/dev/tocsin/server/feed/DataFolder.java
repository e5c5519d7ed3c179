package dev.tocsin.server.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where fetched lists and tables lie: {@code lists/NAME.list} with {@code lists/NAME.json} beside it, and {@code geo/}.
 * What is new is written under another name and then renamed, so a reader finds the old list or the new one, whole.
 */
public final class DataFolder {

    /** The table of countries. */
    static final String COUNTRIES = "country.mmdb";

    /** The table of networks. */
    static final String NETWORKS = "asn.table";

    private static final JsonFactory JSON = new JsonFactory();

    private final Path lists;
    private final Path geo;

    /** The folder {@code root}; it need not exist. */
    public DataFolder(Path root) {
        this.lists = root.resolve("lists");
        this.geo = root.resolve("geo");
    }

    /** {@code TOCSIN_DATA}, else {@code ~/.tocsin}. */
    public static Path byDefault() {
        String named = System.getenv("TOCSIN_DATA");
        return named == null || named.isEmpty() ? Path.of(System.getProperty("user.home"), ".tocsin") : Path.of(named);
    }

    /** What is kept of all feeds that have a list, by name; damaged notes are left out. */
    public List<KeptFeed> feeds() throws IOException {
        if (!Files.isDirectory(lists)) {
            return List.of();
        }
        List<KeptFeed> feeds = new ArrayList<>();
        try (var notes = Files.newDirectoryStream(lists, "*.json")) {
            for (Path note : notes) {
                KeptFeed feed = read(note);
                if (feed != null && Files.exists(list(feed.feed().name()))) {
                    feeds.add(feed);
                }
            }
        }
        feeds.sort(Comparator.comparing(kept -> kept.feed().name()));
        return feeds;
    }

    /** What is kept of {@code feed} at the very address it has, or null. */
    public @Nullable KeptFeed kept(Feed feed) {
        try {
            KeptFeed at = feed(feed.name());
            return at != null && at.feed().url().equals(feed.url()) ? at : null;
        } catch (IOException e) {
            return null; // it is fetched anew
        }
    }

    /** What is kept of one feed, or null. */
    @Nullable
    KeptFeed feed(String name) throws IOException {
        return Files.exists(list(name)) ? read(note(name)) : null;
    }

    private static @Nullable KeptFeed read(Path note) {
        try (JsonParser json = JSON.createParser(note.toFile())) {
            json.nextToken();
            return KeptFeed.of(Doc.read(json));
        } catch (IOException | IllegalArgumentException e) {
            return null; // as if it had never been fetched: the next update makes it anew
        }
    }

    /** The last good list of a feed. */
    public Path list(String name) {
        return lists.resolve(name + ".list");
    }

    private Path note(String name) {
        return lists.resolve(name + ".json");
    }

    /** A file for what comes in. */
    Path incoming(String name) throws IOException {
        Files.createDirectories(lists);
        return lists.resolve("." + name + ".new");
    }

    /** Puts {@code incoming} in the list's place. The note comes second: if it is lost, the list is fetched once more. */
    void take(Path incoming, KeptFeed feed) throws IOException {
        Files.deleteIfExists(note(feed.feed().name()));
        swap(incoming, list(feed.feed().name()));
        keep(feed);
    }

    /** Writes what is kept of a feed. */
    void keep(KeptFeed feed) throws IOException {
        Path fresh = incoming(feed.feed().name() + ".json");
        Files.writeString(fresh, feed.toDoc().toJson() + "\n");
        swap(fresh, note(feed.feed().name()));
    }

    /** Deletes a feed's list and note; whether there was one. */
    public boolean drop(String name) throws IOException {
        Files.deleteIfExists(note(name));
        return Files.deleteIfExists(list(name));
    }

    /** Renames over what stands there, in one step where the file system can. */
    static void swap(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The folder of the tables of places and networks. */
    Path geo() {
        return geo;
    }

    /** The tables of places and networks that are there. */
    public List<Path> geography() {
        return List.of(geo.resolve(COUNTRIES), geo.resolve(NETWORKS)).stream()
                .filter(Files::exists)
                .toList();
    }
}
