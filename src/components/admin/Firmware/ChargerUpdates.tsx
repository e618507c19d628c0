'use client'

import type { ChargerUpdateRow } from '@/panel/firmwarePages'

import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { TargetStep } from './Pills'
import { happened } from './TargetTable'

type Charger = {
  name: string
  vendor: string | null
  model: string | null
  version: string | null
  bootedAt: string | null
  timezone: string
}

/** What a charger runs, and its updates, the newest first. */
export function ChargerUpdates({
  charger,
  updates,
}: {
  charger: Charger
  updates: ChargerUpdateRow[]
}) {
  const make = [charger.vendor, charger.model].filter(Boolean).join(' ')
  return (
    <>
      <section className="cpms-card">
        <div className="cpms-measures">
          <div className="cpms-measure">
            <b>{charger.version ?? 'not told yet'}</b>
            <span>Firmware now{make && `, on a ${make}`}</span>
          </div>
          <div className="cpms-measure">
            <b>
              <Ago at={charger.bootedAt} timezone={charger.timezone} />
            </b>
            <span>Last start, when it reported this</span>
          </div>
        </div>
      </section>
      {updates.length > 0 && (
        <section className="cpms-block">
          <h2>Updates</h2>
          <table className="cpms-table cpms-updates">
            <thead>
              <tr>
                <th>Update</th>
                <th>To</th>
                <th>How far</th>
                <th>Since</th>
                <th>What happened</th>
              </tr>
            </thead>
            <tbody>
              {updates.map((row) => (
                <tr data-state={row.state} key={row.campaignId}>
                  <td data-label="Update">
                    <GoTo to={`/admin/collections/firmware-updates/${row.campaignId}`}>
                      {row.campaignName}
                    </GoTo>
                  </td>
                  <td data-label="To">
                    <span className="cpms-mono">{row.version}</span>
                  </td>
                  <td data-label="How far">
                    <TargetStep percent={row.percent} state={row.state} />
                  </td>
                  <td data-label="Since">
                    <Ago at={row.updatedAt} timezone={row.timezone} />
                  </td>
                  <td data-label="What happened">
                    <span className="cpms-reason">
                      {happened(row, row.version, row.campaignState === 'halted')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
