/** Firmware, signed and not, diagnostics and the security log. */
import { accepted, asking, yes, securityEvent, type Case } from '../case'
import { ago, boot, type ChargePoint, type Json } from '../chargePoint'

/** The charger tells how far an update or an upload is; each word is taken. */
const telling =
  (action: string, words: readonly string[], more: Json = {}) =>
  async (cp: ChargePoint) => {
    for (const word of words) expect(await cp.say(action, { status: word, ...more })).toEqual({})
  }

const file = { location: 'https://files.example.test/f' }

const signedFirmware = {
  requestId: 5,
  firmware: {
    ...file,
    retrieveDateTime: ago(0),
    signingCertificate: '-----BEGIN CERTIFICATE-----',
    signature: 'c2ln',
  },
}

export const files: readonly Case[] = [
  {
    id: 'TC_044_1',
    what: 'Firmware is downloaded and installed',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification', 'BootNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', [
        'Downloading',
        'Downloaded',
        'Installing',
        'Installed',
      ])(cp)
      expect(await boot(cp)).toMatchObject(accepted)
    },
  },
  {
    id: 'TC_044_2',
    what: 'The download of firmware fails',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', ['Downloading', 'DownloadFailed'])(cp)
    },
  },
  {
    id: 'TC_044_3',
    what: 'The installation of firmware fails',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', ['Downloaded', 'InstallationFailed'])(cp)
    },
  },
  {
    id: 'TC_045_1',
    what: 'Diagnostics are uploaded',
    messages: ['GetDiagnostics', 'DiagnosticsStatusNotification'],
    async run(cp) {
      await asking('GetDiagnostics', file, { fileName: 'd.zip' }, yes)(cp)
      await telling('DiagnosticsStatusNotification', ['Uploading', 'Uploaded'])(cp)
    },
  },
  {
    id: 'TC_045_2',
    what: 'The upload of diagnostics fails',
    messages: ['GetDiagnostics', 'DiagnosticsStatusNotification'],
    async run(cp) {
      await asking('GetDiagnostics', file, { fileName: 'd.zip' }, yes)(cp)
      await telling('DiagnosticsStatusNotification', ['Uploading', 'UploadFailed'])(cp)
    },
  },
  {
    id: 'TC_079',
    what: 'The security log',
    messages: ['GetLog', 'LogStatusNotification'],
    async run(cp) {
      const log = { remoteLocation: 'https://files.example.test/l' }
      await asking(
        'GetLog',
        { logType: 'SecurityLog', requestId: 3, log },
        { ...accepted, filename: 's.log' },
        yes,
      )(cp)
      await telling('LogStatusNotification', ['Uploading', 'Uploaded'], { requestId: 3 })(cp)
    },
  },
  {
    id: 'TC_080',
    what: 'Signed firmware',
    messages: ['SignedUpdateFirmware', 'SignedFirmwareStatusNotification'],
    async run(cp) {
      await asking('SignedUpdateFirmware', signedFirmware, accepted, yes)(cp)
      const words = ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'Installed']
      await telling('SignedFirmwareStatusNotification', words, { requestId: 5 })(cp)
    },
  },
  {
    id: 'TC_081',
    what: 'Firmware whose signature is wrong',
    messages: [
      'SignedUpdateFirmware',
      'SignedFirmwareStatusNotification',
      'SecurityEventNotification',
    ],
    async run(cp) {
      await asking('SignedUpdateFirmware', signedFirmware, accepted, yes)(cp)
      await telling('SignedFirmwareStatusNotification', ['Downloaded', 'InvalidSignature'], {
        requestId: 5,
      })(cp)
      await securityEvent('InvalidFirmwareSignature')(cp)
    },
  },
]
