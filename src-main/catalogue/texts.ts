/** What people write, in their own language; some of it breaks naive encoders. */
import type { Attendee } from '#contract'
import type { Seeded } from './seeded.ts'

type Texts = Readonly<
  Partial<Record<Attendee['language'], readonly string[]>> & {
    en: readonly [string, ...string[]]
  }
>

export const CHAT: Texts = {
  en: [
    'Hi! Is the demo at 3pm still on?',
    'Does it export to CSV & Excel?',
    'Is <b>bulk pricing</b> available for > 100 badges?',
    "It's 100% what we need \\o/ – let's talk",
  ],
  fr: ['Bonjour ! Où se trouve votre stand ? J’arrive dès que possible.'],
  de: ['Wir hätten gern ein Angebot über 25 Stück 🙂'],
  es: ['¿Podemos ver una demostración mañana?'],
  'pt-BR': ['Olá! Vocês têm preço para a América Latina?'],
  it: ['È possibile provarlo allo stand?'],
  nl: ['Kunnen jullie één offerte mailen, a.u.b.?'],
  ja: ['ご質問があります。後でブースに伺います。'],
  ar: ['هل يمكننا تحديد موعد غدًا؟'],
  'zh-Hans': ['请问有中文资料吗？谢谢！'],
}

export const MEETING_NOTES: Texts = {
  en: [
    'Please bring the signed NDA.',
    'We’d like to see the Slack integration live.\nAnd the Teams one, if there is time.',
    'Budget: < €20,000 & > €10,000',
  ],
  fr: ['Merci d’apporter le contrat signé.\nÀ bientôt !'],
  ja: ['入口のカフェでお待ちしています。'],
  ar: ['مرحبا، نلتقي عند المدخل'],
  'zh-Hans': ['请带上合同。'],
}

export const FEEDBACK: Texts = {
  en: [
    'More live demos, please!',
    "Couldn't hear the Q&A at the back – louder mics?",
    '50% more breaks + better coffee',
  ],
  de: ['Größere Schrift auf den Folien wäre schön.'],
  es: ['Más tiempo para preguntas, ¡por favor!'],
  ja: ['もっと日本語のセッションを！ 🎉'],
  ar: ['المزيد من الجلسات العملية'],
  'zh-Hans': ['希望有更多动手环节'],
}

/** One of the texts in a language, else one in English. */
export function textIn(
  seeded: Seeded,
  texts: Texts,
  language: Attendee['language'] = 'en',
): string {
  const [first = texts.en[0], ...others] = texts[language] ?? texts.en
  return seeded.pick([first, ...others])
}
