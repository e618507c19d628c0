import type { CollectionConfig } from 'payload'
import { hideCards, noSearchInPayloads, seesCards } from '#hooks/commands/hideCards'
import { request } from '#hooks/commands/request'
import { showAsObject } from '#hooks/commands/showAsObject'
import { factDate, factNumber, factText, menu, withCell } from './fields'

/** A wish and its life: queued → sent → accepted → effective | failed. Creating one is the request (src/commands). */
export const Commands: CollectionConfig = {
  slug: 'commands',
  labels: { singular: 'Command', plural: 'Commands' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.diagnose,
    useAsTitle: 'action',
    defaultColumns: ['action', 'charger', 'status', 'outcome', 'requestedBy', 'createdAt'],
    description: 'Everything that was asked of a charger from here, by whom, and what came of it.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/CommandView#CommandView',
            tab: { label: 'Command' },
          },
        },
      },
    },
  },
  indexes: [
    { fields: ['charger', 'createdAt'] },
    { fields: ['isFinal', 'expiresAt'] },
    { fields: ['charger', 'status'] },
  ],
  hooks: { beforeOperation: [noSearchInPayloads] },
  endpoints: [request],
  fields: [
    {
      name: 'charger',
      type: 'relationship',
      relationTo: 'chargers',
      required: true,
      index: true,
      label: 'Charger',
      admin: { readOnly: true },
    },
    {
      ...withCell(factText('action', 'Action', 'As OCPP 1.6 names it.'), 'status#CommandNameCell'),
      required: true,
    },
    {
      name: 'payload',
      type: 'textarea',
      hooks: { afterRead: [hideCards, showAsObject] },
      label: 'Parameters',
      admin: { readOnly: true },
    },
    {
      ...withCell(
        factText(
          'status',
          'Status',
          'queued → sent → accepted → effective; or rejected, failed, timeout.',
        ),
        'status#CommandStatusCell',
      ),
      required: true,
      defaultValue: 'queued',
      index: true,
    },
    {
      name: 'isFinal',
      type: 'checkbox',
      defaultValue: false,
      label: 'Finished',
      admin: { readOnly: true },
    },
    {
      name: 'response',
      type: 'textarea',
      hooks: { afterRead: [showAsObject] },
      label: 'Answer of the charger',
      admin: { readOnly: true },
    },
    factText('reason', 'Reason', 'For programs: offline, charger-rejected, no-answer, no-effect …'),
    factText('outcome', 'Outcome', 'What came of it, in words.'),
    {
      name: 'requestedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Asked by',
      admin: { readOnly: true },
    },
    factText('source', 'Asked from', 'panel, rest, app or rule.'),
    factNumber('connectorId', 'Connector number'),
    factNumber('transactionId', 'Session number'),
    { ...factText('idTag', 'Card or app id'), access: { read: seesCards } },
    {
      name: 'session',
      type: 'relationship',
      relationTo: 'sessions',
      index: true,
      label: 'Session',
      admin: { readOnly: true },
    },
    factText('messageId', 'Message id', 'Of the OCPP call, to find it in the log.'),
    factDate('sentAt', 'Sent'),
    factDate('answeredAt', 'Answered'),
    factDate('settledAt', 'Settled'),
    factDate('expiresAt', 'Waits until', 'The deadline of the present step.'),
  ],
}
