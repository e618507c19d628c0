import type { ReactNode } from 'react'

import type { FleetBoard, Usage } from '@/panel/fleetPage'

import { CardStatus } from '../Cards/CardStatus'
import { AddInDrawer } from '../ui/AddInDrawer'
import { GoTo } from '../ui/GoTo'
import { kWh, whole } from '../ui/words'
import { costs } from './FleetUsage'

/** Drivers, vehicles and cards of a fleet, each with what it used this month and a button to add one. */
export function FleetMembers({ board, fleetId }: { board: FleetBoard; fleetId: number }) {
  const { mayAdd } = board
  const start = { fleet: fleetId }
  return (
    <>
      <Block
        add={mayAdd.driver && <AddInDrawer collection="drivers" label="Add driver" start={start} />}
        count={board.driverCount}
        empty="No drivers yet. Add one here, or choose this fleet on a driver’s page."
        list={`/admin/collections/drivers?where[or][0][and][0][fleet][equals]=${fleetId}`}
        most={board.rowsMost}
        title="Drivers"
      >
        <thead>
          <tr>
            <th>Name</th>
            <th>E-mail</th>
            <UsageHeads />
          </tr>
        </thead>
        <tbody>
          {board.drivers.map((driver) => (
            <tr key={driver.id}>
              <td data-label="Name">
                <span>
                  <GoTo to={`/admin/collections/drivers/${driver.id}`}>{driver.name}</GoTo>
                  {driver.status === 'suspended' && (
                    <span className="cpms-muted"> · suspended</span>
                  )}
                </span>
              </td>
              <td data-label="E-mail">{driver.email}</td>
              <UsageCells usage={driver.usage} />
            </tr>
          ))}
        </tbody>
      </Block>
      <Block
        add={
          mayAdd.vehicle && <AddInDrawer collection="vehicles" label="Add vehicle" start={start} />
        }
        count={board.vehicleCount}
        empty="No vehicles yet."
        list={`/admin/collections/vehicles?where[or][0][and][0][fleet][equals]=${fleetId}`}
        most={board.rowsMost}
        title="Vehicles"
      >
        <thead>
          <tr>
            <th>Registration</th>
            <th>Driver</th>
            <th className="cpms-num">Cards</th>
            <UsageHeads />
          </tr>
        </thead>
        <tbody>
          {board.vehicles.map((vehicle) => (
            <tr key={vehicle.id}>
              <td data-label="Registration">
                <span>
                  <GoTo to={`/admin/collections/vehicles/${vehicle.id}`}>
                    {vehicle.registration}
                  </GoTo>
                  {vehicle.name && <span className="cpms-muted"> · {vehicle.name}</span>}
                </span>
              </td>
              <td data-label="Driver">{vehicle.driver ?? '–'}</td>
              <td className="cpms-num" data-label="Cards">
                {vehicle.cards}
              </td>
              <UsageCells usage={vehicle.usage} />
            </tr>
          ))}
        </tbody>
      </Block>
      <Block
        add={mayAdd.card && <AddInDrawer collection="rfid-cards" label="Add Card" start={start} />}
        count={board.cardCount}
        empty="No cards yet. Cards of its drivers and vehicles show up here by themselves."
        list={`/admin/collections/rfid-cards?where[or][0][and][0][fleet][equals]=${fleetId}`}
        most={board.rowsMost}
        title="Cards"
      >
        <thead>
          <tr>
            <th>UID</th>
            <th>Label</th>
            <th>With</th>
            <th>Status</th>
          </tr>
        </thead>
        <tbody>
          {board.cards.map((card) => (
            <tr key={card.id}>
              <td data-label="UID">
                <GoTo to={`/admin/collections/rfid-cards/${card.id}`}>{card.uid}</GoTo>
              </td>
              <td data-label="Label">{card.label ?? '–'}</td>
              <td data-label="With">{card.holder ?? 'the fleet'}</td>
              <td data-label="Status">
                <CardStatus status={card.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </Block>
    </>
  )
}

function UsageHeads() {
  return (
    <>
      <th className="cpms-num">Sessions</th>
      <th className="cpms-num">Energy (kWh)</th>
      <th className="cpms-num">Cost</th>
    </>
  )
}

function UsageCells({ usage }: { usage: Usage }) {
  return (
    <>
      <td className="cpms-num" data-label="Sessions">
        {whole(usage.sessions)}
      </td>
      <td className="cpms-num" data-label="Energy (kWh)">
        {kWh(usage.energyWh)}
      </td>
      <td className="cpms-num" data-label="Cost">
        {costs(usage)}
      </td>
    </>
  )
}

function Block({
  title,
  count,
  most,
  list,
  add,
  empty,
  children,
}: {
  title: string
  count: number
  most: number
  list: string
  add: ReactNode
  empty: string
  children: ReactNode
}) {
  return (
    <section className="cpms-block">
      <div className="cpms-block-head">
        <h2>
          {title} <span className="cpms-muted">{whole(count)}</span>
        </h2>
        {add}
      </div>
      {count === 0 ? (
        <p className="cpms-muted">{empty}</p>
      ) : (
        <table className="cpms-table">{children}</table>
      )}
      {count > most && (
        <p className="cpms-muted">
          The first {most} are shown. <GoTo to={list}>All {whole(count)}</GoTo>
        </p>
      )}
    </section>
  )
}
