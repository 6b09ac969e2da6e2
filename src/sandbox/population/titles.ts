import type { Random } from './random.ts';

export type Level = 'c-level' | 'vp' | 'director' | 'manager' | 'staff' | 'junior' | 'hiring';

const FIELDS = [
  'Marketing',
  'Sales',
  'Operations',
  'Engineering',
  'Finance',
  'Product',
  'IT',
  'Data',
  'Customer Success',
];

/** Titles as people write them, some with traps: an assistant to a VP is none, and "Direktor" is a director. */
const TITLES: readonly (readonly [number, Level, readonly string[]])[] = [
  [
    6,
    'c-level',
    [
      'CEO',
      'CTO',
      'Chief Marketing Officer',
      'CFO',
      'Founder & CEO',
      'Co-Founder',
      'Chief Revenue Officer',
      'COO',
      'Owner',
      'Managing Director',
    ],
  ],
  [6, 'vp', ['VP {}', 'Vice President of {}', 'SVP {}', 'VP, {}', 'EVP Global {}']],
  [
    11,
    'director',
    ['Director of {}', '{} Director', 'Head of {}', 'Senior Director, {}', 'Direktor {}', 'Directrice {}'],
  ],
  [
    22,
    'manager',
    [
      '{} Manager',
      'Senior {} Manager',
      '{} Lead',
      'Team Lead {}',
      'Marketing Operations Manager',
      'Product Owner',
      'Leiter {}',
      'Responsable {}',
    ],
  ],
  [
    30,
    'staff',
    [
      'Software Engineer',
      'Senior Engineer',
      'Data Analyst',
      'Business Analyst',
      '{} Specialist',
      'Account Executive',
      'Consultant',
      'Accountant',
      'DevOps Engineer',
      'Solutions Architect',
      'Content Writer',
      '{} Coordinator',
      'Web Developer',
      'Vertriebsmitarbeiter',
    ],
  ],
  [
    7,
    'junior',
    [
      'Intern',
      '{} Intern',
      'Werkstudent',
      'Trainee',
      'Executive Assistant to the CEO',
      'Assistant to the VP of {}',
      'Junior Analyst',
      'Receptionist',
    ],
  ],
  [3, 'hiring', ['HR Manager', 'Recruiter', 'Talent Acquisition Partner', 'People Operations', 'Head of Talent']],
];

export function makeTitle(random: Random): { title: string; level: Level } {
  const [, level, titles] = random.weighted(TITLES.map((row) => [row[0], row] as const));
  const title = random.pick(titles).replace('{}', random.pick(FIELDS));
  return { title, level };
}
