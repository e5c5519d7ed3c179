package dev.tocsin.server.serve;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A service that watches a folder, and what is written there. */
abstract class FolderFixture extends ServiceFixture {

    /** The call of somebody who stops a trail. */
    static final String STOPPED =
            "{\"Records\":[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"alice\","
                    + "\"arn\":\"arn:aws:iam::" + ACCOUNT + ":user/alice\",\"accountId\":\"" + ACCOUNT
                    + "\",\"principalId\":\"AIDAEXAMPLE\"},\"eventTime\":\"2026-03-01T12:05:00Z\",\"eventSource\":"
                    + "\"cloudtrail.amazonaws.com\",\"eventName\":\"StopLogging\",\"awsRegion\":\"" + REGION
                    + "\",\"sourceIPAddress\":\"203.0.113.10\",\"eventID\":\"e-1\",\"eventType\":\"AwsApiCall\","
                    + "\"recipientAccountId\":\"" + ACCOUNT + "\"}]}";

    @Override
    ServiceOptions options() {
        return watching(true);
    }

    /** A service that makes detectors of what it sees by itself, or not. */
    final ServiceOptions watching(boolean enableAllSeen) {
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(SourceConfig.folder("drop", logs().toString())),
                Set.of(),
                Set.of(),
                enableAllSeen,
                lists -> EngineServices.NONE,
                null,
                List.of(),
                1);
        return new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, watch);
    }

    /** The folder that is watched. */
    final Path logs() {
        try {
            return Files.createDirectories(folder.resolve("logs"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
