import { cantoneseOf } from './cantonese.ts';
import { latinOf, scriptOf } from './scripts.ts';

/** A text with every word in Latin letters. */
export interface Romanised {
  readonly text: string;
  /** Each word that was in another script, by its Latin form. */
  readonly native: ReadonlyMap<string, string>;
}

/** Surnames of two characters; any other stands in one. */
const longSurnames = new Set(
  (
    '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 皇甫 慕容 夏侯 尉迟 尉遲 长孙 長孫 宇文 司徒 令狐 公孙 公孫 端木 独孤 獨孤 南宫 南宮 闻人 聞人 申屠 钟离 鍾離 东方 東方 百里 呼延 ' +
    '轩辕 軒轅 남궁 황보 제갈 선우 사공'
  ).split(' '),
);

/** What the frequent surnames are written with, in either form of Chinese, and in Korean. */
const surnames = new Set(
  Array.from(
    '王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾鐘姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱丘方侯' +
      '邹鄒熊孟秦白江阎閻薛尹段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戚严嚴莫孔向汤湯温溫康施牛樊葛邢安齐齊易乔喬伍庞龐颜顏庄莊聂聶章鲁魯岳翟殷詹申耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單' +
      '裴霍涂塗成苗谷曲盛冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁房滕屈饶饒解牟艾尤时時阳陽穆农農司古吉卓缪繆简簡车車项項连連芦蘆麦麥褚娄婁岑景党宫宮费費卜冷晏席卫衛柏瞿桂全佟应應臧边邊姬申仇查區区朴尔冼김이박최' +
      '정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용',
  ),
);

/** Characters read of a name as it was typed. */
const charactersMax = 800;

const wordShape = /[\p{L}\p{M}\u200c\u200d]+(?:['’׳][\p{L}\p{M}]+)*['’׳]?/gu;
const article = /^ال(?=[\p{L}\p{M}]{3})/u;

/** The name as its people write it: capitals say which is the surname, and are kept. */
function cased(latin: string, native: string): string {
  const isCapitals = native === native.toUpperCase() && native !== native.toLowerCase();
  return isCapitals ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
}

/** 王小明 in the British order, 小明 王; null where it is no whole Chinese or Korean name. */
function eastern(text: string): readonly [given: string, surname: string] | null {
  const word = text.trim();
  if (!/^(?:\p{Script=Han}{2,4}|\p{Script=Hangul}{2,5})$/u.test(word)) return null;
  const length = longSurnames.has(word.slice(0, 2)) && word.length > 2 ? 2 : 1;
  const surname = word.slice(0, length);
  return length === 2 || (surnames.has(surname) && word.length <= 3) ? [word.slice(length), surname] : null;
}

/** The text as it is read: so much of it, each letter in one form. */
function composedOf(text: string): string {
  return text.slice(0, charactersMax).normalize('NFKC').slice(0, charactersMax);
}

/**
 * Brings every word of a name to Latin letters, as such names are spelt in Britain; a Chinese or Korean name has its
 * surname behind a comma's worth of certainty: "Wang, Xiaoming". Latin words stay as they are, and so does the order of
 * what is one part of a name alone.
 */
export function romanised(text: string, isPart = false): Romanised {
  const native = new Map<string, string>();
  const composed = composedOf(text);
  if (!/[^\p{Script=Latin}\P{L}]/u.test(composed)) return { text: composed, native };
  const latin = (word: string): string => {
    const found = latinOf(word);
    if (found !== '') native.set(found, word);
    return found === '' ? '' : cased(found, word);
  };
  const parts = isPart ? null : eastern(composed);
  if (parts !== null) return { text: `${latin(parts[1])}, ${latin(parts[0])}`, native };
  const written = composed.replaceAll(wordShape, (word) => {
    if (scriptOf(word) === 'latin') return word;
    return article.test(word) ? `al-${latin(word.replace(article, ''))}` : latin(word);
  });
  return { text: written, native };
}

/**
 * What else the characters of a Chinese name may be: the same name as it is spelt in Hong Kong, or one foreign name
 * written by its sound, which has no surname in front: 罗宾逊 is Robinson, and no Mr Luo.
 */
export function otherwiseRomanised(text: string): readonly Romanised[] {
  const composed = composedOf(text);
  const parts = /\p{Script=Han}/u.test(composed) ? eastern(composed) : null;
  if (parts === null) return [];
  const [given, surname] = parts.map(cantoneseOf);
  const cantonese = given && surname ? [{ text: `${surname}, ${given}`, native: new Map<string, string>() }] : [];
  return [...cantonese, romanised(text, true)];
}
