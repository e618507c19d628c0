import { randomBytes } from 'node:crypto'

import { isNonNullType, type GraphQLInputObjectType } from 'graphql'

import { env } from '@/platform/env'

import {
  all,
  judged,
  judgedGraphql,
  rest,
  send,
  sendGraphql,
  type Ask,
  type Doors,
  type Matrix,
} from './ask'
import { closedWrites, creates, deletes, reads, updates, type Crud } from './crud'
import { schemaOf } from './sweep'
import { makeAlert, makeFirmware, one } from './world'

const organisations: Crud = {
  fresh: (_m, n) => ({ name: `O ${n}`, kind: 'operator' }),
  change: { phone: '+44 1' },
  target: (m) => m.a.organisation,
}
const sites: Crud = {
  fresh: (_m, n) => ({ name: `S ${n}` }),
  change: { openingHours: 'Mon–Fri' },
  target: (m) => m.a.site,
}
const regions: Crud = {
  fresh: (_m, n) => ({ name: `R ${n}` }),
  change: { description: 'x' },
  target: (m) => m.a.region,
}
const chargers: Crud = {
  fresh: (m, n) => ({ name: `C ${n}`, identity: `MX-${n}`, visibility: 'private', site: m.a.site }),
  change: { note: 'x' },
  target: (m) => m.a.charger,
}
const connectors: Crud = {
  fresh: (m, n) => ({ charger: m.a.charger, connectorId: 10 + n }),
  change: { label: 'x' },
  target: (m) => m.a.connector,
}
const templates: Crud = {
  fresh: (_m, n) => ({ name: `T ${n}`, entries: [{ key: 'HeartbeatInterval', value: '300' }] }),
  change: { vendor: 'x' },
  target: () => 1,
}
const firmware: Crud = {
  fresh: () => ({}),
  change: { note: 'x' },
  target: (m) => m.image,
  row: (m) => makeFirmware(m.app.pool),
}
const exemptPeriods: Crud = {
  fresh: (m) => ({
    charger: m.a.charger,
    from: '2026-10-01T00:00:00Z',
    reason: 'power',
    explanation: 'A power cut.',
  }),
  change: { explanation: 'A power cut.' },
  target: (m) => m.a.exemptPeriod,
}
const text = (value: string) => ({
  root: {
    type: 'root',
    version: 1,
    direction: null,
    format: '',
    indent: 0,
    children: [
      {
        type: 'paragraph',
        version: 1,
        direction: null,
        format: '',
        indent: 0,
        textFormat: 0,
        children: [
          {
            type: 'text',
            version: 1,
            text: value,
            format: 0,
            mode: 'normal',
            style: '',
            detail: 0,
          },
        ],
      },
    ],
  },
})
const faqs: Crud = {
  fresh: (_m, n) => ({ question: `Q ${n}`, answer: text('x'), order: n, published: true }),
  change: { published: true },
  target: () => 1,
}
const webhooks: Crud = {
  fresh: (_m, n) => ({
    name: `W ${n}`,
    url: 'https://hooks.example.com/x',
    secret: 'sixteen characters',
    events: ['alert.opened'],
    active: false,
  }),
  inGraphql: { events: ['alert_opened'] },
  change: { active: false },
  target: () => 1,
}
const tickets: Crud = {
  fresh: (m, n) => ({
    subject: `T ${n}`,
    charger: m.a.charger,
    status: 'open',
    priority: 'normal',
  }),
  change: { priority: 'normal' },
  target: (m) => m.a.ticket,
}

/** A page that lists: done where what stands at site A is in it. */
const shows =
  (path: (m: Matrix) => string, sign: (m: Matrix) => string, isOpen = false): Ask =>
  async (m, who) => {
    const answer = await send(m, who, { method: 'GET', path: path(m), open: isOpen })
    if (answer.status !== 200) return judged(answer)
    const isThere = answer.text.includes(sign(m))
    return { is: isThere ? 'done' : 'refused', note: answer.text.slice(0, 160) }
  }

/** The password that was set for charger A, or what is kept of it, in any answer. */
const readCredential: Ask = async (m, who) => {
  const { rows } = await m.app.pool.query<{ salt: string; hash: string }>(
    `select encode(salt, 'hex') salt, encode(hash, 'hex') hash from telemetry.charger_credentials where charger_id = $1`,
    [m.a.charger],
  )
  const secrets = [m.a.chargerPassword, rows[0]!.salt, rows[0]!.hash]
  for (const path of [
    `/api/chargers/${m.a.charger}?depth=2`,
    `/api/chargers/${m.a.charger}?select[password]=true`,
    `/api/chargers?where[id][equals]=${m.a.charger}&depth=2`,
  ]) {
    const answer = await send(m, who, { method: 'GET', path })
    if (secrets.some((secret) => answer.text.includes(secret)))
      return { is: 'done', note: `${path} says it` }
  }
  return { is: 'refused', note: 'nowhere' }
}
const readCredentialGraphql: Ask = async (m, who) => {
  const answer = await sendGraphql(m, who, `{ Charger(id: ${m.a.charger}) { password } }`)
  return {
    is: answer.text.includes(m.a.chargerPassword) ? 'done' : 'refused',
    note: answer.text.slice(0, 120),
  }
}

/** To the second site of those who have two. What went there comes back. */
const move: Ask = async (m, who) => {
  const answer = await send(m, who, {
    method: 'PATCH',
    path: `/api/chargers/${m.closed.charger}`,
    body: { site: m.a2.site },
  })
  await moveBack(m)
  return judged(answer)
}
const moveGraphql: Ask = async (m, who) => {
  const query = `mutation { updateCharger(id: ${m.closed.charger}, data: { site: ${m.a2.site} }) { id } }`
  const answer = await sendGraphql(m, who, query)
  await moveBack(m)
  return judgedGraphql(answer, 'updateCharger')
}
const moveBack = (m: Matrix) =>
  m.app.pool.query('update chargers set site_id = $2 where id = $1', [m.closed.charger, m.a.site])

const onAlert =
  (doing: string, body?: (m: Matrix) => object): Ask =>
  async (m, who, isExpected) => {
    const place = { charger: m.a.charger, site: m.a.site }
    const id = isExpected ? await makeAlert(m.app.pool, place) : m.a.alert
    const path = `/api/alerts/${id}/${doing}`
    return judged(await send(m, who, { method: 'POST', path, body: body?.(m) ?? {} }))
  }

const upload: Ask = async (m, who) => {
  const form = new FormData()
  form.set('version', `2.0.${m.next()}`)
  form.set('vendor', 'Kestrel')
  form.set('file', new File([new Uint8Array(randomBytes(64))], 'k.bin'))
  return judged(await send(m, who, { method: 'POST', path: '/api/firmware/upload', form }))
}

const startUpdate: Ask = async (m, who) => {
  await m.app.pool.query('update telemetry.firmware_targets set finished_at = now()')
  return judged(
    await send(m, who, {
      method: 'POST',
      path: '/api/firmware-updates',
      body: { firmware: m.image, chargers: [m.a.charger] },
    }),
  )
}
const cancelUpdate: Ask = async (m, who, isExpected) => {
  let id = m.a.firmwareUpdate
  if (isExpected) {
    id = await one(
      m.app.pool,
      `insert into firmware_updates (name, firmware_id, state) values ('x', $1, 'running') returning id`,
      [m.image],
    )
    await m.app.pool.query(
      'insert into telemetry.firmware_targets (campaign_id, charger_id, wave) values ($1, $2, 1)',
      [id, m.a.charger],
    )
  }
  return judged(
    await send(m, who, { method: 'POST', path: `/api/firmware-updates/${id}/cancel`, body: {} }),
  )
}

export const firmwareAddress = (m: Matrix) => `${env().filesPublicUrl}/firmware/@${m.image}/k.bin`

const settings = { heartbeatIntervalSeconds: 300 }
/** GraphQL wants what is required with every change: as it stands. */
async function neededSettings(m: Matrix): Promise<Record<string, unknown>> {
  const { body } = await m.app.call('GET', '/api/globals/settings?depth=0', { as: m.admin })
  const type = schemaOf(m).getType('mutationSettingInput') as GraphQLInputObjectType
  const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
  return Object.fromEntries(needed.map(({ name }) => [name, body[name]]))
}
const auditWrites = closedWrites('audit-log', () => 1)

export const doorsOfPlaces: Record<string, Doors> = {
  'organisations.read': reads('organisations'),
  'organisations.create': creates('organisations', organisations),
  'organisations.update': updates('organisations', organisations.target, organisations.change),
  'organisations.delete': deletes('organisations', organisations),
  'sites.read': reads('sites'),
  'sites.read-public': {
    app: shows(
      (m) => `/api/app/v1/locations/${m.a.sitePublicId}`,
      (m) => m.a.sitePublicId,
      true,
    ),
    isPublic: true,
  },
  'sites.create': creates('sites', sites),
  'sites.update': updates('sites', sites.target, sites.change),
  'sites.delete': deletes('sites', sites),
  'regions.read': reads('regions'),
  'regions.create': creates('regions', regions),
  'regions.update': updates('regions', regions.target, regions.change),
  'regions.delete': deletes('regions', regions),
  'chargers.read': reads('chargers'),
  'chargers.read-public': {
    app: shows(
      (m) => `/api/app/v1/evses/${m.a.evse}`,
      (m) => m.a.evse,
      true,
    ),
    isPublic: true,
  },
  'chargers.create': creates('chargers', chargers),
  'chargers.update': updates('chargers', chargers.target, chargers.change),
  'chargers.delete': deletes('chargers', chargers),
  'chargers.move': { staff: move, graphql: moveGraphql },
  'connectors.read': reads('connectors'),
  'connectors.create': creates('connectors', connectors),
  'connectors.update': updates('connectors', connectors.target, connectors.change),
  'connectors.delete': deletes('connectors', connectors),
  'exempt-periods.read': reads('exempt-periods'),
  'exempt-periods.create': creates('exempt-periods', exemptPeriods),
  'exempt-periods.update': updates('exempt-periods', exemptPeriods.target, exemptPeriods.change),
  'exempt-periods.delete': deletes('exempt-periods', exemptPeriods),
  'charger-credentials.set': {
    staff: rest(
      'PATCH',
      (m) => `/api/chargers/${m.a.charger}`,
      (m) => ({ password: m.a.chargerPassword }),
    ),
    graphql: async (m, who) =>
      judgedGraphql(
        await sendGraphql(
          m,
          who,
          `mutation { updateCharger(id: ${m.a.charger}, data: { password: "${m.a.chargerPassword}" }) { id } }`,
        ),
        'updateCharger',
      ),
  },
  'charger-credentials.rotate': {
    staff: rest(
      'POST',
      (m) => `/api/chargers/${m.closed.charger}/rotate-password`,
      () => ({}),
    ),
  },
  'charger-credentials.read': { staff: readCredential, graphql: readCredentialGraphql },
  'firmware-files.read': { ...reads('firmware'), isEverywhere: true },
  'firmware-files.upload': { staff: upload },
  'firmware-files.update': updates('firmware', firmware.target, firmware.change),
  'firmware-files.delete': deletes('firmware', firmware),
  'firmware-files.download': {
    staff: rest('GET', (m) => `/api/firmware/${m.image}/file`),
    isEverywhere: true,
  },
  'firmware-updates.read': reads('firmware-updates'),
  'firmware-updates.create': { staff: startUpdate },
  'firmware-updates.cancel': { staff: cancelUpdate },
  'diagnostics-files.read': reads('diagnostics'),
  'diagnostics-files.download': {
    staff: rest('GET', (m) => `/api/diagnostics/${m.a.diagnostics}/file`),
  },
  'ocpp-messages.read': {
    staff: all(
      shows(
        (m) => `/api/ocpp-messages?charger=${m.a.charger}`,
        () => 'Authorize',
      ),
      shows(
        (m) => `/api/ocpp-messages/export?charger=${m.a.charger}`,
        () => 'Authorize',
      ),
    ),
  },
  'configuration-templates.read': { ...reads('configuration-templates'), isEverywhere: true },
  'configuration-templates.create': creates('configuration-templates', templates),
  'configuration-templates.update': updates('configuration-templates', () => 1, templates.change),
  'configuration-templates.delete': deletes('configuration-templates', templates),
  'audit-log.read': reads('audit-log'),
  'audit-log.create': auditWrites.create,
  'audit-log.update': auditWrites.update,
  'audit-log.delete': auditWrites.delete,
  'alerts.read': reads('alerts'),
  'alerts.acknowledge': { staff: onAlert('acknowledge') },
  'alerts.assign': { staff: onAlert('assign', (m) => ({ user: m.a.staff.id })) },
  'alerts.resolve': { staff: onAlert('resolve') },
  'tickets.read': {
    ...reads('tickets'),
    app: async (m, who) => {
      const answer = await send(m, who, { method: 'GET', path: '/api/app/v1/tickets' })
      if (answer.status !== 200) return judged(answer)
      const isThere = answer.text.includes('Ticket A')
      return { is: isThere ? 'done' : 'refused', note: answer.text }
    },
  },
  'tickets.create': {
    ...creates('tickets', tickets),
    app: rest(
      'POST',
      () => '/api/app/v1/tickets',
      () => ({ subject: 'The cable is stuck', text: 'It is.' }),
    ),
    isPersonal: true,
  },
  'tickets.update': {
    ...updates('tickets', tickets.target, tickets.change),
    app: async (m, who) => {
      const { rows } = await m.app.pool.query<{ id: string }>(
        'select public_id id from tickets where id = $1',
        [m.a.ticket],
      )
      const path = `/api/app/v1/tickets/${rows[0]!.id}/messages`
      return judged(await send(m, who, { method: 'POST', path, body: { text: 'Still.' } }))
    },
  },
  'faqs.read': {
    ...reads('faqs'),
    app: rest('GET', () => '/api/app/v1/faqs', undefined, { open: true }),
    isPublic: true,
    isEverywhere: true,
  },
  'faqs.create': creates('faqs', faqs),
  'faqs.update': updates('faqs', () => 1, faqs.change),
  'faqs.delete': deletes('faqs', faqs),
  'settings.read': {
    staff: rest('GET', () => '/api/globals/settings'),
    graphql: async (m, who) =>
      judgedGraphql(
        await sendGraphql(m, who, '{ Setting { heartbeatIntervalSeconds } }'),
        'Setting',
      ),
  },
  'settings.update': {
    staff: rest(
      'POST',
      () => '/api/globals/settings',
      () => settings,
    ),
    graphql: async (m, who) => {
      const data = await neededSettings(m)
      const query = `mutation ($data: mutationSettingInput!) { updateSetting(data: $data) { heartbeatIntervalSeconds } }`
      return judgedGraphql(await sendGraphql(m, who, query, { data }), 'updateSetting')
    },
  },
  'webhooks.read': reads('webhooks'),
  'webhooks.create': creates('webhooks', webhooks),
  'webhooks.update': updates('webhooks', () => 1, webhooks.change),
  'webhooks.delete': deletes('webhooks', webhooks),
}
export { faqs, templates, webhooks }
