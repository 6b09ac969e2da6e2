import type { FunctionPhrases } from './job-function-table.ts';

export const GERMAN: FunctionPhrases = {
  trades: {
    engineering: [
      'entwickler, *entwickler, ingenieur, *ingenieur, programmierer, *programmierer, konstrukteur, *konstrukteur',
      'softwarearchitekt, technischer leiter, technische leitung, technischer direktor, technischer zeichner',
      'mechatroniker, elektroniker, *elektroniker, *tester, technischer projektleiter, technischer geschäftsführer',
      'technikchef',
    ],
    it: [
      'systemadministrator, *administrator, fachinformatiker, informatiker, *informatiker, wirtschaftsinformatiker',
      'it berater, it leiter, it leitung, systemintegrator, it projektleiter, systemingenieur, netzwerkingenieur',
      'systembetreuer, it systemadministrator, it systemkaufmann, it koordinator, it beauftragter, it techniker',
      'it referent',
    ],
    data: ['datenanalyst, *datenanalyst, dateningenieur, statistiker, datenwissenschaftler, data analyst'],
    security: [
      'informationssicherheitsbeauftragter, informationssicherheitsbeauftragte, it sicherheitsbeauftragter',
      'it sicherheitsbeauftragte, it sicherheitsexperte',
    ],
    product: [
      'produktmanager, *produktmanager, produkteigner, produktverantwortlicher, produktverantwortliche, produktleiter',
    ],
    design: ['gestalter, *gestalter, *designer, grafiker, *grafiker, fotograf, artdirector'],
    marketing: [
      'redakteur, *redakteur, chefredakteur, texter, *texter, werbeleiter, werbekaufmann, pressesprecher, mediaplaner',
      'kaufmann für marketingkommunikation',
    ],
    sales: [
      'verkäufer, *verkäufer, handelsvertreter, vertriebsingenieur, vertriebler, kundenberater, außendienstmitarbeiter',
      'kaufmann im einzelhandel, key accounter, immobilienmakler, *makler, gebietsverkaufsleiter, gebietsleiter',
      'versicherungsvertreter, vertriebsentwickler, groß und außenhandelskaufmann',
    ],
    'customer-success': ['kundenbetreuer, kundenerfolgsmanager'],
    support: [
      'servicetechniker, kundendiensttechniker, supportmitarbeiter, kundendienstmitarbeiter, kundenservicemitarbeiter',
    ],
    operations: [
      'disponent, *disponent, lagerist, speditionskaufmann, werkleiter, werksleiter, betriebsleiter, produktionsleiter',
      'schichtleiter, berufskraftfahrer, *fahrer, hausmeister, bauleiter, *bauleiter, fertigungsleiter',
      'qualitätsmanager, polier, technischer betriebsleiter, facility manager, maschinenführer, maschinenbediener',
    ],
    finance: [
      'vertriebscontroller, finanzcontroller, beteiligungscontroller, projektcontroller, konzerncontroller',
      'produktionscontroller, personalcontroller, werkscontroller, buchhalter, *buchhalter, controller, steuerberater',
      'steuerfachangestellter, steuerfachangestellte, wirtschaftsprüfer, revisor, *revisor, bilanzbuchhalter',
      'finanzwirt, bankkaufmann, kaufmännischer leiter, kaufmännische leitung, kaufmännische leiterin',
      'versicherungskaufmann, kämmerer, finanzchef, finanzberater, aktuar, steuerfachwirt, bankberater',
    ],
    hr: [
      'personalleiter, personaler, personalreferent, personalentwickler, personalberater, personalvermittler',
      'personalsachbearbeiter, ausbildungsleiter, betriebsrat, betriebsratsvorsitzender, betriebsratsvorsitzende',
      'personaldisponent, personalfachkaufmann, personaldienstleistungskaufmann',
    ],
    legal: [
      '*anwalt, anwalt, jurist, *jurist, justiziar, justitiar, syndikus, notar, richter, datenschutzbeauftragter',
      'datenschutzbeauftragte, *datenschutzbeauftragter',
    ],
    procurement: ['einkäufer, *einkäufer, einkaufsleiter, beschaffer, einkaufsmanager'],
    research: [
      'wissenschaftler, *wissenschaftler, forscher, *forscher, chemiker, *chemiker, physiker, *physiker, biologe',
      '*biologe, wissenschaftlicher mitarbeiter, wissenschaftliche mitarbeiterin, laborant, *laborant',
    ],
    education: [
      'lehrer, *lehrer, dozent, *dozent, erzieher, *erzieher, pädagoge, *pädagoge, schulleiter, schulleitung, rektor',
      'hochschullehrer, privatdozent, kitaleiter, dekan, lehrkraft',
    ],
    healthcare: [
      'arzt, *arzt, pfleger, *pfleger, pflegekraft, *pflegekraft, apotheker, *apotheker, *therapeut, therapeut',
      'psychologe, hebamme, zahnmedizinischer fachangestellter, heilpraktiker, mfa, medizinischer fachangestellter',
      'medizinische fachangestellte, krankenschwester, pflegedienstleitung, pflegedienstleiter, rettungssanitäter',
      'notfallsanitäter, pflegefachmann, sanitäter, praxismanager',
    ],
    administration: [
      'sekretär, *sekretär, sekretariat, vorstandsassistent, vorstandssekretär, büroleiter, büroleitung, bürokaufmann',
      'kaufmann für büromanagement, teamassistent, teamassistenz, assistent der geschäftsführung',
      'assistent der geschäftsleitung, assistenz der geschäftsführung, assistenz der geschäftsleitung',
      'assistent des vorstands, empfangsmitarbeiter, rezeptionist, chefsekretär, verwaltungsfachangestellter',
      'verwaltungsfachangestellte, verwaltungsangestellter, verwaltungsangestellte, *direktionsassistent',
      'vorstandsreferent',
    ],
  },
  fields: {
    engineering: [
      'softwareentwicklung, entwicklung, *entwicklung, entwicklungs*, softwaretechnik, software*, konstruktion',
      'konstruktions*, technologie, produktentwicklung, anwendungsentwicklung, webentwicklung, maschinenbau',
      'elektrotechnik, verfahrenstechnik, automatisierungstechnik, steuerungstechnik',
    ],
    it: [
      'informatik, edv, edv*, digitalisierung, informationstechnik, informationstechnologie, it infrastruktur',
      'netzwerk*, it abteilung, systemadministration, it bereich, infrastruktur',
    ],
    data: ['daten, datenanalyse, daten*, künstliche intelligenz, ki'],
    security: [
      'informationssicherheit, informationssicherheits*, it sicherheit, cybersicherheit, datensicherheit, it security',
    ],
    product: ['produktmanagement, produkt, produkte, produkt*'],
    design: ['grafik, grafikdesign, mediengestaltung, produktdesign, gestaltung'],
    marketing: [
      'marketing*, werbung, kommunikation, unternehmenskommunikation, öffentlichkeitsarbeit, presse, pressearbeit',
      '*marketing, onlineredaktion, redaktion, veranstaltungen, *kommunikation, markenführung, presse*, marken*',
      'kommunikations*, werbe*, onlineshop, onlinehandel',
    ],
    sales: [
      'vertrieb, vertriebs*, *vertrieb, verkauf, verkaufs*, *verkauf, außendienst, innendienst, außendienst*',
      'innendienst*, vertriebsinnendienst, vertriebsaußendienst, geschäftsentwicklung, marktentwicklung',
      'vertriebsentwicklung, großkunden, key account, absatz, akquise, export*, außenhandel, handelsvertretung',
    ],
    'customer-success': ['kundenerfolg, kundenbetreuung, kundenbindung, kundenmanagement'],
    support: ['kundenservice, kundendienst, kundensupport, support*, *support, servicecenter, callcenter'],
    operations: [
      'produktion, produktions*, *produktion, fertigung, fertigungs*, *fertigung, logistik, logistik*, *logistik, lager',
      'lager*, betrieb, instandhaltung, instandhaltungs*, supply chain, arbeitsvorbereitung, disposition',
      'arbeitssicherheit, qualitätssicherung, qualitätsmanagement, qm, qs, qualitäts*, versand, spedition, fuhrpark',
      'montage, betriebstechnik, haustechnik, facility, gebäudemanagement, materialwirtschaft',
    ],
    finance: [
      'finanzen, finanz*, rechnungswesen, buchhaltung, *buchhaltung, steuern, steuer*, kaufmännisch, revision',
      'interne revision, versicherung*, debitorenbuchhaltung, bilanzierung, konzernrechnungslegung, finanzbuchhaltung',
      'treasury, betriebswirtschaft, beteiligungsmanagement, finanzwesen',
    ],
    hr: [
      'personal, personal*, personalwesen, personalabteilung, personalentwicklung, organisationsentwicklung',
      'führungskräfteentwicklung, personalmanagement, personalmarketing, lohn, gehalt, entgeltabrechnung',
      'lohnbuchhaltung, lohnbuchhalter, ausbildung, weiterbildung, recruiting*',
    ],
    legal: [
      'recht, rechts*, *recht, datenschutz, datenschutz*, vertragsmanagement, rechtsabteilung, vertragsrecht, patent*',
    ],
    procurement: ['einkauf, einkaufs*, *einkauf, beschaffung, beschaffungs*, lieferantenmanagement'],
  },
  asides: {
    engineering: [
      'technik, techniker, *techniker, technisch, technischer, technische, monteur, *monteur, mechaniker, *mechaniker',
      'elektriker, *technik, *elektrik',
    ],
    it: ['system*, anwendung*, anwendungs*, applikation*'],
    security: ['sicherheit'],
    design: ['medien, mediendesign, architekt'],
    'customer-success': ['kunden*'],
    support: ['*service, service*'],
    operations: [
      'projekt, projekt*, projektleiter, *projektleiter, prozess*, betriebs*, bau, planung, programmleiter',
      'organisation, organisations*, niederlassungsleiter',
    ],
    hr: ['schulung*, schulungs*'],
    research: [
      'forschung, forschungs*, forschung und entwicklung, forschung & entwicklung, f e, *forschung, labor, labor*',
      'wissenschaftlich, innovations*',
    ],
    education: ['schul*, bildung, bildungs*, hochschul*, *schule, universität, hochschule, lehre'],
    healthcare: [
      'pflege, pflege*, kranken*, klinik, klinik*, medizin, medizin*, gesundheit, gesundheits*, praxis, *klinik',
      'apotheke, krankenhaus',
    ],
    administration: [
      'sachbearbeiter, *sachbearbeiter, sachbearbeitung, assistent, *assistent, assistenz, *assistenz, büro, büro*',
      'verwaltung, verwaltungs*, *verwaltung, empfang, zentrale, büromanagement',
    ],
    'general-management': [
      'geschäftsführer, *geschäftsführer, geschäftsführung, gf, geschäftsleiter, geschäftsleitung',
      'geschäftsführender gesellschafter, gesellschafter, *gesellschafter, vorstand, *vorstand, vorstands*, inhaber',
      '*inhaber, inh, eigentümer, gründer, *gründer, unternehmer, prokurist, präsident, generaldirektor, vorsitzender',
      'vorsitzende, aufsichtsrat*, aufsichtsrat, firmenchef, unternehmensleitung, strategie, unternehmensentwicklung',
      'strategische unternehmensentwicklung, unternehmensstrategie, selbstständig, selbständig, direktion',
    ],
  },
  nothing: [
    'personali*, personal training, betriebswirt, *betriebswirt, technisches gymnasium, im dienst, persönliche',
    'persönlicher, halbleiter, steuerung, steuerungs*, werkstudent, werksstudent, *werkstudent',
  ],
  learners: [
    'studierender, studierende, *student, studentin, schüler, doktorand, masterand, bachelorand, diplomand, rentner',
    'arbeitslos, arbeitssuchend, hausfrau',
  ],
};
