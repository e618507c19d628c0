import type { CollectionConfig } from 'payload'
import { holdWhereAllowed } from '#hooks/priceGroups/holdWhereAllowed'
import { wordFromAddress } from '#hooks/priceGroups/wordFromAddress'
import { menu, noteField, wholeNumber } from './fields'

/** Staff, VIPs, Tenants: who pays something else than the usual price, and where. */
export const PriceGroups: CollectionConfig = {
  slug: 'price-groups',
  labels: { singular: 'Price group', plural: 'Price groups' },
  defaultSort: 'name',
  admin: {
    group: menu.charging,
    useAsTitle: 'name',
    defaultColumns: ['name', 'pricing', 'tariff', 'discountBasisPoints', 'sites'],
    description:
      'Different rates for different users: Staff, VIPs, Tenants. Put drivers, fleets or single cards into a group.',
  },
  hooks: { beforeChange: [holdWhereAllowed] },
  fields: [
    {
      name: 'name',
      type: 'text',
      required: true,
      unique: true,
      label: 'Name',
      defaultValue: wordFromAddress('name', /^[\p{L} ]{1,40}$/u),
    },
    {
      name: 'pricing',
      type: 'select',
      required: true,
      defaultValue: wordFromAddress('pricing', /^(tariff|discount|free)$/, 'tariff'),
      label: 'They pay',
      options: [
        { value: 'tariff', label: 'A tariff of their own' },
        { value: 'discount', label: 'The usual price, with a discount' },
        { value: 'free', label: 'Nothing: charging is free for them' },
      ],
    },
    {
      name: 'tariff',
      type: 'relationship',
      relationTo: 'tariffs',
      index: true,
      label: 'Tariff',
      admin: { condition: (data) => data?.pricing === 'tariff' },
    },
    {
      name: 'discountBasisPoints',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      max: 10_000,
      label: 'Discount',
      admin: {
        condition: (data) => data?.pricing === 'discount',
        components: {
          Field: '/src/components/admin/PercentField#PercentField',
          Cell: '/src/components/admin/cells/figures#PercentCell',
        },
        description:
          'Off every price of the tariff that would hold otherwise. Over REST in hundredths of a per cent: 20 % is 2000.',
      },
    },
    {
      name: 'sites',
      type: 'relationship',
      relationTo: 'sites',
      hasMany: true,
      label: 'Holds at',
      admin: {
        description:
          'Only at these sites; elsewhere the usual price holds. Empty: everywhere in the network.',
      },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: {
        position: 'sidebar',
        description: 'Operators of this site may change the group. Empty: Super Admins only.',
      },
    },
    {
      name: 'members',
      type: 'ui',
      label: 'Who is in it',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/PriceGroups/Members#PriceGroupMembers' },
      },
    },
    noteField,
  ],
}
