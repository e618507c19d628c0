import type { CollectionConfig } from 'payload'
import { factDate, factText, menu } from './fields'

/** Who did what, when, from where. Written by hooks and commands; no route can change or delete a row. */
export const AuditLog: CollectionConfig = {
  slug: 'audit-log',
  labels: { singular: 'Audit entry', plural: 'Audit log' },
  defaultSort: '-at',
  admin: {
    group: menu.settings,
    useAsTitle: 'action',
    defaultColumns: ['at', 'actor', 'action', 'resource', 'resourceId', 'result'],
    description: 'Every change and every refused sign-in: who, when, from where, before and after.',
    components: {
      views: {
        list: { Component: '/src/components/admin/Audit#AuditList' },
        edit: {
          default: {
            Component: '/src/components/admin/Audit/AuditEntry#AuditEntry',
            tab: { label: 'Entry' },
          },
        },
      },
    },
  },
  indexes: [{ fields: ['resource', 'resourceId', 'at'] }],
  fields: [
    { ...factDate('at', 'When'), index: true, required: true },
    {
      name: 'user',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'User',
      admin: { readOnly: true },
    },
    factText('actor', 'Who', 'Name or e-mail at the time.'),
    factText('role', 'Role', 'The strongest role at the time.'),
    factText('action', 'What'),
    factText('resource', 'Of what'),
    factText('resourceId', 'Which'),
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Site',
      admin: { readOnly: true },
    },
    { name: 'before', type: 'textarea', label: 'Before', admin: { readOnly: true } },
    { name: 'after', type: 'textarea', label: 'After', admin: { readOnly: true } },
    factText('result', 'Result'),
    factText('reason', 'Reason'),
    factText('ip', 'From address'),
    factText('requestId', 'Request id'),
  ] as CollectionConfig['fields'],
}
