/** @jsxRuntime automatic */
import { Document, Image, Page, StyleSheet, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'

import type { Branding } from '@/domain/branding'

/** Ink and paper of every designed document; the accent is the network's own. */
export const ink = {
  text: '#1c2127',
  soft: '#5b6470',
  line: '#d9dde2',
  wash: '#f5f6f8',
  bad: '#9b2c1f',
}

const styles = StyleSheet.create({
  page: {
    fontFamily: 'Roboto',
    fontSize: 9,
    lineHeight: 1.35,
    color: ink.text,
    paddingTop: 44,
    paddingBottom: 72,
    paddingHorizontal: 46,
  },
  head: { flexDirection: 'row', justifyContent: 'space-between', marginBottom: 26 },
  from: { alignItems: 'flex-end', maxWidth: 220 },
  fromName: { fontWeight: 500, textAlign: 'right' },
  fromLine: { color: ink.soft, fontSize: 8, textAlign: 'right' },
  kind: { fontSize: 8, letterSpacing: 0.6, color: ink.soft, textTransform: 'uppercase' },
  title: { fontSize: 20, fontWeight: 500, lineHeight: 1.2, marginTop: 3 },
  subtitle: { fontSize: 10.5, color: ink.soft, marginTop: 2 },
  section: { marginTop: 20 },
  heading: { fontSize: 11, fontWeight: 500, marginBottom: 6 },
  foot: {
    position: 'absolute',
    left: 46,
    right: 46,
    top: 786,
    borderTopWidth: 0.5,
    borderTopColor: ink.line,
    paddingTop: 6,
    flexDirection: 'row',
    justifyContent: 'space-between',
    fontSize: 7,
    color: ink.soft,
  },
  footText: { maxWidth: 410 },
  tiles: { flexDirection: 'row', gap: 8, marginTop: 18 },
  tile: { flex: 1, backgroundColor: ink.wash, borderRadius: 3, padding: 9 },
  tileName: { fontSize: 7.5, color: ink.soft },
  tileValue: { fontSize: 15, fontWeight: 500, marginTop: 2, lineHeight: 1.2 },
  tileNote: { fontSize: 7.5, color: ink.soft, marginTop: 2 },
  facts: { flexDirection: 'row', marginBottom: 2 },
  factName: { width: 110, color: ink.soft },
  factValue: { flex: 1 },
  note: { fontSize: 8, color: ink.soft, marginTop: 4 },
})

/** The paper: whose it is above, what one needs to check it below, on every page. */
export function Paper(props: {
  branding: Branding
  /** For the file's own properties, which readers for the blind announce. */
  title: string
  kind: string
  subtitle: string
  foot: string
  children: ReactNode
}) {
  const { branding, title, kind, subtitle, foot } = props
  return (
    <Document
      author={branding.name}
      creator="CITA EV CPMS"
      language="en-GB"
      subject={`${kind}, ${subtitle}`}
      title={`${title}, ${subtitle}`}
    >
      <Page size="A4" style={styles.page}>
        <View style={styles.head}>
          <Logo branding={branding} />
          <View style={styles.from}>
            {branding.logo && <Text style={styles.fromName}>{branding.name}</Text>}
            {(branding.address ?? '').split('\n').map((line, index) => (
              <Text key={index} style={styles.fromLine}>
                {line}
              </Text>
            ))}
            {branding.vatNumber && <Text style={styles.fromLine}>VAT {branding.vatNumber}</Text>}
          </View>
        </View>
        <View>
          <Text style={styles.kind}>{kind}</Text>
          <Text style={[styles.title, { color: branding.accentColour }]}>{title}</Text>
          <Text style={styles.subtitle}>{subtitle}</Text>
        </View>
        {props.children}
        <View fixed style={styles.foot}>
          <Text style={styles.footText}>
            {foot}
            {branding.footer ? `\n${branding.footer}` : ''}
          </Text>
          <Text render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`} />
        </View>
      </Page>
    </Document>
  )
}

const logoBox = { width: 150, height: 44 }

function Logo({ branding }: { branding: Branding }) {
  const { logo, name, accentColour } = branding
  if (!logo || logo.width < 1 || logo.height < 1)
    return <Text style={{ fontSize: 14, fontWeight: 500, color: accentColour }}>{name}</Text>
  const scale = Math.min(logoBox.width / logo.width, logoBox.height / logo.height)
  const style = { width: logo.width * scale, height: logo.height * scale }
  return <Image src={{ data: Buffer.from(logo.png), format: 'png' }} style={style} />
}

/** A part with a heading; the heading never stands alone at the foot of a page. */
export function Section(props: { title: string; keepTogether?: boolean; children: ReactNode }) {
  return (
    <View style={styles.section} wrap={!props.keepTogether}>
      <Text minPresenceAhead={50} style={styles.heading}>
        {props.title}
      </Text>
      {props.children}
    </View>
  )
}

export type Tile = { name: string; value: string; note?: string | null }

/** The few figures one opens the document for. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <View style={styles.tiles}>
      {tiles.map(({ name, value, note }) => (
        <View key={name} style={styles.tile}>
          <Text style={styles.tileName}>{name}</Text>
          <Text style={[styles.tileValue, value.length > 11 ? { fontSize: 12 } : {}]}>{value}</Text>
          {note && <Text style={styles.tileNote}>{note}</Text>}
        </View>
      ))}
    </View>
  )
}

export function FactList({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  return (
    <View>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <View key={name} style={styles.facts}>
            <Text style={styles.factName}>{name}</Text>
            <Text style={styles.factValue}>{value}</Text>
          </View>
        ))}
    </View>
  )
}

export function Note({ children }: { children: string }) {
  return <Text style={styles.note}>{children}</Text>
}
