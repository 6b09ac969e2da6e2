import type { Random } from './random.ts';

/** A name as written, and in the letters that an e-mail address takes. */
export interface PersonName {
  readonly first: string;
  readonly last: string;
  readonly mail: { readonly first: string; readonly last: string };
}

interface Culture {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

const words = (text: string) => text.split(' ');

/** `漢字=kanji`: how it is written, and how it is spelt in an address. */
const CULTURES: readonly (readonly [number, Culture])[] = [
  [
    34,
    {
      first: words(
        'James Mary Robert Patricia John Jennifer Michael Linda David Susan Emily Daniel Ashley Megan Tyler Grace Noah Chloe Liam Hannah Owen Lucy Ethan Zoe Nathan Abigail Dylan Claire Marcus Tanya',
      ),
      last: words(
        "Smith Johnson Williams Brown Jones Miller Davis Wilson Taylor Clark Lewis Walker Hall Young King Wright Scott Green Baker Adams O'Connor Murphy Campbell Stewart Reid Fletcher Harper Whitfield",
      ),
    },
  ],
  [
    12,
    {
      first: words(
        'Lukas Anna Jürgen Sabine Felix Katharina Björn Heike Stefan Ute Matthias Greta Moritz Jörg Lena Dörte',
      ),
      last: words(
        'Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Richter Klein Wolf Schröder Groß Krüger',
      ),
    },
  ],
  [
    10,
    {
      first: words('Camille Pierre Léa Hugo Chloé François Élodie Antoine Margaux Théo Aurélie Benoît Inès Luc Solène'),
      last: words(
        'Martin Bernard Dubois Durand Moreau Laurent Lefèvre Roux Fournier Girard Mercier Dupont Béranger Chevalier',
      ),
    },
  ],
  [
    10,
    {
      first: words(
        'María José Lucía Carlos Sofía Javier Valentina Diego Camila Andrés Elena Pablo Inés Rafael João Beatriz Thiago',
      ),
      last: words(
        'García Rodríguez Martínez López González Hernández Pérez Sánchez Ramírez Torres Núñez Silva Santos Oliveira Ferreira',
      ),
    },
  ],
  [
    12,
    {
      first: words(
        'Priya Arjun Ananya Rahul Deepika Vikram Neha Sanjay Kavya Rohan Meera Aditya Lakshmi Imran Fatima Zain',
      ),
      last: words('Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Mehta Joshi Rao Khan Chowdhury Ahmed Banerjee Desai'),
    },
  ],
  [
    9,
    {
      first: words(
        'Wei Li Mei Jun Xin Hao Yuki Haruto Sakura Kenji 恵美=emi 大輔=daisuke 伟=wei Minjun Jiwoo Seoyeon Linh Minh Thuy',
      ),
      last: words(
        'Wang Li Zhang Chen Liu Tanaka Suzuki Sato 佐藤=sato 田中=tanaka 王=wang Kim Park Lee Choi Nguyen Tran Pham',
      ),
    },
  ],
  [
    7,
    {
      first: words('Amara Chidi Ngozi Kwame Zanele Thabo Fatou Youssef Layla Omar Nadia Hassan Amina Tariq Salma Kofi'),
      last: words('Okafor Adeyemi Mensah Nkosi Diallo Hassan Haddad Mansour Khalil Osei Abebe Mwangi Farouk Traoré'),
    },
  ],
  [
    6,
    {
      first: words('Olga Ivan Katarzyna Piotr Zsófia Dmitri Jana Tomáš Ioana Mihai Sanna Lars Ingrid Søren Astrid Åsa'),
      last: words(
        'Novák Kowalska Nowak Petrov Ivanova Horváth Popescu Larsen Hansen Lindström Virtanen Sørensen Wójcik Dvořák',
      ),
    },
  ],
];

export function makeName(random: Random): PersonName {
  const culture = random.weighted(CULTURES);
  const [first, mailFirst] = spell(random.pick(culture.first));
  const [last, mailLast] = spell(random.pick(culture.last));
  return { first, last, mail: { first: mailFirst, last: mailLast } };
}

const known = new Map<string, readonly [string, string]>();

function spell(entry: string): readonly [string, string] {
  let pair = known.get(entry);
  if (pair === undefined) {
    pair = spellAfresh(entry);
    known.set(entry, pair);
  }
  return pair;
}

function spellAfresh(entry: string): readonly [string, string] {
  const [written = entry, spelt = entry] = entry.split('=');
  const plain = spelt
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '');
  return [written, plain.toLowerCase()];
}
