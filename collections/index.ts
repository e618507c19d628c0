import { governed, governedGlobal } from '#hooks/governed'
import { AuditLog } from './AuditLog'
import { Chargers } from './Chargers'
import { ChargerStates } from './ChargerStates'
import { Commands } from './Commands'
import { Connectors } from './Connectors'
import { ConnectorStates } from './ConnectorStates'
import { Drivers } from './Drivers'
import { Grants } from './Grants'
import { Organisations } from './Organisations'
import { Regions } from './Regions'
import { RfidCards } from './RfidCards'
import { Sessions } from './Sessions'
import { Settings } from './Settings'
import { Sites } from './Sites'
import { Tariffs } from './Tariffs'
import { Users } from './Users'

/** In the order of the side menu; every one of them passes `governed`. */
export const collections = [
  Chargers,
  Connectors,
  ChargerStates,
  ConnectorStates,
  Sites,
  Regions,
  Organisations,
  Sessions,
  Tariffs,
  Drivers,
  RfidCards,
  Commands,
  Users,
  Grants,
  AuditLog,
].map(governed)

export const globals = [Settings].map(governedGlobal)
