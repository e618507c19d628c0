import { withoutTokens } from '@/commands/fileLinks'

/** Members of OCPP messages that hold secrets: the log shows that they were there, never what they were. */
const secretKeys = new Set(['AuthorizationKey', 'BasicAuthPassword'])
const mask = '***'

/** The frame as the log keeps it. Few actions carry secrets in 1.6, so all others cost one comparison. */
export function maskFrame(action: string | null, text: string): string {
  switch (action) {
    case 'ChangeConfiguration':
    case 'GetConfiguration':
      return withoutValues(text)
    case 'UpdateFirmware':
    case 'SignedUpdateFirmware':
    case 'GetDiagnostics':
    case 'GetLog':
      return withoutTokens(text)
    default:
      return text
  }
}

function withoutValues(text: string): string {
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
