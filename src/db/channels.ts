/** The NOTIFY channels: the only strings, and what each payload is. Consumers treat a payload as a hint and read the rows. */
export const channels = {
  /** `<chargerId>`: a command was queued for it. */
  command: 'cpms_command',
  /** `<eventId>`: rows up to this id were written to `telemetry.events`. */
  event: 'cpms_event',
  /** JSON `MeterTick[]`, at most 7.5 kB: figures of running sessions, not kept. */
  live: 'cpms_live',
  /** `<userId>`: grants or logins of a person changed. */
  access: 'cpms_access',
  /** `<chargerId>`: the charger's row or its credential changed. */
  charger: 'cpms_charger',
} as const

/** `wh` is what the session has taken so far, `at` an ISO instant. */
export type MeterTick = {
  session: number
  charger: number
  site: number
  wh: number
  w: number | null
  soc: number | null
  at: string
  /** What it costs so far; in the ticks of the worker, which prices running sessions every few seconds. */
  costMinor?: number
  currency?: string
}

export type EventKind =
  | 'charger.status'
  | 'charger.booted'
  | 'charger.connected'
  | 'charger.disconnected'
  | 'connector.status'
  | 'session.started'
  | 'session.ended'
  | 'session.priced'
  | 'session.corrected'
  | 'command.changed'
  /** Body: campaignId and, of one charger, state, reason, percent; of the campaign, campaignState. */
  | 'firmware.changed'
  /** Body: diagnosticsId, state, reason. */
  | 'diagnostics.changed'
  /** Bodies: reservationId or profileId, connectorId, state. */
  | 'reservation.changed'
  | 'charging-profile.changed'
  /** Body: alertId, what (opened, repeated, resolved, acknowledged, …), status, kind, severity, title, count. */
  | 'alert.changed'
  /** Bodies: ticketId, number, status, byUser; of a reply also replyId and internal. */
  | 'ticket.created'
  | 'ticket.replied'
  | 'ticket.changed'
