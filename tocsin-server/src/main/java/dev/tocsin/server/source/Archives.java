package dev.tocsin.server.source;

import dev.tocsin.input.container.ArchiveFile;
import dev.tocsin.input.container.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts an archive's members in its place, so that each is ordered, read and accounted for like any object. */
final class Archives {

    private Archives() {}

    /**
     * {@code objects}, archives replaced by their members: {@code archive!/member}. An archive that is damaged stays as
     * well, as an object that cannot be read.
     */
    static List<SourceObject> expand(List<SourceObject> objects) {
        List<SourceObject> expanded = new ArrayList<>(objects.size());
        for (SourceObject object : objects) {
            if (mayBeArchive(object)) {
                expand(object, expanded);
            } else {
                expanded.add(object);
            }
        }
        return expanded;
    }

    /** AWS's own objects are none; others are looked into, those of a bucket only if their name says so. */
    private static boolean mayBeArchive(SourceObject object) {
        String name = object.name().toLowerCase(Locale.ROOT);
        boolean named =
                name.endsWith(".zip") || name.endsWith(".tar") || name.endsWith(".tgz") || name.endsWith(".tar.gz");
        return named
                || (!S3Location.is(object.name())
                        && ObjectKey.parse(object.name()).deliveredAt() == Long.MAX_VALUE);
    }

    private static void expand(SourceObject object, List<SourceObject> expanded) {
        try {
            boolean archive;
            try (InputStream stored = object.opener().open()) {
                archive = ArchiveFile.begins(stored);
            }
            if (archive) {
                expanded.addAll(members(object));
            } else {
                expanded.add(object);
            }
        } catch (IOException e) {
            expanded.add(object); // it fails again when it is read, and is accounted for there
        }
    }

    private static List<SourceObject> members(SourceObject object) throws IOException {
        ArchiveFile archive = open(object);
        List<SourceObject> members = new ArrayList<>();
        for (ArchiveFile.Member member : archive.members()) {
            String name = object.name() + "!/" + member.name();
            SourceObject.Opener opener = member.pointsOutside()
                    ? () -> {
                        throw new NotWanted("its name points outside of the archive");
                    }
                    : () -> member.opener().open();
            members.add(new SourceObject(name, member.size(), object.modifiedAt(), object.version(), opener));
        }
        String damage = archive.damage();
        if (damage != null || members.isEmpty()) {
            String why = damage == null
                    ? "archive without files"
                    : "damaged archive, " + members.size() + " members read: " + damage;
            members.add(SourceObject.unreadable(object.name(), object.size(), object.modifiedAt(), why));
        }
        return members;
    }

    private static ArchiveFile open(SourceObject object) throws IOException {
        Path file = object.opener().file();
        if (file != null) {
            return ArchiveFile.open(file);
        }
        Path copy = Files.createTempFile("tocsin-", ".archive");
        try {
            try (InputStream stored = object.opener().open();
                    var out = Files.newOutputStream(copy)) {
                stored.transferTo(out);
            }
            return ArchiveFile.open(copy);
        } finally {
            Files.deleteIfExists(copy); // an open file lives on until it is closed
        }
    }
}
