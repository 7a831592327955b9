/*
 * Names that are frequent in scripts which leave the vowels out, with their usual British spelling. Without them
 * محمد would be "mhmd": it would still sound right, but look like nothing that anybody typed.
 */

const arabic =
  'محمد mohammed محمود mahmood احمد ahmed حامد hamid حميد hameed حمد hamad علی ali علي ali حسن hassan حسين ' +
  'hussain حسین hussain حسنين hasnain عمر umar عثمان usman ابوبكر abubakr ابوبکر abubakr خالد khalid وليد ' +
  'waleed ولید waleed سعيد saeed سعید saeed سعد saad يوسف yusuf یوسف yusuf يونس younis یونس younis ابراهيم ' +
  'ibrahim ابراهیم ibrahim اسماعيل ismail اسماعیل ismail اسحاق ishaq يعقوب yaqoob یعقوب yaqoob موسى musa موسی ' +
  'musa عيسى isa عیسی isa داود dawood داوود dawood سليمان sulaiman سلیمان sulaiman هارون haroon زكريا zakariya ' +
  'زکریا zakariya يحيى yahya یحیی yahya ادم adam نوح nuh ايوب ayub ایوب ayub عبدالله abdullah عبداللہ abdullah ' +
  'عبدالرحمن abdulrahman عبدالرحیم abdulrahim عبدالرحيم abdulrahim عبدالعزيز abdulaziz عبدالعزیز abdulaziz ' +
  'عبدالقادر abdulqadir عبدالكريم abdulkarim عبدالملك abdulmalik عبدالحميد abdulhamid عبدالحق abdulhaq عبد ' +
  'abdul طارق tariq طاهر tahir طه taha طلحة talha زيد zaid زید zaid زياد ziyad حمزة hamza حمزه hamza بلال bilal ' +
  'عمار ammar ياسر yasir یاسر yasir ياسين yasin یاسین yasin مصطفى mustafa مصطفی mustafa مرتضى murtaza مرتضی ' +
  'murtaza مجتبى mujtaba رضا reza جعفر jafar كاظم kazim کاظم kazim عباس abbas حيدر haider حیدر haider صالح ' +
  'saleh صلاح salah فيصل faisal فیصل faisal فهد fahad سلطان sultan سلمان salman سامي sami سمير samir سمیر samir ' +
  'كريم karim کریم karim رحمن rahman رحيم rahim رحیم rahim رشيد rashid رشید rashid راشد rashid مجيد majid مجید ' +
  'majid ماجد majid نبيل nabil نبیل nabil نادر nadir ناصر nasir نصر nasr منصور mansoor مسعود masood مروان ' +
  'marwan ماهر mahir لقمان luqman قاسم qasim عادل adil عامر amir امير amir امیر amir انور anwar اكرم akram اکرم ' +
  'akram اسد asad اشرف ashraf افضل afzal اقبال iqbal اسلم aslam ارشد arshad امجد amjad انس anas ايمن ayman بدر ' +
  'badr بشار bashar بشير bashir بشیر bashir جمال jamal جميل jamil جمیل jamil حبيب habib حبیب habib حكيم hakim ' +
  'حکیم hakim خليل khalil خلیل khalil رامي rami ربيع rabia رمضان ramadan زاهد zahid شريف sharif شریف sharif ' +
  'شاهد shahid شهزاد shahzad شفيق shafiq ضياء zia عارف arif عاصم asim عدنان adnan عرفان irfan عمران imran غلام ' +
  'ghulam فاروق farooq فؤاد fuad فراس firas كمال kamal کمال kamal مالك malik ملک malik مبارك mubarak مراد murad ' +
  'مختار mukhtar نديم nadeem ندیم nadeem نعيم naeem نعیم naeem نواز nawaz هاشم hashim هشام hisham وسيم waseem ' +
  'وسیم waseem خان khan شاہ shah شيخ sheikh شیخ sheikh بٹ butt چوہدری chaudhry چودھری chaudhry قريشي qureshi ' +
  'قریشی qureshi صديقي siddiqui صدیقی siddiqui مرزا mirza فاطمة fatima فاطمه fatima فاطمہ fatima عائشة aisha ' +
  'عائشہ aisha عایشه aisha عائشه aisha خديجة khadija خدیجہ khadija خدیجه khadija زينب zainab زینب zainab مريم ' +
  'maryam مریم maryam امنة amina آمنہ amina امينة amina سارة sarah سارہ sarah ساره sarah ليلى layla لیلا layla ' +
  'لیلی layla نور noor هدى huda سلمى salma سعاد suad سميرة samira سمیرا samira سمية sumaya نادية nadia نادیہ ' +
  'nadia نجمة najma رقية ruqayya رقیہ ruqayya كلثوم kulsum کلثوم kulsum حليمة halima حلیمہ halima جميلة jamila ' +
  'كريمة karima لطيفة latifa منى mona مها maha هاجر hajar هبة hiba هند hind وفاء wafa ياسمين yasmin یاسمین ' +
  'yasmin شيماء shaima رنا rana ريم reem رانيا rania دعاء dua ايمان iman اسماء asma اميرة amira بشرى bushra ' +
  'بشری bushra حنان hanan خلود khulood دلال dalal رحاب rehab زهراء zahra زهرا zahra زہرا zahra صفية safiya صباح ' +
  'sabah طاهرة tahira عبير abeer غادة ghada فريدة farida فرح farah نسرین nasreen پروین parveen شازیہ shazia ' +
  'صائمہ saima بی bibi بیگم begum شیرین shirin پریسا parisa مهسا mahsa آزاده azadeh نازنین nazanin نگار negar ' +
  'نیلوفر niloufar مینا mina بهرام bahram داریوش dariush کوروش kourosh سیاوش siavash فرهاد farhad بهزاد behzad ' +
  'مهدی mehdi مهدي mahdi محسن mohsen مجید majid هادی hadi جواد javad جاوید javed اکبر akbar حسینی hosseini ' +
  'محمدی mohammadi احمدی ahmadi رضایی rezaei کریمی karimi آزاد azad شوان shwan ڕێبین rebin هێمن hemin';

const hebrew =
  'דוד david אברהם abraham יצחק isaac יעקב jacob משה moses אהרן aaron אהרון aaron שלמה solomon שמואל samuel ' +
  'יוסף joseph בנימין benjamin דניאל daniel מיכאל michael גבריאל gabriel רפאל raphael אליהו elijah אלי eli נתן ' +
  'nathan יונתן jonathan יהודה judah שמעון simon לוי levi ראובן reuben אפרים ephraim מנחם menachem מרדכי ' +
  'mordechai חיים chaim צבי zvi זאב zeev אריה aryeh דב dov יהושע joshua ישראל israel עמוס amos אורי uri איתן ' +
  'eitan אריאל ariel עומר omer נועם noam אלון alon שרה sarah רבקה rebecca רחל rachel לאה leah מרים miriam אסתר ' +
  'esther חנה hannah דבורה deborah רות ruth יהודית judith נעמי naomi תמר tamar יעל yael מיכל michal נועה noa ' +
  'מאיה maya שירה shira טליה talia אביגיל abigail אליזבת elizabeth מלכה malka ברכה bracha חוה chava פנינה ' +
  'penina צפורה tzipora שושנה shoshana כהן cohen מזרחי mizrahi פרץ peretz ביטון biton פרידמן friedman גולדברג ' +
  'goldberg רוזנברג rosenberg שפירא shapiro כץ katz';

/** Biblical and royal names, which Chinese writes by custom and not by sound. */
const chinese =
  '约翰 john 約翰 john 彼得 peter 保罗 paul 保羅 paul 马修 matthew 馬修 matthew 大卫 david 大衛 david 乔治 george 喬治 george ' +
  '约瑟夫 joseph 約瑟夫 joseph 约瑟 joseph 玛丽 mary 瑪麗 mary 查尔斯 charles 查爾斯 charles 迈克尔 michael 邁克爾 michael ' +
  '麥可 michael 史蒂芬 stephen 斯蒂芬 stephen 伊丽莎白 elizabeth 伊麗莎白 elizabeth 詹姆斯 james 雅各布 jacob 以赛亚 isaiah ' +
  '以賽亞 isaiah 撒母耳 samuel 塞缪尔 samuel 塞繆爾 samuel 胡安 juan 何塞 jose 荷西 jose 豪尔赫 jorge 让 jean 讓 jean 伊万 ivan ' +
  '伊萬 ivan 叶卡捷琳娜 yekaterina 穆罕默德 mohammed 阿里 ali 艾哈迈德 ahmed 侯赛因 hussain 哈桑 hassan';

/** Letters that the writing of names exchanges at will are one here. */
function key(word: string): string {
  return word
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ی', 'ي')
    .replaceAll('ک', 'ك');
}

const known: ReadonlyMap<string, string> = new Map(
  [...`${arabic} ${hebrew} ${chinese}`.matchAll(/(\S+) (\S+)/g)].map(([, native = '', latin = '']) => [
    key(native),
    latin,
  ]),
);

/** The usual British spelling of a name written in Arabic, Hebrew or Chinese; undefined where it is not so frequent. */
export function knownNative(word: string): string | undefined {
  return known.get(key(word));
}
