/** The functions of the firm that sit in the council, as seats and cases name them. */
export const councilFunctions = [
  'legal',
  'patents',
  'engineering',
  'security',
  'finance',
  'procurement',
  'hr',
  'privacy',
  'communications',
  'office',
] as const;
export type CouncilFunction = (typeof councilFunctions)[number];

/** What each is called. */
export const functionTitles: Readonly<Record<CouncilFunction, string>> = {
  legal: 'Legal',
  patents: 'Patents',
  engineering: 'Engineering',
  security: 'Security',
  finance: 'Finance',
  procurement: 'Procurement',
  hr: 'Human resources',
  privacy: 'Data protection',
  communications: 'Communications',
  office: 'Open source office',
};
