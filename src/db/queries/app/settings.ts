import type { Sql } from '../../pool'

export type AppSettings = {
  networkName: string
  currency: string
  timezone: string
  appSignIn: boolean
  selfRegistration: boolean
  billingEnabled: boolean
  /** Set aside before a charge, in minor units. */
  holdMinor: number
  guestCharging: boolean
  supportEmail: string | null
  supportPhone: string | null
  termsUrl: string | null
  privacyUrl: string | null
}

/** `readAppSettings`: as they are now; a network that never saved its settings has the defaults. */
export async function readAppSettings(sql: Sql): Promise<AppSettings> {
  const { rows } = await sql.query<AppSettings>(
    `select coalesce(nullif(network_name, ''), 'CITA EV') as "networkName", coalesce(currency, 'GBP') as currency,
            coalesce(nullif(timezone, ''), 'Europe/London') as timezone, coalesce(app_sign_in, true) as "appSignIn",
            coalesce(app_self_registration, false) as "selfRegistration",
            coalesce(billing_enabled, false) as "billingEnabled", coalesce(hold_minor, 2500) as "holdMinor",
            coalesce(guest_charging, false) as "guestCharging",
            support_email as "supportEmail", support_phone as "supportPhone", terms_url as "termsUrl",
            privacy_url as "privacyUrl"
       from settings limit 1`,
  )
  return (
    rows[0] ?? {
      networkName: 'CITA EV',
      currency: 'GBP',
      timezone: 'Europe/London',
      appSignIn: true,
      selfRegistration: false,
      billingEnabled: false,
      holdMinor: 2500,
      guestCharging: false,
      supportEmail: null,
      supportPhone: null,
      termsUrl: null,
      privacyUrl: null,
    }
  )
}
