// Words around numbers, in lower case: English, German, French, Spanish, Portuguese and, for money, Indian ones.

/** How much a word after a number multiplies it by. */
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ...times(1e3, 'k, thousand, thousands, tsd, tausend, mille'),
  ...times(1e5, 'lakh, lakhs, lac, lacs'),
  ...times(1e6, 'm, mm, mn, mln, mill, million, millions, mi'),
  ...times(1e6, 'mio, millionen, millones, millón, milhões, milhoes, milhão'),
  ...times(1e7, 'cr, crore, crores'),
  ...times(1e9, 'b, bn, bln, bil, billion, billions, bi'),
  ...times(1e9, 'mrd, milliarde, milliarden, milliard, milliards, mil millones, bilhões, bilhoes, bilhão'),
  ...times(1e12, 'tn, trn, trillion, trillions, billionen, billones'),
]);

/** Beside these, a lone point parts thousands (`1.250 mio`); beside the others it is a decimal point (`1.250 billion`). */
export const WORDS_OF_POINT_LANGUAGES: ReadonlySet<string> = new Set(
  words(
    'tsd, tausend, mio, millionen, millones, millón, milhões, milhoes, milhão, mrd, milliarde, milliarden, ' +
      'mil millones, bilhões, bilhoes, bilhão, billionen, billones',
  ),
);

/** Thousand to some, million to others; and more than one. */
export const UNCLEAR_MULTIPLIERS: readonly string[] = words('mil, hundred, hundreds, dozen, dozens');

export const CURRENCIES: readonly string[] = words(
  '$, us$, ca$, au$, nz$, hk$, sg$, c$, a$, s$, r$, mx$, €, £, ¥, ₹, ₩, ₽, ₺, ₪, ฿, zł, kr, kč, rs, fr, usd, eur, euro, euros, gbp, chf, cad, aud, ' +
    'nzd, sgd, hkd, jpy, cny, rmb, inr, brl, mxn, sek, nok, dkk, pln, czk, zar, aed, sar, ils, krw, dollar, dollars, pounds',
);

export const ABOUT: readonly string[] = words(
  'about, approximately, approx, around, circa, ca, c, roughly, nearly, ~, ≈, etwa, rund, ungefähr, environ, env, aprox, cerca de',
);

export const BETWEEN: readonly string[] = words('between, zwischen, von, entre, de');

export const ABOVE: readonly string[] = words(
  '>=, =>, ≥, >, at least, from, min, minimum, more than, over, above, greater than, upwards of, mehr als, über, ab, mindestens, ' +
    'plus de, à partir de, au moins, más de, mas de, al menos, desde, mais de, acima de, a partir de, pelo menos',
);

export const BELOW: readonly string[] = words(
  '<=, =<, ≤, <, at most, up to, max, maximum, less than, fewer than, no more than, under, below, weniger als, unter, bis, bis zu, höchstens, ' +
    "maximal, moins de, jusqu'à, jusqu’à, menos de, hasta, até, abaixo de",
);

export const TO: readonly string[] = words('to, and, bis, und, à, au, et, a, y, hasta, e, até');

/** After a number, or after what it counts: `500 employees or more`. */
export const OR_MORE: readonly string[] = words(
  'plus, or more, and more, or above, and above, or over, and over, and up, or up, or greater, or higher, oder mehr, und mehr, ' +
    'et plus, ou plus, o más, y más, o mas, y mas, ou mais, e mais',
);

export const OR_LESS: readonly string[] = words(
  'or less, or fewer, or under, and under, or below, and below, oder weniger, ou moins, et moins, o menos, y menos, ou menos',
);

function words(text: string): readonly string[] {
  return text.split(', ');
}

function times(factor: number, text: string): readonly (readonly [string, number])[] {
  return words(text).map((word) => [word, factor] as const);
}
