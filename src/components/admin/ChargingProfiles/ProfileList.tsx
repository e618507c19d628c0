'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'

import type { ListedProfile } from '@/panel/chargingProfiles'

import { GoTo } from '../ui/GoTo'
import { save } from '../ui/save'
import { dayAndTime } from '../ui/words'
import { purposeWords, scheduleWords, stateWords } from './words'

/** Those in force or on their way first, then what has been. */
export function ProfileList({
  profiles,
  timezone,
  mayChange,
}: {
  profiles: readonly ListedProfile[]
  timezone: string
  mayChange: boolean
}) {
  const router = useRouter()
  async function ask(id: number, step: 'send' | 'clear'): Promise<void> {
    const saved = await save('POST', `/api/charging-profiles/${id}/${step}`, {})
    if (saved.kind === 'refused') toast.error(saved.why)
    else router.refresh()
  }
  if (profiles.length === 0)
    return (
      <div className="cpms-empty">
        <p>Nothing limits this charger: each car draws as much as charger and cable allow.</p>
      </div>
    )
  return (
    <ul className="cpms-profiles">
      {profiles.map((profile) => (
        <li data-over={profile.isOver} key={profile.id}>
          <div>
            <b>
              {purposeWords[profile.purpose] ?? profile.purpose}
              {profile.connectorNumber > 0 && `, connector ${profile.connectorNumber}`}
            </b>
            <span className="cpms-profile-state" data-tone={stateWords[profile.state]?.tone}>
              {stateWords[profile.state]?.label ?? profile.state}
            </span>
            <p>{scheduleWords(profile.periods, profile.unit, profile.recurrence)}</p>
            <p className="cpms-muted">
              {profile.reason && <>{profile.reason} </>}
              {profile.validFrom && <>From {dayAndTime(new Date(profile.validFrom), timezone)}. </>}
              {profile.validTo && <>Until {dayAndTime(new Date(profile.validTo), timezone)}. </>}
              Level {profile.stackLevel} · {profile.requestedBy ?? 'a rule'},{' '}
              {dayAndTime(new Date(profile.createdAt), timezone)}
              {profile.commandId !== null && (
                <>
                  {' · '}
                  <GoTo to={`/admin/collections/commands/${profile.commandId}`}>command</GoTo>
                </>
              )}
            </p>
          </div>
          {mayChange && (
            <div className="cpms-row">
              {(profile.state === 'draft' || profile.state === 'refused') && (
                <button
                  className="cpms-button"
                  onClick={() => void ask(profile.id, 'send')}
                  type="button"
                >
                  {profile.state === 'draft' ? 'Send' : 'Send again'}
                </button>
              )}
              {(profile.state === 'draft' || profile.state === 'accepted') && (
                <button
                  className="cpms-button"
                  disabled={profile.isClearing}
                  onClick={() => void ask(profile.id, 'clear')}
                  type="button"
                >
                  {profile.isClearing
                    ? 'Clearing…'
                    : profile.state === 'draft'
                      ? 'Discard'
                      : 'Clear'}
                </button>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
