import { diagnosticsSentence, nextStep, type Awaited } from './diagnostics'

const now = new Date('2026-11-25T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const file: Awaited = {
  createdAt: ago(1),
  updatedAt: ago(1),
  state: 'requested',
  log: 'diagnostics',
  action: 'GetDiagnostics',
  status: 'accepted',
  isFinal: true,
  reason: null,
  said: null,
  saidAt: null,
}

test.each([
  ['waits for a charger that took the request', {}, { kind: 'wait' }],
  ['waits while the command is on its way', { status: 'sent', isFinal: false }, { kind: 'wait' }],
  ['shows that it uploads when it says so', { said: 'Uploading' }, { kind: 'uploading' }],
  ['knows that already', { said: 'Uploading', state: 'uploading' }, { kind: 'wait' }],
  [
    'fails when the charger was away',
    { status: 'failed', reason: 'offline' },
    { kind: 'fail', reason: 'command' },
  ],
  [
    'waits although the answer got lost',
    { status: 'timeout', reason: 'no-answer' },
    { kind: 'wait' },
  ],
  [
    'asks with GetLog where GetDiagnostics is not known',
    { status: 'failed', reason: 'not-supported' },
    { kind: 'ask-get-log' },
  ],
  [
    'fails where GetLog is not known either',
    { status: 'failed', reason: 'not-supported', action: 'GetLog' },
    { kind: 'fail', reason: 'command' },
  ],
  [
    'fails where there is no security log',
    { status: 'failed', reason: 'not-supported', action: 'GetLog', log: 'security' },
    { kind: 'fail', reason: 'command' },
  ],
  [
    'fails when there is nothing',
    { reason: 'nothing-to-upload' },
    { kind: 'fail', reason: 'nothing' },
  ],
  [
    'goes on where a charger names no file and uploads all the same',
    { reason: 'nothing-to-upload', said: 'Uploading' },
    { kind: 'uploading' },
  ],
  [
    'fails when the charger says so',
    { said: 'UploadFailed' },
    { kind: 'fail', reason: 'upload-failed' },
  ],
  [
    'fails in the words of GetLog too',
    { said: 'PermissionDenied' },
    { kind: 'fail', reason: 'upload-failed' },
  ],
  [
    'gives the bytes a moment after Uploaded',
    { said: 'Uploaded', saidAt: ago(1) },
    { kind: 'wait' },
  ],
  [
    'sees that they went elsewhere',
    { said: 'Uploaded', saidAt: ago(2) },
    { kind: 'fail', reason: 'elsewhere' },
  ],
  ['waits half a day', { createdAt: ago(719) }, { kind: 'wait' }],
  ['and no longer', { createdAt: ago(720) }, { kind: 'fail', reason: 'silent' }],
] as [string, Partial<Awaited>, object][])('%s', (_what, over, step) => {
  expect(nextStep({ ...file, ...over }, now)).toEqual(step)
})

test('every reason has a sentence with the next step', () => {
  expect(diagnosticsSentence(null, 'KP-07')).toBeNull()
  for (const reason of [
    'command',
    'nothing',
    'upload-failed',
    'elsewhere',
    'silent',
    'interrupted',
    'too-large',
    'empty',
    'other',
  ])
    expect(diagnosticsSentence(reason, 'KP-07')).toMatch(/KP-07.+\.$/)
})
