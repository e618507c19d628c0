import type { TextField } from 'payload'

const longest = 254

/** One address, as simple as those that mail servers take: no name, no list, no blank. */
const address =
  /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i

/** `recipientAddresses`: each entry an e-mail address, none twice. */
export const recipientAddresses: NonNullable<TextField['validate']> = (value: unknown) => {
  const list = Array.isArray(value) ? (value as unknown[]) : value ? [value] : []
  const wrong = list.find(
    (one) => typeof one !== 'string' || one.length > longest || !address.test(one),
  )
  if (wrong !== undefined) return `"${String(wrong).slice(0, 60)}" is not an e-mail address.`
  const folded = new Set(list.map((one) => String(one).toLowerCase()))
  return folded.size === list.length || 'An address stands here twice.'
}
