'use client'

import './bulk.css'

import { toast, useSelection } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { BulkCharger } from '@/panel/bulkTargets'

import { sentenceOf } from '../commands/send'
import { Menu } from '../ui/Menu'
import { BulkDialog } from './BulkDialog'
import { count, plans, type Plan } from './plans'

const most = 500

/** Above the list while rows are selected: what can be asked of all of them at once. */
export function BulkActions() {
  const { count: selected, getSelectedIds, selectAll, getQueryParams } = useSelection()
  const [open, setOpen] = useState<{ plan: Plan; chargers: BulkCharger[] } | null>(null)
  const router = useRouter()

  async function idsOf(): Promise<number[]> {
    if (String(selectAll) !== 'allAvailable') return getSelectedIds().map(Number)
    // every page of the list: the query itself was selected
    const query = getQueryParams().replace(/^\?/, '')
    const response = await fetch(`/api/chargers?${query}&depth=0&limit=${most}&select[name]=true`, {
      credentials: 'include',
    })
    const { docs } = (await response.json()) as { docs: { id: number }[] }
    return docs.map(({ id }) => id)
  }

  async function begin(plan: Plan): Promise<void> {
    const ids = await idsOf().catch(() => [])
    const response = await fetch('/api/bulk-chargers', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ids: ids.slice(0, most) }),
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    if (!response?.ok) {
      toast.error(sentenceOf(body) ?? 'The chargers could not be read. Try again.')
      return
    }
    if (ids.length > most || selected > most)
      toast.info(`At most ${most} at once: the first ${most} of your selection.`)
    setOpen({ plan, chargers: (body as { docs: BulkCharger[] }).docs })
  }

  /** Its four steps have a page of their own, where these are chosen already. */
  async function updateFirmware(): Promise<void> {
    const ids = await idsOf().catch(() => [])
    router.push(`/admin/firmware-update?chargers=${ids.slice(0, most).join(',')}`)
  }

  if (selected === 0 && !open) return null
  return (
    <div className="cpms-bulk">
      {selected > 0 && (
        <>
          <span>{count(selected, 'charger', 'chargers')} selected</span>
          <Menu
            groups={[
              {
                key: 'bulk',
                items: [
                  ...plans.map((plan) => ({
                    key: plan.key,
                    icon: plan.icon,
                    label: plan.label,
                    note: plan.note,
                    danger: plan.charges === 'end',
                    onSelect: () => void begin(plan),
                  })),
                  {
                    key: 'firmware',
                    icon: 'arrow',
                    label: 'Firmware Update',
                    note: 'Choose an image and a time for them',
                    onSelect: () => void updateFirmware(),
                  },
                ],
              },
            ]}
            label="Actions"
          />
        </>
      )}
      {open && (
        <BulkDialog
          chargers={open.chargers}
          onClose={() => {
            setOpen(null)
            router.refresh()
          }}
          plan={open.plan}
        />
      )}
    </div>
  )
}
