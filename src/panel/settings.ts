import { env } from '@/platform/env'

/** Where browsers find the live channel; read when a page is drawn, never baked into the build. */
export function livePublicUrl(): string {
  return env().livePublicUrl
}

/** What is typed into a charger, without its identity. */
export function ocppPublicUrl(): string {
  return env().ocppPublicUrl
}

/** The style of the map's tiles; null: the map that comes with the product. */
export function mapStyleUrl(): string | null {
  return env().mapStyleUrl
}

/** Without one mails are kept in the data directory. */
export function hasMailServer(): boolean {
  return env().smtpUrl !== null
}
