import './reports.css'

import type { AdminViewServerProps } from 'payload'

import { loadReportPage } from '@/panel/reports/page'

import { PageTitle } from '../ui/PageTitle'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { ReportRunner } from './ReportRunner'

/** Reports > Charging Sessions. */
export const ChargingSessionsReport = (view: AdminViewServerProps) =>
  reportPage(view, 'charging-sessions')

/** Reports > Energy Usage. */
export const EnergyUsageReport = (view: AdminViewServerProps) => reportPage(view, 'energy-usage')

/** Reports > Fleet Usage. */
export const FleetUsageReport = (view: AdminViewServerProps) => reportPage(view, 'fleet-usage')

/** Reports > Faults & Uptime. */
export const FaultsUptimeReport = (view: AdminViewServerProps) => reportPage(view, 'faults-uptime')

/** Reports > Rapid charger reliability. */
export const ReliabilityReport = (view: AdminViewServerProps) => reportPage(view, 'reliability')

const names = [
  'charger',
  'driver',
  'site',
  'region',
  'operator',
  'fleet',
  'priceGroup',
  'from',
  'to',
  'unit',
  'groupBy',
] as const

async function reportPage(view: AdminViewServerProps, report: string) {
  const user = demandStaff(view)
  const page = await loadReportPage({ payload: view.initPageResult.req.payload, user }, report)
  const initial = Object.fromEntries(
    names.flatMap((name) => {
      const value = view.searchParams?.[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Reports' }, { label: page.title }]} />
      <div className="cpms-page-head">
        <h1>{page.title}</h1>
        <p className="cpms-muted">{page.about}</p>
      </div>
      {page.mayRun ? (
        <ReportRunner
          initial={initial}
          groupings={page.groupings}
          maySeePeople={page.maySeePeople}
          maySeePriceGroups={page.maySeePriceGroups}
          mayShare={page.mayShare}
          units={page.units}
          report={report}
          today={page.today}
        />
      ) : (
        <p className="cpms-note">Your role does not see reports.</p>
      )}
    </PanelPage>
  )
}
