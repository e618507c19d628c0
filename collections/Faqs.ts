import type { CollectionConfig } from 'payload'
import { menu, quietPublicIdField, wholeNumber } from './fields'

/** What drivers ask most, answered in the app before they have to open a ticket. */
export const Faqs: CollectionConfig = {
  slug: 'faqs',
  labels: { singular: 'FAQ', plural: 'FAQs' },
  defaultSort: 'order',
  admin: {
    group: menu.support,
    useAsTitle: 'question',
    defaultColumns: ['question', 'published', 'order'],
    listSearchableFields: ['question'],
    description: 'Questions and answers that drivers read in the app, in this order.',
  },
  fields: [
    { name: 'question', type: 'text', required: true, maxLength: 200, label: 'Question' },
    { name: 'answer', type: 'richText', required: true, label: 'Answer' },
    {
      name: 'published',
      type: 'checkbox',
      defaultValue: true,
      label: 'Shown in the app',
      admin: { position: 'sidebar' },
    },
    {
      name: 'order',
      type: 'number',
      validate: wholeNumber,
      required: true,
      defaultValue: 100,
      label: 'Place in the list',
      admin: { position: 'sidebar', step: 1, description: 'Small numbers come first.' },
    },
    quietPublicIdField,
  ],
}
