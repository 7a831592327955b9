/*
 * How the letters of other scripts sound in names, in the code of `phonetic.ts`: alternatives parted by commas, the
 * likeliest first; `-` for nothing, `a` for a vowel. `^` before letters: only where they open a word. What a foreign
 * name is written with counts as well: Arabic has no P and writes B, Russian wrote G for H.
 */

const arabic =
  'ا:a أ:a إ:a آ:a ٱ:a ء:a ئ:a ؤ:a ى:a ع:a ے:a ۓ:a او:a أو:a ^أو:a ^إي:a ^اي:a,Y ب:B,P پ:P ت:T ط:T ٹ:T ة:-,T ' +
  'ۃ:- ث:T,S ج:J,G چ:X تش:X ح:- ^ح:H خ:K ^خ:K,H د:D ڈ:D ض:D,S ذ:S,D ظ:S,D ز:S ژ:J,X س:S ص:S ش:X ر:R ڑ:R غ:G,- ' +
  '^غ:G ف:F ڤ:F ق:K,G ک:K ك:K گ:G ڭ:G,N تس:TS,S ل:L م:M ن:N ں:N ه:- ^ه:H ھ:- ہ:- ^ہ:H ۂ:- ^ھ:H دج:J,D دز:DS,S ' +
  'و:-,F ^و:W,F ۆ:a ۇ:a ێ:a ە:a ڵ:L ڕ:R ي:-,Y ^ي:Y ی:-,Y ^ی:Y';

const hebrew =
  "א:a ע:a ^או:a ^אי:a ^עו:a ב:B,F ג:G ג':J ד:D דז':J ה:- ^ה:H ו:-,F ^ו:F,W וו:F,- ז:S ז':J ח:K,- ^ח:H,K,X ט:T " +
  "י:- ^י:Y יי:- ^יי:Y כ:K ך:K ל:L מ:M ם:M נ:N ן:N ס:S פ:P,F ף:F,P צ:TS,S ץ:TS,S צ':X ץ':X ק:K ר:R ש:X,S ת:T " +
  "ת':T טש:X";

const cyrillic =
  'а:a э:a о:a у:a и:a ы:a е:a ё:a ю:a я:a і:a ї:a є:a ѣ:a ә:a ө:a ү:a ұ:a ^е:a,Y ^ё:Y,a ^ю:Y,a ^я:Y,a ^є:Y,a ' +
  '^ї:Y,a ^у:a,W ^йо:Y б:B в:F ^в:F,W г:G,- ^г:G,H ґ:G ғ:G д:D дж:J дз:DS,S,J ђ:J џ:J ж:J,X з:S к:K қ:K л:L љ:L ' +
  'м:M н:N њ:N ң:N п:P р:R с:S си:S,X т:T тч:X тш:X ћ:X ф:F х:K,- ^х:H,K һ:- ^һ:H ҳ:- ^ҳ:H ц:TS,S ч:X ҷ:J ш:X ' +
  'щ:X ъ:- ь:- й:-,Y ^й:Y ј:- ^ј:Y ў:-,F ќ:K ѓ:G ѕ:S кс:KS';

const greek =
  'α:a ε:a η:a ι:a ο:a υ:a ω:a ου:a αυ:F,- ευ:F,- ηυ:F,- ^αυ:AF,a ^ευ:AF,a β:F γ:G,- ^γι:Y,G ^γ:G,Y γγ:NG ' +
  'γκ:G,NK ^γκ:G γχ:NK δ:D ζ:S θ:T κ:K λ:L μ:M μπ:B,MB,MP ^μπ:B ν:N ντ:NT,D,ND ^ντ:D ξ:KS ^ξ:S π:P ρ:R σ:S ς:S ' +
  'τ:T τζ:J,TS τσ:TS,X,S φ:F χ:K,X,- ^χ:H,K,X ψ:PS';

/** The opening consonants of Chinese syllables, as they stand for the sounds of foreign names. */
const pinyin =
  'b:B,P p:P,B m:M f:F d:D,T t:T,D n:N l:L,R g:G,K k:K,G h:-,K ^h:H,K,G j:J,G,K,D q:X,K,T x:X,S,- ^x:X,S,H ' +
  'zh:J,X ch:X sh:X,S r:R z:S c:S,X,TS s:S,X y:- ^y:a,Y,J w:-,F ^w:W,F,a';

/** Characters that foreign names are written with for a sound of their own, before their syllable's. */
const transcribing =
  '基:K,J,G 金:K,J,G 加嘉:G,K,J 賈贾:J,G 久:J,K 吉:J,G 傑杰捷:J,D 維维薇韋韦:F,W 威偉伟:W,F 沃瓦:F,W,- 文:F,W 夫弗福芙佛:F ' +
  '華华:W,H,F 懷怀:W,H 惠:W,H 希:H,S,X 辛:S,H 西錫锡:S,X 席:X,S 史:S,X 施:X,S 什舍沙莎夏:X,S 聖圣:S 奇:X,K 齊齐:TS,X,S 契恰切:X ' +
  '欽钦:X,K 茨:TS,S 茲兹:S,TS,DS 澤泽:S,J,X 扎:S,J,X 佐祖:S,J 讓让若熱热:J,R 日:J,R 尤:Y,J,a 約约:J,Y,a 雅亞亚:a,J,Y 葉叶耶:Y,J,a ' +
  '伊以:a,Y 霍赫胡哈漢汉:H,K,- 格葛戈:G,J 喬乔:J 卡柯科克:K,G 德:D,T 特:T,D 蒂緹缇:T,D 斯:S 茜:S,X 娅婭:a,Y';

/** Letters and what they sound as; the longest letters first. */
export interface SoundTable {
  readonly opening: ReadonlyMap<string, readonly string[]>;
  readonly anywhere: ReadonlyMap<string, readonly string[]>;
  /** Letters in the longest entry. */
  readonly reach: number;
  /** Vowels are mostly not written: two like consonants beside one another have one between them. */
  readonly isWithoutVowels: boolean;
}

function tableOf(text: string, isWithoutVowels: boolean): SoundTable {
  const opening = new Map<string, readonly string[]>();
  const anywhere = new Map<string, readonly string[]>();
  let reach = 1;
  for (const entry of text.split(' ')) {
    const [letters = '', sounds = ''] = entry.split(':');
    const isOpening = letters.startsWith('^');
    const key = isOpening ? letters.slice(1) : letters;
    (isOpening ? opening : anywhere).set(
      key,
      sounds.split(',').map((sound) => sound.replace('-', '')),
    );
    reach = Math.max(reach, key.length);
  }
  return { opening, anywhere, reach, isWithoutVowels };
}

export const soundTables = {
  arabic: tableOf(arabic, true),
  hebrew: tableOf(hebrew, true),
  cyrillic: tableOf(cyrillic, false),
  greek: tableOf(greek, false),
  pinyin: tableOf(pinyin, true),
  transcribing: tableOf(
    transcribing
      .split(' ')
      .flatMap((entry) => {
        const [characters = '', sounds = ''] = entry.split(':');
        return Array.from(characters, (character) => `${character}:${sounds}`);
      })
      .join(' '),
    true,
  ),
} as const;
