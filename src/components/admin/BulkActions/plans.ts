import type { BulkCharger, BulkPermission } from '@/panel/bulkTargets'

import type { Wish } from '../commands/send'
import type { IconName } from '../ui/Icon'

/** What can be asked of many chargers at once. */
export type Plan = {
  key: string
  icon: IconName
  label: string
  note: string
  wish: Wish
  needs: BulkPermission
  /** What it means, in the FAQ's words where it has them. */
  about: string
  /** What becomes of the charges that run. */
  charges: 'end' | 'usually end' | 'go on' | null
}

export const plans: readonly Plan[] = [
  {
    key: 'soft',
    icon: 'restart',
    label: 'Soft Reset',
    note: 'Restarts the software',
    wish: { action: 'Reset', payload: { type: 'Soft' } },
    needs: 'reset',
    about: 'Soft Reset restarts the software, like refreshing an app. Use it for minor issues.',
    charges: 'usually end',
  },
  {
    key: 'hard',
    icon: 'power',
    label: 'Hard Reset',
    note: 'Like turning it off and on',
    wish: { action: 'Reset', payload: { type: 'Hard' } },
    needs: 'reset',
    about:
      'Hard Reset cuts and restores power, like unplugging a device. Use it only if chargers are stuck or not responding.',
    charges: 'end',
  },
  {
    key: 'lock',
    icon: 'lock',
    label: 'Lock',
    note: 'Take them out of use',
    wish: { action: 'ChangeAvailability', payload: { connectorId: 0, type: 'Inoperative' } },
    needs: 'availability',
    about: 'Takes them out of use: nobody can start a charge there until they are unlocked.',
    charges: 'go on',
  },
  {
    key: 'release',
    icon: 'unlock',
    label: 'Unlock',
    note: 'Back in use',
    wish: { action: 'ChangeAvailability', payload: { connectorId: 0, type: 'Operative' } },
    needs: 'availability',
    about: 'Puts them back in use.',
    charges: null,
  },
  {
    key: 'cache',
    icon: 'card',
    label: 'Clear the card cache',
    note: 'They ask us anew about every card',
    wish: { action: 'ClearCache', payload: {} },
    needs: 'configure',
    about: 'They forget the cards they remember and ask us anew.',
    charges: null,
  },
  {
    key: 'configuration',
    icon: 'gear',
    label: 'Read the settings',
    note: 'All of their configuration keys',
    wish: { action: 'GetConfiguration', payload: {} },
    needs: 'diagnose',
    about: 'Asks for all configuration keys; they stand on each charger’s Configuration tab.',
    charges: null,
  },
  {
    key: 'status',
    icon: 'list',
    label: 'Ask for their status',
    note: 'Each sends the state of its connectors',
    wish: { action: 'TriggerMessage', payload: { requestedMessage: 'StatusNotification' } },
    needs: 'diagnose',
    about: 'Each sends the state of its connectors anew.',
    charges: null,
  },
]

export type Split = { able: BulkCharger[]; barred: BulkCharger[]; offline: number; people: number }

/** `splitFor`: whom it will be sent to, whom not for want of permission, and who is affected. */
export function splitFor(plan: Plan, chargers: readonly BulkCharger[]): Split {
  const able = chargers.filter((charger) => charger.may[plan.needs])
  return {
    able,
    barred: chargers.filter((charger) => !charger.may[plan.needs]),
    offline: able.filter((charger) => !charger.connected).length,
    people: able.reduce((sum, charger) => sum + charger.sessions, 0),
  }
}

/** `1 charger`, `12 chargers`. */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
}
