package dev.tocsin.core.finding;

import dev.tocsin.core.event.Partition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Actors, resources and endpoints of a sequence, told by what findings say of resource and action. */
final class SequenceParties {

    private SequenceParties() {}

    /** Who acted, by {@code key}, a finding's accessKeyDetails; null if that says nothing. */
    static @Nullable Doc actor(Doc key, String account) {
        String name = text(key, "userName");
        String principal = text(key, "principalId");
        String uid = principal.isEmpty() ? name : principal;
        if (uid.isEmpty()) {
            return null;
        }
        String credential = text(key, "accessKeyId");
        Doc user = new Doc()
                .with("name", name)
                .with("uid", uid)
                .with("type", text(key, "userType"))
                .with("credentialUid", credential.isEmpty() ? null : credential)
                .with("account", new Doc().with("uid", account).with("account", account));
        return new Doc().with("id", "USER:" + uid).with("user", user);
    }

    /** The access key, buckets and instance of a finding's resource member. */
    static List<Doc> resources(Doc resource, String account, String region) {
        List<Doc> all = new ArrayList<>();
        Doc key = resource.part("accessKeyDetails");
        String id = text(key, "accessKeyId");
        if (!id.isEmpty()) {
            Doc data = new Doc()
                    .with("principalId", key.text("principalId"))
                    .with("userName", key.text("userName"))
                    .with("userType", key.text("userType"));
            all.add(resource(id, "ACCESS_KEY", id, account, region, "iam")
                    .with("data", new Doc().with("accessKey", data)));
        }
        if (resource.get("s3BucketDetails") instanceof List<?> buckets) {
            for (Object bucket : buckets) {
                if (bucket instanceof Doc doc && doc.text("name") != null) {
                    all.add(bucket(doc, account, region));
                }
            }
        }
        Doc instance = resource.part("instanceDetails");
        String instanceId = text(instance, "instanceId");
        if (!instanceId.isEmpty()) {
            all.add(instance(instance, instanceId, account, region));
        }
        return all;
    }

    private static Doc bucket(Doc details, String account, String region) {
        String name = text(details, "name");
        Doc data = new Doc().with("ownerId", details.part("owner").text("id"));
        return resource("arn:" + Partition.of(region) + ":s3:::" + name, "S3_BUCKET", name, account, region, "s3")
                .with("tags", List.of())
                .with("data", new Doc().with("s3Bucket", data));
    }

    private static Doc instance(Doc details, String id, String account, String region) {
        Doc profile = details.part("iamInstanceProfile");
        Doc data = new Doc()
                .with("availabilityZone", details.text("availabilityZone"))
                .with("imageDescription", details.text("imageDescription"))
                .with("instanceState", details.text("instanceState"))
                .with("IamInstanceProfile", profile.isEmpty() ? null : profile)
                .with("instanceType", details.text("instanceType"))
                .with("platform", details.text("platform"));
        String arn = "arn:" + Partition.of(region) + ":ec2:" + region + ":" + account + ":instance/" + id;
        return resource(arn, "EC2_INSTANCE", id, account, region, "ec2")
                .with("tags", details.get("tags"))
                .with("data", new Doc().with("ec2Instance", data));
    }

    private static Doc resource(String uid, String type, String name, String account, String region, String service) {
        return new Doc()
                .with("uid", uid)
                .with("resourceType", type)
                .with("name", name)
                .with("accountId", account)
                .with("region", region)
                .with("service", service)
                .with("cloudPartition", Partition.of(region))
                .with("tags", List.of());
    }

    /** Where an action came from or went to; null if it names neither address nor domain. */
    static @Nullable Doc endpoint(Doc action) {
        Doc call = action.part("awsApiCallAction");
        if (!call.isEmpty()) {
            return address(call.part("remoteIpDetails"), 0, "INBOUND");
        }
        Doc connection = action.part("networkConnectionAction");
        if (!connection.isEmpty()) {
            long port = connection.part("remotePortDetails").number("port", 0);
            return address(
                    connection.part("remoteIpDetails"), port, String.valueOf(connection.text("connectionDirection")));
        }
        String domain = action.part("dnsRequestAction").text("domain");
        return domain == null
                ? null
                : new Doc()
                        .with("id", domain)
                        .with("domain", domain)
                        .with("connection", new Doc().with("direction", "OUTBOUND"));
    }

    private static @Nullable Doc address(Doc remote, long port, String direction) {
        String ip = remote.text("ipAddressV4") == null ? remote.text("ipAddressV6") : remote.text("ipAddressV4");
        if (ip == null) {
            return null;
        }
        Doc place = remote.part("geoLocation");
        Doc location = new Doc()
                .with("city", remote.part("city").text("cityName"))
                .with("country", remote.part("country").text("countryName"))
                .with("lat", place.get("lat"))
                .with("lon", place.get("lon"));
        return new Doc()
                .with("id", ip)
                .with("ip", ip)
                .with("port", port == 0 ? null : port)
                .with("location", location.isEmpty() ? null : location)
                .with("autonomousSystem", network(remote.part("organization")))
                .with("connection", new Doc().with("direction", direction));
    }

    private static @Nullable Doc network(Doc organization) {
        String number = organization.text("asn");
        if (number == null || number.isEmpty() || !number.chars().allMatch(Character::isDigit)) {
            return null;
        }
        return new Doc().with("name", text(organization, "asnOrg")).with("number", Long.parseLong(number));
    }

    private static String text(Doc doc, String member) {
        String text = doc.text(member);
        return text == null ? "" : text;
    }
}
