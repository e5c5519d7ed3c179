"""The sequences of moto's and Terraform's tests that boto3 of Debian 12 knows. Settings come from the environment."""

import os
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

NOT_OWNED = 'The request is rejected because the input detectorId is not owned by the current account.'
ACCOUNT = os.environ['TOCSIN_ACCOUNT']
client = boto3.client(
    'guardduty', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=Config(retries={'total_max_attempts': 1})
)


class GuardDuty(unittest.TestCase):
    def setUp(self):
        self.detector = client.create_detector(Enable=True, Tags={'a': 'b'})['DetectorId']

    def tearDown(self):
        client.delete_detector(DetectorId=self.detector)

    def refused(self, code, text, operation, **arguments):
        with self.assertRaises(ClientError) as caught:
            operation(**arguments)
        self.assertEqual(caught.exception.response['Error']['Code'], code)
        self.assertIn(text, caught.exception.response['Error']['Message'])

    def test_detector(self):
        self.assertEqual(client.list_detectors()['DetectorIds'], [self.detector])
        detector = client.get_detector(DetectorId=self.detector)
        self.assertEqual(detector['Status'], 'ENABLED')
        self.assertEqual(detector['FindingPublishingFrequency'], 'SIX_HOURS')
        self.assertEqual(detector['DataSources']['S3Logs']['Status'], 'ENABLED')
        client.update_detector(DetectorId=self.detector, Enable=False, FindingPublishingFrequency='ONE_HOUR')
        self.assertEqual(client.get_detector(DetectorId=self.detector)['Status'], 'DISABLED')
        self.refused('BadRequestException', NOT_OWNED, client.get_detector, DetectorId='0' * 32)

    def test_filters_come_back_as_made(self):
        criteria = {'Criterion': {'severity': {'Gte': 7}, 'type': {'Eq': ['a', 'b']}}}
        client.create_filter(DetectorId=self.detector, Name='mine', FindingCriteria=criteria)
        kept = client.get_filter(DetectorId=self.detector, FilterName='mine')
        self.assertEqual(kept['FindingCriteria'], criteria)
        self.assertEqual((kept['Action'], kept['Rank']), ('NOOP', 1))
        self.assertEqual(client.list_filters(DetectorId=self.detector)['FilterNames'], ['mine'])
        client.delete_filter(DetectorId=self.detector, FilterName='mine')

    def test_samples_are_found(self):
        client.create_sample_findings(DetectorId=self.detector, FindingTypes=['PenTest:IAMUser/KaliLinux'])
        pages = client.get_paginator('list_findings').paginate(
            DetectorId=self.detector, FindingCriteria={'Criterion': {'service.archived': {'Eq': ['false']}}}
        )
        ids = [one for page in pages for one in page['FindingIds']]
        finding = client.get_findings(DetectorId=self.detector, FindingIds=ids)['Findings'][0]
        self.assertEqual((finding['AccountId'], finding['Type']), (ACCOUNT, 'PenTest:IAMUser/KaliLinux'))
        client.archive_findings(DetectorId=self.detector, FindingIds=ids)
        statistics = client.get_findings_statistics(
            DetectorId=self.detector, FindingStatisticTypes=['COUNT_BY_SEVERITY']
        )
        self.assertEqual(sum(statistics['FindingStatistics']['CountBySeverity'].values()), 1)

    def test_administrator_is_nobody(self):
        answer = client.get_administrator_account(DetectorId=self.detector)
        self.assertNotIn('Administrator', answer)
        self.assertEqual(client.list_members(DetectorId=self.detector)['Members'], [])
        self.assertEqual(client.get_invitations_count()['InvitationsCount'], 0)
        self.assertEqual(client.list_invitations()['Invitations'], [])

    def test_invited_member(self):
        details = [{'AccountId': '999999999999', 'Email': 'nobody@example.org'}]
        self.assertEqual(
            client.create_members(DetectorId=self.detector, AccountDetails=details)['UnprocessedAccounts'], []
        )
        ids = {'DetectorId': self.detector, 'AccountIds': ['999999999999']}
        client.invite_members(**ids)
        self.assertEqual(client.get_members(**ids)['Members'][0]['RelationshipStatus'], 'Invited')
        self.refused(
            'BadRequestException', 'cannot delete detector while it has', client.delete_detector, DetectorId=self.detector
        )
        client.delete_members(**ids)
        self.assertEqual(client.get_members(**ids)['Members'], [])

    def test_organization(self):
        client.enable_organization_admin_account(AdminAccountId=ACCOUNT)
        admins = client.list_organization_admin_accounts()['AdminAccounts']
        self.assertEqual(admins, [{'AdminAccountId': ACCOUNT, 'AdminStatus': 'ENABLED'}])
        client.update_organization_configuration(DetectorId=self.detector, AutoEnable=True)
        self.assertTrue(client.describe_organization_configuration(DetectorId=self.detector)['AutoEnable'])
        client.disable_organization_admin_account(AdminAccountId=ACCOUNT)

    def test_destination(self):
        properties = {'DestinationArn': 'arn:aws:s3:::findings', 'KmsKeyArn': f'arn:aws:kms:us-east-1:{ACCOUNT}:key/0a'}
        made = client.create_publishing_destination(
            DetectorId=self.detector, DestinationType='S3', DestinationProperties=properties
        )
        ids = {'DetectorId': self.detector, 'DestinationId': made['DestinationId']}
        self.assertEqual(client.describe_publishing_destination(**ids)['DestinationProperties'], properties)
        client.delete_publishing_destination(**ids)


if __name__ == '__main__':
    unittest.main()
