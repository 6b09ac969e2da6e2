/** Salesforce's industries, by HubSpot's: people are the same in both CRMs. */
const INDUSTRIES: Readonly<Record<string, string>> = {
  LOGISTICS_AND_SUPPLY_CHAIN: 'Transportation',
  COMPUTER_SOFTWARE: 'Technology',
  HOSPITAL_HEALTH_CARE: 'Healthcare',
  FOOD_PRODUCTION: 'Food & Beverage',
  INDUSTRIAL_AUTOMATION: 'Machinery',
  OIL_ENERGY: 'Energy',
  BANKING: 'Banking',
  INSURANCE: 'Insurance',
  MEDIA_PRODUCTION: 'Media',
  RETAIL: 'Retail',
  RESEARCH: 'Biotechnology',
  INFORMATION_TECHNOLOGY_AND_SERVICES: 'Technology',
  MANAGEMENT_CONSULTING: 'Consulting',
  AUTOMOTIVE: 'Manufacturing',
  PHARMACEUTICALS: 'Biotechnology',
  TELECOMMUNICATIONS: 'Telecommunications',
  TEXTILES: 'Apparel',
  LEISURE_TRAVEL_TOURISM: 'Hospitality',
  COMPUTER_NETWORK_SECURITY: 'Technology',
  MECHANICAL_OR_INDUSTRIAL_ENGINEERING: 'Engineering',
  EDUCATION_MANAGEMENT: 'Education',
};

export function salesforceIndustry(hubspotIndustry: string): string {
  return INDUSTRIES[hubspotIndustry] ?? 'Other';
}
