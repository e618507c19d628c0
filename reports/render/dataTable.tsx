/** @jsxRuntime automatic */
import { StyleSheet, Text, View } from '@react-pdf/renderer'

import { ink } from './layout'

const styles = StyleSheet.create({
  head: {
    flexDirection: 'row',
    borderBottomWidth: 0.8,
    borderBottomColor: ink.text,
    paddingBottom: 3,
  },
  row: {
    flexDirection: 'row',
    borderBottomWidth: 0.4,
    borderBottomColor: ink.line,
    paddingVertical: 3.2,
  },
  total: {
    flexDirection: 'row',
    borderTopWidth: 0.8,
    borderTopColor: ink.text,
    paddingVertical: 4,
    marginTop: -0.4,
  },
  name: { color: ink.soft, fontSize: 7.5 },
  strong: { fontWeight: 500 },
})

export type TableColumn = {
  title: string
  /** Share of the width. */ share: number
  isNumber?: boolean
}

/** Few columns, numbers to the right; the heading comes again on each page, a row is never cut. */
export function DataTable(props: {
  columns: readonly TableColumn[]
  rows: readonly (readonly string[])[]
  totals?: readonly (readonly string[])[]
}) {
  const { columns, rows, totals = [] } = props
  return (
    <View>
      <View fixed style={styles.head}>
        {columns.map(({ title, ...column }) => (
          <Text key={title} style={[styles.name, place(column)]}>
            {title}
          </Text>
        ))}
      </View>
      {rows.map((cells, index) => (
        <View key={index} style={styles.row} wrap={false}>
          <Cells cells={cells} columns={columns} />
        </View>
      ))}
      {totals.map((cells, index) => (
        <View key={index} style={styles.total} wrap={false}>
          <Cells cells={cells} columns={columns} isStrong />
        </View>
      ))}
    </View>
  )
}

function Cells(props: {
  columns: readonly TableColumn[]
  cells: readonly string[]
  isStrong?: boolean
}) {
  return props.columns.map((column, index) => (
    <Text key={index} style={[place(column), props.isStrong ? styles.strong : {}]}>
      {props.cells[index] ?? ''}
    </Text>
  ))
}

const place = ({ share, isNumber }: Pick<TableColumn, 'share' | 'isNumber'>) => ({
  width: `${share}%`,
  paddingRight: isNumber ? 0 : 6,
  textAlign: isNumber ? ('right' as const) : ('left' as const),
})
