/**
 * When a bucket is public, by what Amazon S3's documentation calls so: policies, their conditions, and ACLs.
 *
 * <p>Start reading at {@link dev.tocsin.core.detect.s3.BucketPolicy}.
 */
@NullMarked
package dev.tocsin.core.detect.s3;

import org.jspecify.annotations.NullMarked;
