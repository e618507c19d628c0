/** Which charger a connection URL names. Pure; works on the raw request target, before anything decodes it. */
export type ChargerPath = { kind: 'identity'; identity: string } | { kind: 'bad'; detail: string }

const urlMaxLength = 1024
const identityMaxLength = 128

/**
 * The identity is the last segment that is not empty, decoded once: chargers append it to whatever they were given,
 * some with a trailing slash, some twice, some behind a whole URL (`/ws://192.0.2.1/CP_1/SERIAL`, OpenEMS #1401;
 * QUIRKS 4 and 6). A query, a dot segment, an encoded slash or a control character is nobody's name.
 */
export function readChargerPath(rawUrl: string): ChargerPath {
  if (rawUrl.length > urlMaxLength) return bad('the URL is too long')
  if (!rawUrl.startsWith('/')) return bad('the URL is not a path')
  if (!/^[\x21-\x7e]+$/.test(rawUrl)) return bad('the URL has characters that must be encoded')
  if (/[?#\\]/.test(rawUrl)) return bad('the URL has more than a path')
  const segments = rawUrl.split('/').filter((segment) => segment !== '')
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    return bad('the path has dot segments')
  const last = segments.at(-1)
  if (last === undefined || (segments.length === 1 && last.toLowerCase() === 'ocpp'))
    return bad('the path names no charger')
  const identity = decoded(last)
  if (identity === null) return bad('the path is not properly encoded')
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f/]/.test(identity)) return bad('the identity has bad characters')
  if (identity.length > identityMaxLength) return bad('the identity is too long')
  return { kind: 'identity', identity }
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

function bad(detail: string): ChargerPath {
  return { kind: 'bad', detail }
}
