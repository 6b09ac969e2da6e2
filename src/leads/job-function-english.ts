import { ENGLISH_TRADES } from './job-function-english-trades.ts';
import type { FunctionPhrases } from './job-function-table.ts';

export const ENGLISH: FunctionPhrases = {
  trades: ENGLISH_TRADES,
  fields: {
    engineering: [
      'engineering, software, software development, technology, web development, application development',
      'app development, quality assurance, qa, test automation, embedded, firmware, software engineering',
      'platform engineering, product development, product engineering, eng, dev, mechatronics, robotics',
    ],
    it: [
      'it, i t, information technology, information systems, infrastructure, it infrastructure, ict',
      'information management, mis, digital transformation, data center, data centre, enterprise architecture',
      'end user computing, business systems, business applications, enterprise applications, technology operations',
    ],
    data: [
      'data, analytics, business intelligence, bi, machine learning, artificial intelligence, ai, ml, data analytics',
      'insights, data platform, data governance, data management, master data, big data, data strategy',
    ],
    security: [
      'information security, it security, cyber security, cybersecurity, infosec, appsec, cyber, security operations',
      'application security, cloud security, network security, security engineering',
    ],
    product: ['product, products, product management, product strategy, product operations'],
    design: [
      'design, ux, ui, user experience, ux ui, ui ux, graphic design, product design, creative services, visual design',
      'brand design',
    ],
    marketing: [
      'press officer, press relations, press secretary, press manager, press office, marketing, mktg, mkt, brand',
      'branding, communications, communication, corporate communications, public relations, pr, seo, ppc, social media',
      'content, content marketing, demand generation, demand gen, lead generation, lead gen, growth, growth marketing',
      'advertising, digital marketing, events, marcom, marcomms, field marketing, email marketing',
      'performance marketing, market research, media relations, paid media, e commerce, ecommerce, public affairs',
      'fundraising, go to market, crm marketing, customer marketing, partner marketing, affiliate, marketing automation',
      'web analytics, marketing analytics, web content',
    ],
    sales: [
      'sales, commercial, revenue, partnerships, partnership, alliances, channel, channels, key account, key accounts',
      'inside sales, field sales, account management, partner manager, partner success, partner sales, partner program',
      'partner programs, strategic partnerships, enterprise sales, export, sales support, business growth, lead to cash',
      'partner development, partner enablement, partner account, bd, merchandising, national accounts',
      'strategic accounts, enterprise accounts, sales analytics',
    ],
    'customer-success': [
      'customer success, client success, customer experience, cx, client services, client service, customer onboarding',
      'onboarding, renewals, retention, customer engagement, client relations, customer relations, customer operations',
      'client experience, customer relationship, client relationship, professional services, customer advocacy',
    ],
    support: [
      'customer support, customer service, customer services, customer care, client support, product support, help desk',
      'helpdesk, service desk, call center, call centre, contact center, contact centre, support, field service',
      'after sales, aftersales, technical service, application support, user support',
    ],
    operations: [
      'operations, ops, business operations, supply chain, logistics, warehouse, warehousing, production, manufacturing',
      'fleet, shipping, distribution, inventory, maintenance, facilities, facility management, quality control',
      'process improvement, operational excellence, lean, six sigma, health and safety, hse, ehs, sustainability',
      'order fulfillment, fulfillment, fulfilment, continuous improvement, plant operations, store operations',
      'transportation, transport, operations research',
    ],
    finance: [
      'accounts, finance, financial, accounting, accounts payable, accounts receivable, tax, treasury, audit',
      'internal audit, fp a, fpa, fp and a, controlling, billing, investment, investments, investor relations, m a',
      'mergers and acquisitions, m and a, credit, banking, financial services, financial planning, risk',
      'risk management, order to cash, revenue cycle, record to report, procure to pay, investment banking',
      'private equity, venture capital, commercial finance, commercial banking, insurance, underwriting, collections',
      'quote to cash',
    ],
    hr: [
      'hr, human resources, human resource, human capital, hcm, talent, talent acquisition, talent management',
      'recruiting, recruitment, staffing, compensation, benefits, total rewards, learning and development, l d, l and d',
      'employee experience, employee engagement, employee relations, employer branding, employer brand, payroll',
      'workforce, hire to retire, organizational development, organisational development, diversity, dei, people',
      'hr operations, labor relations, industrial relations, hris',
    ],
    legal: [
      'legal, law, compliance, privacy, data protection, data privacy, regulatory affairs, regulatory',
      'intellectual property, litigation, contracts, governance, corporate governance, ip, patents, legal operations',
      'legal affairs, commercial counsel',
    ],
    procurement: [
      'procurement, purchasing, sourcing, vendor management, supplier management, source to pay, supplier relations',
      'procurement operations',
    ],
  },
  asides: {
    engineering: ['tech, technical, technician, web, mechanical, electrical, civil, automation, agile, technologist'],
    it: [
      'systems, system, network, networks, cloud, erp, sap, crm, salesforce, telecom, telecommunications, computer',
      'database, applications, servicenow',
    ],
    security: ['security'],
    design: ['creative, architectural, multimedia, art, visual, video'],
    marketing: ['media, digital, editor, editorial, campaign, campaigns, publishing, social, community'],
    sales: [
      'retail, store, pricing, real estate, property, wholesale, leasing, deal desk, customer acquisition, territory',
      'franchise',
    ],
    'customer-success': ['customer, client, engagement, implementation, customers, clients'],
    support: ['service, services, escalation, after sale'],
    operations: [
      'project, projects, program, programs, programme, pmo, quality, construction, process, planning',
      'production engineering, plant, factory, safety, site, food, restaurant, hotel, scheduling, project management',
      'program management, shared services, operator, electrician, mechanic, field, materials',
    ],
    finance: ['fund, pension, wealth, loan, loans, claims, mortgage, cost, budget, economic, grants'],
    hr: ['training, culture, learning, career, careers, employment, employee'],
    research: [
      'research, r d, research and development, r and d, laboratory, lab, labs, innovation, science, scientific',
      'clinical research, clinical trials',
    ],
    education: [
      'education, teaching, academic, academics, school, university, college, curriculum, student affairs',
      'student services, student success, student life, student recruitment, student support, student experience',
      'student engagement, student advisor, student counselor, student housing, student programs, student development',
      'student accounts, admissions, trainer, coach, kindergarten, preschool, childcare, library',
    ],
    healthcare: [
      'health, healthcare, health care, medical, clinical, nursing, pharmacy, patient, hospital, dental, pharma',
      'pharmaceutical, veterinary, mental health, public health, biotech, surgery, nursing home, home care',
      'patient care, clinic, therapeutic, practice manager',
    ],
    administration: [
      'administration, administrative, assistant, admin, administrator, office, clerical, secretarial',
      'office management',
    ],
    'general-management': [
      'ceo, president, founder, founders, cofounder, owner, proprietor, chairman, chairwoman, chairperson, ^chair',
      'managing director, executive director, general manager, gm, chief executive, chief strategy, chief business',
      'chief transformation, chief corporate, chief of staff, country manager, managing partner, founding partner',
      'general partner, senior partner, partner at, ^partner$, board member, member of the board, board of directors',
      'board director, executive board, director general, general director, secretary general, general secretary',
      'entrepreneur, business owner, strategy, corporate development, corporate strategy, general management, ^md$',
      'c level, c suite, csuite, cxo, self employed, business unit, transformation, non executive director',
      'executive leadership, executive management, regional director, regional manager, area manager',
    ],
  },
  nothing: [
    'vice president, vice presidents, assistant vice president, assistant vp, assistant manager, assistant director',
    'working student, personal trainer, personal shopper, personal care, personal injury, personal banker',
    'people person, do it, make it, made it, get it, getting it, doing it, love it, live it, end to end, b to b',
    'b to c, business to business, business to consumer, direct to consumer, peer to peer, face to face, door to door',
    'head office, board relations, social worker, social security, food service, community college, junior college',
    'technical college, service member, home maker, homemaker',
  ],
  learners: [
    'student, undergraduate, postgraduate, undergrad, pupil, phd candidate, doctoral candidate, mba candidate',
    'graduate student, unemployed, job seeker, jobseeker, retiree, housewife, stay at home',
  ],
};
