/** Highest first. `staff` is anybody known to do the work themselves, without a word of rank. */
export const SENIORITIES = [
  'c-level',
  'vp',
  'director',
  'head',
  'manager',
  'senior',
  'staff',
  'junior',
  'intern',
  'student',
] as const;
export type Seniority = (typeof SENIORITIES)[number];

/**
 * Words after which the title is somebody else's ("Assistant to the VP"), or no longer or not yet one's own ("former CEO").
 * What comes after the next comma, slash, bar or bracket is one's own again.
 */
export const TITLES_OF_OTHERS = phrases(
  'to, office of, reporting to, on behalf of',
  'former, formerly, ex, retired, aspiring, past, previously, seeking',
);

/** Phrases whose words say nothing about rank, though the same words elsewhere do. */
export const WORDS_OF_NO_RANK = phrases(
  'lead generation, lead gen, lead management, lead nurturing, lead scoring, lead qualification',
  'head office, head quarters, head start, head hunter, head count',
  'student success, student affairs, student services, student support, student life, student recruitment',
  'student experience, student engagement, student housing, student loans',
  'intern program, intern programs, internship program, internship programs',
  'senior care, senior living, senior services, senior citizens, junior college, junior school',
  'go to market, business to business, business to consumer, direct to consumer, order to cash, quote to cash, lead to cash',
  'procure to pay, source to pay, record to report, end to end, hire to retire, peer to peer, face to face, text to speech',
  'executive search, executive education, board relations, founder relations, partner relations, c level sales',
);

interface Row {
  readonly seniority: Seniority;
  /** Whole words in lower case, without dots and hyphens; `^` where the words must begin or end the title. */
  readonly titles: readonly string[];
}

/** The first row of which a phrase stands in the title decides, wherever in the title it stands. */
export const SENIORITY_ROWS: readonly Row[] = [
  // Whoever works for an executive carries the executive's title in their own.
  row(
    'staff',
    'executive assistant, personal assistant, administrative assistant, admin assistant, office assistant, virtual assistant',
    "ceo assistant, vp assistant, director assistant, ceo's assistant, executive secretary, pa, ea",
  ),
  row('staff', 'product owner, process owner, data owner, service owner'),
  row('intern', '^intern, ^internship, ^internee, summer intern, working student'),
  row('head', 'chief of staff'),
  row('manager', 'assistant vice president, assistant vp, avp'),
  row('vp', 'vp, svp, evp, rvp, gvp, v p, vice president, vice presidents, vice pres'),
  row(
    'c-level',
    'ceo, cto, cfo, coo, cmo, cio, ciso, cpo, cro, cso, cdo, chro, cco, caio, cxo, c level, c suite',
    'president, founder, cofounder, owner, proprietor, chairman, chairwoman, chairperson, ^chair',
    'managing director, executive director, general director, managing partner, founding partner, general partner',
    'chief executive, chief technology, chief technical, chief financial, chief finance, chief operating, chief operations',
    'chief marketing, chief revenue, chief information, chief product, chief people, chief human, chief data, chief digital',
    'chief security, chief commercial, chief customer, chief growth, chief strategy, chief legal, chief compliance, chief risk',
    'chief sales, chief ai, chief analytics, chief innovation, chief business, chief medical, chief scientific, chief brand',
    'chief investment, chief procurement, chief administrative, chief experience',
  ),
  row('director', 'director, directors, dir'),
  row('head', 'head, chief, dean, general manager, gm'),
  row('student', 'student, undergraduate, postgraduate, pupil, phd candidate, doctoral candidate, mba candidate'),
  row('intern', 'intern, internship, trainee, apprentice'),
  row(
    'junior',
    'junior, jr, entry level, graduate engineer, graduate developer, graduate analyst, graduate consultant',
  ),
  row(
    'manager',
    'manager, managers, mgr, team lead, team leader, teamlead, group lead, supervisor, superintendent, foreman',
  ),
  row(
    'senior',
    'senior, sr, lead, principal, distinguished, fellow, expert',
    'staff engineer, staff software engineer, staff scientist, staff designer',
  ),
  row(
    'staff',
    'executive, engineer, developer, programmer, analyst, specialist, consultant, coordinator, associate, assistant, secretary',
    'representative, rep, sdr, bdr, administrator, admin, designer, architect, accountant, bookkeeper, controller, auditor',
    'scientist, researcher, technician, nurse, physician, teacher, professor, lecturer, instructor, trainer, tutor, librarian',
    'advisor, adviser, officer, buyer, planner, recruiter, writer, editor, journalist, marketer, strategist, evangelist',
    'advocate, lawyer, attorney, counsel, paralegal, agent, clerk, operator, mechanic, electrician, tester, receptionist',
    'generalist, freelancer, contractor, employee, staff',
  ),
];

function row(seniority: Seniority, ...lines: readonly string[]): Row {
  return { seniority, titles: phrases(...lines) };
}

function phrases(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(', '));
}
