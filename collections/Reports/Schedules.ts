import type { CollectionConfig, Field } from 'payload'
import { checkSchedule } from '#hooks/reports/checkSchedule'
import { siteFromAddress } from '#hooks/reports/siteFromAddress'
import { syncRecipients } from '#hooks/reports/syncRecipients'
import { timezone, menu } from '../fields'
import { recipientAddresses } from './recipients'

const fixedAfterwards = {
  access: { update: () => false },
} as const

/** Who gets what when. What it issued stands under Statements. */
export const ReportSchedules: CollectionConfig = {
  slug: 'report-schedules',
  labels: { singular: 'Schedule', plural: 'Schedules' },
  admin: {
    group: menu.reports,
    useAsTitle: 'name',
    defaultColumns: ['name', 'kind', 'frequency', 'covers', 'recipients', 'paused'],
    listSearchableFields: ['name'],
    description: 'Reports that are made and mailed by themselves.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Schedules#ScheduleOverview',
            tab: { label: 'Overview', order: 0 },
          },
          settings: {
            Component: '/src/components/admin/Schedules#ScheduleSettings',
            path: '/settings',
            tab: { label: 'Settings', href: '/settings', order: 90 },
          },
        },
      },
    },
  },
  hooks: { beforeValidate: [checkSchedule], afterChange: [syncRecipients] },
  fields: [
    {
      name: 'name',
      type: 'text',
      required: true,
      maxLength: 120,
      label: 'Name',
      admin: { description: 'As the mail calls it, e.g. "Kings Cross, monthly statement".' },
    },
    {
      name: 'kind',
      type: 'select',
      required: true,
      defaultValue: 'statement',
      label: 'Report',
      options: [
        { value: 'statement', label: 'Site owner statement' },
        { value: 'chargingSessions', label: 'Charging Sessions' },
        { value: 'energyUsage', label: 'Energy Usage' },
        { value: 'fleetUsage', label: 'Fleet Usage' },
        { value: 'faultsUptime', label: 'Faults & Uptime' },
        { value: 'reliability', label: 'Rapid charger reliability' },
      ],
      ...fixedAfterwards,
    },
    {
      type: 'row',
      fields: [
        {
          name: 'covers',
          type: 'select',
          required: true,
          defaultValue: 'site',
          label: 'Covers',
          options: [
            { value: 'site', label: 'One site' },
            { value: 'owner', label: 'All sites of an owner' },
            { value: 'operator', label: 'All sites of an operator' },
          ],
          admin: { width: '50%' },
          ...fixedAfterwards,
        },
        {
          name: 'site',
          type: 'relationship',
          relationTo: 'sites',
          index: true,
          label: 'Site',
          defaultValue: siteFromAddress,
          admin: { width: '50%', condition: (data) => data?.['covers'] === 'site' },
          ...fixedAfterwards,
        },
        {
          name: 'organisation',
          type: 'relationship',
          relationTo: 'organisations',
          index: true,
          label: 'Organisation',
          admin: { width: '50%', condition: (data) => data?.['covers'] !== 'site' },
          ...fixedAfterwards,
        },
      ],
    },
    {
      type: 'row',
      fields: [
        {
          name: 'frequency',
          type: 'select',
          required: true,
          defaultValue: 'monthly',
          label: 'How often',
          options: [
            { value: 'daily', label: 'Daily' },
            { value: 'weekly', label: 'Weekly (Monday to Sunday)' },
            { value: 'monthly', label: 'Monthly' },
          ],
          admin: { width: '50%' },
          ...fixedAfterwards,
        },
        {
          name: 'hour',
          type: 'number',
          required: true,
          defaultValue: 6,
          min: 0,
          max: 23,
          label: 'At (hour)',
          admin: {
            step: 1,
            width: '50%',
            description: 'Full hour on the morning after the period, in the time zone below.',
          },
        },
      ],
    },
    {
      name: 'timezone',
      type: 'text',
      validate: timezone,
      label: 'Time zone',
      admin: {
        description: 'Where its days begin and end. Empty: that of the site, or of the settings.',
      },
      ...fixedAfterwards,
    },
    {
      name: 'formats',
      type: 'select',
      hasMany: true,
      required: true,
      defaultValue: ['pdf'],
      label: 'Formats',
      options: [
        { value: 'pdf', label: 'PDF' },
        { value: 'csv', label: 'CSV' },
        { value: 'xlsx', label: 'Excel' },
      ],
    },
    {
      name: 'recipients',
      type: 'text',
      hasMany: true,
      maxRows: 20,
      validate: recipientAddresses,
      label: 'Recipients',
      admin: {
        components: { Cell: '/src/components/admin/cells/words#ListCell' },
        description:
          'E-mail addresses. Each gets a mail to confirm it first; until then nothing is sent there.',
      },
    },
    {
      name: 'paused',
      type: 'checkbox',
      defaultValue: false,
      label: 'Paused',
      admin: {
        components: { Cell: '/src/components/admin/cells/words#PausedCell' },
        position: 'sidebar',
        description:
          'Nothing is issued meanwhile. Switched on again, it makes up for what it missed.',
      },
    },
    {
      name: 'createdBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Made by',
      access: { create: () => false, update: () => false },
      admin: { position: 'sidebar', readOnly: true, condition: (data) => Boolean(data?.id) },
    },
  ] as Field[],
}
