/** What other features may use of enterprises. */

export {
  checkCreditCode,
  type CodeParts,
  creditCodeWords,
  findCreditCode,
  judgeScan,
  parseCode,
  scanAnswer,
  type ScanResult,
  type SignatureResult,
} from './rules'
export { enterpriseByCode, searchEnterprises, sectorTitle, shortName } from './views'
