/** The text of an element, or the elements in it. */
export type MetadataContent = string | readonly MetadataElement[];
export type MetadataElement = readonly [name: string, content: MetadataContent];

/** A file of Salesforce's Metadata API, written as `sf project retrieve` writes it, so that a difference is one of content. */
export function metadataXml(root: string, elements: readonly MetadataElement[]): string {
  const lines = elements.flatMap((element) => linesOf(element, '    '));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...lines,
    `</${root}>`,
    '',
  ].join('\n');
}

function linesOf([name, content]: MetadataElement, indent: string): string[] {
  if (typeof content === 'string') return [`${indent}<${name}>${escaped(content)}</${name}>`];
  const inner = content.flatMap((element) => linesOf(element, `${indent}    `));
  return [`${indent}<${name}>`, ...inner, `${indent}</${name}>`];
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
