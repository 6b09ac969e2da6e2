import type { SeniorityPhrases } from './seniority-table.ts';

export const FRENCH: SeniorityPhrases = {
  aide: [
    'assistant de direction, assistant de la direction, assistant du, assistant de la directrice',
    'assistant des dirigeants, assistant administratif, assistante administrative, assistant personnel',
    "assistant dirigeant, secrétaire, secrétariat, attaché de direction, assistant d'un",
  ],
  beginner: [
    "stagiaire, stage de fin d'études, ^stage en, alternant, ^alternance, en alternance, apprenti, apprentie",
    'en apprentissage, contrat de professionnalisation, service civique',
  ],
  'c-level': [
    'pdg, p dg, dg, dga, président directeur général, présidente directrice générale, directeur général',
    'directrice générale, direction générale, ^direction$, directeur exécutif, directrice exécutive, directeur gérant',
    'gérant, cogérant, co gérant, dirigeant, cadre dirigeant, fondateur, cofondateur, propriétaire, patron, patronne',
    "associé fondateur, associé gérant, associé dirigeant, ^associé$, chef d'entreprise, cheffe d'entreprise",
    "chef de la direction, entrepreneur, créateur d'entreprise, gérant associé, recteur, administrateur délégué",
    'administrateur général, secrétaire général, secrétaire générale, membre du comité exécutif, membre du comex',
    'membre du comité de direction, membre du codir, membre du directoire, président du directoire',
  ],
  vp: ['vice président délégué, vp exécutif'],
  director: [
    'directeur, directeurs, directorat, daf, drh, dsi, dircom, dircab, sous directeur, directeur adjoint',
    'directeur délégué, fondé de pouvoir',
  ],
  head: [
    'chef de service, chef du service, chef de département, chef du département, chef de division',
    "chef de la division, chef de cabinet, chef de pôle, chef d'agence, chef d'établissement, proviseur, doyen",
    'responsable général, responsable de département, responsable du département, responsable de service',
    'responsable du service, responsable de pôle, responsable de division',
  ],
  student: ['étudiant, élève, lycéen, doctorant, élève ingénieur'],
  junior: ['débutant, jeune diplômé'],
  manager: [
    'responsable, responsables, chef de, chef du, chef des, chef d, cheffe de, cheffe du, cheffe des, cheffe d',
    'chef adjoint, cadre de santé, chef comptable, superviseur, encadrant, contremaître, agent de maîtrise, rssi, raf',
    'drh adjoint, manageur, conducteur de travaux',
  ],
  senior: ['confirmé, référent technique, sénior'],
  staff: [
    'conducteur, inspecteur, pilote, photographe, éducateur, artisan, réalisateur, producteur, chargé, ingénieur',
    'développeur, technicien, commercial, technico commercial, vendeur, comptable, consultant, conseiller, conseil',
    'gestionnaire, acheteur, juriste, avocat, notaire, infirmier, médecin, pharmacien, enseignant, professeur',
    'formateur, chercheur, rédacteur, graphiste, concepteur, analyste, administrateur, informaticien, coordinateur',
    'coordonnateur, spécialiste, agent, employé, salarié, ouvrier, opérateur, contrôleur, auditeur, expert comptable',
    'recruteur, négociateur, traducteur, chauffeur, caissier, cuisinier, animateur, délégué commercial',
    'attaché commercial, attachée commerciale, délégué, attaché, adjoint administratif, adjointe administrative',
    'architecte, indépendant, auto entrepreneur, autoentrepreneur, micro entrepreneur, fonctionnaire, préparateur',
    'collaborateur, journaliste, programmeur, chef de cuisine, commis, kinésithérapeute, dentiste, psychologue',
    'statisticien, économiste, électricien, mécanicien, intérimaire, approvisionneur, planificateur, dessinateur',
    'trésorier, aide soignant, aide comptable, hôte, hôtesse',
  ],
};
