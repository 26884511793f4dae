/**
 * Entities. HTML has 2,125 names, which weigh as much as the rest of the parser; these are the 252 of HTML 4 and those
 * that people write for Markdown's own marks or for names of central Europe. Any other name stays as it was written.
 */

/** `code point in hexadecimal : names`, where each next name is for the next code point and `|` joins synonyms. */
const NAMES =
  '9:Tab,NewLine 21:excl,quot,num,dollar,percnt,amp,apos,lpar,rpar,ast,plus,comma 2e:period,sol ' +
  '3a:colon,semi,lt,equals,gt,quest,commat 5b:lbrack|lsqb,bsol,rbrack|rsqb,Hat,lowbar,grave ' +
  '7b:lbrace|lcub,verbar|vert,rbrace|rcub a0:nbsp,iexcl,cent,pound,curren,yen,brvbar,sect,uml,copy,' +
  'ordf,laquo,not,shy,reg,macr,deg,plusmn,sup2,sup3,acute,micro,para,middot,cedil,sup1,ordm,raquo,' +
  'frac14,frac12,frac34,iquest,Agrave,Aacute,Acirc,Atilde,Auml,Aring,AElig,Ccedil,Egrave,Eacute,' +
  'Ecirc,Euml,Igrave,Iacute,Icirc,Iuml,ETH,Ntilde,Ograve,Oacute,Ocirc,Otilde,Ouml,times,Oslash,' +
  'Ugrave,Uacute,Ucirc,Uuml,Yacute,THORN,szlig,agrave,aacute,acirc,atilde,auml,aring,aelig,ccedil,' +
  'egrave,eacute,ecirc,euml,igrave,iacute,icirc,iuml,eth,ntilde,ograve,oacute,ocirc,otilde,ouml,' +
  'divide,oslash,ugrave,uacute,ucirc,uuml,yacute,thorn,yuml 102:Abreve,abreve,Aogon,aogon,Cacute,' +
  'cacute 10c:Ccaron,ccaron,Dcaron 118:Eogon,eogon 11b:ecaron 11e:Gbreve,gbreve 130:Idot,' +
  'imath|inodot 141:Lstrok,lstrok,Nacute,nacute 150:Odblac,odblac,OElig,oelig 159:rcaron,Sacute,' +
  'sacute 15e:Scedil,scedil,Scaron,scaron 170:Udblac,udblac 178:Yuml,Zacute,zacute,Zdot,zdot,Zcaron,' +
  'zcaron 192:fnof 2c6:circ 2dc:tilde 391:Alpha,Beta,Gamma,Delta,Epsilon,Zeta,Eta,Theta,Iota,Kappa,' +
  'Lambda,Mu,Nu,Xi,Omicron,Pi,Rho 3a3:Sigma,Tau,Upsilon,Phi,Chi,Psi,Omega 3b1:alpha,beta,gamma,delta,' +
  'epsilon,zeta,eta,theta,iota,kappa,lambda,mu,nu,xi,omicron,pi,rho,sigmaf,sigma,tau,upsilon,phi,chi,' +
  'psi,omega 3d1:thetasym,upsih 3d6:piv 2002:ensp,emsp 2009:thinsp 200c:zwnj,zwj,lrm,rlm,dash|hyphen ' +
  '2013:ndash,mdash 2018:lsquo,rsquo,sbquo 201c:ldquo,rdquo,bdquo 2020:dagger,Dagger,bull ' +
  '2026:hellip 2030:permil 2032:prime,Prime 2039:lsaquo,rsaquo 203e:oline 2044:frasl 20ac:euro ' +
  '210b:HilbertSpace 210f:hbar 2111:image 2113:ell 2118:weierp 211c:real 2122:trade 2135:alefsym ' +
  '2146:DifferentialD 2190:larr,uarr,rarr,darr,harr 21b5:crarr 21d0:lArr,uArr,rArr,dArr,hArr ' +
  '2200:forall 2202:part,exist 2205:empty 2207:nabla,isin,notin 220b:ni 220f:prod 2211:sum,minus ' +
  '2216:setminus,lowast 221a:radic 221d:prop,infin 2220:ang 2227:and,or,cap,cup,int ' +
  '2232:ClockwiseContourIntegral 2234:there4 223c:sim 2245:cong 2248:approx|asymp 2260:ne,equiv ' +
  '2264:le,ge 2282:sub,sup,nsub 2286:sube,supe 2295:oplus 2297:otimes 22a5:perp 22c5:sdot 2308:lceil,' +
  'rceil,lfloor,rfloor 2329:lang,rang 25ca:loz 2605:starf,star 2660:spades 2663:clubs 2665:hearts,' +
  'diams 2713:check 2717:cross';

let characters: Map<string, string> | undefined;

function namedCharacters(): Map<string, string> {
  if (characters !== undefined) return characters;
  // The one name here that stands for two characters.
  characters = new Map([['ngE', '\u2267\u0338']]);
  for (const run of NAMES.split(' ')) {
    const [first = '', names = ''] = run.split(':');
    let point = parseInt(first, 16);
    for (const synonyms of names.split(',')) {
      for (const name of synonyms.split('|')) characters.set(name, String.fromCodePoint(point));
      point += 1;
    }
  }
  return characters;
}

function fromNumber(point: number): string {
  const isValid = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return String.fromCodePoint(isValid ? point : 0xfffd);
}

/** The text of one reference, `&` to `;`, or the reference itself where it stands for nothing. */
export function decodeEntity(reference: string): string {
  const number = /^&#(?:x([\da-f]{1,6})|(\d{1,7}));$/i.exec(reference);
  if (number !== null)
    return fromNumber(number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16));
  return namedCharacters().get(reference.slice(1, -1)) ?? reference;
}
