package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** What attackers do and everyday work does, too: for hunting, on only where somebody asks for it. */
final class Notable {

    static final FindingType CREDENTIAL_ACCESS = type("CredentialAccess", "T1552");
    static final FindingType IMPACT = type("Impact", "T1496");
    private static final FindingType DISCOVERY = type("Discovery", "T1087.004");
    private static final FindingType PERSISTENCE = type("Persistence", "T1136.003");

    static final List<Rule> ALL = List.of(
            discovery("AccountLookedUp")
                    .on(
                            "organizations,account,billingconsole",
                            "DescribeAccount",
                            "GetAlternateContact",
                            "GetContactInformation",
                            "GetAccountInformation",
                            "GetPrimaryEmail")
                    .says("who owns the account was looked up", "Thieves of accounts look what they have.")
                    .build(),
            discovery("MailLookedUp")
                    .on(
                            "ses",
                            "GetSendQuota",
                            "GetAccount",
                            "GetAccountSendingEnabled",
                            "ListIdentities",
                            "ListEmailIdentities",
                            "GetIdentityVerificationAttributes",
                            "ListVerifiedEmailAddresses")
                    .when(Callers.NO_SERVICE)
                    .says("what mail can be sent was looked up", "Spammers look before they use a stolen account.")
                    .build(),
            persistence("UserMade", Severity.LOW)
                    .on("iam", "CreateUser")
                    .when(Callers.NO_SERVICE)
                    .says("a user was made", "A user of their own is the attacker's way back.")
                    .build(),
            persistence("FunctionCodeChangedByPerson", Severity.MEDIUM)
                    .on("lambda", "UpdateFunctionCode")
                    .when(Callers.PERSON)
                    .says("a person changed the code of a function", "Deployments do it as roles.")
                    .build(),
            persistence("FunctionLayerSetByPerson", Severity.MEDIUM)
                    .on("lambda", "UpdateFunctionConfiguration")
                    .when(When.all(
                            Callers.PERSON,
                            When.any(
                                    request("layers").exists(),
                                    response("layers").exists())))
                    .says("a person set the layers of a function", "A layer's code runs with the function's role.")
                    .build(),
            persistence("FunctionPermissionGiven", Severity.MEDIUM)
                    .on("lambda", "AddPermission")
                    .when(When.all(When.not(request("principal").endsWith(".amazonaws.com")), Callers.NO_SERVICE))
                    .says("somebody other than a service may invoke a function", "It is a way in with its role.")
                    .build(),
            persistence("RoleGivenToDatabase", Severity.LOW)
                    .on("rds", "AddRoleToDBInstance", "AddRoleToDBCluster")
                    .says("a database got a role", "Who can query the database can then use the role.")
                    .build(),
            persistence("DatabaseGroupChanged", Severity.LOW)
                    .on("rds", "AuthorizeDBSecurityGroupIngress")
                    .says("a database's security group lets more in", "Whoever comes from there can try it.")
                    .build());

    private Notable() {}

    private static FindingType type(String tactic, String technique) {
        return RuleTypes.own(
                tactic + ":IAMUser/NotableCall",
                Severity.MEDIUM,
                technique,
                "Worth knowing: {what}.",
                "a call matches a rule that is on only where somebody asks for it; docs/rules.md lists them.",
                "anything while none of its rules is on. Everyday work makes these calls, too.",
                "See whether it fits the caller's work; look at what came before and after.");
    }

    private static Rule.Builder discovery(String name) {
        return Rule.named(name).as(Rule.Kind.NOTABLE, DISCOVERY, Severity.LOW);
    }

    private static Rule.Builder persistence(String name, Severity severity) {
        return Rule.named(name).as(Rule.Kind.NOTABLE, PERSISTENCE, severity);
    }
}
