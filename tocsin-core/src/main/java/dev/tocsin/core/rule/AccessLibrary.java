package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.additional;
import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;
import java.util.Set;

/** Of GuardDuty's library, the rules on credentials, sign-ins and permissions (finding-types: custom detection rules). */
final class AccessLibrary {

    private static final int SSH = 22;

    private static final FindingType ACCOUNT =
            RuleTypes.library("Persistence:IAM/AccountManipulation", Severity.HIGH, "T1098");
    private static final FindingType ADMIN =
            RuleTypes.library("PrivilegeEscalation:IAM/AccountManipulation", Severity.HIGH, "T1098");

    private static final Field POLICY_ARN = request("policyArn");
    private static final When ADMINISTRATOR = POLICY_ARN.endsWith(":policy/AdministratorAccess");
    private static final When MAIL = POLICY_ARN.endsWith(":policy/AmazonSESFullAccess");

    static final List<Rule> ALL = List.of(
            rule("EC2PasswordDataRetrieved", "CredentialAccess:EC2/UnsecuredCredentials", Severity.MEDIUM, "T1552")
                    .on("ec2", "GetPasswordData")
                    .says(
                            "the encrypted administrator password of an instance was retrieved",
                            "Who has the key pair can read the password and sign in to the instance.")
                    .build(),
            rule("RDSMasterPasswordReset", "CredentialAccess:RDS/ModifyAuthenticationProcess", Severity.HIGH, "T1556")
                    .on("rds", "ModifyDBInstance", "ModifyDBCluster")
                    .when(request("masterUserPassword").exists())
                    .says(
                            "the master password of a database was reset",
                            "Whoever knows the new password has the whole database.")
                    .build(),
            rule("RDSIAMAuthDisabled", "DefenseImpairment:RDS/ModifyAuthenticationProcess", Severity.MEDIUM, "T1556")
                    .on("rds", "ModifyDBInstance", "ModifyDBCluster")
                    .when(request("enableIAMDatabaseAuthentication").is("false"))
                    .says(
                            "IAM authentication of a database was switched off",
                            "Sign-ins to it then leave no trace in CloudTrail.")
                    .build(),
            rule("ConsoleLoginWithoutMFA", "InitialAccess:IAM/ValidAccounts", Severity.MEDIUM, "T1078")
                    .on("signin", "ConsoleLogin")
                    .when(When.all(
                            response("ConsoleLogin").is("Success"),
                            additional("MFAUsed").is("No"),
                            When.any(Callers.IAM_USER, Callers.ROOT)))
                    .says(
                            "signed in to the console without a second factor",
                            "A password alone is enough for whoever steals it.")
                    .build(),
            rule("EC2InstanceSSHKeyPushed", "LateralMovement:EC2/RemoteServices", Severity.MEDIUM, "T1021")
                    .on("ec2-instance-connect", "SendSSHPublicKey")
                    .says(
                            "an SSH key was pushed to an instance",
                            "For a minute whoever holds the key can open a shell there.")
                    .build(),
            rule("EC2SecurityGroupPublicSSH", "Persistence:EC2/ExternalRemoteServices", Severity.MEDIUM, "T1133")
                    .on("ec2", "AuthorizeSecurityGroupIngress")
                    .when(OpenPorts.any("22", Set.of(SSH)))
                    .says(
                            "a security group was opened to the world for SSH",
                            "Anybody on the internet can try to sign in.")
                    .build(),
            account("IAMAccessKeyCreated", Severity.LOW)
                    .on("iam", "CreateAccessKey")
                    .says("an access key was made", "A key outlives the session that made it.")
                    .build(),
            account("IAMRoleTrustPolicyModified", Severity.MEDIUM)
                    .on("iam", "UpdateAssumeRolePolicy")
                    .says("who may assume a role was changed", "A role that trusts somebody else is a way back in.")
                    .build(),
            account("IAMUserLoginProfileCreated", Severity.HIGH)
                    .on("iam", "CreateLoginProfile")
                    .says(
                            "a console password was made for a user",
                            "A user that had only keys can then sign in to the console.")
                    .build(),
            account("IAMUserLoginProfileUpdated", Severity.MEDIUM)
                    .on("iam", "UpdateLoginProfile")
                    .says(
                            "a user's console password was changed",
                            "Whoever sets another's password can sign in as them.")
                    .build(),
            rule("LambdaFunctionPublicAccess", "Persistence:Lambda/AccountManipulation", Severity.HIGH, "T1098")
                    .on("lambda", "AddPermission")
                    .when(request("principal").is("*"))
                    .says(
                            "everybody may invoke a function",
                            "A function that anybody can invoke is a way in with the function's role.")
                    .build(),
            rule(
                            "LambdaFunctionUrlPublicAccess",
                            "Persistence:Lambda/ModifyAuthenticationProcess",
                            Severity.HIGH,
                            "T1556")
                    .on("lambda", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig")
                    .when(request("authType").is("NONE"))
                    .says(
                            "a function got an address that asks for no credentials",
                            "Anybody on the internet can invoke it.")
                    .build(),
            rule(
                            "RolesAnywhereTrustAnchorCreated",
                            "Persistence:RolesAnywhere/AccountManipulation",
                            Severity.MEDIUM,
                            "T1098")
                    .on("rolesanywhere", "CreateTrustAnchor")
                    .says(
                            "an authority was made whose certificates give credentials",
                            "Whoever holds the authority can make itself credentials at any time.")
                    .build(),
            admin("AdminPolicyAttachedToRole", Severity.HIGH)
                    .on("iam", "AttachRolePolicy")
                    .when(ADMINISTRATOR)
                    .says("a role was made administrator", "Whoever assumes it can do everything.")
                    .build(),
            admin("AdminPolicyAttachedToUser", Severity.HIGH)
                    .on("iam", "AttachUserPolicy")
                    .when(ADMINISTRATOR)
                    .says("a user was made administrator", "The user's keys can then do everything.")
                    .build(),
            admin("BedrockServiceCredentialCreated", Severity.MEDIUM)
                    .on("iam", "CreateServiceSpecificCredential")
                    .when(request("serviceName").contains("bedrock"))
                    .says(
                            "a long-lived API key for Amazon Bedrock was made",
                            "Such keys are sold to people who run models at the account's cost.")
                    .build(),
            admin("SESFullAccessPolicyAttachedToRole", Severity.MEDIUM)
                    .on("iam", "AttachRolePolicy")
                    .when(MAIL)
                    .says("a role may do everything with mail", "Stolen accounts are used to send spam.")
                    .build(),
            admin("SESFullAccessPolicyAttachedToUser", Severity.MEDIUM)
                    .on("iam", "AttachUserPolicy")
                    .when(MAIL)
                    .says("a user may do everything with mail", "Stolen accounts are used to send spam.")
                    .build());

    private AccessLibrary() {}

    private static Rule.Builder rule(String name, String type, Severity severity, String technique) {
        return Rule.named(name).as(Rule.Kind.LIBRARY, RuleTypes.library(type, severity, technique), severity);
    }

    private static Rule.Builder account(String name, Severity severity) {
        return Rule.named(name).as(Rule.Kind.LIBRARY, ACCOUNT, severity);
    }

    private static Rule.Builder admin(String name, Severity severity) {
        return Rule.named(name).as(Rule.Kind.LIBRARY, ADMIN, severity);
    }
}
