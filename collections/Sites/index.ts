import type { CollectionConfig } from 'payload'
import { pricing } from '#hooks/sites/pricing'
import { menu } from '../fields'
import { siteFields } from './fields'

export const Sites: CollectionConfig = {
  slug: 'sites',
  labels: { singular: 'Site', plural: 'Sites' },
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: ['name', 'chargerCount', 'address', 'region', 'operator', 'tariff'],
    listSearchableFields: ['name', 'address'],
    description: 'Places with chargers: where they are, whose they are, what charging costs there.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Site#SiteOverview',
            tab: { label: 'Overview', order: 0 },
          },
          pricing: {
            Component: '/src/components/admin/Site/Pricing#SitePricingTab',
            path: '/pricing',
            tab: { label: 'Pricing', href: '/pricing', order: 10 },
          },
          settings: {
            Component: '/src/components/admin/Site#SiteSettings',
            path: '/settings',
            tab: { label: 'Settings', href: '/settings', order: 90 },
          },
        },
      },
    },
  },
  endpoints: [pricing],
  fields: siteFields,
}
