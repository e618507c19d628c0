import type { CollectionConfig } from 'payload'
import { governed, governedGlobal } from '#hooks/governed'
import { Alerts } from './Alerts'
import { AuditLog } from './AuditLog'
import { Budgets } from './Budgets'
import { ChargingProfiles } from './ChargingProfiles'
import { Chargers } from './Chargers'
import { ChargerStates } from './ChargerStates'
import { Commands } from './Commands'
import { ConfigurationTemplates } from './ConfigurationTemplates'
import { Connectors } from './Connectors'
import { ConnectorStates } from './ConnectorStates'
import { Corrections } from './Corrections'
import { Diagnostics } from './Diagnostics'
import { Drivers } from './Drivers'
import { ExemptPeriods } from './ExemptPeriods'
import { Faqs } from './Faqs'
import { Firmware } from './Firmware/Images'
import { FirmwareUpdates } from './Firmware/Updates'
import { Fleets } from './Fleets'
import { Grants } from './Grants'
import { inWords } from './inWords'
import { NotificationPreferences } from './Notifications/Preferences'
import { Webhooks } from './Notifications/Webhooks'
import { Organisations } from './Organisations'
import { PriceGroups } from './PriceGroups'
import { Regions } from './Regions'
import { ReportSchedules } from './Reports/Schedules'
import { ShareLinks } from './Reports/ShareLinks'
import { Statements } from './Reports/Statements'
import { RfidCards } from './RfidCards'
import { Reservations } from './Reservations'
import { Sessions } from './Sessions'
import { Settings } from './Settings'
import { Sites } from './Sites'
import { Tariffs } from './Tariffs'
import { TicketReplies } from './Tickets/Replies'
import { Tickets } from './Tickets'
import { Users } from './Users'
import { Vehicles } from './Vehicles'

/** In the order of the side menu; every one of them passes `governed`. */
export const collections = [
  Chargers,
  Connectors,
  ChargerStates,
  ConnectorStates,
  Sites,
  Regions,
  Organisations,
  Firmware,
  FirmwareUpdates,
  Sessions,
  Corrections,
  Reservations,
  ChargingProfiles,
  Tariffs,
  PriceGroups,
  Budgets,
  Drivers,
  RfidCards,
  Fleets,
  Vehicles,
  ReportSchedules,
  Statements,
  ShareLinks,
  ExemptPeriods,
  Alerts,
  Tickets,
  TicketReplies,
  Faqs,
  NotificationPreferences,
  Commands,
  Diagnostics,
  ConfigurationTemplates,
  Users,
  Grants,
  Webhooks,
  AuditLog,
]
  .map(inWords)
  .map(governed)
  .map(heardOut)

export const globals = [Settings].map(governedGlobal)

/** A form whose every change is answered, see the component. */
function heardOut(collection: CollectionConfig): CollectionConfig {
  const { components } = collection.admin ?? {}
  const beforeDocumentControls = [
    ...(components?.edit?.beforeDocumentControls ?? []),
    '/src/components/admin/ui/HeardOut#HeardOut',
  ]
  return {
    ...collection,
    admin: {
      ...collection.admin,
      components: { ...components, edit: { ...components?.edit, beforeDocumentControls } },
    },
  }
}
