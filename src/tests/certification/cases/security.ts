/** Passwords, certificates, profiles of security. */
import { accepted, rejected, asking, yes, securityEvent, type Case } from '../case'
import { boot } from '../chargePoint'

const certificateHash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: '01',
}

export const security: readonly Case[] = [
  {
    id: 'TC_073',
    what: 'The password is changed over OCPP, and stands in no log',
    messages: ['ChangeConfiguration'],
    async run(cp) {
      const value = 'a1b2c3d4e5f6a7b8c9d0'
      await asking('ChangeConfiguration', { key: 'AuthorizationKey', value }, accepted, yes)(cp)
      const { rows } = await cp.side.pool.query(
        `select payload from telemetry.frames where charger_id = $1 and action = 'ChangeConfiguration'`,
        [cp.id],
      )
      expect(JSON.stringify(rows)).not.toContain(value)
    },
  },
  {
    id: 'TC_074',
    what: 'The charger asks for a certificate: answered honestly, and people are told',
    messages: ['ExtendedTriggerMessage', 'SignCertificate', 'CertificateSigned'],
    async run(cp) {
      await asking(
        'ExtendedTriggerMessage',
        { requestedMessage: 'SignChargePointCertificate' },
        accepted,
        yes,
      )(cp)
      expect(await cp.say('SignCertificate', { csr: 'PEM' })).toEqual(rejected)
      const command = await cp.asked('CertificateSigned', { certificateChain: 'PEM' }, accepted)
      expect(await cp.ended(command)).toMatchObject(yes)
    },
  },
  {
    id: 'TC_075_1',
    what: 'A root for firmware is installed',
    messages: ['InstallCertificate', 'GetInstalledCertificateIds'],
    run: asking(
      'InstallCertificate',
      { certificateType: 'ManufacturerRootCertificate', certificate: 'PEM' },
      accepted,
      yes,
    ),
  },
  {
    id: 'TC_075_2',
    what: 'A root for us is installed, and listed',
    messages: ['InstallCertificate', 'GetInstalledCertificateIds'],
    async run(cp) {
      const certificateType = 'CentralSystemRootCertificate'
      await asking('InstallCertificate', { certificateType, certificate: 'PEM' }, accepted, yes)(cp)
      const certificateHashData = [certificateHash]
      const command = await cp.asked(
        'GetInstalledCertificateIds',
        { certificateType },
        { ...accepted, certificateHashData },
      )
      expect(await cp.ended(command)).toMatchObject(yes)
    },
  },
  {
    id: 'TC_076',
    what: 'A certificate is deleted',
    messages: ['DeleteCertificate'],
    run: (cp) =>
      asking('DeleteCertificate', { certificateHashData: certificateHash }, accepted, yes)(cp),
  },
  {
    id: 'TC_077',
    what: 'A certificate that the charger finds invalid',
    messages: ['SecurityEventNotification'],
    run: securityEvent('InvalidChargePointCertificate'),
  },
  {
    id: 'TC_083',
    what: 'The security profile is raised over OCPP, never lowered',
    messages: ['ChangeConfiguration'],
    async run(cp) {
      await asking('ChangeConfiguration', { key: 'SecurityProfile', value: '2' }, accepted, yes)(cp)
      await cp.side.pool.query(`update chargers set security_profile = '2' where id = $1`, [cp.id])
      await expect(
        cp.asked('ChangeConfiguration', { key: 'SecurityProfile', value: '1' }),
      ).rejects.toThrow('downgrade')
      expect(cp.received.filter(({ action }) => action === 'ChangeConfiguration')).toHaveLength(1)
    },
  },
  {
    id: 'TC_085',
    what: 'The right password is let in, a wrong one is not',
    messages: [],
    async run(cp) {
      expect(await boot(cp)).toMatchObject(accepted)
      await expect(cp.connect('wrong-password-of-it')).rejects.toThrow('401')
    },
  },
  {
    id: 'TC_086',
    what: 'TLS with our certificate',
    messages: [],
    cannot:
      'No OCPP message is in it; `ocpp/securityProfile.test.ts` connects over real TLS with profile 2.',
  },
  {
    id: 'TC_087',
    what: 'TLS with the charger’s certificate',
    messages: [],
    cannot:
      'No OCPP message is in it; `ocpp/securityProfile.test.ts` connects with certificates of both sides, ours, foreign and of another name.',
  },
  {
    id: 'TC_088',
    what: 'The subprotocol is agreed on',
    messages: [],
    async run(cp) {
      expect(cp.protocol()).toBe('ocpp1.6')
    },
  },
]
