"""The AWS CLI, called as boto3's client is, so that one scenario tests both."""

import json
import os
import re
import subprocess

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

AWS = os.environ.get('TOCSIN_AWS_CLI', '/usr/bin/aws')
ERROR = re.compile(r'An error occurred \((\w+)\) when calling the (\w+) operation(?: \(.*?\))?: (.*)', re.DOTALL)


class CommandLine:
    """Each method runs one command; the model, which says what there is, is boto3's."""

    def __init__(self, checker, **credentials):
        self.meta = boto3.client('guardduty').meta
        self.called = checker.called
        self.environment = dict(os.environ)
        for name, value in credentials.items():
            self.environment[name.upper()] = value
        if credentials:
            self.environment.pop('AWS_SHARED_CREDENTIALS_FILE', None)

    def __getattr__(self, method):
        operation = self.meta.method_to_api_mapping[method]
        return lambda **arguments: self._run(operation, arguments)

    def _run(self, operation, arguments):
        self.called.add(operation)
        command = [AWS, '--endpoint-url', os.environ['AWS_ENDPOINT_URL'], '--output', 'json', 'guardduty']
        command += [xform_name(operation, '-'), '--cli-input-json', json.dumps(arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            found = ERROR.search(done.stderr)
            if found is None:
                raise AssertionError(f'{operation}: {done.stderr}')
            raise ClientError({'Error': {'Code': found[1], 'Message': found[3].strip()}}, found[2])
        return json.loads(done.stdout or '{}')
