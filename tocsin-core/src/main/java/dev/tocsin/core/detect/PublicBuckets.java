package dev.tocsin.core.detect;

import dev.tocsin.core.detect.s3.BucketAcl;
import dev.tocsin.core.detect.s3.BucketPolicy;
import dev.tocsin.core.detect.s3.PublicGrant;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code Policy:S3/BucketAnonymousAccessGranted}, {@code …/BucketPublicAccessGranted}, {@code
 * …/BucketBlockPublicAccessDisabled}, {@code …/AccountBlockPublicAccessDisabled}: buckets opened, or robbed of what
 * keeps them shut. One detector, because what a grant means hangs on the block.
 */
final class PublicBuckets implements ApiCallDetector {

    static final FindingType ANONYMOUS = grantType(
            "BucketAnonymousAccessGranted",
            "anonymous access",
            "anyone on the internet",
            "a policy or ACL change that succeeds adds a grant to everybody, by S3's published meaning of public: a star"
                    + " principal that no fixed value of a listed condition key bounds, Allow with NotPrincipal, or the"
                    + " AllUsers group.");

    static final FindingType PUBLIC = grantType(
            "BucketPublicAccessGranted",
            "access for all AWS users",
            "every authenticated AWS user",
            "a policy or ACL change that succeeds adds a grant to all AWS users: the AuthenticatedUsers group, or a star"
                    + " principal under conditions that only credentials meet.");

    static final FindingType BUCKET_BLOCK = blockType(
            "BucketBlockPublicAccessDisabled",
            "Amazon S3 Block Public Access was disabled for S3 bucket {bucket}.",
            "one of the four settings of a bucket's Block Public Access goes from on or unknown to off.");

    static final FindingType ACCOUNT_BLOCK = blockType(
            "AccountBlockPublicAccessDisabled",
            "Amazon S3 Block Public Access was disabled for the account.",
            "one of the four settings of the account's Block Public Access goes from on or unknown to off.");

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");
    private static final FieldPath POLICY = FieldPath.of("requestParameters.bucketPolicy");
    private static final FieldPath BLOCK = FieldPath.of("requestParameters.PublicAccessBlockConfiguration");
    private static final FieldPath CANNED = FieldPath.of("requestParameters.x-amz-acl");
    private static final FieldPath ACL = FieldPath.of("requestParameters.AccessControlPolicy");
    private static final FieldPath READ = FieldPath.of("requestParameters.x-amz-grant-read");
    private static final FieldPath WRITE = FieldPath.of("requestParameters.x-amz-grant-write");
    private static final FieldPath READ_ACP = FieldPath.of("requestParameters.x-amz-grant-read-acp");
    private static final FieldPath WRITE_ACP = FieldPath.of("requestParameters.x-amz-grant-write-acp");
    private static final FieldPath FULL = FieldPath.of("requestParameters.x-amz-grant-full-control");
    private static final FieldPath POINT = FieldPath.of("requestParameters.name");
    private static final FieldPath POINT_BUCKET = FieldPath.of("requestParameters.CreateAccessPointRequest.Bucket");
    private static final FieldPath POINT_VPC =
            FieldPath.of("requestParameters.CreateAccessPointRequest.VpcConfiguration");
    private static final FieldPath POINT_POLICY = FieldPath.of("requestParameters.PutAccessPointPolicyRequest.Policy");

    private static FindingType grantType(String name, String what, String whom, String firesWhen) {
        return FindingType.named("Policy:S3/" + name)
                .severity(8)
                .texts(
                        "Amazon S3 bucket {bucket} was granted " + what + ".",
                        "{user} called {api}, which gives " + whom + " access to Amazon S3 bucket {bucket}.")
                .firesWhen(firesWhen)
                .doesNotSee("grants that stood there before (the same digest makes no new finding); Deny statements and"
                        + " Block Public Access do not silence it, they show in effectivePermission; ACLs of single"
                        + " objects.")
                .nextSteps("If the bucket is not meant to be public, take the grant back and turn Block Public Access"
                        + " on. Look in the S3 data events for who read or wrote meanwhile.")
                .technique("T1530")
                .build();
    }

    private static FindingType blockType(String name, String title, String firesWhen) {
        return FindingType.named("Policy:S3/" + name)
                .severity(2)
                .texts(title, title + " {user} called {api}; a policy or ACL can now make data public.")
                .firesWhen(firesWhen)
                .doesNotSee("settings that were off already; that a tool removes the block just before it deletes the"
                        + " bucket.")
                .nextSteps("Turn the block on again unless the bucket is meant to be public, and look whether a policy"
                        + " or ACL change followed.")
                .technique("T1562")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(ANONYMOUS, PUBLIC, BUCKET_BLOCK, ACCOUNT_BLOCK);
    }

    @Override
    public Set<String> actions() {
        return Set.of(
                "PutBucketPolicy",
                "DeleteBucketPolicy",
                "PutBucketAcl",
                "CreateBucket",
                "DeleteBucket",
                "PutBucketPublicAccessBlock",
                "DeleteBucketPublicAccessBlock",
                "PutAccountPublicAccessBlock",
                "DeleteAccountPublicAccessBlock",
                "CreateAccessPoint",
                "PutAccessPointPolicy",
                "DeleteAccessPointPolicy");
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(
                BUCKET,
                POLICY,
                BLOCK,
                CANNED,
                ACL,
                READ,
                WRITE,
                READ_ACP,
                WRITE_ACP,
                FULL,
                POINT,
                POINT_BUCKET,
                POINT_VPC,
                POINT_POLICY);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (call.failed() || !call.service().startsWith("s3")) {
            return;
        }
        String bucket = call.field(BUCKET);
        switch (call.action()) {
            case "PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock" -> block(null, call, context, out);
            case "CreateAccessPoint", "PutAccessPointPolicy", "DeleteAccessPointPolicy" -> point(call, context, out);
            default -> {
                if (bucket != null) {
                    bucket(bucket, call, context, out);
                }
            }
        }
    }

    private void bucket(String bucket, ApiCall call, Context context, Consumer<Signal> out) {
        BucketFacts facts = BucketFacts.of(this, bucket, context);
        switch (call.action()) {
            case "PutBucketPolicy" -> {
                BucketPolicy policy = BucketPolicy.of(call.field(POLICY));
                granted(facts.policy(policy), policy.grants(), facts, call, context, out);
            }
            case "DeleteBucketPolicy" -> facts.policy(BucketPolicy.NONE);
            case "PutBucketAcl" -> {
                List<PublicGrant> grants = acl(call);
                granted(facts.acl(grants), grants, facts, call, context, out);
            }
            case "CreateBucket" -> {
                facts.created();
                List<PublicGrant> grants = acl(call);
                granted(facts.acl(grants), grants, facts, call, context, out);
            }
            case "DeleteBucket" -> facts.deleted();
            case "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock" -> block(facts, call, context, out);
            default -> {}
        }
        facts.save(this, context);
    }

    private static List<PublicGrant> acl(ApiCall call) {
        List<PublicGrant> grants = new ArrayList<>(BucketAcl.canned(call.field(CANNED)));
        grants.addAll(BucketAcl.policy(call.field(ACL)));
        grants.addAll(BucketAcl.header(call.field(READ), "READ"));
        grants.addAll(BucketAcl.header(call.field(WRITE), "WRITE"));
        grants.addAll(BucketAcl.header(call.field(READ_ACP), "READ_ACP"));
        grants.addAll(BucketAcl.header(call.field(WRITE_ACP), "WRITE_ACP"));
        grants.addAll(BucketAcl.header(call.field(FULL), "FULL_CONTROL"));
        return grants;
    }

    /** An access point's policy opens its bucket; one that only a VPC reaches opens nothing. */
    private void point(ApiCall call, Context context, Consumer<Signal> out) {
        String point = call.field(POINT);
        if (point == null) {
            return;
        }
        String name = "point/" + point;
        if (call.action().equals("CreateAccessPoint")) {
            context.remember(
                    this,
                    name,
                    new Doc().with("bucket", call.field(POINT_BUCKET)).with("inVpc", call.field(POINT_VPC) != null));
            return;
        }
        Doc known = context.recall(this, name);
        if (known != null && Boolean.TRUE.equals(known.get("inVpc"))) {
            return;
        }
        BucketFacts facts = BucketFacts.ofPoint(this, point, known == null ? null : known.text("bucket"), context);
        BucketPolicy policy = BucketPolicy.of(call.field(POINT_POLICY));
        granted(facts.policy(policy), policy.grants(), facts, call, context, out);
        facts.save(this, context);
    }

    private static void granted(
            List<PublicGrant> added,
            List<PublicGrant> all,
            BucketFacts facts,
            ApiCall call,
            Context context,
            Consumer<Signal> out) {
        for (PublicGrant.Audience audience : PublicGrant.Audience.values()) {
            if (added.stream().anyMatch(grant -> grant.audience() == audience)) {
                FindingType type = audience == PublicGrant.Audience.ANYONE ? ANONYMOUS : PUBLIC;
                out.accept(ApiCallSignal.of(type, call, context)
                        .bucket(facts.bucket(), facts.details(call.region(), all))
                        .additional("accessPoint", call.field(POINT))
                        .build());
            }
        }
    }

    private void block(@Nullable BucketFacts bucket, ApiCall call, Context context, Consumer<Signal> out) {
        BucketFacts facts = bucket == null ? BucketFacts.ofAccount(this, context) : bucket;
        if (call.action().startsWith("Put") && call.field(BLOCK) == null) {
            return;
        }
        if (facts.block(call.action().startsWith("Delete") ? null : call.field(BLOCK))) {
            ApiCallSignal signal = ApiCallSignal.of(bucket == null ? ACCOUNT_BLOCK : BUCKET_BLOCK, call, context);
            out.accept(
                    (bucket == null ? signal : signal.bucket(facts.bucket(), facts.details(call.region(), List.of())))
                            .build());
        }
        if (bucket == null) {
            facts.save(this, context);
        }
    }
}
