package dev.tocsin.server.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** A place that logs are brought to while the service runs, told apart by its name. */
public sealed interface LiveSource permits LiveSource.Listed, SqsQueue, LogStream, FirehoseSource {

    /** As configuration, ledger and metrics call it. */
    String name();

    /** {@code objects}, archives among them replaced by their members. */
    static List<SourceObject> members(List<SourceObject> objects) {
        return Archives.expand(objects);
    }

    /** A place whose objects can be listed. It is asked again and again. */
    sealed interface Listed extends LiveSource {
        /** Time between two looks, in milliseconds. */
        long everyMillis();

        /** Whether an object may be seen before it is whole, so that it must be met unchanged twice. */
        boolean growing();

        /**
         * What lies there now.
         *
         * @throws IOException if that cannot be told; its message is for people
         */
        List<SourceObject> list() throws IOException;

        /**
         * Of what lies there now that which may hold events of {@code span}, by the times in names and folders.
         *
         * @throws IOException if that cannot be told; its message is for people
         */
        List<SourceObject> within(Span span) throws IOException;
    }

    /**
     * Files at or below a folder. Names that begin with a dot are passed over: a file that is being brought is renamed
     * once it is whole.
     *
     * @param name its name
     * @param folder absolute, so that objects are called the same after a restart
     */
    record Folder(String name, Path folder) implements Listed {
        @Override
        public long everyMillis() {
            return 500;
        }

        @Override
        public boolean growing() {
            return true;
        }

        @Override
        public List<SourceObject> list() throws IOException {
            return FolderSource.list(folder.toString()).stream()
                    .filter(object -> !isHidden(Path.of(object.name())))
                    .toList();
        }

        @Override
        public List<SourceObject> within(Span span) throws IOException {
            KeyDates dates = new KeyDates(span);
            return list().stream()
                    .filter(object -> dates.passesOver(
                                    folder.relativize(Path.of(object.name())).toString())
                            == null)
                    .toList();
        }

        private boolean isHidden(Path file) {
            return StreamSupport.stream(folder.relativize(file).spliterator(), false)
                    .anyMatch(part -> part.toString().startsWith("."));
        }
    }

    /** Objects of a bucket, by listing it. */
    final class Bucket implements Listed {
        private final String name;
        private final S3Location at;
        private final KeyDates dates;
        private final S3Source source;

        /**
         * The objects at {@code url}, {@code s3://BUCKET/PREFIX}, that may hold events of {@code span}.
         *
         * @param role as which they are read, or null
         * @throws IOException if the environment names no usable endpoint
         */
        public Bucket(String name, String url, Span span, @Nullable AssumedRole role) throws IOException {
            this.name = name;
            this.at = S3Location.parse(url);
            this.dates = new KeyDates(span);
            this.source = S3Source.fromEnvironment(role);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long everyMillis() {
            return 10_000;
        }

        @Override
        public boolean growing() {
            return false;
        }

        @Override
        public List<SourceObject> list() throws IOException {
            return listed(dates);
        }

        @Override
        public List<SourceObject> within(Span span) throws IOException {
            return listed(new KeyDates(span));
        }

        private List<SourceObject> listed(KeyDates wanted) throws IOException {
            try {
                return source.listed(at, wanted).objects();
            } catch (SdkException e) {
                throw S3Errors.explain(e, at.toString(), at);
            }
        }
    }
}
