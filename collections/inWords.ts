import type { CollectionConfig } from 'payload'

import { roleOptions } from './accessFields'

const roleNames = Object.fromEntries(roleOptions.map(({ label, value }) => [value, label]))

/** What the FAQ calls making one, where it has a word for it. */
const newTitles: Readonly<Record<string, string>> = { 'rfid-cards': 'Add Card' }

/** Every collection in words: the head of a new document, and what stands on its list while there is nothing. */
export function inWords(collection: CollectionConfig): CollectionConfig {
  const { admin, labels, slug } = collection
  const singular = typeof labels?.singular === 'string' ? labels.singular : slug
  const made =
    newTitles[slug] ?? `New ${singular.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`
  const titles = { '[New]': made, ...(slug === 'grants' ? roleNames : {}) }
  const { components } = admin ?? {}
  return {
    ...collection,
    admin: {
      ...admin,
      components: {
        ...components,
        beforeListTable: [
          ...(components?.beforeListTable ?? []),
          '/src/components/admin/EmptyList#EmptyList',
        ],
        edit: {
          ...components?.edit,
          beforeDocumentControls: [
            ...(components?.edit?.beforeDocumentControls ?? []),
            {
              path: '/src/components/admin/ui/DocTitle#DocTitle',
              clientProps: { singular, titles },
            },
          ],
        },
      },
    },
  }
}
