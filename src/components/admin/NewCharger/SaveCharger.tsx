import { ocppPublicUrl } from '@/panel/settings'

import { SaveChargerButton } from './SaveChargerButton'

/** The Save button of the charger's form; for a new charger it ends with what to type into it. */
export function SaveCharger() {
  return <SaveChargerButton url={ocppPublicUrl()} />
}
