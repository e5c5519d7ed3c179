package dev.tocsin.core.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The family of a tool, as GuardDuty prints it: without versions, so that an upgrade is no new tool. Names that only AWS's
 * own services use count where a service is the source: user agents lie.
 */
final class AgentFamily {

    private static final String OTHER = "OTHER";

    /** Marks in an agent's text, the first that stands in it decides, and the family. */
    private static final String[][] MARKS = {
        {"terraform", "Terraform"},
        {"pulumi", "Pulumi"},
        {"aws-cdk", "aws-cdk"},
        {"aws-cli/", "aws-cli"},
        {"boto", "Botocore"},
        {"aws-sdk-go", "aws-sdk-go"},
        {"aws-sdk-java", "aws-sdk-java"},
        {"aws-sdk-nodejs", "aws-sdk-nodejs"},
        {"aws-sdk-js", "aws-sdk-nodejs"},
        {"aws-sdk-ruby", "aws-sdk-ruby"},
        {"aws-sdk-php", "aws-sdk-php"},
        {"aws-sdk-dotnet", "aws-sdk-dotnet"},
        {"aws-sdk-rust", "aws-sdk-rust"},
        {"aws-sdk-cpp", "aws-sdk-cpp"},
        {"aws-sdk-kotlin", "aws-sdk-kotlin"},
        {"aws-sdk-swift", "aws-sdk-swift"},
        {"powershell", "AWSPowerShell"},
        {"amazon-ssm-agent", "amazon-ssm-agent"},
        {"ecs agent", "Amazon ECS Agent"},
        {"s3console", "S3 Console"},
        {"mozilla/", "browser"},
    };

    private static final int PLACES = 1_024;

    /** The families of agents met lately: they come again and again. */
    private static final @Nullable Known[] KNOWN = new Known[PLACES];

    private record Known(String agent, boolean byService, String family) {}

    private AgentFamily() {}

    /**
     * The family of {@code agent}.
     *
     * @param byService whether an AWS service really is the source
     */
    static String of(@Nullable String agent, boolean byService) {
        if (agent == null || agent.isEmpty()) {
            return byService ? "AWS Service" : OTHER;
        }
        int hash = agent.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Known known = KNOWN[place];
        if (known == null || known.byService() != byService || !known.agent().equals(agent)) {
            known = new Known(agent, byService, family(agent, byService));
            KNOWN[place] = known; // threads may overwrite each other's: each is whole
        }
        return known.family();
    }

    private static String family(String agent, boolean byService) {
        String lower = agent.toLowerCase(Locale.ROOT);
        if (lower.startsWith("aws-internal/3") || lower.startsWith("aws internal")) {
            return lower.startsWith("aws internal") ? "AWS Internal" : "aws-internal/3";
        }
        if (lower.endsWith(".amazonaws.com")) {
            return lower.startsWith("signin.") ? "AwsSignin" : byService ? "AWS Service" : OTHER;
        }
        for (String[] mark : MARKS) {
            if (lower.contains(mark[0])) {
                return mark[1];
            }
        }
        return lower.endsWith("console") ? agent : OTHER;
    }
}
