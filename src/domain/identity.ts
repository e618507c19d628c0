/**
 * A charger's identity: the last segment of the address it connects to, and its user name there (OCPP-J 1.6 §3.1.1, at
 * most 48 characters). Printable ASCII without what would end or split an address or the Basic user name; a space and
 * `|` occur in the field (QUIRKS 4).
 */
export const identityLengthMax = 48

const forbidden = /[^\x20-\x7e]|[/\\:?#%"<>^`{}]/

/** `readIdentity`: the identity as it is kept, or the sentence that says what is wrong with it. */
export function readIdentity(raw: unknown): { identity: string } | { problem: string } {
  const text = typeof raw === 'string' ? raw.trim() : ''
  if (text === '') return { problem: 'Give the identity that is set in the charger.' }
  if (text.length > identityLengthMax)
    return { problem: `An identity has at most ${identityLengthMax} characters.` }
  const at = forbidden.exec(text)
  if (at)
    return {
      problem: `An identity is part of an address: "${at[0]}" cannot be in it. Use letters, digits and - _ . | = + * @.`,
    }
  if (/^\.+$/.test(text)) return { problem: 'An identity needs more than dots.' }
  return { identity: text }
}
