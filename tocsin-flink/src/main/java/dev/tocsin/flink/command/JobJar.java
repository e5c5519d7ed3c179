package dev.tocsin.flink.command;

import dev.tocsin.flink.TocsinJob;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The job as one jar: its parts lie in the folder {@code lib/} of it, where Flink looks; Flink itself is not in it. */
final class JobJar {

    /** What the job is made of, by the names of files and folders on the class path. */
    private static final Pattern PARTS = Pattern.compile(
            ".*/(tocsin-(core|input|flink)(/target/classes|-[^/]*\\.jar)"
                    + "|(jackson-core|jackson-dataformat-cbor|jspecify|hardwood|maxmind-db|picocli|kafka-clients|zstd-jni)-[^/]*\\.jar)");

    private JobJar() {}

    /** The entries of this program's class path that make the job. */
    static List<Path> parts() {
        return classPath().stream().filter(JobJar::isPart).toList();
    }

    /** The other entries: Flink and what it needs. */
    static List<Path> cluster() {
        return classPath().stream().filter(entry -> !isPart(entry)).toList();
    }

    private static List<Path> classPath() {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().normalize());
            }
        }
        return entries;
    }

    private static boolean isPart(Path entry) {
        return PARTS.matcher(entry.toString().replace('\\', '/')).matches()
                && !entry.toString().endsWith("-tests.jar");
    }

    /** Writes the jar to {@code file}. */
    static void write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TocsinJob.class.getName());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            int number = 0;
            Set<String> names = new HashSet<>();
            for (Path part : parts()) {
                String name = Files.isDirectory(part)
                        ? "part-" + number + ".jar"
                        : part.getFileName().toString();
                number++;
                if (!names.add(name)) {
                    continue; // the class path names it twice
                }
                jar.putNextEntry(new JarEntry("lib/" + name));
                if (Files.isDirectory(part)) {
                    pack(part, jar);
                } else {
                    Files.copy(part, jar);
                }
                jar.closeEntry();
            }
            // Flink looks for the main class in the jar itself
            Path own = Path.of(TocsinJob.class.getName().replace('.', '/') + ".class");
            jar.putNextEntry(new JarEntry(own.toString().replace('\\', '/')));
            try (var in = JobJar.class
                    .getClassLoader()
                    .getResourceAsStream(own.toString().replace('\\', '/'))) {
                if (in == null) {
                    throw new IOException(own + " is not on the class path");
                }
                in.transferTo(jar);
            }
            jar.closeEntry();
        }
    }

    private static void pack(Path folder, OutputStream into) throws IOException {
        JarOutputStream jar = new JarOutputStream(into);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        jar.finish();
    }
}
