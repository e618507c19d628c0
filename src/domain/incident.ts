/**
 * The incident engine: what happened at the chargers of a site becomes alerts that open once, group what repeats, and
 * close by themselves (W7, FAULTS.md). Pure: no clock, no database. The worker (`jobs/definitions/raiseIncidents`)
 * reads what happened, calls `judgeSite`, and writes memory and alerts in one transaction.
 */
export * from './incident/book'
export * from './incident/happenings'
export * from './incident/kinds'
export * from './incident/memory'
export * from './incident/rules'
export { judgeSite, siteKey, type SiteInput, type SiteOutcome } from './incident/site'
export { keyOf } from './incident/charger'
