import type { GroupField, TextFieldSingleValidation } from 'payload'

/** Six hexadecimal digits, as colour pickers give them. */
const colour: TextFieldSingleValidation = (value) =>
  !value || /^#[0-9a-f]{6}$/i.test(value) || 'Give a colour as # and six digits, e.g. #0b5f4a.'

/** How statements, receipts and shared pages look and who they are from. */
export const brandingField: GroupField = {
  name: 'branding',
  type: 'group',
  label: 'Branding',
  admin: { description: 'Name, logo and colour of statements, receipts and shared pages.' },
  fields: [
    {
      name: 'name',
      type: 'text',
      maxLength: 80,
      label: 'Name on documents',
      admin: { description: 'The legal name, e.g. "CITA EV Ltd". Empty: the name of the network.' },
    },
    {
      name: 'logo',
      type: 'ui',
      admin: { components: { Field: '/src/components/admin/Branding/LogoField#LogoField' } },
    },
    {
      name: 'accentColour',
      type: 'text',
      defaultValue: '#0b5f4a',
      validate: colour,
      label: 'Colour',
      admin: { description: 'Of headings and charts, e.g. #0b5f4a. Dark ones print best.' },
    },
    { name: 'address', type: 'textarea', maxLength: 400, label: 'Address' },
    {
      name: 'vatNumber',
      type: 'text',
      maxLength: 40,
      label: 'VAT number',
      admin: { description: 'Printed on statements and receipts, e.g. GB 123 4567 89.' },
    },
    {
      name: 'footer',
      type: 'text',
      maxLength: 200,
      label: 'Line at the foot',
      admin: { description: 'E.g. where to ask: accounts@example.com · 020 7946 0000.' },
    },
  ],
}
