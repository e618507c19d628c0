import type { CollectionConfig } from 'payload'
import { mayField, seesAll } from '#hooks/access/fieldByPolicy'
import { fillTicket } from '#hooks/tickets/fillTicket'
import { prefilled } from '#hooks/tickets/prefill'
import { tellOfTicket } from '#hooks/tickets/tell'
import { menu, quietPublicIdField } from '../fields'

/** How a ticket is worked on; whoever may only open and read one leaves it alone. */
const byStaff = {
  create: mayField('tickets', 'update'),
  update: mayField('tickets', 'update'),
}

export const Tickets: CollectionConfig = {
  slug: 'tickets',
  labels: { singular: 'Ticket', plural: 'Tickets' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.support,
    useAsTitle: 'subject',
    defaultColumns: ['number', 'subject', 'status', 'priority', 'charger', 'site', 'assignedTo'],
    listSearchableFields: ['subject'],
    description: 'Questions and problems that people asked for help with.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      beforeListTable: ['/src/components/admin/Ticket/TicketsIntro#TicketsIntro'],
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Ticket#TicketView',
            tab: { label: 'Ticket', order: 0 },
          },
          edit: {
            Component: '/src/components/admin/Ticket#TicketForm',
            path: '/edit',
            tab: { label: 'Edit', href: '/edit', order: 10 },
          },
        },
      },
    },
  },
  hooks: { beforeValidate: [fillTicket], afterChange: [tellOfTicket] },
  fields: [
    {
      name: 'number',
      type: 'number',
      unique: true,
      label: 'Number',
      access: { create: () => false, update: () => false },
      admin: { readOnly: true, position: 'sidebar', condition: (data) => Boolean(data?.id) },
    },
    {
      name: 'subject',
      type: 'text',
      defaultValue: prefilled('subject'),
      required: true,
      maxLength: 200,
      label: 'Subject',
      admin: { description: 'In one line: "Bay 3 does not start".' },
    },
    {
      name: 'body',
      type: 'richText',
      label: 'What happened',
    },
    {
      name: 'charger',
      type: 'relationship',
      defaultValue: prefilled('charger'),
      relationTo: 'chargers',
      index: true,
      label: 'Charger',
      admin: { allowCreate: false },
    },
    {
      name: 'session',
      type: 'relationship',
      defaultValue: prefilled('session'),
      relationTo: 'sessions',
      index: true,
      label: 'Session',
      admin: { allowCreate: false },
    },
    {
      name: 'alert',
      type: 'relationship',
      defaultValue: prefilled('alert'),
      relationTo: 'alerts',
      index: true,
      label: 'Alert',
      admin: { allowCreate: false },
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      defaultValue: 'open',
      index: true,
      label: 'Status',
      access: byStaff,
      options: [
        { value: 'open', label: 'Open' },
        { value: 'waiting', label: 'Waiting for the reporter' },
        { value: 'resolved', label: 'Resolved' },
      ],
      admin: {
        position: 'sidebar',
        components: { Cell: '/src/components/admin/cells/ticket#TicketStatusCell' },
      },
    },
    {
      name: 'priority',
      type: 'select',
      required: true,
      defaultValue: 'normal',
      label: 'Priority',
      options: [
        { value: 'low', label: 'Low' },
        { value: 'normal', label: 'Normal' },
        { value: 'high', label: 'High' },
      ],
      admin: { position: 'sidebar' },
    },
    {
      name: 'assignedTo',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Assigned to',
      access: byStaff,
      admin: { position: 'sidebar', allowCreate: false },
    },
    {
      name: 'reporter',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Reported by',
      access: { create: () => false, update: () => false },
      admin: { readOnly: true, position: 'sidebar', condition: (data) => Boolean(data?.id) },
    },
    {
      name: 'driver',
      type: 'relationship',
      defaultValue: prefilled('driver'),
      relationTo: 'drivers',
      index: true,
      label: 'Driver',
      access: { read: seesAll('sessions') },
      admin: { position: 'sidebar', allowCreate: false, description: 'For whom the help is.' },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Site',
      admin: {
        position: 'sidebar',
        allowCreate: false,
        description: 'Set by the charger, where there is one.',
      },
    },
    quietPublicIdField,
  ],
}
