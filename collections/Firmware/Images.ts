import type { CollectionConfig, Field, TextField } from 'payload'
import { factNumber, factText, menu, noteField, withCell } from '../fields'

const fixed = <F extends TextField | ReturnType<typeof factNumber>>(field: F): F => ({
  ...field,
  access: { update: () => false },
})

/** Firmware images. The bytes lie in the data directory; a row is made by the upload (`POST /api/firmware/upload`). */
export const Firmware: CollectionConfig = {
  slug: 'firmware',
  labels: { singular: 'Firmware image', plural: 'Firmware' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.network,
    useAsTitle: 'version',
    defaultColumns: ['version', 'vendor', 'model', 'sizeBytes', 'createdAt'],
    listSearchableFields: ['version', 'vendor', 'model', 'filename'],
    description: 'Software for the chargers: which image is for which make and model.',
    components: { Description: '/src/components/admin/Firmware/FirmwareIntro#FirmwareIntro' },
  },
  fields: [
    {
      name: 'version',
      type: 'text',
      required: true,
      index: true,
      label: 'Version',
      admin: {
        description:
          'Exactly as the charger reports it after the update: by this it is known that it worked.',
      },
    },
    {
      name: 'vendor',
      type: 'text',
      required: true,
      label: 'Vendor',
      admin: { description: 'As the chargers report it at boot.' },
    },
    {
      name: 'model',
      type: 'text',
      label: 'Model',
      admin: { description: 'As the chargers report it. Empty: every model of this vendor.' },
    },
    fixed(factText('filename', 'File')),
    withCell(fixed(factNumber('sizeBytes', 'Size', 'In bytes: 1 MB is 1000000.')), 'size#SizeCell'),
    fixed(factText('sha256', 'SHA-256', 'Fingerprint of the file, to compare with the maker’s.')),
    {
      name: 'signature',
      type: 'textarea',
      label: 'Signature',
      admin: { description: 'Base64, from the maker; for chargers that check it. Optional.' },
    },
    {
      name: 'signingCertificate',
      type: 'textarea',
      label: 'Signing certificate',
      admin: { description: 'PEM, from the maker; goes with the signature.' },
    },
    noteField,
  ] as Field[],
}
