package dev.tocsin.server.source;

import java.io.IOException;

/**
 * A place in a bucket.
 *
 * @param bucket the bucket's name
 * @param prefix what keys begin with; empty for all
 */
record S3Location(String bucket, String prefix) {

    private static final String SCHEME = "s3://";

    /** Whether {@code path} is written as an S3 URI. */
    static boolean is(String path) {
        return path.startsWith(SCHEME);
    }

    /** Reads {@code s3://bucket/prefix}. */
    static S3Location parse(String path) throws IOException {
        String rest = path.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (bucket.isEmpty()) {
            throw new IOException(path + ": expected s3://bucket or s3://bucket/prefix, found no bucket");
        }
        return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
    }

    /** The URI of an object of this bucket. */
    String uri(String key) {
        return SCHEME + bucket + "/" + key;
    }

    @Override
    public String toString() {
        return uri(prefix);
    }
}
