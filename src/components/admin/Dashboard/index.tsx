import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { Suspense, type ReactNode } from 'react'

import { loadAlerts, type AlertsPage } from '@/panel/alerts'
import {
  loadFleetNow,
  loadFleetTakings,
  loadFleetUsage,
  type FleetNow,
  type FleetTakings,
  type FleetUsage,
} from '@/panel/dashboard'

import { Attempt } from '../ui/Attempt'
import { PageTitle } from '../ui/PageTitle'
import { demandStaff } from '../ui/PanelPage'
import { Attention } from './Attention'
import { DashboardLive } from './DashboardLive'
import { Days } from './Days'
import { HowItWorks } from './HowItWorks'
import { OpenAlerts } from './OpenAlerts'
import { StatusFigures } from './StatusFigures'
import { TodayFigures } from './TodayFigures'
import { Unproven } from './Unproven'
import { WorstSites } from './WorstSites'

/** From across the room: is anything wrong, how much is charging. A block that fails or is slow is so alone. */
export function Dashboard(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const { payload } = view.initPageResult.req
  const now = () => loadFleetNow(payload, user.id)
  const takings = () => loadFleetTakings(payload, user.id)
  const usage = () => loadFleetUsage(payload, user.id)
  return (
    <Gutter className="cpms-page">
      <div className="cpms-page-head">
        <h1>Dashboard</h1>
        <DashboardLive />
        <PageTitle path={[]} />
      </div>
      <Block what="The chargers by status">
        <Drawn draw={(fleet: FleetNow) => <StatusFigures board={fleet} />} load={now} />
      </Block>
      <Block what="Today’s figures">
        <Drawn
          draw={([fleet, taken]: [FleetNow, FleetTakings]) => (
            <TodayFigures fleet={fleet} takings={taken} />
          )}
          load={async () => both(await Promise.all([now(), takings()]))}
        />
      </Block>
      <Block what="How well it works">
        <Drawn
          draw={([taken, used]: [FleetTakings, FleetUsage]) => (
            <HowItWorks takings={taken} usage={used} />
          )}
          load={async () => both(await Promise.all([takings(), usage()]))}
        />
      </Block>
      <div className="cpms-halves">
        <Block height={280} what="The figures by day">
          <Drawn draw={(taken: FleetTakings) => <Days takings={taken} />} load={takings} />
        </Block>
        <Block height={280} what="The open alerts">
          <Drawn
            draw={(page: AlertsPage) => <OpenAlerts page={page} />}
            load={() => loadAlerts({ payload, user }, {})}
          />
        </Block>
      </div>
      <div className="cpms-thirds">
        <Block height={200} what="What needs attention">
          <Drawn draw={(fleet: FleetNow) => <Attention board={fleet} />} load={now} />
        </Block>
        <Block height={200} what="The sites that do worst">
          <Drawn draw={(used: FleetUsage) => <WorstSites worst={used.worst} />} load={usage} />
        </Block>
        <Block height={200} what="The chargers without a charge">
          <Drawn draw={(used: FleetUsage) => <Unproven usage={used} />} load={usage} />
        </Block>
      </div>
    </Gutter>
  )
}

function both<A, B>([a, b]: [A | null, B | null]): [A, B] | null {
  return a === null || b === null ? null : [a, b]
}

type BlockProps = { what: string; height?: number; children: ReactNode }

function Block({ what, height = 96, children }: BlockProps) {
  return (
    <Attempt what={what}>
      <Suspense fallback={<div className="cpms-skeleton" style={{ minHeight: height }} />}>
        {children}
      </Suspense>
    </Attempt>
  )
}

type DrawnProps<Data> = { load: () => Promise<Data | null>; draw: (data: Data) => ReactNode }

async function Drawn<Data>({ load, draw }: DrawnProps<Data>) {
  const data = await load()
  return data && draw(data)
}
