package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** Ways in that are made to last: trust, credentials and doors for somebody who should have none. */
final class WaysIn {

    private static final String UNDO =
            "If nobody planned it, take it back, end the sessions it gave, and look at what else these credentials did.";
    private static final String FAILED = "calls that failed; ";

    private static final Field TRUST = request("policyDocument");
    private static final Field FIRST_TRUST = request("assumeRolePolicyDocument");
    private static final Field INLINE = request("policyDocument");

    private static final FindingType PROVIDER = type(
            "Persistence:IAMUser/IdentityProviderChanged",
            Severity.MEDIUM,
            "T1484.002",
            "Who may vouch for identities was changed: {what}.",
            "a SAML or OpenID Connect provider, a certificate authority of Roles Anywhere or the identity source of"
                    + " Identity Center is made, changed or deleted.",
            FAILED + "users made at a provider that is trusted already; Identity Center's own upkeep.");
    private static final FindingType TRUST_OPENED = type(
            "Persistence:IAMUser/RoleTrustOpened",
            Severity.HIGH,
            "T1098",
            "A role can be assumed from outside: {what}.",
            "a role is made or changed so that another account, or everybody, may assume it.",
            FAILED + "trust in services and in identity providers.");
    private static final FindingType FUNCTION = type(
            "Persistence:IAMUser/FunctionOpened",
            Severity.HIGH,
            "T1098",
            "A function was opened or given foreign code: {what}.",
            "everybody, or another account, may invoke a function; it gets an address without credentials; or it takes a"
                    + " layer of another account.",
            FAILED + "layers of AWS's own and of well-known vendors are layers of another account, too.");
    private static final FindingType CREDENTIAL = type(
            "Persistence:IAMUser/CredentialMade",
            Severity.HIGH,
            "T1098.001",
            "Lasting credentials were made: {what}.",
            "a key of root is made; a console password is made for another user; an API key of Amazon Bedrock is made; a"
                    + " federation token is given every right.",
            FAILED + "access keys of ordinary users; passwords that must be changed at the first sign-in.");
    private static final FindingType ADMINISTRATOR = RuleTypes.own(
            "PrivilegeEscalation:IAMUser/AdministratorMade",
            Severity.HIGH,
            "T1098.003",
            "Somebody was made administrator: {what}.",
            "a user or group gets AdministratorAccess, or a policy of every action on every resource is written.",
            FAILED + "roles that get AdministratorAccess, which deployments do; narrower rights that lead to all.",
            UNDO);
    static final List<Rule> ALL = List.of(
            provider("SamlProviderChanged")
                    .on("iam", "CreateSAMLProvider", "UpdateSAMLProvider", "DeleteSAMLProvider")
                    .when(When.not(Callers.SERVICE_ROLE))
                    .says("a SAML provider was made, changed or deleted", "It vouches for anybody it names.")
                    .build(),
            provider("OpenIdProviderChanged")
                    .on(
                            "iam",
                            "CreateOpenIDConnectProvider",
                            "AddClientIDToOpenIDConnectProvider",
                            "UpdateOpenIDConnectProviderThumbprint",
                            "DeleteOpenIDConnectProvider")
                    .when(When.not(Callers.SERVICE_ROLE))
                    .says("an OpenID Connect provider was made, changed or deleted", "It vouches for anybody it names.")
                    .build(),
            provider("CertificateAuthorityTrusted")
                    .on("rolesanywhere", "CreateTrustAnchor", "UpdateTrustAnchor")
                    .insteadOf("RolesAnywhereTrustAnchorCreated")
                    .says(
                            "an authority was made whose certificates give credentials",
                            "Whoever holds the authority can make itself credentials at any time.")
                    .build(),
            provider("IdentitySourceChanged")
                    .on(
                            "sso,sso-directory,identitystore",
                            "UpdateSsoConfiguration",
                            "AssociateDirectory",
                            "DisassociateDirectory",
                            "CreateExternalIdPConfigurationForDirectory",
                            "EnableExternalIdPConfigurationForDirectory",
                            "UpdateExternalIdPConfigurationForDirectory")
                    .says("where Identity Center's people come from was changed", "The new source vouches for anybody.")
                    .build(),
            trust("RoleTrustsOtherAccount")
                    .on("iam", "UpdateAssumeRolePolicy", "CreateRole")
                    .when(When.any(TRUST.allowsForeignAccount(), FIRST_TRUST.allowsForeignAccount()))
                    .insteadOf("IAMRoleTrustPolicyModified")
                    .says("another account may assume a role", "A role that trusts somebody else is a way back in.")
                    .build(),
            trust("RoleTrustsEverybody")
                    .on("iam", "UpdateAssumeRolePolicy", "CreateRole")
                    .when(When.any(TRUST.isPublicPolicy(), FIRST_TRUST.isPublicPolicy()))
                    .insteadOf("IAMRoleTrustPolicyModified")
                    .says(
                            "everybody with an AWS account may assume a role",
                            "A role that trusts everybody has no door.")
                    .build(),
            function("FunctionInvokedByEverybody")
                    .on("lambda", "AddPermission", "AddLayerVersionPermission")
                    .when(When.all(
                            request("principal").is("*"),
                            When.not(request("principalOrgID").exists()),
                            When.not(request("organizationId").exists()),
                            When.not(request("sourceArn").exists())))
                    .insteadOf("LambdaFunctionPublicAccess")
                    .says("everybody may invoke a function or take a layer", "It is a way in with the function's role.")
                    .build(),
            function("FunctionInvokedByOtherAccount")
                    .on("lambda", "AddPermission")
                    .when(request("principal").namesForeignAccount())
                    .says("another account may invoke a function", "It is a way in with the function's role.")
                    .build(),
            function("FunctionAddressOpen")
                    .on("lambda", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig")
                    .when(request("authType").is("NONE"))
                    .insteadOf("LambdaFunctionUrlPublicAccess")
                    .says("a function got an address that asks for no credentials", "Anybody can invoke it.")
                    .build(),
            function("FunctionTakesForeignLayer")
                    .on("lambda", "UpdateFunctionConfiguration")
                    .when(When.all(
                            Callers.PERSON,
                            When.any(
                                    request("layers").namesForeignAccount(),
                                    response("layers").namesForeignAccount())))
                    .says(
                            "a layer of another account was put into a function",
                            "Its code runs with the function's role.")
                    .build(),
            credential("RootKeyMade")
                    .on("iam", "CreateAccessKey")
                    .when(When.all(Callers.ROOT, When.not(request("userName").exists())))
                    .says("an access key of the root user was made", "Nothing binds such a key, and it never expires.")
                    .build(),
            credential("PasswordMadeForAnother")
                    .on("iam", "CreateLoginProfile")
                    .when(When.all(
                            Callers.other(request("userName")),
                            When.not(request("passwordResetRequired").is("true"))))
                    .insteadOf("IAMUserLoginProfileCreated")
                    .says(
                            "a lasting console password was made for another user",
                            "A user that had only keys can then sign in to the console.")
                    .build(),
            credential("PasswordSetForAnother")
                    .on("iam", "UpdateLoginProfile")
                    .when(When.all(
                            Callers.other(request("userName")),
                            request("passwordResetRequired").is("false")))
                    .insteadOf("IAMUserLoginProfileUpdated")
                    .says("the console password of another user was set", "Whoever set it can sign in as them.")
                    .build(),
            credential("ModelKeyMade")
                    .on("iam", "CreateServiceSpecificCredential")
                    .when(request("serviceName").contains("bedrock"))
                    .insteadOf("BedrockServiceCredentialCreated")
                    .says(
                            "a long-lived API key for Amazon Bedrock was made",
                            "Such keys are sold to people who run models at the account's cost.")
                    .build(),
            credential("FederationTokenOfEverything")
                    .on("sts", "GetFederationToken")
                    .when(When.any(
                            request("policy").allowsEverything(),
                            request("policyArns").contains(":policy/AdministratorAccess")))
                    .says(
                            "a federation token with every right was made",
                            "It goes on working for up to 36 hours after the key that made it is deactivated.")
                    .build(),
            admin("UserMadeAdministrator")
                    .on("iam", "AttachUserPolicy", "AttachGroupPolicy")
                    .when(request("policyArn").endsWith(":policy/AdministratorAccess"))
                    .insteadOf("AdminPolicyAttachedToUser")
                    .says("a user or group was made administrator", "Its keys can then do everything.")
                    .build(),
            admin("PolicyOfEverythingWritten")
                    .on("iam", "PutUserPolicy", "PutGroupPolicy", "PutRolePolicy", "CreatePolicyVersion")
                    .when(INLINE.allowsEverything())
                    .says("a policy of every action on every resource was written", "Whoever has it can do everything.")
                    .build());

    private WaysIn() {}

    private static FindingType type(
            String name, Severity severity, String technique, String title, String fires, String blind) {
        return RuleTypes.own(name, severity, technique, title, fires, blind, UNDO);
    }

    private static Rule.Builder provider(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, PROVIDER, Severity.MEDIUM);
    }

    private static Rule.Builder trust(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, TRUST_OPENED, Severity.HIGH);
    }

    private static Rule.Builder function(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, FUNCTION, Severity.HIGH);
    }

    private static Rule.Builder credential(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, CREDENTIAL, Severity.HIGH);
    }

    private static Rule.Builder admin(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, ADMINISTRATOR, Severity.HIGH);
    }
}
