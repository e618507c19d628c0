import { HelpNote } from '../ui/HelpNote'
import { topics, type Topic } from './topics'

/** The "?" beside a word of the FAQ. */
export function Help({ topic }: { topic: Topic }) {
  const { about, answer } = topics[topic]
  return <HelpNote about={about}>{answer}</HelpNote>
}
