import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps, Payload } from 'payload'
import { Suspense, type ReactNode } from 'react'

import { loadDashboard, type FleetBoard } from '@/panel/dashboard'

import { Attempt } from '../ui/Attempt'
import { PageTitle } from '../ui/PageTitle'
import { demandStaff } from '../ui/PanelPage'
import { Attention } from './Attention'
import { DashboardLive } from './DashboardLive'
import { EnergyDays } from './EnergyDays'
import { StatusFigures } from './StatusFigures'
import { TodayFigures } from './TodayFigures'

/** From across the room: is anything wrong, how much is charging. All blocks are drawn from one statement. */
export function Dashboard(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const { payload } = view.initPageResult.req
  const block = (what: string, draw: (board: FleetBoard) => ReactNode, height = 96) => (
    <Attempt what={what}>
      <Suspense fallback={<div className="cpms-skeleton" style={{ minHeight: height }} />}>
        <Block draw={draw} payload={payload} userId={user.id} />
      </Suspense>
    </Attempt>
  )
  return (
    <Gutter className="cpms-page">
      <div className="cpms-page-head">
        <h1>Dashboard</h1>
        <DashboardLive />
        <PageTitle path={[]} />
      </div>
      {block('The chargers by status', (board) => (
        <StatusFigures board={board} />
      ))}
      {block('Today’s figures', (board) => (
        <TodayFigures board={board} />
      ))}
      <div className="cpms-halves">
        {block(
          'The energy by day',
          (board) => (
            <EnergyDays days={board.days} />
          ),
          240,
        )}
        {block(
          'What needs attention',
          (board) => (
            <Attention board={board} />
          ),
          240,
        )}
      </div>
    </Gutter>
  )
}

type BlockProps = { payload: Payload; userId: number; draw: (board: FleetBoard) => ReactNode }

async function Block({ payload, userId, draw }: BlockProps) {
  const board = await loadDashboard(payload, userId)
  return board && draw(board)
}
