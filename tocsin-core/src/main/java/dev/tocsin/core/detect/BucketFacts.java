package dev.tocsin.core.detect;

import dev.tocsin.core.detect.s3.BucketPolicy;
import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.detect.s3.PublicGrant;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a bucket, an access point or the account: its Block Public Access and its public grants. */
final class BucketFacts {

    private static final List<String> SETTINGS =
            List.of("ignorePublicAcls", "restrictPublicBuckets", "blockPublicAcls", "blockPublicPolicy");

    private static final String ACCOUNT = "account";

    private final String entry;
    private final String bucket;
    private final Doc account;
    private Doc known;

    private BucketFacts(String entry, String bucket, Detector detector, Context context) {
        this.entry = entry;
        this.bucket = bucket;
        this.known = recalled(detector, entry, context);
        this.account = recalled(detector, ACCOUNT, context);
    }

    private static Doc recalled(Detector detector, String entry, Context context) {
        Doc fact = context.recall(detector, entry);
        return new Doc().withAll(fact == null ? new Doc() : fact);
    }

    static BucketFacts of(Detector detector, String bucket, Context context) {
        return new BucketFacts("bucket/" + bucket, bucket, detector, context);
    }

    static BucketFacts ofPoint(Detector detector, String point, @Nullable String bucket, Context context) {
        return new BucketFacts("pointPolicy/" + point, bucket == null ? point : bucket, detector, context);
    }

    static BucketFacts ofAccount(Detector detector, Context context) {
        return new BucketFacts(ACCOUNT, "", detector, context);
    }

    String bucket() {
        return bucket;
    }

    void save(Detector detector, Context context) {
        context.remember(detector, entry, known.isEmpty() ? null : known);
    }

    /** A new bucket has all four settings on and grants nothing. */
    void created() {
        known = new Doc();
    }

    void deleted() {
        known = new Doc();
    }

    /** Takes the policy's public grants; gives back those that were not there. */
    List<PublicGrant> policy(BucketPolicy policy) {
        known.with("policyDenies", policy.denies());
        return take("policy", policy.grants());
    }

    /** Takes the ACL's public grants; gives back those that were not there. */
    List<PublicGrant> acl(List<PublicGrant> grants) {
        return take("acl", grants);
    }

    private List<PublicGrant> take(String member, List<PublicGrant> grants) {
        Set<Object> before = known.get(member) instanceof List<?> list ? new HashSet<>(list) : Set.of();
        known.with(member, grants.stream().map(PublicGrant::digest).distinct().toList());
        flag(member + "Reads", grants.stream().anyMatch(PublicGrant::read));
        flag(member + "Writes", grants.stream().anyMatch(PublicGrant::write));
        return grants.stream().filter(grant -> !before.contains(grant.digest())).toList();
    }

    private void flag(String name, boolean value) {
        known.with(name, value);
    }

    /** Takes the settings, null for none; true if one of them goes from on or unknown to off. */
    boolean block(@Nullable String json) {
        Doc settings = settings(json);
        Doc before = known.part("block");
        known.with("block", settings);
        return SETTINGS.stream()
                .anyMatch(name -> Boolean.FALSE.equals(settings.get(name)) && !Boolean.FALSE.equals(before.get(name)));
    }

    private static Doc settings(@Nullable String json) {
        Doc settings = new Doc();
        SETTINGS.forEach(name -> settings.with(name, false));
        for (Map.Entry<String, Object> member : JsonText.object(json).members().entrySet()) {
            String name = member.getKey().substring(0, 1).toLowerCase(Locale.ROOT)
                    + member.getKey().substring(1);
            if (SETTINGS.contains(name)) {
                settings.with(name, "true".equalsIgnoreCase(String.valueOf(member.getValue())));
            }
        }
        return settings;
    }

    /** GuardDuty's s3BucketDetails, as far as the calls seen tell; {@code grants} are those of the call at hand. */
    Doc details(String region, List<PublicGrant> grants) {
        Doc bucketLevel = new Doc()
                .with("accessControlList", access("acl"))
                .with("bucketPolicy", access("policy"))
                .with("blockPublicAccess", known.at("block"));
        Doc accountLevel = new Doc().with("blockPublicAccess", account.at("block"));
        return new Doc()
                .with("arn", "arn:" + Partition.of(region) + ":s3:::" + bucket)
                .with("name", bucket)
                .with("type", "Destination")
                .with(
                        "publicAccess",
                        new Doc()
                                .with(
                                        "permissionConfiguration",
                                        new Doc()
                                                .with("bucketLevelPermissions", bucketLevel)
                                                .with("accountLevelPermissions", accountLevel))
                                .with("effectivePermission", effective(grants)));
    }

    private Doc access(String member) {
        return new Doc()
                .with("allowsPublicReadAccess", Boolean.TRUE.equals(known.get(member + "Reads")))
                .with("allowsPublicWriteAccess", Boolean.TRUE.equals(known.get(member + "Writes")));
    }

    /** Explicit denies are not weighed: with one the answer is UNKNOWN, as GuardDuty has it. */
    private String effective(List<PublicGrant> grants) {
        boolean byAcl = !grants.isEmpty() && grants.getFirst().digest().startsWith("acl:");
        String setting = byAcl ? "ignorePublicAcls" : "restrictPublicBuckets";
        Object here = known.part("block").get(setting);
        Object above = account.part("block").get(setting);
        if (Boolean.TRUE.equals(here) || Boolean.TRUE.equals(above)) {
            return "NOT_PUBLIC";
        }
        boolean open = Boolean.FALSE.equals(here) && Boolean.FALSE.equals(above);
        if (!open || Boolean.TRUE.equals(known.get("policyDenies"))) {
            return "UNKNOWN";
        }
        return grants.isEmpty() ? "NOT_PUBLIC" : "PUBLIC";
    }
}
