import { all, judged, rest, send, type Ask, type Doors, type Matrix } from './ask'
import { reads } from './crud'
import { firmwareAddress } from './doorsOfPlaces'

/** `POST /api/commands`: afterwards nothing waits at the charger, which may hold 32. */
const command =
  (action: string, payload: object | ((m: Matrix) => object) = {}): Ask =>
  async (m, who) => {
    const answer = await send(m, who, {
      method: 'POST',
      path: '/api/commands',
      body: {
        charger: m.a.charger,
        action,
        payload: typeof payload === 'function' ? payload(m) : payload,
      },
    })
    await settle(m)
    return judged(answer)
  }

const settle = (m: Matrix) =>
  m.app.pool.query('update commands set is_final = true where not is_final')

const diagnose: Ask = async (m, who) => {
  await m.app.pool.query(`update diagnostics set state = 'failed' where state = 'requested'`)
  const answer = await send(m, who, {
    method: 'POST',
    path: '/api/diagnostics',
    body: { charger: m.a.charger },
  })
  await settle(m)
  return judged(answer)
}

const app =
  (path: (m: Matrix) => string, body?: (m: Matrix) => object): Ask =>
  async (m, who) => {
    const answer = await send(m, who, {
      method: 'POST',
      path: `/api/app/v1${path(m)}`,
      body: body?.(m),
    })
    await settle(m)
    return judged(answer)
  }

const startOwn: Ask = async (m, who, isExpected) => {
  const ask = app(
    () => '/sessions',
    () => ({ evseId: m.closed.evse }),
  )
  const outcome = await ask(m, who, isExpected)
  await m.app.pool.query('update app.starts set settled_at = now() where settled_at is null')
  return outcome
}

const profile = {
  connectorId: 0,
  csChargingProfiles: {
    chargingProfileId: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'ChargePointMaxProfile',
    chargingProfileKind: 'Absolute',
    chargingSchedule: {
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
    },
  },
}
const reservation = {
  connectorId: 1,
  expiryDate: '2030-01-01T00:00:00Z',
  idTag: 'T1',
  reservationId: 1,
}
const certificate = {
  certificateType: 'CentralSystemRootCertificate',
  certificate: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----',
}
const hashData = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: '01',
}

export const doorsOfCommands: Record<string, Doors> = {
  'charger-certificates.install': { staff: command('InstallCertificate', certificate) },
  'charger-certificates.delete': {
    staff: command('DeleteCertificate', { certificateHashData: hashData }),
  },
  'charger-certificates.sign': {
    staff: command('CertificateSigned', { certificateChain: certificate.certificate }),
  },
  'connectors.change-availability': {
    staff: command('ChangeAvailability', { connectorId: 1, type: 'Operative' }),
  },
  'commands.start': { staff: command('RemoteStartTransaction', { connectorId: 1, idTag: 'T1' }) },
  'commands.start-own': { app: startOwn },
  'commands.stop': {
    staff: command('RemoteStopTransaction', (m) => ({ transactionId: m.running.transaction })),
  },
  'commands.stop-own': { app: app((m) => `/sessions/${m.running.publicId}/stop`) },
  'commands.unlock': {
    staff: command('UnlockConnector', { connectorId: 1 }),
    app: app((m) => `/sessions/${m.ended.publicId}/unlock`),
  },
  'commands.reset': { staff: command('Reset', { type: 'Soft' }) },
  'commands.configure': {
    staff: command('ChangeConfiguration', { key: 'HeartbeatInterval', value: '300' }),
  },
  'commands.configure-security': {
    staff: command('ChangeConfiguration', { key: 'SecurityProfile', value: '2' }),
  },
  'commands.diagnose': { staff: diagnose },
  'commands.update-firmware': {
    staff: command('UpdateFirmware', (m) => ({
      location: firmwareAddress(m),
      retrieveDate: '2026-12-01T00:00:00Z',
    })),
  },
  'commands.data-transfer': { staff: command('DataTransfer', { vendorId: 'x' }) },
  'charging-profiles.read': reads('charging-profiles'),
  'charging-profiles.create': {
    staff: all(
      command('SetChargingProfile', profile),
      rest(
        'POST',
        () => '/api/charging-profiles',
        (m) => ({
          charger: m.a.charger,
          connectorNumber: 0,
          purpose: 'ChargePointMaxProfile',
          unit: 'W',
          recurrence: 'always',
          periods: [{ limit: 7000 }],
          send: false,
        }),
      ),
    ),
  },
  'charging-profiles.clear': { staff: command('ClearChargingProfile') },
  'reservations.read': reads('reservations'),
  'reservations.create': { staff: command('ReserveNow', reservation) },
  'reservations.cancel': { staff: command('CancelReservation', { reservationId: 1 }) },
  'local-auth-list.send': {
    staff: command('SendLocalList', { listVersion: 1, updateType: 'Full' }),
  },
  'local-auth-list.read': { staff: command('GetLocalListVersion') },
}
