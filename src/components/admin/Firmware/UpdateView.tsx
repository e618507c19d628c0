import './firmware.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import type { CampaignRow } from '@/panel/firmwarePages'
import { loadUpdatePage } from '@/panel/firmwarePages'

import { FactRow } from '../ChargerLive/WhatItIs'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { FirmwareLive } from './FirmwareLive'
import { TargetTable } from './TargetTable'
import { UpdateHead } from './UpdateHead'

/** An update's page: how it stands, and how far each charger is. */
export async function UpdateView({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadUpdatePage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { campaign, targets, maySteer } = page
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Firmware', url: '/collections/firmware' }, { label: campaign.name }]}
        title={campaign.name}
      />
      <FirmwareLive campaignId={campaign.id} />
      <UpdateHead campaign={campaign} maySteer={maySteer} />
      <section className="cpms-card">
        <dl className="cpms-facts">
          <FactRow
            value={
              <GoTo to={`/admin/collections/firmware/${campaign.firmwareId}`}>
                {[campaign.vendor, campaign.model, campaign.version].filter(Boolean).join(' ')}
              </GoTo>
            }
            word="Image"
          />
          <FactRow value={whenOf(campaign)} word="When" />
          <FactRow
            value={`${campaign.waveSize ?? 'all'} chargers at a time, in ${campaign.waves} ${campaign.waves === 1 ? 'wave' : 'waves'}; halts when more than ${campaign.haltFailurePercent} % of a wave fail`}
            word="How"
          />
          <FactRow
            value={
              <>
                {campaign.createdBy ?? 'somebody'}, <Ago at={campaign.createdAt} timezone={null} />
              </>
            }
            word="Started by"
          />
        </dl>
      </section>
      <TargetTable
        campaignId={campaign.id}
        isHalted={campaign.state === 'halted'}
        targets={targets}
        version={campaign.version}
      />
    </Gutter>
  )
}

function whenOf({ startAt, windowFrom, windowUntil }: CampaignRow): string {
  const start = startAt
    ? `from ${new Date(startAt).toUTCString().replace('GMT', 'UTC')}`
    : 'at once'
  if (!windowFrom || !windowUntil) return start
  return `${start}, between ${windowFrom} and ${windowUntil} by the clock at each site`
}
