import { XMLParser } from 'fast-xml-parser';

/** An outbound message is six elements deep. */
const DEEPEST = 20;

/** Nothing but comments and CDATA may begin so: a DOCTYPE brings entities, and they bring files and other servers. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;

/** What is cut off is no message: the parser would take it for a shorter one. */
const END = /<\/(?:[\w.-]{1,50}:)?Envelope\s{0,50}>$/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  // Ids hold no entity, and nothing else is looked at.
  processEntities: false,
  maxNestedTags: DEEPEST,
  isArray: (name) => name === 'Notification',
});

/**
 * Elements as objects, named without their prefix; every Notification stands in a list. Undefined where it is no XML in UTF-8,
 * is nested beyond measure or declares anything. Nothing is looked up anywhere else.
 */
export function parseXml(body: Buffer): unknown {
  try {
    const text = utf8.decode(body).trim();
    return DECLARATION.test(text) || !END.test(text.slice(-200)) ? undefined : parser.parse(text);
  } catch {
    return undefined;
  }
}
