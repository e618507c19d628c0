import './firmware.css'

import type { Payload } from 'payload'

import { loadUpdates } from '@/panel/firmwarePages'

import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { FirmwareLive } from './FirmwareLive'
import { CampaignPill } from './Pills'
import { countsInWords, SplitBar } from './SplitBar'
import { UploadButton } from './UploadButton'

type Props = {
  id?: number | string
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  description?: string
}

/** Above the list of images: the updates that run or ran, and the buttons for a new one. */
export async function FirmwareIntro({ id, payload, user, description }: Props) {
  if (id !== undefined) return null
  const page = await loadUpdates({ payload, user })
  if (!page) return null
  return (
    <div className="cpms-page">
      <FirmwareLive />
      <div className="cpms-card-head">
        <span className="cpms-muted">{description}</span>
        <span className="cpms-row">
          {page.upload && <UploadButton limits={page.upload} />}
          {page.mayStart && (
            <GoTo className="cpms-button" data-kind="primary" to="/admin/firmware-update">
              New firmware update
            </GoTo>
          )}
        </span>
      </div>
      {page.rows.length > 0 && (
        <section className="cpms-block">
          <h2>Updates</h2>
          <table className="cpms-table cpms-updates">
            <thead>
              <tr>
                <th>Update</th>
                <th>State</th>
                <th>Chargers</th>
                <th>Started</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.id}>
                  <td data-label="Update">
                    <GoTo to={`/admin/collections/firmware-updates/${row.id}`}>{row.name}</GoTo>
                  </td>
                  <td data-label="State">
                    <CampaignPill state={row.state} />
                  </td>
                  <td data-label="Chargers">
                    <span className="cpms-step-word">
                      <SplitBar counts={row.counts} />
                      <span className="cpms-muted">{countsInWords(row.counts)}</span>
                    </span>
                  </td>
                  <td data-label="Started">
                    <Ago at={row.createdAt} timezone={null} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <h2>Images</h2>
    </div>
  )
}
