'use client'

import type { Approved } from '@/panel/chargerTabs'

import { Icon, type IconName } from '../ui/Icon'
import { PickOne, type PickKind } from './PickOne'

type Props = {
  title: string
  about: string
  kind: PickKind
  chosen: Approved[]
  disabled: boolean
  onChange: (chosen: Approved[], done: string) => void
}

const icons: Readonly<Record<PickKind, IconName>> = {
  driver: 'person',
  fleet: 'list',
  card: 'card',
}

export function ApprovedList({ title, about, kind, chosen, disabled, onChange }: Props) {
  return (
    <section className="cpms-card">
      <div>
        <h2>{title}</h2>
        <p className="cpms-muted">{about}</p>
      </div>
      {chosen.length > 0 && (
        <ul className="cpms-list">
          {chosen.map((one) => (
            <li key={one.id}>
              <Icon name={icons[kind]} />
              <span className="cpms-list-text">
                {one.name}
                {one.detail && <span className="cpms-muted">{one.detail}</span>}
              </span>
              <button
                className="cpms-button"
                data-kind="quiet"
                disabled={disabled}
                onClick={() =>
                  onChange(
                    chosen.filter(({ id }) => id !== one.id),
                    `${one.name} is not approved here any more`,
                  )
                }
                type="button"
              >
                <Icon label={`Remove ${one.name}`} name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <PickOne
          kind={kind}
          onPick={(one) => {
            if (!chosen.some(({ id }) => id === one.id))
              onChange([...chosen, one], `${one.name} may charge here`)
          }}
        />
      )}
    </section>
  )
}
