/** Profile 3 from the request to the connection: a key that openssl made, our authority, real mutual TLS. */
import { once } from 'node:events'

import { WebSocket } from 'ws'

import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'
import { eventually } from '../helpers/onCharger'
import { tlsFile as file, tlsSettings } from '../helpers/tlsFiles'
import { boot, plugIntoSide, type ChargePoint } from '../certification/chargePoint'

let side: RunningChargerSide
let cp: ChargePoint

beforeAll(async () => {
  side = await startChargerSide({
    chargers: 2,
    prefix: 'CERTS',
    env: tlsSettings(),
  })
  await side.pool.query(`update chargers set identity = 'CP1' where identity = $1`, [
    side.chargers[0]!.identity,
  ])
  side.chargers[0]!.identity = 'CP1'
})
afterAll(() => side?.close())
afterEach(() => cp?.cut())

const kept = async () =>
  (
    await side.pool.query<{ state: string; reason: string | null }>(
      'select state, reason from telemetry.charger_certificates where charger_id = $1 order by id',
      [cp.id],
    )
  ).rows

test('a charger asks, is given a certificate of its key, and connects with it where nothing less will do', async () => {
  cp = await plugIntoSide(side, 0, { ca: file('ca.pem') })
  await boot(cp)
  cp.answers('CertificateSigned', { status: 'Accepted' })
  expect(await cp.say('SignCertificate', { csr: file('cp1.csr') })).toEqual({ status: 'Accepted' })
  const [signed] = await eventually(
    async () => cp.received.filter(({ action }) => action === 'CertificateSigned'),
    (calls) => calls.length > 0,
  )
  const chain = String(signed!.payload['certificateChain'])
  expect(await kept()).toEqual([{ state: 'signed', reason: null }])
  await side.pool.query(`update chargers set security_profile = '3' where id = $1`, [cp.id])
  await cp.disconnect()
  await expect(cp.connect()).rejects.toThrow('401')
  const socket = new WebSocket(`${side.role.url}/CP1`, ['ocpp1.6'], {
    ca: file('ca.pem'),
    cert: chain,
    key: file('cp1.key'),
  })
  await once(socket, 'open')
  socket.terminate()
})

test('the negative control: no certificate in another one’s name', async () => {
  cp = await plugIntoSide(side, 1, { ca: file('ca.pem') })
  await boot(cp)
  expect(await cp.say('SignCertificate', { csr: file('cp1.csr') })).toEqual({ status: 'Accepted' })
  const [row] = await eventually(kept, (rows) => rows.length > 0)
  expect(row).toMatchObject({ state: 'refused' })
  expect(row!.reason).toContain('in the name of CP1')
  expect(cp.received).toEqual([])
})
