'use client'

import { useState } from 'react'

import type { StatementPage } from '@/panel/statementPage'

import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { ShareDialog } from './ShareDialog'
import { useAsk } from './useAsk'

export function StatementActions({ page }: { page: StatementPage }) {
  const { ask, isBusy } = useAsk()
  const [open, setOpen] = useState<'share' | 'pay' | null>(null)
  const isIssued = page.status === 'issued'
  const pay = async () => {
    setOpen(null)
    await ask(`/api/statements/${page.id}/paid`, {}, 'Marked as paid out.')
  }
  return (
    <>
      {isIssued && page.files.some(({ format }) => format === 'pdf') && (
        <a
          className="cpms-button"
          data-kind="primary"
          href={`/api/statements/${page.id}/file?format=pdf&show=1`}
          rel="noreferrer"
          target="_blank"
        >
          Open the PDF
        </a>
      )}
      {isIssued && page.maySend && (
        <>
          {page.scheduleId !== null && (
            <button
              className="cpms-button"
              disabled={isBusy}
              onClick={() =>
                void ask(`/api/statements/${page.id}/send`, {}, 'It is on its way again.')
              }
              type="button"
            >
              <Icon name="mail" /> Send again
            </button>
          )}
          <button className="cpms-button" onClick={() => setOpen('share')} type="button">
            <Icon name="key" /> Share a link
          </button>
        </>
      )}
      {page.status === 'failed' && page.maySend && (
        <button
          className="cpms-button"
          disabled={isBusy}
          onClick={() =>
            void ask(`/api/statements/${page.id}/retry`, {}, 'It is made anew within a minute.')
          }
          type="button"
        >
          <Icon name="restart" /> Try again now
        </button>
      )}
      {isIssued && page.mayPay && !page.paidAt && page.kind === 'statement' && (
        <button
          className="cpms-button"
          disabled={isBusy}
          onClick={() => setOpen('pay')}
          type="button"
        >
          <Icon name="check" /> Mark as paid out
        </button>
      )}
      {open === 'share' && (
        <ShareDialog onClose={() => setOpen(null)} path={`/api/statements/${page.id}/share`} />
      )}
      {open === 'pay' && (
        <Dialog onClose={() => setOpen(null)} title="Mark as paid out?">
          <p>This is recorded with your name and cannot be taken back.</p>
          <div className="cpms-dialog-buttons">
            <button className="cpms-button" onClick={() => setOpen(null)} type="button">
              Cancel
            </button>
            <button
              className="cpms-button"
              data-focus
              data-kind="primary"
              onClick={() => void pay()}
              type="button"
            >
              Mark as paid out
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
