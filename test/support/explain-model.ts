/** A model of every part of the language, for what is told of a score. */
export const TOLD_MODEL = `
model: platform
name: Platform
personas:
  buyer: { field: job_title, seniority: [c-level, vp] }
  engineer: { field: job_title, function: engineering }
fit:
  max: 100
  groups:
    - name: Person
      max: 40
      criteria:
        - { id: buyer, name: Buyer, when: { persona: buyer }, points: 30 }
        - { id: in-germany, name: In Germany, when: { field: country, country: Germany }, points: 15 }
    - name: Company
      criteria:
        - { id: size, name: Company size, field: employees, bands: { "1-99": 5, "100-999": 15, "1000+": 20 } }
        - { id: tiny, when: { field: employees, at_most: 2 }, disqualify: company too small }
    - name: Poor fit
      criteria:
        - { id: personal, name: Personal address, when: { field: email, domain: personal }, points: -10, flag: personal }
engagement:
  max: 100
  window: 180d
  groups:
    - name: Web
      max: 20
      half_life: 30d
      criteria:
        - { id: pricing, name: Pricing page, when: { activity: page-view, url: "/pricing*" }, points: 12, per: day }
        - { id: docs, name: Documentation, when: { activity: page-view, url: "/docs/*" }, points: 6, per: day }
    - name: Events
      decay: { every: 30d, by: 25% }
      criteria:
        - { id: webinar, name: Webinar, when: { activity: form-submission, form: webinar }, points: 16, per: week }
        - { id: meeting, name: Meeting, when: { activity: meeting }, points: 30, per: week }
    - name: Letters
      criteria:
        - { id: click, name: E-mail link clicked, when: { activity: email-click }, points: 4, per: day }
        - { id: jobs, name: Looked at jobs, when: { activity: page-view, url: "/careers*" }, points: -10, flag: jobs }
    - name: Silence
      criteria:
        - { id: quiet, name: Quiet, when: { inactive_for: 60d }, points: -5, flag: quiet }
        - { id: gone, name: Gone, when: { inactive_for: 365d }, disqualify: no sign of life for a year }
fast_track:
  - id: demo-request
    when: { activity: form-submission, form: demo-request }
    follow_up_within: 5m
  - id: buys-now
    when: { all: [{ persona: buyer }, { field: timeframe, is: now }] }
    follow_up_within: 2h
grades:
  fit: { A: 50, B: 40, C: 20, D: 0 }
  engagement: { 1: 50, 2: 40, 3: 20, 4: 0 }
lifecycle:
  mql: { fit: 40, engagement: 40 }
  requires: [company]
`;
