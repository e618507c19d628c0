/** Members of OCPP messages that hold secrets: the log shows that they were there, never what they were. */
const secretKeys = new Set(['AuthorizationKey', 'BasicAuthPassword'])
const mask = '***'

/** The frame as the log keeps it. Only ChangeConfiguration carries secrets in 1.6, so all else costs one comparison. */
export function maskFrame(action: string | null, text: string): string {
  if (action !== 'ChangeConfiguration' && action !== 'GetConfiguration') return text
  try {
    return JSON.stringify(JSON.parse(text), function (this: unknown, key: string, value: unknown) {
      const holder = this as { key?: unknown }
      return key === 'value' && typeof holder.key === 'string' && secretKeys.has(holder.key)
        ? mask
        : value
    })
  } catch {
    return text
  }
}
