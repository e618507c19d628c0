import type { Wish } from './catalogue'

/** What stands in the row of a command in place of a password. */
export const keptSecret = '(kept secret)'
export const shortestPassword = 16

/** `passwordIn`: the new password that a wish carries; null for every other wish. */
export function passwordIn({ action, payload }: Pick<Wish, 'action' | 'payload'>): string | null {
  const isKey =
    action === 'ChangeConfiguration' && String(payload['key']).toLowerCase() === 'authorizationkey'
  return isKey && typeof payload['value'] === 'string' ? payload['value'] : null
}

/** `withoutPassword`: the text of the payload as it may be stored, member order kept. */
export function withoutPassword(text: string, password: string): string {
  return text.replace(JSON.stringify(password), () => JSON.stringify(keptSecret))
}

/** `withPassword`: the text as it goes out. */
export function withPassword(text: string, password: string): string {
  return text.replace(JSON.stringify(keptSecret), () => JSON.stringify(password))
}
