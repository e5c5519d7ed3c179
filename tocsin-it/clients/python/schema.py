"""An answer as it came, against the model that the official client itself carries: types, enumerations, members always there."""

import json

# GuardDuty itself answers without these although the model has them always.
LEFT_OUT = {'GetAdministratorAccountResponse.Administrator', 'GetMasterAccountResponse.Master'}


class Checker:
    """Checks every answer that `client` gets, and notes which operations were called."""

    def __init__(self):
        self.called = set()

    def watch(self, client):
        client.meta.events.register('after-call.guardduty.*', self._check)
        return client

    def _check(self, http_response, model, **_):
        self.called.add(model.name)
        if http_response.status_code < 300 and model.output_shape is not None:
            check(json.loads(http_response.content or b'{}'), model.output_shape, model.output_shape.name)


def check(value, shape, path):
    if shape.type_name == 'structure':
        _structure(value, shape, path)
    elif shape.type_name == 'list':
        assert isinstance(value, list), f'{path}: no list'
        for i, one in enumerate(value):
            check(one, shape.member, f'{path}[{i}]')
    elif shape.type_name == 'map':
        assert isinstance(value, dict), f'{path}: no map'
        for key, one in value.items():
            check(one, shape.value, f'{path}.{key}')
    elif shape.type_name == 'string':
        assert isinstance(value, str), f'{path}: no text: {value!r}'
        assert not shape.enum or value in shape.enum, f'{path}: {value} is none of {shape.enum}'
    elif shape.type_name == 'boolean':
        assert isinstance(value, bool), f'{path}: neither true nor false: {value!r}'
    elif shape.type_name in ('integer', 'long'):
        assert isinstance(value, int) and not isinstance(value, bool), f'{path}: no integer: {value!r}'
    elif shape.type_name in ('float', 'double', 'timestamp'):
        assert isinstance(value, (int, float)) and not isinstance(value, bool), f'{path}: no number: {value!r}'
    else:
        raise AssertionError(f'{path}: a {shape.type_name}?')


def _structure(value, shape, path):
    assert isinstance(value, dict), f'{path}: no structure: {value!r}'
    for member in shape.required_members:
        name = shape.members[member].serialization.get('name', member)
        assert name in value or f'{shape.name}.{member}' in LEFT_OUT, f'{path}: {shape.name} lacks {name}'
    for member, inner in shape.members.items():
        name = inner.serialization.get('name', member)
        if value.get(name) is not None:
            check(value[name], inner, f'{path}.{name}')
