'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { CampaignRow } from '@/panel/firmwarePages'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { save } from '../ui/save'
import { CampaignPill } from './Pills'
import { countsInWords, SplitBar } from './SplitBar'

type Step = 'cancel' | 'continue' | 'retry'

/** How the whole update stands, why it halted, and the buttons for what can be done about it. */
export function UpdateHead({ campaign, maySteer }: { campaign: CampaignRow; maySteer: boolean }) {
  const { state, counts } = campaign
  const router = useRouter()
  const [isCancelling, setCancelling] = useState(false)

  async function take(step: Step): Promise<string | null> {
    const saved = await save('POST', `/api/firmware-updates/${campaign.id}/${step}`, {})
    if (saved.kind === 'refused') return saved.why
    router.refresh()
    return null
  }
  async function now(step: Step): Promise<void> {
    const why = await take(step)
    if (why) toast.error(why)
  }

  const isOpen = state === 'scheduled' || state === 'running' || state === 'halted'
  return (
    <section className="cpms-card" data-campaign={campaign.id} data-state={state}>
      <div className="cpms-card-head">
        <span className="cpms-row">
          <CampaignPill state={state} />
          <span aria-live="polite">{countsInWords(counts)}</span>
        </span>
        {maySteer && (
          <span className="cpms-row">
            {state === 'halted' && (
              <button className="cpms-button" onClick={() => void now('continue')} type="button">
                Continue with the rest
              </button>
            )}
            {counts.failed > 0 && (
              <button className="cpms-button" onClick={() => void now('retry')} type="button">
                Retry the failed
              </button>
            )}
            {isOpen && (
              <button
                className="cpms-button"
                data-kind="danger"
                onClick={() => setCancelling(true)}
                type="button"
              >
                Cancel the update
              </button>
            )}
          </span>
        )}
      </div>
      <SplitBar counts={counts} />
      {state === 'halted' && (
        <p className="cpms-problem" role="alert">
          <strong>Halted:</strong> {campaign.haltReason} Nothing more is sent; what is under way
          goes on. Look at the reasons below, then continue with the rest, retry the failed, or
          cancel.
        </p>
      )}
      {campaign.hasMore && (
        <p className="cpms-note">
          This update has chargers outside your access as well; you see yours.
        </p>
      )}
      {isCancelling && (
        <ConfirmDialog
          confirm="Cancel the update"
          danger
          onClose={() => setCancelling(false)}
          send={() => take('cancel')}
          title="Cancel this update?"
        >
          <p>
            Chargers that have not begun are left as they are. What already downloads or installs
            goes on: nobody can call it back.
          </p>
        </ConfirmDialog>
      )}
    </section>
  )
}
