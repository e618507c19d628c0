import type { AdminViewServerProps } from 'payload'

import { loadUndelivered } from '@/panel/undeliveredMail'

import { Ago } from '../ui/Ago'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { clock } from '../ui/words'
import { RetryMail } from './RetryMail'

/** `/admin/undelivered-mail`: mails that nobody has got, and why, in the words of the server that refused them. */
export async function UndeliveredMail(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const board = await loadUndelivered({ payload: view.initPageResult.req.payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Undelivered mail' }]} />
      <div className="cpms-page-head">
        <h1>Undelivered mail</h1>
        {board && (
          <span className="cpms-muted">
            {board.sentToday} sent in the last 24 hours, {board.waiting} waiting
          </span>
        )}
      </div>
      {!board && <p className="cpms-note">Only a Super Admin sees this page.</p>}
      {board && !board.hasMailServer && (
        <p className="cpms-note">
          No mail server is set up. Mails are kept as files in the folder <code>mail</code> of the
          data directory. To send them, set <code>SMTP_URL</code> and start again; then “Try again”
          sends what is still wanted.
        </p>
      )}
      {board && board.mails.length === 0 && (
        <div className="cpms-empty">
          <h2>Everything was delivered</h2>
          <p>A mail that the server refuses, or that cannot be sent for a while, shows up here.</p>
        </div>
      )}
      {board && board.mails.length > 0 && (
        <table className="cpms-table">
          <thead>
            <tr>
              <th>Written</th>
              <th>To</th>
              <th>Subject</th>
              <th>Why it was not delivered</th>
              <th className="cpms-num">Tries</th>
              <th>
                <span className="cpms-sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {board.mails.map((mail) => (
              <tr key={mail.id}>
                <td data-label="Written">
                  <Ago at={mail.createdAt} timezone={null} />
                </td>
                <td data-label="To">
                  <span>{mail.to}</span>
                </td>
                <td data-label="Subject">
                  <span>{mail.subject}</span>
                </td>
                <td data-label="Why">
                  <span>
                    {mail.error ?? 'It is being tried.'}
                    {mail.nextTryAt && (
                      <span className="cpms-muted">
                        {' '}
                        Tried again at {clock(new Date(mail.nextTryAt), null)} UTC.
                      </span>
                    )}
                  </span>
                </td>
                <td className="cpms-num" data-label="Tries">
                  <span>{mail.tries}</span>
                </td>
                <td>{mail.isKept ? <RetryMail id={mail.id} /> : <span />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PanelPage>
  )
}
