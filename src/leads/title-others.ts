import { indexPhrases, type Phrases } from './title-phrases.ts';

/** Why a title is not one's own: it is somebody else's or not yet reached, or one has it no longer. */
export type NotOwn = 'of another' | 'no longer';

/** What follows these, up to the next comma, slash, bar, bracket or dash, is another's title, an employer's name or a wish. */
const OF_ANOTHER = [
  // English
  'to, at, @, office of, on behalf of, supporting, aspiring, prospective, seeking, looking for, wannabe',
  // German
  'bei, büro der, büro des, im auftrag, angehender, angehende, zukünftiger, zukünftige, auf der suche nach, stabsstelle',
  // French
  'chez, auprès de, auprès du, adjoint au, adjoint du, adjoint de la, rattaché à, rattaché au, futur, bureau du, cabinet du',
  "à la recherche d'un, en recherche de, à la recherche de",
  // Spanish and Portuguese
  'adjunto a, adjunto al, apoyo a, apoio a, ao, soporte a la, suporte à, aspirante a, futuro, futura, buscando',
  'en busca de, em busca de',
];

/** The same; standing last or alone, "CEO (retired)", they speak of what comes before them. */
const NO_LONGER = [
  // English
  'former, formerly, ex, retired, past, previously, emeritus',
  // German
  'ehemaliger, ehemalige, ehemals, ehem, früherer, frühere, vormals, im ruhestand, außer dienst, rentner, pensioniert',
  // French
  'ancien, ancienne, anciennement, retraité',
  // Spanish and Portuguese
  'exdirector, exgerente, antiguo, antigua, anterior, jubilado, retirado, antigo, antiga, aposentado',
];

/** @param more phrases after which the title is another's. */
export function phrasesOfOthers(more: readonly string[] = []): Phrases<NotOwn> {
  const entries = (lines: readonly string[], meaning: NotOwn) =>
    lines.flatMap((line) => line.split(', ')).map((text) => [text, meaning] as const);
  return indexPhrases([...entries([...OF_ANOTHER, ...more], 'of another'), ...entries(NO_LONGER, 'no longer')]);
}
