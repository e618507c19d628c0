import type { DocumentViewServerProps } from 'payload'

import { loadChargingProfiles } from '@/panel/chargingProfiles'

import { ChargerTab } from '../ChargerTabs/ChargerTab'
import { Reread } from '../ChargerTabs/Reread'
import { NewProfile } from './NewProfile'
import { ProfileList } from './ProfileList'
import { ScheduleCurve } from './ScheduleCurve'
import './profiles.css'

/** The tab "Charging profiles": what limits the power of this charger, and what comes of it over the next day. */
export async function ChargingProfiles({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const id = Number(doc.id)
  const tab = await loadChargingProfiles({ payload, user }, id)
  if (!tab) return null
  const { board, allowed } = tab.page
  return (
    <ChargerTab label="Charging profiles" page={tab.page}>
      <Reread chargerId={id} kinds={['charging-profile.changed', 'command.changed']} />
      <div className="cpms-block-head">
        <p className="cpms-muted">
          Limits of power, by the clock of the site ({board.timezone}). The charger keeps to them by
          itself, also while it is offline.
        </p>
        {allowed.profiles && <NewProfile board={board} />}
      </div>
      <ProfileList mayChange={allowed.profiles} profiles={tab.profiles} timezone={board.timezone} />
      <ScheduleCurve
        board={board}
        mayAsk={allowed.diagnose}
        schedule={tab.schedule}
        readAt={tab.scheduleReadAt}
      />
    </ChargerTab>
  )
}
