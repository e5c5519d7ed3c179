"""
Every operation that boto3 of Debian 12 knows, in the order in which a team would call them: by boto3, or by the AWS CLI where
TOCSIN_CLIENT=cli. Settings come from the environment.
"""

import os
import pathlib
import tempfile
import time
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from command_line import CommandLine
from schema import Checker

ACCOUNT = os.environ['TOCSIN_ACCOUNT']
MEMBER = os.environ['TOCSIN_MEMBER']
CHECKER = Checker()
SETTLED_WITHIN = 10  # seconds


def connect(**credentials):
    if os.environ.get('TOCSIN_CLIENT') == 'cli':
        return CommandLine(CHECKER, **credentials)
    config = Config(retries={'total_max_attempts': 1}, parameter_validation=True)
    client = boto3.client('guardduty', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=config, **credentials)
    return CHECKER.watch(client)


client = connect()
other = connect(
    aws_access_key_id=os.environ['TOCSIN_MEMBER_KEY'], aws_secret_access_key=os.environ['TOCSIN_MEMBER_SECRET']
)


class EveryOperation(unittest.TestCase):
    def setUp(self):
        self.detector = client.create_detector(Enable=True)['DetectorId']
        self.mine = {'DetectorId': self.detector}

    def tearDown(self):
        client.delete_detector(**self.mine)

    def refused(self, code, text, operation, **arguments):
        with self.assertRaises(ClientError) as caught:
            operation(**arguments)
        error = caught.exception.response['Error']
        self.assertEqual(error['Code'], code, error)
        self.assertIn(text, error['Message'])

    def settled(self, get, *on_the_way):
        end = time.monotonic() + SETTLED_WITHIN
        while True:
            status = get()['Status']
            if status not in on_the_way:
                return status
            self.assertLess(time.monotonic(), end, status)
            time.sleep(0.1)

    def all_pages(self):
        """The CLI asks for the pages itself."""
        if isinstance(client, CommandLine):
            return client.list_findings(**self.mine)['FindingIds']
        pages = client.get_paginator('list_findings').paginate(**self.mine, PaginationConfig={'PageSize': 7})
        return [one for page in pages for one in page['FindingIds']]

    def test_detectors_and_their_features(self):
        self.assertEqual(client.list_detectors()['DetectorIds'], [self.detector])
        client.update_detector(**self.mine, FindingPublishingFrequency='FIFTEEN_MINUTES')
        detector = client.get_detector(**self.mine)
        self.assertEqual(detector['FindingPublishingFrequency'], 'FIFTEEN_MINUTES')
        arn = f'arn:aws:guardduty:{client.meta.region_name}:{ACCOUNT}:detector/{self.detector}'
        client.tag_resource(ResourceArn=arn, Tags={'team': 'blue', 'tier': '1'})
        client.untag_resource(ResourceArn=arn, TagKeys=['tier'])
        self.assertEqual(client.list_tags_for_resource(ResourceArn=arn)['Tags'], {'team': 'blue'})

    def test_findings_from_list_to_feedback(self):
        client.create_sample_findings(**self.mine)
        ids = self.all_pages()
        self.assertEqual(len(ids), len(set(ids)))
        self.assertGreater(len(ids), 50)
        for at in range(0, len(ids), 50):
            findings = client.get_findings(**self.mine, FindingIds=ids[at : at + 50])['Findings']
            self.assertEqual({one['Id'] for one in findings}, set(ids[at : at + 50]))
            self.assertTrue(all(one['AccountId'] == ACCOUNT for one in findings))
        client.archive_findings(**self.mine, FindingIds=ids[:3])
        archived = {'Criterion': {'service.archived': {'Eq': ['true']}}}
        self.assertEqual(set(client.list_findings(**self.mine, FindingCriteria=archived)['FindingIds']), set(ids[:3]))
        client.unarchive_findings(**self.mine, FindingIds=ids[:3])
        self.assertEqual(client.list_findings(**self.mine, FindingCriteria=archived)['FindingIds'], [])
        client.update_findings_feedback(**self.mine, FindingIds=ids[:1], Feedback='USEFUL', Comments='seen')
        counts = client.get_findings_statistics(**self.mine, FindingStatisticTypes=['COUNT_BY_SEVERITY'])
        self.assertEqual(sum(counts['FindingStatistics']['CountBySeverity'].values()), len(ids))

    def test_filters(self):
        criteria = {'Criterion': {'type': {'Eq': ['Recon:EC2/Portscan']}}}
        client.create_filter(**self.mine, Name='scans', FindingCriteria=criteria, Action='ARCHIVE', Rank=1)
        client.update_filter(**self.mine, FilterName='scans', Description='of our scanner')
        kept = client.get_filter(**self.mine, FilterName='scans')
        self.assertEqual((kept['Action'], kept['Description']), ('ARCHIVE', 'of our scanner'))
        self.assertEqual(client.list_filters(**self.mine)['FilterNames'], ['scans'])
        client.delete_filter(**self.mine, FilterName='scans')

    def test_lists(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, 'list.txt')
            file.write_text('203.0.113.9\n')
            for kind, key in (('ip_set', 'IpSetId'), ('threat_intel_set', 'ThreatIntelSetId')):
                self.list_lives(kind, key, file.as_uri())

    def list_lives(self, kind, key, location):
        made = getattr(client, f'create_{kind}')(
            **self.mine, Name=kind, Format='TXT', Location=location, Activate=False
        )
        one = {**self.mine, key: made[key]}
        get = lambda: getattr(client, f'get_{kind}')(**one)
        self.assertEqual(self.settled(get, 'ACTIVATING', 'DEACTIVATING'), 'INACTIVE')
        getattr(client, f'update_{kind}')(**one, Activate=True)
        self.assertEqual(self.settled(get, 'INACTIVE', 'ACTIVATING'), 'ACTIVE')
        self.assertEqual(getattr(client, f'list_{kind}s')(**self.mine)[f'{key}s'], [made[key]])
        getattr(client, f'delete_{kind}')(**one)
        self.assertEqual(self.settled(get, 'DELETE_PENDING', 'ACTIVE'), 'DELETED')

    def test_publishing_destinations(self):
        properties = {'DestinationArn': 'arn:aws:s3:::findings', 'KmsKeyArn': 'arn:aws:kms:us-east-1:111122223333:key/a'}
        made = client.create_publishing_destination(
            **self.mine, DestinationType='S3', DestinationProperties=properties
        )['DestinationId']
        one = {**self.mine, 'DestinationId': made}
        self.assertEqual(client.describe_publishing_destination(**one)['DestinationProperties'], properties)
        listed = client.list_publishing_destinations(**self.mine)['Destinations']
        self.assertEqual([entry['DestinationId'] for entry in listed], [made])
        client.update_publishing_destination(**one, DestinationProperties=properties)
        client.delete_publishing_destination(**one)

    def test_malware_scans_have_no_result(self):
        self.assertEqual(client.describe_malware_scans(**self.mine)['Scans'], [])
        settings = {'EbsSnapshotPreservation': 'RETENTION_WITH_FINDING'}
        client.update_malware_scan_settings(**self.mine, **settings)
        self.assertEqual(client.get_malware_scan_settings(**self.mine)['EbsSnapshotPreservation'], settings['EbsSnapshotPreservation'])

    def test_usage_and_trial(self):
        client.get_usage_statistics(
            **self.mine, UsageStatisticType='SUM_BY_DATA_SOURCE', UsageCriteria={'DataSources': ['CLOUD_TRAIL']}
        )
        trial = client.get_remaining_free_trial_days(**self.mine, AccountIds=[ACCOUNT])
        self.assertEqual(trial['UnprocessedAccounts'], [])

    def test_members_by_invitation(self):
        theirs = other.create_detector(Enable=True)['DetectorId']
        ids = {**self.mine, 'AccountIds': [MEMBER]}
        client.create_members(**self.mine, AccountDetails=[{'AccountId': MEMBER, 'Email': 'm@example.org'}])
        for accept, who in (
            (other.accept_administrator_invitation, 'AdministratorId'),
            (other.accept_invitation, 'MasterId'),
        ):
            client.invite_members(**ids, Message='')
            self.assertEqual(other.get_invitations_count()['InvitationsCount'], 1)
            invitation = other.list_invitations()['Invitations'][0]['InvitationId']
            accept(DetectorId=theirs, InvitationId=invitation, **{who: ACCOUNT})
            self.assertEqual(client.list_members(**self.mine)['Members'][0]['RelationshipStatus'], 'Enabled')
            if who == 'AdministratorId':
                administrator = other.get_administrator_account(DetectorId=theirs)['Administrator']
                self.assertEqual(administrator['AccountId'], ACCOUNT)
                other.disassociate_from_administrator_account(DetectorId=theirs)
            else:
                self.assertEqual(other.get_master_account(DetectorId=theirs)['Master']['AccountId'], ACCOUNT)
        client.stop_monitoring_members(**ids)
        self.assertEqual(client.get_members(**ids)['Members'][0]['RelationshipStatus'], 'Disabled')
        client.start_monitoring_members(**ids)
        client.update_member_detectors(**ids, DataSources={'S3Logs': {'Enable': False}})
        kept = client.get_member_detectors(**ids)['MemberDataSourceConfigurations'][0]
        self.assertEqual(kept['DataSources']['S3Logs']['Status'], 'DISABLED')
        other.disassociate_from_master_account(DetectorId=theirs)
        client.invite_members(**ids, Message='')
        other.decline_invitations(AccountIds=[ACCOUNT])
        other.delete_invitations(AccountIds=[ACCOUNT])
        client.invite_members(**ids, Message='')
        client.disassociate_members(**ids)
        client.delete_members(**ids)
        other.delete_detector(DetectorId=theirs)

    def test_organization(self):
        client.enable_organization_admin_account(AdminAccountId=ACCOUNT)
        self.assertEqual(client.list_organization_admin_accounts()['AdminAccounts'][0]['AdminAccountId'], ACCOUNT)
        client.update_organization_configuration(**self.mine, AutoEnable=True)
        self.assertTrue(client.describe_organization_configuration(**self.mine)['AutoEnable'])
        client.update_organization_configuration(**self.mine, AutoEnable=False)
        client.disable_organization_admin_account(AdminAccountId=ACCOUNT)

    def test_wrong_input_names_the_member(self):
        self.refused('BadRequestException', 'detectorId', client.get_detector, DetectorId='x')
        self.refused('BadRequestException', 'maxResults', client.list_findings, **self.mine, MaxResults=51)
        self.refused(
            'BadRequestException', 'name', client.create_filter, **self.mine, Name='a b', FindingCriteria={'Criterion': {}}
        )
        self.refused('BadRequestException', 'nextToken', client.list_findings, **self.mine, NextToken='made-up!')

    @classmethod
    def tearDownClass(cls):
        left = set(client.meta.service_model.operation_names) - CHECKER.called
        assert not left, f'not called: {sorted(left)}'


if __name__ == '__main__':
    unittest.main()
