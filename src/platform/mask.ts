/** What must not be read in a log: values under names that hold secrets, and passwords inside addresses. */

const secretNames = new Set(
  [
    'password',
    'passwd',
    'pass',
    'newPassword',
    'adminPassword',
    'oneTimePassword',
    'secret',
    'payloadSecret',
    'chargerKey',
    'token',
    'accessToken',
    'refreshToken',
    'pushToken',
    'resetPasswordToken',
    'jwt',
    'authorization',
    'proxyAuthorization',
    'cookie',
    'setCookie',
    'apiKey',
    'authorizationKey',
    'basicAuthPassword',
    'totp',
    'credential',
    'credentials',
    'salt',
    'hash',
    'PAYLOAD_SECRET',
    'CPMS_ADMIN_PASSWORD',
    'CPMS_CHARGER_KEY',
    'PGPASSWORD',
  ].map(plain),
)

const maxDepth = 8
const maxEntries = 200
const mask = '[masked]'

/** A copy of `value` that may be logged. Errors keep name, message, code, stack and cause. */
export function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskedText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= maxDepth) return '[deeper]'
  if (value instanceof Error) return maskedError(value, depth)
  if (Array.isArray(value))
    return value.slice(0, maxEntries).map((entry) => masked(entry, depth + 1))
  const entries = Object.entries(value).slice(0, maxEntries)
  return Object.fromEntries(
    entries.map(([key, entry]) => [
      key,
      secretNames.has(plain(key)) && entry !== null && entry !== undefined
        ? mask
        : masked(entry, depth + 1),
    ]),
  )
}

/** `postgres://cpms:[masked]@host`, `Authorization: Basic [masked]`, `JWT [masked]`. */
export function maskedText(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${mask}@`)
    .replace(/\b(Basic|Bearer|JWT)\s+[A-Za-z0-9._~+/-]{8,}=*/g, `$1 ${mask}`)
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, mask)
}

function maskedError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: masked(error.cause, depth + 1) }
  return {
    type: error.name,
    message: maskedText(error.message),
    ...code,
    stack: maskedText(error.stack ?? ''),
    ...cause,
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '')
}
