interface Region {
  /** In English, the commonest first; how `countriesNamed` writes words makes case, blanks, hyphens and "the" alike. */
  readonly names: readonly string[];
  /** ISO 3166 alpha-2 codes. */
  readonly countries: readonly string[];
}

// Continents and their parts are those of the United Nations (standard M49) but where a remark says how sales sees them.

const NORDICS = codes('DK FI IS NO SE FO GL AX SJ');
const BALTICS = codes('EE LV LT');
const BENELUX = codes('BE NL LU');
const DACH = codes('DE AT CH');
const BRITISH_ISLES = codes('GB IE IM GG JE');
const SMALL_STATES = codes('AD LI MC SM VA GI');
/** As analysts of technology markets draw it, with the Nordics and Greece. */
const WESTERN_EUROPE = [
  ...NORDICS,
  ...BENELUX,
  ...DACH,
  ...BRITISH_ISLES,
  ...SMALL_STATES,
  ...codes('ES FR GR IT MT PT'),
];
const BALKANS = codes('AL BA BG HR ME MK RO RS SI XK');
const EASTERN_EUROPE = codes('BY BG CZ HU MD PL RO RU SK UA');
/** With Cyprus, which is in the EU, and without Turkey and the Caucasus. */
const EUROPE = distinct(WESTERN_EUROPE, BALKANS, EASTERN_EUROPE, BALTICS, codes('CY'));

const EU = codes('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE');
const NOT_SCHENGEN = new Set(['CY', 'IE']);
const NOT_EURO = new Set(['CZ', 'DK', 'HU', 'PL', 'RO', 'SE']);

const GCC = codes('AE BH KW OM QA SA');
const LEVANT = codes('IL JO LB PS SY');
/** With Egypt, Iran and Turkey. */
const MIDDLE_EAST = [...GCC, ...LEVANT, ...codes('EG IQ IR TR YE')];
const CAUCASUS = codes('AM AZ GE');
const CENTRAL_ASIA = codes('KZ KG TJ TM UZ');

const MAGHREB = codes('DZ LY MA MR TN EH');
const NORTH_AFRICA = codes('DZ EG LY MA SD TN EH');
const EAST_AFRICA = codes('BI KM DJ ER ET KE MG MW MU YT MZ RE RW SC SO SS TZ UG ZM ZW IO TF');
const WEST_AFRICA = codes('BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG');
const CENTRAL_AFRICA = codes('AO CM CF TD CG CD GQ GA ST');
const SOUTHERN_AFRICA = codes('BW SZ LS NA ZA');
const SUB_SAHARAN = [...EAST_AFRICA, ...WEST_AFRICA, ...CENTRAL_AFRICA, ...SOUTHERN_AFRICA];
const AFRICA = [...NORTH_AFRICA, ...SUB_SAHARAN];

/** With Mexico, which is also in Latin America. */
const NORTH_AMERICA = codes('US CA MX BM PM');
const CENTRAL_AMERICA = codes('BZ CR SV GT HN NI PA');
const CARIBBEAN = codes('AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI');
const SOUTH_AMERICA = codes('AR BO BR CL CO EC FK GF GS GY PE PY SR UY VE BV');
const LATIN_AMERICA = [...codes('MX'), ...CENTRAL_AMERICA, ...CARIBBEAN, ...SOUTH_AMERICA];

const GREATER_CHINA = codes('CN HK MO TW');
const EAST_ASIA = [...GREATER_CHINA, ...codes('JP KR KP MN')];
/** All of them are in ASEAN. */
const SOUTHEAST_ASIA = codes('BN KH ID LA MY MM PH SG TH TL VN');
const SOUTH_ASIA = codes('AF BD BT IN MV NP PK LK');
const ANZ = codes('AU NZ');
const PACIFIC = codes('AS CC CK CX FJ FM GU HM KI MH MP NC NF NR NU PF PG PN PW SB TK TO TV UM VU WF WS');
const OCEANIA = [...ANZ, ...PACIFIC];
/** From Turkey to Japan. */
const ASIA = distinct(
  EAST_ASIA,
  SOUTHEAST_ASIA,
  SOUTH_ASIA,
  CENTRAL_ASIA,
  CAUCASUS,
  MIDDLE_EAST.filter((code) => code !== 'EG'),
  codes('CY'),
);

/** Regions by the names that sales gives them. EMEA, the Americas and APAC are, with Antarctica, the whole world, each country in one. */
export const REGIONS: readonly Region[] = [
  row('EMEA; Europe, Middle East and Africa', EUROPE, MIDDLE_EAST, AFRICA, CAUCASUS, CENTRAL_ASIA),
  row('Americas; AMER', NORTH_AMERICA, LATIN_AMERICA),
  row(
    'APAC; Asia Pacific; Asia-Pac; APJ; JAPAC; Asia Pacific and Japan',
    EAST_ASIA,
    SOUTHEAST_ASIA,
    SOUTH_ASIA,
    OCEANIA,
  ),

  row('Europe; Continent of Europe', EUROPE),
  row('EU; European Union; EU27; EU-27', EU),
  row('EEA; European Economic Area', EU, codes('IS LI NO')),
  row('EFTA', codes('IS LI NO CH')),
  row(
    'Schengen; Schengen Area',
    EU.filter((code) => !NOT_SCHENGEN.has(code)),
    codes('IS LI NO CH'),
  ),
  row(
    'Eurozone; Euro Area',
    EU.filter((code) => !NOT_EURO.has(code)),
  ),
  row('DACH; D-A-CH; German-speaking Europe', DACH),
  row('DACHLI', DACH, codes('LI')),
  row('Benelux', BENELUX),
  row('Nordics; Nordic', NORDICS),
  row('Scandinavia', codes('DK NO SE')),
  row('Baltics; Baltic', BALTICS),
  row('UK and Ireland; UK Ireland; UKI; UK/I; Great Britain and Ireland; GB and Ireland', codes('GB IE')),
  row('British Isles', BRITISH_ISLES),
  row('Channel Islands', codes('GG JE')),
  row('Iberia; Iberian Peninsula', codes('ES PT')),
  row('Western Europe', WESTERN_EUROPE),
  row('Northern Europe; North Europe', NORDICS, BALTICS, BRITISH_ISLES),
  row('Southern Europe; South Europe', codes('AD AL BA CY ES GI GR HR IT ME MK MT PT RS SI SM VA XK')),
  row('Eastern Europe; East Europe', EASTERN_EUROPE),
  row('Central Europe', codes('AT CH CZ DE HU LI PL SI SK')),
  row('Central and Eastern Europe; CEE; Central Eastern Europe', BALTICS, BALKANS, codes('CZ HU PL SK')),
  row('Southeast Europe; South Eastern Europe; SEE; Balkans', BALKANS, codes('GR')),
  row('Visegrad; V4; Visegrad Group', codes('CZ HU PL SK')),
  row('CIS; Commonwealth of Independent States', codes('AM AZ BY KZ KG MD RU TJ TM UZ')),
  row('Caucasus; South Caucasus', CAUCASUS),

  row('Middle East', MIDDLE_EAST),
  row('MENA; Middle East and North Africa', MIDDLE_EAST, NORTH_AFRICA),
  row('GCC; Gulf; Gulf Cooperation Council', GCC),
  row('Levant', LEVANT),
  row('Africa', AFRICA),
  row('North Africa; Northern Africa', NORTH_AFRICA),
  row('Maghreb', MAGHREB),
  row('Sub-Saharan Africa; SSA; Subsahara; Sub-Sahara', SUB_SAHARAN),
  row('East Africa; Eastern Africa', EAST_AFRICA),
  row('West Africa; Western Africa', WEST_AFRICA),
  row('Central Africa; Middle Africa', CENTRAL_AFRICA),
  row('Southern Africa', SOUTHERN_AFRICA),

  row('North America; NAMER; NORAM; Northern America; NAFTA; USMCA', NORTH_AMERICA),
  row('Latin America; LATAM; LAC; Latin America and Caribbean; LATAM and Caribbean', LATIN_AMERICA),
  row('Central America', CENTRAL_AMERICA),
  row('South America; LATAM South', SOUTH_AMERICA),
  row('Caribbean; West Indies', CARIBBEAN),
  row('Mercosur', codes('AR BO BR PY UY')),
  row('Southern Cone', codes('AR CL UY')),

  row('Asia', ASIA),
  row('East Asia; Eastern Asia; Far East', EAST_ASIA),
  row('Greater China', GREATER_CHINA),
  row('Southeast Asia; South Eastern Asia; South East Asia; SEA; ASEAN', SOUTHEAST_ASIA),
  row('South Asia; Southern Asia; Indian Subcontinent; SAARC', SOUTH_ASIA),
  row('Central Asia', CENTRAL_ASIA),
  row(
    'Western Asia; West Asia',
    MIDDLE_EAST.filter((code) => code !== 'EG' && code !== 'IR'),
    CAUCASUS,
    codes('CY'),
  ),
  row('ANZ; Australia and New Zealand; Australia New Zealand; Australasia', ANZ),
  row('Oceania', OCEANIA),
  row('Pacific Islands; South Pacific', PACIFIC),

  row('Five Eyes; FVEY', codes('AU CA GB NZ US')),
  row('G7; G-7', codes('CA DE FR GB IT JP US')),
  row('BRIC', codes('BR RU IN CN')),
];

function codes(text: string): readonly string[] {
  return text.split(' ');
}

function distinct(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

function row(names: string, ...lists: readonly (readonly string[])[]): Region {
  return { names: names.split('; '), countries: distinct(...lists) };
}
