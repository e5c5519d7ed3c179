#!/usr/bin/env python3
"""Techniques of attack that no corpus here holds, as CloudTrail records composed from the public description of what Stratus Red Team's
techniques and the like call: for measuring with techniques that nobody tuned on.

usage: other-techniques.py OUT    writes OUT/stratus/NAME.json; then: tocsin-bench/implant.py stratus --corpus OUT
"""
import json
import pathlib
import sys
import uuid

ACCOUNT, BUCKET = "118238665043", "arn:aws:s3:::northwind-invoices"
# Blocks of hosting providers, one a technique: what one did makes no other's network known.
HOSTERS = ("45.77", "51.15", "159.65", "95.216", "37.120", "104.238", "192.99", "5.188", "139.59", "178.62", "46.101", "167.99", "81.17", "62.210", "94.130",
           "144.202", "185.107", "193.29", "89.44", "138.68", "207.154", "163.172", "176.9", "199.247", "194.36", "146.70", "66.42", "157.245", "212.83",
           "116.202", "78.46", "188.166")
READ = ("Get", "List", "Describe", "Batch", "Lookup", "Search")


def call(source, name, parameters=None, response=None, error=None, read=None):
    return (source + ".amazonaws.com", name, parameters or {}, response, error, read)


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal):
    return policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal})


TECHNIQUES = {
    "credential-access.ec2-get-password-data": [
        call("ec2", "GetPasswordData", {"instanceId": "i-0a1b2c3d4e5f6%04x" % n}, error="Client.UnauthorizedOperation") for n in range(30)],
    "credential-access.secretsmanager-batch-retrieve-secrets": [
        call("secretsmanager", "BatchGetSecretValue", {"filters": [{"key": "tag-key", "values": ["team"]}]}, read=True)] + [
        call("secretsmanager", "GetSecretValue", {"secretId": "app/secret-%d" % n}, read=True) for n in range(20)],
    "defense-evasion.cloudtrail-delete": [call("cloudtrail", "DeleteTrail", {"name": "main-trail"})],
    "defense-evasion.cloudtrail-lifecycle-rule": [
        call("s3", "PutBucketLifecycle", {"bucketName": "northwind-cloudtrail-logs", "lifecycle": "", "LifecycleConfiguration": {"Rule": {
            "ID": "nuke-cloudtrail-logs-after-1-day", "Status": "Enabled", "Expiration": {"Days": 1}, "Prefix": ""}}})],
    "defense-evasion.dns-delete-logs": [
        call("route53resolver", "DisassociateResolverQueryLogConfig", {"resolverQueryLogConfigId": "rqlc-0a1b2c3d", "resourceId": "vpc-0a1b2c3d"}),
        call("route53resolver", "DeleteResolverQueryLogConfig", {"resolverQueryLogConfigId": "rqlc-0a1b2c3d"})],
    "discovery.ec2-enumerate-from-instance": [
        call("sts", "GetCallerIdentity"), call("s3", "ListBuckets"), call("iam", "GetAccountSummary"), call("iam", "ListRoles"), call("iam", "ListUsers"),
        call("iam", "GetAccountAuthorizationDetails"), call("ec2", "DescribeSnapshots", {"ownersSet": {}}), call("cloudtrail", "DescribeTrails"),
        call("guardduty", "ListDetectors")],
    "discovery.ses-enumerate": [call("ses", "GetAccountSendingEnabled"), call("ses", "GetSendQuota"), call("ses", "ListIdentities"),
                                call("ses", "GetIdentityVerificationAttributes", {"identities": ["northwind.example"]})],
    "execution.sagemaker-update-lifecycle-config": [
        call("sagemaker", "StopNotebookInstance", {"notebookInstanceName": "research"}),
        call("sagemaker", "CreateNotebookInstanceLifecycleConfig", {"notebookInstanceLifecycleConfigName": "stratus", "onStart": [{"content": "HIDDEN"}]}),
        call("sagemaker", "UpdateNotebookInstance", {"notebookInstanceName": "research", "lifecycleConfigName": "stratus"}),
        call("sagemaker", "StartNotebookInstance", {"notebookInstanceName": "research"})],
    "execution.ssm-start-session": [call("ssm", "StartSession", {"target": "i-0a1b2c3d4e5f6%04x" % n}, {"sessionId": "session-%d" % n}) for n in range(3)],
    "exfiltration.ec2-share-ebs-snapshot": [
        call("ec2", "ModifySnapshotAttribute", {"snapshotId": "snap-0a1b2c3d", "attributeType": "CREATE_VOLUME_PERMISSION",
                                                "createVolumePermission": {"add": {"items": [{"userId": "012345678901"}]}}}, {"_return": True})],
    "exfiltration.s3-backdoor-bucket-policy": [
        call("s3", "PutBucketPolicy", {"bucketName": "northwind-invoices", "policy": "", "bucketPolicy": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::012345678901:root"}, "Action": ["s3:GetObject", "s3:ListBucket"],
             "Resource": [BUCKET + "/*", BUCKET]}]}})],
    "impact.bedrock-invoke-model": [
        call("bedrock", "ListFoundationModels"), call("bedrock", "GetUseCaseForModelAccess", error="ResourceNotFoundException"),
        call("bedrock", "PutUseCaseForModelAccess"), call("bedrock", "CreateFoundationModelAgreement", {"modelId": "anthropic.claude-3"}),
        call("bedrock", "PutFoundationModelEntitlement", {"modelId": "anthropic.claude-3"}),
        call("bedrock", "InvokeModel", {"modelId": "anthropic.claude-3"}, read=True)],
    "impact.s3-ransomware-batch-deletion": [
        call("s3", "GetBucketVersioning", {"bucketName": "northwind-invoices"}), call("s3", "PutBucketVersioning", {
            "bucketName": "northwind-invoices", "VersioningConfiguration": {"Status": "Suspended"}}),
        call("s3", "DeleteBucket", {"bucketName": "northwind-invoices-backup"})],
    "lateral-movement.ec2-serial-console-send-ssh-public-key": [
        call("ec2", "EnableSerialConsoleAccess", response={"serialConsoleAccessEnabled": True}),
        call("ec2-instance-connect", "SendSerialConsoleSSHPublicKey", {"instanceId": "i-0a1b2c3d", "serialPort": 0, "sSHPublicKey": "ssh-ed25519 AAAA"},
             {"success": True})],
    "persistence.iam-create-backdoor-role": [
        call("iam", "CreateRole", {"roleName": "support-backdoor", "assumeRolePolicyDocument": trust({"AWS": "arn:aws:iam::012345678901:root"})}),
        call("iam", "AttachRolePolicy", {"roleName": "support-backdoor", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"})],
    "persistence.iam-create-user-login-profile": [
        call("iam", "CreateLoginProfile", {"userName": "legacy-app", "passwordResetRequired": False})],
    "persistence.lambda-layer-extension": [
        call("lambda", "PublishLayerVersion20181031", {"layerName": "telemetry", "publishZip": {}}),
        call("lambda", "UpdateFunctionConfiguration20150331v2", {"functionName": "orders", "layers": ["arn:aws:lambda:us-east-1:012345678901:layer:telemetry:1"]})],
    "privilege-escalation.iam-update-user-login-profile": [
        call("iam", "UpdateLoginProfile", {"userName": "anna.admin", "passwordResetRequired": False})],
    "persistence.sagemaker-presigned-notebook": [
        call("sagemaker", "ListNotebookInstances"),
        call("sagemaker", "CreatePresignedNotebookInstanceUrl", {"notebookInstanceName": "research"}, {"authorizedUrl": "HIDDEN"})],
    "credential-access.ecr-and-code": [
        call("ecr", "GetAuthorizationToken"), call("codecommit", "ListRepositories"), call("codebuild", "ListProjects"),
        call("codebuild", "BatchGetProjects", {"names": ["build"]})],
    "privilege-escalation.iam-attach-inline-admin": [
        call("iam", "PutUserPolicy", {"userName": "build-bot", "policyName": "all", "policyDocument": policy({"Effect": "Allow", "Action": "*", "Resource": "*"})})],
    "privilege-escalation.iam-new-policy-version": [
        call("iam", "CreatePolicyVersion", {"policyArn": "arn:aws:iam::118238665043:policy/app", "setAsDefault": True,
                                            "policyDocument": policy({"Effect": "Allow", "Action": "*", "Resource": "*"})})],
    "defense-evasion.guardduty-off": [call("guardduty", "UpdateDetector", {"detectorId": "a" * 32, "enable": False}),
                                      call("guardduty", "DeleteDetector", {"detectorId": "a" * 32})],
    "defense-evasion.config-off": [call("config", "StopConfigurationRecorder", {"configurationRecorderName": "default"}),
                                   call("config", "DeleteDeliveryChannel", {"deliveryChannelName": "default"})],
    "impact.kms-schedule-deletion": [call("kms", "DisableKey", {"keyId": "1234abcd-12ab-34cd-56ef-1234567890ab"}),
                                     call("kms", "ScheduleKeyDeletion", {"keyId": "1234abcd-12ab-34cd-56ef-1234567890ab", "pendingWindowInDays": 7})],
    "impact.rds-delete": [call("rds", "DeleteDBInstance", {"dBInstanceIdentifier": "orders", "skipFinalSnapshot": True, "deleteAutomatedBackups": True})],
    "exfiltration.ec2-export-image": [call("ec2", "CreateInstanceExportTask", {"instanceId": "i-0a1b2c3d", "exportToS3": {"s3Bucket": "foreign-bucket"}})],
    "exfiltration.s3-replication": [call("s3", "PutBucketReplication", {"bucketName": "northwind-invoices", "ReplicationConfiguration": {
        "Role": "arn:aws:iam::118238665043:role/replication", "Rule": {"Status": "Enabled", "Destination": {
            "Bucket": "arn:aws:s3:::foreign-copies", "Account": "012345678901"}}}})],
    "persistence.access-key-of-another": [call("iam", "CreateAccessKey", {"userName": "anna.admin"},
                                               {"accessKey": {"accessKeyId": "AKIAIOSFODNN7OTHER00", "userName": "anna.admin", "status": "Active"}})],
    "persistence.identity-provider": [call("iam", "CreateSAMLProvider", {"name": "corp-sso", "sAMLMetadataDocument": "HIDDEN"}),
                                      call("iam", "UpdateAssumeRolePolicy", {"roleName": "admin", "policyDocument": trust({"Federated": "arn:aws:iam::118238665043:saml-provider/corp-sso"})})],
    "lateral-movement.ec2-replace-profile": [call("ec2", "AssociateIamInstanceProfile", {"AssociateIamInstanceProfileRequest": {
        "InstanceId": "i-0a1b2c3d", "IamInstanceProfile": {"Name": "admin"}}})],
    "resource-development.support-quota": [call("servicequotas", "RequestServiceQuotaIncrease", {"serviceCode": "ec2", "quotaCode": "L-DB2E81BA", "desiredValue": 512})],
}


def main():
    out = pathlib.Path(sys.argv[1]) / "stratus"
    out.mkdir(parents=True, exist_ok=True)
    for number, (name, calls) in enumerate(sorted(TECHNIQUES.items())):
        records = []
        for index, (source, event, parameters, response, error, read) in enumerate(calls):
            record = {
                "eventVersion": "1.09", "eventCategory": "Management", "managementEvent": True, "eventType": "AwsApiCall", "awsRegion": "us-east-1",
                "eventID": str(uuid.UUID(int=number << 32 | index)), "requestID": str(uuid.UUID(int=number << 40 | index)),
                "eventName": event, "eventSource": source, "eventTime": "2024-08-01T%02d:%02d:%02dZ" % (9 + number % 8, 7 + index // 2, index % 2 * 30),
                "readOnly": event.startswith(READ) if read is None else read, "recipientAccountId": ACCOUNT,
                "requestParameters": parameters or None, "responseElements": None if error else response, "sourceIPAddress": "%s.77.%d" % (HOSTERS[number % len(HOSTERS)], number + 1),
                "userAgent": "aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 os/linux#6.5.0 md/arch#x86_64 lang/python#3.11.8",
                "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": source.replace(".", ".us-east-1.", 1)},
                "userIdentity": {"type": "IAMUser", "principalId": "AIDAYO61EC4B4W5G6BXN", "arn": "arn:aws:iam::%s:user/operator01" % ACCOUNT,
                                 "accountId": ACCOUNT, "accessKeyId": "AKIA40XZ2OQU8R4QKTAC", "userName": "operator01"}}
            if error:
                record["errorCode"], record["errorMessage"] = error, "not allowed"
            records.append({key: value for key, value in record.items() if value is not None})
        (out / (name + ".json")).write_text(json.dumps({"Records": records}))


main()
