package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;
import java.util.Set;

/** Doors on the network and on machines that are opened. */
final class Doors {

    /** SSH, Telnet, RPC, SMB, RDP, VNC, WinRM, and the control ports of Docker, Kubernetes and etcd. */
    private static final Set<Integer> ADMINISTRATIVE =
            Set.of(22, 23, 135, 445, 2375, 2376, 2379, 3389, 5900, 5985, 5986, 6443, 10_250);

    /** Where databases and caches listen that have no business with the internet. */
    private static final Set<Integer> DATABASES = Set.of(1433, 1521, 3306, 5432, 6379, 9200, 11_211, 27_017);

    private static final String UNDO =
            "If nobody planned it, take it back, end the sessions it gave, and look at what else these credentials did.";
    private static final String FAILED = "calls that failed; ";

    private static final FindingType PORT = RuleTypes.own(
            "Persistence:IAMUser/PortOpened",
            Severity.MEDIUM,
            "T1133",
            "A port was opened to the internet: {what}.",
            "a security group lets the world in to a port of administration or of a database, or to all ports; or a"
                    + " database's own security group lets the world in.",
            FAILED + "ports of web servers; groups that no instance has.",
            UNDO);
    private static final FindingType DATABASE = RuleTypes.own(
            "InitialAccess:IAMUser/DatabaseExposed",
            Severity.HIGH,
            "T1190",
            "A database can be reached from the internet: {what}.",
            "a database that exists is made reachable from the internet, or one is restored so.",
            FAILED + "databases that were made so from the start; what their security group still stops.",
            UNDO);
    private static final FindingType INSTANCE = RuleTypes.own(
            "Execution:IAMUser/InstanceTakenOver",
            Severity.MEDIUM,
            "T1651",
            "A way into an instance was used: {what}.",
            "the start script of an instance is changed; a key goes to a serial console, or serial consoles are switched"
                    + " on.",
            FAILED + "commands and sessions of Systems Manager, which are everyday work.",
            UNDO);

    static final List<Rule> ALL = List.of(
            port("AdministrativePortOpened")
                    .on("ec2", "AuthorizeSecurityGroupIngress")
                    .when(OpenPorts.any("administration", ADMINISTRATIVE))
                    .insteadOf("EC2SecurityGroupPublicSSH")
                    .says(
                            "a security group lets the world in to a port of administration",
                            "Anybody on the internet can try passwords there.")
                    .build(),
            port("DatabasePortOpened")
                    .on("ec2", "AuthorizeSecurityGroupIngress")
                    .when(When.all(
                            OpenPorts.any("databases", DATABASES),
                            When.not(OpenPorts.any("administration", ADMINISTRATIVE))))
                    .says("a security group lets the world in to a database", "Anybody on the internet can try it.")
                    .build(),
            port("DatabaseGroupOpened")
                    .on("rds", "AuthorizeDBSecurityGroupIngress")
                    .when(request("cIDRIP").matches("/[0-4]$"))
                    .says("a database's security group lets the world in", "Anybody on the internet can try it.")
                    .build(),
            Rule.named("DatabaseMadeReachable")
                    .as(Rule.Kind.OWN, DATABASE, Severity.HIGH)
                    .on(
                            "rds",
                            "ModifyDBInstance",
                            "ModifyDBCluster",
                            "RestoreDBInstanceFromDBSnapshot",
                            "RestoreDBInstanceToPointInTime",
                            "RestoreDBClusterFromSnapshot")
                    .when(When.any(
                            request("publiclyAccessible").is("true"),
                            When.all(
                                    When.not(Callers.action("ModifyDBInstance", "ModifyDBCluster")),
                                    When.not(request("publiclyAccessible").exists()),
                                    response("publiclyAccessible").is("true"))))
                    .insteadOf("RDSPubliclyAccessible")
                    .says("a database was made reachable from the internet", "Anybody can try its passwords and flaws.")
                    .build(),
            Rule.named("WarehouseMadeReachable")
                    .as(Rule.Kind.OWN, DATABASE, Severity.HIGH)
                    .on("redshift,dms", "ModifyCluster", "RestoreFromClusterSnapshot", "CreateReplicationInstance")
                    .when(request("publiclyAccessible").is("true"))
                    .says(
                            "a data warehouse or a copier of databases was made reachable from the internet",
                            "Anybody can try its passwords and flaws.")
                    .build(),
            instance("StartScriptChanged")
                    .on("ec2", "ModifyInstanceAttribute")
                    .when(When.any(
                            request("userData").exists(), request("attribute").is("userData")))
                    .insteadOf("EC2UserDataModified")
                    .says("the script that an instance runs at its start was changed", "It runs as root.")
                    .build(),
            instance("SerialConsoleUsed")
                    .on("ec2-instance-connect", "SendSerialConsoleSSHPublicKey")
                    .says(
                            "a key was sent to the serial console of an instance",
                            "The console is reached whatever network and security groups say.")
                    .build(),
            instance("SerialConsolesEnabled")
                    .on("ec2", "EnableSerialConsoleAccess")
                    .says(
                            "serial consoles were switched on for the account",
                            "They are reached whatever network and security groups say.")
                    .build());

    private Doors() {}

    private static Rule.Builder port(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, PORT, Severity.MEDIUM);
    }

    private static Rule.Builder instance(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, INSTANCE, Severity.MEDIUM);
    }
}
