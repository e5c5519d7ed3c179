package dev.tocsin.server.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchivesTest {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    @Test
    void membersOfAZipAreObjectsOpenedInAnyOrder() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("b/two.json", "a/one.json")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        String path = write("logs.bin", bytes.toByteArray());

        List<SourceObject> objects = list(path);

        assertEquals(List.of(path + "!/b/two.json", path + "!/a/one.json"), names(objects));
        assertEquals("a/one.json", read(objects.get(1)));
        assertEquals("b/two.json", read(objects.get(0)));
    }

    @Test
    void membersOfATarAreObjectsGzippedOrNot() throws IOException {
        byte[] tar = tar("one.json", "1", "two.json", "22");
        for (String path : List.of(write("logs.tar", tar), write("logs.tgz", gzip(tar)))) {
            List<SourceObject> objects = list(path);

            assertEquals(List.of(path + "!/one.json", path + "!/two.json"), names(objects));
            assertEquals("22", read(objects.get(1)));
            assertEquals("1", read(objects.get(0)));
        }
    }

    @Test
    void ofADamagedArchiveWhatStandsBeforeIsReadAndTheDamageNamed() throws IOException {
        byte[] tar = tar("one.json", "1", "two.json", "22");
        String path = write("cut.tar", Arrays.copyOf(tar, 3 * BLOCK + 1));

        List<SourceObject> objects = list(path);

        assertEquals(List.of(path + "!/one.json", path + "!/two.json", path), names(objects));
        IOException damage = assertThrows(IOException.class, () -> read(objects.get(2)));
        assertTrue(String.valueOf(damage.getMessage()).contains("two.json"), damage.toString());
    }

    @Test
    void aNameThatClimbsOutIsNotWanted() throws IOException {
        List<SourceObject> objects = list(write("evil.tar", tar("../../one.json", "1")));

        assertThrows(NotWanted.class, () -> read(objects.get(0)));
    }

    @Test
    void anOrdinaryObjectStays() throws IOException {
        String path = write("log.json.gz", gzip("{}".getBytes(StandardCharsets.UTF_8)));

        assertEquals(List.of(path), names(list(path)));
    }

    @Test
    void aZipStaysOpenWhileItsMembersAreHeld() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("one.json"));
        }
        List<SourceObject> objects = list(write("logs.zip", bytes.toByteArray()));
        for (int i = 0; i < 20; i++) {
            System.gc();
            assertEquals("", read(objects.getFirst()));
        }
    }

    @Test
    void aFolderMayBeNamedByALink() throws IOException {
        Files.createDirectory(folder.resolve("true"));
        write("true/one.json", new byte[0]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("true"));

        assertEquals(List.of(link + "/one.json"), names(list(link.toString())));
    }

    @Test
    void whatIsNoFileIsNotOpened() throws IOException {
        Files.createSymbolicLink(folder.resolve("endless.json"), Path.of("/dev/zero"));

        IOException refusal = assertThrows(
                IOException.class, () -> read(list(folder.toString()).getFirst()));

        assertEquals("a pipe, socket or device: copy what it gives into a file", refusal.getMessage());
    }

    private List<SourceObject> list(String path) throws IOException {
        return Sources.list(List.of(path), Span.ALL).objects();
    }

    private static List<String> names(List<SourceObject> objects) {
        return objects.stream().map(SourceObject::name).toList();
    }

    private static String read(SourceObject object) throws IOException {
        try (InputStream in = object.opener().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        assertArrayEquals(bytes, Files.readAllBytes(file));
        return file.toString();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** A ustar archive of names and contents. */
    private static byte[] tar(String... namesAndContents) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
            byte[] header = new byte[BLOCK];
            put(header, 0, namesAndContents[i]);
            put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
            put(header, 148, "        ");
            header[156] = '0';
            put(header, 257, "ustar\00000");
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
            tar.writeBytes(header);
            tar.writeBytes(Arrays.copyOf(content, BLOCK));
        }
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
