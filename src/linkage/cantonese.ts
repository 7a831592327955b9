/*
 * How the characters of Chinese names are written in Hong Kong: whoever comes from there is 陳大文 on one paper and
 * Chan Tai Man on the next, and no Mandarin reading leads from one to the other. Frequent characters of names alone,
 * in both forms where they differ; usual spellings, not a system.
 */
const spellings =
  'chan:陳陈 wong:黃黄王汪 lee:李 lau:劉刘 cheung:張张章 leung:梁 ng:吳吴伍 lam:林 ho:何浩豪好賀贺灝 cheng:鄭郑程 chow:周鄒邹 tsang:曾 ' +
  'tse:謝谢 yeung:楊杨 yip:葉叶 ma:馬马 chu:朱珠 kwok:郭國国 lo:羅罗盧卢 tang:鄧邓 hui:許许 fung:馮冯峰鋒锋鳳凤豐丰 to:杜 so:蘇苏素 pang:彭 ' +
  'yu:余俞于如宇瑜 kwan:關关君鈞钧坤軍军 mak:麥麦 poon:潘 choi:蔡彩才財财 tsui:徐 shum:岑 siu:蕭萧小少兆紹绍 tam:譚谭 chung:鍾钟鐘忠松聰聪仲 liu:廖 ' +
  'lai:黎賴赖麗丽禮礼勵励莉 lui:呂吕雷蕾 hung:洪雄紅红熊鴻鸿虹 mok:莫 yuen:袁阮源遠远 wan:溫温雲云尹韻韵運运 sin:冼倩 tong:唐湯汤棠 shek:石碩硕 koo:顧顾古 ' +
  'ko:高 hau:侯孝厚 sung:宋 kong:江 fong:方芳 lok:樂乐洛駱骆諾诺 au:區区 szeto:司徒 auyeung:歐陽欧阳 sit:薛 lung:龍龙隆 mui:梅 kam:甘金錦锦 ' +
  'kan:簡简勤根 wu:胡烏乌湖 kwong:鄺邝光廣广 tai:戴大泰 yim:嚴严艷艳 chin:錢钱展 wai:偉伟慧惠威維维衛卫蕙懷怀煒炜韋韦渭 chi:志智芝之枝池梓治 keung:強强 ' +
  'ming:明銘铭鳴鸣名茗 man:文敏雯曼萬万民汶 wah:華华樺桦驊 tak:德特 mei:美薇媚 ling:玲靈灵齡龄寧宁令嶺岭伶羚 ying:英瑩莹盈影瑛迎應应 ka:家嘉加佳 ' +
  'chun:俊珍進进春駿骏雋真振鎮镇晉晋臻津 kit:傑杰潔洁結结 fai:輝辉煇暉晖 kin:健建堅坚乾 ping:平萍屏炳 on:安 hong:康航匡 shing:成誠诚城承勝胜盛聲声 sing:星升昇 ' +
  'wing:永榮荣詠咏穎颖 fan:芬勳勋帆凡 yuk:玉旭鈺钰沃 sau:秀壽寿修 suk:淑 ting:婷廷庭亭定霆 yee:儀仪怡意義义宜依綺绮 yan:欣恩仁恆恒甄茵昕殷忻 sze:詩诗思斯師师 ' +
  'tsz:子紫芷慈 hiu:曉晓皓 ki:琪祺其奇棋麒基淇 suet:雪 yiu:耀堯尧瑤瑶 tung:東东棟栋彤童桐同冬 hoi:海凱凯開开 sum:森心琛深 po:寶宝保 sang:生 san:新山珊 ' +
  'shun:信順顺淳舜純纯 tin:天田 kuen:娟權权 yin:燕然賢贤言妍嫣 lin:蓮莲連连 lan:蘭兰 kiu:嬌娇橋桥僑侨喬乔 oi:愛爱藹 hang:幸杏行亨衡 king:景敬經经瓊琼卿 ' +
  'fu:富虎夫芙 fuk:福 luk:祿禄陸陆 cheuk:卓焯綽 chak:澤泽擇 him:謙谦 yat:日一逸溢 long:朗 hin:軒轩顯显憲宪獻 lap:立 pui:佩沛培貝贝珮 hei:喜希熙禧曦羲 ' +
  'nga:雅 fat:發发佛 sai:世細细西 wo:和 hor:可 sheung:雙双尚常嘗湘 kwai:貴贵桂 chau:秋 lun:倫伦麟 lik:力 ching:正靜静青清晴貞贞政禎祯 mong:望 ' +
  'kai:啟启楷繼继 lim:廉濂 chiu:昭超照潮釗 nam:南楠男 pak:伯柏北白 fei:飛飞菲 wun:煥焕 hon:漢汉翰瀚 hok:學学 kung:功公恭 mau:茂 yuet:月悅悦越 ' +
  'yeuk:若約约 sik:錫锡適 na:娜 sa:莎 tao:濤涛 yung:勇容蓉融庸 hak:克 fun:歡欢寬宽 ngai:毅藝艺 ngan:顏颜銀银雁 nin:年 tim:甜添 cho:祖楚初 ' +
  'kwun:冠官 lum:琳霖臨临 chim:詹 leong:良亮 heung:香';

const spelt: ReadonlyMap<string, string> = new Map(
  spellings.split(' ').flatMap((entry) => {
    const [spelling = '', characters = ''] = entry.split(':');
    return Array.from(characters, (character): [string, string] => [character, spelling]);
  }),
);

/** Chinese characters as a name of Hong Kong would be spelt, run together; null where one of them is not known here. */
export function cantoneseOf(characters: string): string | null {
  const syllables = Array.from(characters, (character) => spelt.get(character));
  return syllables.includes(undefined) ? null : syllables.join('');
}
