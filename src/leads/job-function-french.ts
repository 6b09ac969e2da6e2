import type { FunctionPhrases } from './job-function-table.ts';

export const FRENCH: FunctionPhrases = {
  trades: {
    engineering: [
      'ingénieur, développeur, programmeur, directeur technique, ingénieur logiciel, dessinateur industriel',
      'chef de projet technique',
    ],
    it: [
      'informaticien, dsi, administrateur système, administrateur systèmes, administrateur réseau',
      "administrateur réseaux, directeur des systèmes d'information, technicien informatique, ingénieur système",
      'ingénieur systèmes, ingénieur réseau, ingénieur réseaux, technicien réseau, chef de projet informatique',
      'chef de projet si, responsable si, rsi, consultant sap, ingénieur informatique, directeur informatique',
      'administrateur de bases de données',
    ],
    data: ['analyste de données, ingénieur données, ingénieur data, statisticien, scientifique des données'],
    security: ['rssi, ingénieur sécurité, ingénieur cybersécurité, responsable sécurité informatique'],
    product: [
      'chef de produit, cheffe de produit, chef de produits, chef produit, responsable produit, directeur produit',
    ],
    design: ['graphiste, concepteur graphique, designer, directeur artistique, maquettiste, photographe, illustrateur'],
    marketing: [
      'rédacteur, rédacteur web, attaché de presse, chef de publicité, webmarketeur, chargé de communication',
      'community manager, chef de marché, concepteur rédacteur, responsable de la communication, dircom',
      'responsable événementiel, traffic manager',
    ],
    sales: [
      "vendeur, technico commercial, commerciaux, ingénieur commercial, ingénieur d'affaires",
      "ingénieur technico commercial, chargé d'affaires, attaché commercial, attachée commerciale, délégué commercial",
      'déléguée commerciale, business developer, téléconseiller, télévendeur, agent immobilier, conseiller de vente',
      "responsable d'affaires, chef des ventes, chef de secteur, délégué médical, négociateur, conseiller commercial",
      'directeur commercial, directrice commerciale, agent commercial, assistant commercial, assistante commerciale',
      'assistant adv, conseiller clientèle',
    ],
    support: [
      'technicien support, technicien sav, chargé de clientèle, conseiller client, technicien helpdesk',
      'technicien de maintenance informatique',
    ],
    operations: [
      "magasinier, logisticien, chef d'atelier, conducteur de travaux, chef de chantier, directeur d'usine",
      'responsable qualité, préparateur de commandes, chauffeur, cariste, opérateur, ouvrier, conducteur de ligne',
      'planificateur, technicien de maintenance, responsable hse, responsable qse, responsable qhse, ordonnanceur',
      'chauffeur livreur',
    ],
    finance: [
      'comptable, expert comptable, chef comptable, daf, raf, contrôleur de gestion, trésorier, auditeur',
      'contrôleur financier, directeur administratif et financier, directrice administrative et financière',
      'responsable administratif et financier, aide comptable, conseiller financier',
      'conseiller en gestion de patrimoine, banquier, courtier, actuaire, commissaire aux comptes, directeur financier',
      'économiste, analyste financier, fiscaliste',
    ],
    hr: [
      'recruteur, drh, rrh, chargé de recrutement, gestionnaire de paie, gestionnaire paie, responsable formation',
      'chargé de formation, directeur des ressources humaines, chargé rh, assistant rh',
    ],
    legal: [
      'juriste, avocat, notaire, huissier, délégué à la protection des données, magistrat, greffier, clerc de notaire',
    ],
    procurement: [
      'acheteur, approvisionneur, directeur des achats, responsable achats, directeur achats, responsable des achats',
    ],
    research: [
      'chercheur, enseignant chercheur, ingénieur de recherche, chargé de recherche, directeur de recherche, chimiste',
      'biologiste, physicien, maître de conférences, scientifique',
    ],
    education: [
      'enseignant, professeur, formateur, instituteur, éducateur, proviseur, maître de conférence, documentaliste',
      'professeur des écoles, bibliothécaire',
    ],
    healthcare: [
      'infirmier, médecin, pharmacien, chirurgien, kinésithérapeute, dentiste, psychologue, sage femme, aide soignant',
      'ostéopathe, orthophoniste, vétérinaire, cadre de santé, ambulancier',
    ],
    administration: [
      'secrétaire, assistant de direction, assistant administratif, assistante administrative, hôte d accueil',
      'hôtesse d accueil, standardiste, secrétariat, attaché de direction, assistant du, agent administratif',
      'agente administrative, gestionnaire administratif, gestionnaire administrative, adjoint administratif',
      'adjointe administrative',
    ],
  },
  fields: {
    engineering: [
      "logiciel, logiciels, ingénierie, développement logiciel, technologie, technologies, bureau d'développement web",
    ],
    it: [
      "informatique, systèmes d'information, système d'information, si, infrastructure, infrastructures",
      "transformation digitale, transformation numérique, technologies de l'information",
    ],
    data: ['données, bases de données, intelligence artificielle, ia, décisionnel, science des données'],
    security: [
      "sécurité informatique, cybersécurité, sécurité des systèmes d'information, sécurité de l'information, ssi",
    ],
    product: ['produit, produits'],
    design: ['graphisme, direction artistique, création graphique'],
    marketing: [
      'communication, publicité, webmarketing, marketing, événementiel, relations presse, relations publiques',
      'communication interne, communication externe, e commerce, marque, réseaux sociaux, contenu, médias',
    ],
    sales: [
      'commerciale, ventes, vente, développement commercial, administration des ventes, adv, grands comptes',
      'grand compte, comptes clés, compte clé, export, réseau de vente, avant vente, développement des affaires',
      "développement d'affaires, partenariats, technico commerciale, magasin, relations commerciales",
    ],
    'customer-success': [
      'expérience client, relation client, relations clients, relation clientèle, fidélisation, succès client',
      'réussite client',
    ],
    support: [
      'service client, service clients, service clientèle, support client, sav, service après vente, support technique',
      'assistance technique, centre d appels',
    ],
    operations: [
      'opérations, production, logistique, qualité, exploitation, usine, méthodes, chaîne logistique, maintenance, qse',
      'hse, qhse, transport, transports, entrepôt, planification, amélioration continue, industriel, industrielle',
      'moyens généraux, services généraux, atelier, sécurité environnement, travaux, développement durable',
    ],
    finance: [
      'finance, finances, financier, comptabilité, contrôle de gestion, trésorerie, audit interne, contrôle interne',
      'fiscalité, facturation, recouvrement, banque, assurances, assurance, administratif et financier, risques',
      'investissements, patrimoine',
    ],
    hr: [
      'ressources humaines, rh, paie, recrutement, formation professionnelle, talents, gestion des talents',
      'marque employeur, relations sociales, développement rh',
    ],
    legal: [
      'juridique, juridiques, droit, conformité, affaires juridiques, affaires réglementaires, protection des données',
      'rgpd, contentieux, réglementaire',
    ],
    procurement: ['achats, achat, approvisionnement, approvisionnements, sourcing'],
  },
  asides: {
    engineering: ['technicien, technique, techniques'],
    it: ['réseaux, réseau, systèmes, applicatif, support informatique'],
    security: ['sécurité'],
    design: ['architecte, création'],
    marketing: ['numérique, éditorial'],
    sales: ['clientèle, immobilier, boutique, point de vente'],
    'customer-success': ['client, clients'],
    operations: ['projet, projets, programme, chantier, organisation, chargé de mission'],
    hr: ['formation'],
    research: [
      'recherche, recherche et développement, recherche & développement, r d, laboratoire, innovation, études cliniques',
    ],
    education: ['enseignement, éducation, pédagogique, scolaire, école, université'],
    healthcare: ['santé, médical, médicale, hôpital, hospitalier, clinique, soins, pharmacie, pharmaceutique'],
    administration: ['administratif, administrative, accueil, bureautique, administration'],
    'general-management': [
      'pdg, p dg, dg, dga, directeur général, directrice générale, direction générale, ^direction$, gérant, cogérant',
      "dirigeant, fondateur, cofondateur, propriétaire, patron, patronne, chef d'entreprise, cheffe d'entreprise",
      'président, chef de la direction, directeur exécutif, directrice exécutive, associé gérant, ^associé$',
      'associé fondateur, secrétaire général, secrétaire générale, directeur régional, directrice régionale',
      "directeur d'agence, stratégie, membre du comité exécutif, membre du comex, membre du codir",
      "membre du comité de direction, administrateur délégué, entrepreneur, directeur d'établissement, chef d'agence",
    ],
  },
  nothing: [
    'chef de service, cheffe de service, chef du service, responsable de service, responsable du service',
    'mise en service',
  ],
  learners: [
    "étudiant, élève, lycéen, doctorant, demandeur d'emploi, en recherche d'emploi, sans emploi, retraité",
    'mère au foyer, élève ingénieur',
  ],
};
