package dev.tocsin.core.rule;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.util.List;
import java.util.Set;

/** Whose bucket a call on objects is about, by the resources that CloudTrail adds to the record. */
final class Buckets {

    private static final Field NAME = Field.request("bucketName");
    private static final FieldPath RESOURCES = FieldPath.of("resources");

    /** The first bucket that the record names, which is the one written to, is another account's. */
    static final When OF_ANOTHER_ACCOUNT = When.ofAccounts(
            "resources[0].accountId <> recipientAccountId", List.of(NAME.path(), RESOURCES), Buckets::isOfAnother);

    private Buckets() {}

    private static boolean isOfAnother(ApiCall call, Set<String> affiliated) {
        return JsonText.objectsIn(call.field(RESOURCES)).stream()
                .filter(one -> "AWS::S3::Bucket".equals(one.text("type")))
                .findFirst()
                .map(one -> one.text("accountId"))
                .filter(owner -> !owner.equals(call.account()) && !affiliated.contains(owner))
                .isPresent();
    }
}
