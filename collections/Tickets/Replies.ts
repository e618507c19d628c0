import type { CollectionConfig } from 'payload'
import { mayField } from '#hooks/access/fieldByPolicy'
import { fillReply } from '#hooks/tickets/fillReply'
import { tellOfReply } from '#hooks/tickets/tell'
import { menu } from '../fields'

/** What was said on a ticket, in order; nothing of it is changed afterwards. */
export const TicketReplies: CollectionConfig = {
  slug: 'ticket-replies',
  labels: { singular: 'Reply', plural: 'Replies' },
  defaultSort: 'createdAt',
  admin: {
    group: menu.hidden,
    useAsTitle: 'id',
    defaultColumns: ['ticket', 'author', 'createdAt'],
  },
  hooks: { beforeValidate: [fillReply], afterChange: [tellOfReply] },
  fields: [
    {
      name: 'ticket',
      type: 'relationship',
      relationTo: 'tickets',
      required: true,
      index: true,
      label: 'Ticket',
    },
    {
      name: 'author',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Written by',
      access: { create: () => false, update: () => false },
      admin: { readOnly: true },
    },
    {
      name: 'body',
      type: 'richText',
      required: true,
      label: 'Reply',
    },
    {
      name: 'internal',
      type: 'checkbox',
      defaultValue: false,
      label: 'Internal note',
      access: { create: mayField('tickets', 'update') },
      admin: { description: 'Seen by those who work on tickets; never mailed to the reporter.' },
    },
  ],
}
