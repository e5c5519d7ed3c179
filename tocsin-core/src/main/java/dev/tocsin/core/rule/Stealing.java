package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.additional;
import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** Credentials and secrets that are collected, tested or guessed, as far as one call tells. */
final class Stealing {

    private static final String LOOK =
            "Ask the identity's owner. If it was not them, end the sessions, replace the keys and every secret that was"
                    + " read, and look at what else was done.";

    private static final FindingType SECRETS = RuleTypes.own(
            "CredentialAccess:IAMUser/SecretsCollected",
            Severity.MEDIUM,
            "T1555.006",
            "Secrets were collected: {what}.",
            "secrets are read by a filter rather than by name, or parameters of the whole tree decrypted at once.",
            "secrets read one by one; calls that failed; calls of AWS's own services.",
            LOOK);
    private static final FindingType LEAKED = RuleTypes.own(
            "CredentialAccess:IAMUser/KeyLeaked",
            Severity.HIGH,
            "T1552.001",
            "A key has leaked: {what}.",
            "a tool that looks for leaked keys asks with one whose it is, or AWS puts a user whose key leaked in quarantine.",
            "tools that name themselves otherwise; your own search for leaked keys looks the same.",
            "The key stands somewhere it should not: replace it now, find out where it leaked, and look at what it was"
                    + " used for.");
    private static final FindingType ROOT = RuleTypes.own(
            "CredentialAccess:IAMUser/RootSignInFailed",
            Severity.LOW,
            "T1110",
            "A sign-in as root failed.",
            "a console sign-in as the root user fails.",
            "sign-ins that succeed, which Policy:IAMUser/RootCredentialUsage tells.",
            "Find out whether somebody of yours mistyped. See that root has a strong password and a second factor.");

    static final List<Rule> ALL = List.of(
            secrets("SecretsReadByFilter")
                    .on("secretsmanager", "BatchGetSecretValue")
                    .when(When.all(
                            request("filters").exists(),
                            When.not(request("secretIdList").exists()),
                            Callers.NO_SERVICE))
                    .says(
                            "many secrets were read at once by a filter",
                            "Programs ask for the secrets they need by name.")
                    .build(),
            secrets("ParametersOfWholeTreeDecrypted")
                    .on("ssm", "GetParametersByPath")
                    .when(When.all(
                            request("path").is("/"), request("withDecryption").is("true"), Callers.NO_SERVICE))
                    .says("all parameters were decrypted", "Programs ask for the parameters below their own path.")
                    .build(),
            Rule.named("LeakedKeyTested")
                    .as(Rule.Kind.OWN, LEAKED, Severity.HIGH)
                    .on("sts", "GetCallerIdentity")
                    .when(Callers.agent("trufflehog", "gitleaks", "keyhacks", "betterleaks", "noseyparker"))
                    .says(
                            "a search for leaked keys found it valid",
                            "Who found it can use it, and so can everybody else who finds it.")
                    .build(),
            Rule.named("LeakedKeyQuarantined")
                    .as(Rule.Kind.OWN, LEAKED, Severity.HIGH)
                    .on("iam", "AttachUserPolicy", "PutUserPolicy")
                    .when(request("policyArn")
                            .contains(":policy/AWSCompromisedKeyQuarantine", ":policy/AWSExposedCredentialPolicy"))
                    .says("AWS put a user in quarantine", "AWS does so when it finds a key of the user in public.")
                    .build(),
            Rule.named("RootSignInFailed")
                    .as(Rule.Kind.OWN, ROOT, Severity.LOW)
                    .on("signin", "ConsoleLogin")
                    .orTried()
                    .when(When.all(Callers.ROOT, response("ConsoleLogin").is("Failure")))
                    .says("a sign-in as root failed", "Root is the first name that guessers try.")
                    .build(),
            notable("SecondFactorRefused", Severity.LOW)
                    .on("signin", "ConsoleLogin")
                    .orTried()
                    .when(When.all(
                            response("ConsoleLogin").is("Failure"),
                            additional("MFAUsed").is("Yes")))
                    .says("a sign-in failed at the second factor", "Who got that far has the password.")
                    .build(),
            notable("ParametersDecrypted", Severity.LOW)
                    .on("ssm", "GetParameters", "GetParametersByPath", "GetParameter")
                    .when(When.all(
                            request("withDecryption").is("true"),
                            When.any(Callers.PERSON, Callers.agent("aws-cli")),
                            Callers.NO_SERVICE))
                    .says("parameters were decrypted by a person", "Secrets are kept there.")
                    .build(),
            notable("SessionTokenMade", Severity.LOW)
                    .on("sts", "GetSessionToken")
                    .when(Callers.IAM_USER)
                    .says(
                            "a user made a session token of a long-lived key",
                            "It goes on working when the key is deactivated.")
                    .build(),
            notable("ConsoleLinkMade", Severity.MEDIUM)
                    .on("signin", "GetSigninToken")
                    .when(When.not(Callers.agent("Jersey/")))
                    .says(
                            "a console session was made of keys",
                            "So a stolen key opens the console; tools that switch profiles do the same.")
                    .build(),
            notable("DatabaseLogDownloaded", Severity.LOW)
                    .on("rds", "DownloadDBLogFilePortion", "DownloadCompleteDBLogFile")
                    .when(Callers.NO_SERVICE)
                    .says("a log of a database was downloaded", "Queries in it may hold secrets and personal data.")
                    .build());

    private Stealing() {}

    private static Rule.Builder secrets(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, SECRETS, Severity.MEDIUM);
    }

    private static Rule.Builder notable(String name, Severity severity) {
        return Rule.named(name).as(Rule.Kind.NOTABLE, Notable.CREDENTIAL_ACCESS, severity);
    }
}
