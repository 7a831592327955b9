/*
 * Surnames that are written so differently that neither letters nor sound bring them together. A family is a head, a
 * colon and its members, families parted by semicolons; a name may belong to several: one Chinese sign is Wong or
 * Huang, another Wong or Wang.
 */
export const surnameFamilies = `
smith: smyth smythe schmidt schmitt smit smits; taylor: tailor tayler tayla; thompson: thomson tomson thomsen tompson;
clark: clarke clerk klark; brown: browne braun bruin; davis: davies davys; stephenson: stevenson stephens stevens;
white: whyte weiss; green: greene grune; reid: reed read reade ried; moore: more muir moir; wright: right; allen:
allan allin alleyne; johnson: johnston johnstone johnsen johansson jonson; nicholson: nicolson nichols nicholls;
harris: harries harrison; evans: evan ifan; cook: cooke koch; pearce: pierce peirce pears; matthews: mathews mathew
mathieson; shepherd: sheppard shephard shepard; hayes: hays heyes; lawrence: laurence lorenz; marshall: marschall;
dixon: dickson dicksonn; barker: parker; bailey: bayley baillie bayly baily; byrne: burn burns beirne obyrne; burke:
bourke deburgh; carr: kerr karr; cox: coxe; day: daye oday; doyle: odoyle; dunn: dunne; fisher: fischer fysher; fox:
fuchs fawkes; freeman: friedman; gallagher: gallacher gallager ogallagher; gray: grey; hall: hull; hart: harte ohart;
hogan: ohogan; hughes: hewes huws; kelly: okelly kelley kellie; kennedy: kenedy okennedy; knight: nite; lee: leigh lea
li; lloyd: loyd floyd llwyd; macdonald: mcdonald macdonnell mcdonnell donaldson macdonell; macleod: mcleod mccloud;
mackay: mckay mccoy magee mackie mckie; mackenzie: mckenzie; macgregor: mcgregor greig gregor gregory; maclean: mclean
maclaine mclaine; macmillan: mcmillan mcmullen mcmullan; macpherson: mcpherson; macintosh: mackintosh mcintosh;
macintyre: mcintyre mcentire; maguire: mcguire; magill: mcgill; mcauliffe: cauliffe; mccarthy: maccarthy carthy
mccarty; mccormack: mccormick cormack; mcdermott: dermott mcdermid; mcgrath: magrath; mclaughlin: mcloughlin
maclaughlin mclachlan loughlin lachlan; mcnamara: macnamara; mcneil: macneill mcneill neill; mckenna: kenna; mcqueen:
macqueen; mcevoy: macavoy mcavoy; mcinnes: macinnes mcguinness mcginnis guinness; mccann: cann; mcgowan: magowan
gowan; obrien: brien bryan obryan obrian; oconnor: connor connors oconor conner; oconnell: connell; odoherty: doherty
docherty dougherty; odonnell: donnell donnelly; odonovan: donovan; odriscoll: driscoll; odwyer: dwyer; ofarrell:
farrell ferrell; oflynn: flynn flinn; ogrady: grady; ohagan: hagan; ohalloran: halloran; ohanlon: hanlon; ohara: hara;
okeefe: keefe keeffe okeeffe; oleary: leary; omahony: mahony mahoney; omalley: malley; oneill: neill oneil neil oneal
neal; oregan: regan reagan; oreilly: reilly riley oriley rielly; orourke: rourke roarke; oshea: shea shay oshay;
osullivan: sullivan; otoole: toole; ocallaghan: callaghan callahan; oriordan: riordan reardon; omeara: meara mara
omara; oloughlin: loughlin oloughlen; odowd: dowd; ogorman: gorman; obeirne: beirne byrne; odell: dell; fitzgerald:
gerald fitzgerrald; fitzpatrick: patrick; philips: phillips phillip philipps filips; powell: howell aphowell; price:
rhys preece rees reece; pugh: hugh; parry: harry; bowen: owen; probert: robert roberts; pritchard: richards richard;
bevan: evan; prosser: rosser; meredith: meredydd; vaughan: vaughn fychan; gwyn: gwynne wynne wynn; morgan: morgans;
jenkins: jenkin; llewellyn: llewelyn lewellen; griffiths: griffith gruffydd griffin; watkins: watkin; sinclair:
stclair; saintjohn: stjohn sinjin; seymour: stmaur; beauchamp: beecham; cholmondeley: chumley; featherstonehaugh:
fanshaw; marjoribanks: marchbanks; menzies: mingis; dalziel: dalyell deell; mainwaring: mannering; colquhoun: cahoon
calhoun; wemyss: weems; leveson: lewson; knowles: noles; wrigley: rigley; hepburn: hebburn; home: hume; gough: goff;
cohen: cohn kohn kahn cahn coen kagan kogan; levy: levi levin levine lewin levey; katz: kats; friedman: freedman
friedmann fridman; goldberg: goldburg; greenberg: grinberg gruenberg; rosenberg: rosenburg; schwartz: schwarz swartz
shwartz; shapiro: schapiro szapiro spiro; stern: sterne shtern; weiss: weisz wise; klein: kline cline; gross: grosz;
horowitz: horovitz hurwitz gurevich; rabinowitz: rabinovich rabinovitch; moskowitz: moskovitz; mohammed: muhammad
mohamed mohammad mohamud mohamoud maxamed; ahmed: ahmad axmed ahmet; hussain: hussein husain hossain hosain xuseen;
hassan: hasan xasan; ali: aly cali; khan: kahn; sheikh: shaikh shaykh shiekh sheik cheikh; siddiqui: siddique siddiqi
siddiquee siddiqa; qureshi: quraishi koreshi quereshi kureshi; choudhury: chowdhury chaudhry choudhry chaudhary
chowdhry chaudhuri chaudhari choudhary choudhery; miah: mia mian meah; begum: begam; khatun: khatoon khatton; bibi:
bi; akhtar: akhter aktar akter; uddin: udin ouddin; islam: eslam; rahman: rehman rahaman rahmaan; haque: haq hoque huq
hak; malik: malek; mirza: merza; butt: bhat bhatt; raja: rajah; ansari: ansary; hashmi: hashemi hashimi; zaidi: zaydi;
naqvi: naqavi; rizvi: rizwi; abbasi: abassi; baig: beg beig; bhatti: bhati; dar: dhar; javed: javaid jawed; kazmi:
kazimi kazemi; memon: menon; sadiq: sadique saddiq; saeed: said sayed syed; patel: patil; sharma: sarma; verma: varma;
mukherjee: mukerji mukhopadhyay mookerjee; banerjee: banerji bandyopadhyay bannerjee; chatterjee: chatterji
chattopadhyay; ganguly: gangopadhyay; bhattacharya: bhattacharjee bhattacharyya; das: dass dash; dutta: datta dutt;
ghosh: ghose; basu: bose; roy: ray rai; sen: sain; gupta: gupte; agarwal: aggarwal agrawal; joshi: joshy; mistry:
mistri; naidu: nayudu; nair: nayar; pillai: pillay; reddy: reddi; rao: row; iyer: aiyar ayer; iyengar: ayyangar;
singh: sing sinh sinha; kaur: kour; sidhu: sidhoo siddhu; dhillon: dhilon dillon; gill: gil; grewal: garewal; sandhu:
sandhoo; dhaliwal: dhariwal; sahota: sihota; bains: baines; virk: wirk; mann: maan; johal: jauhal; perera: pereira;
silva: desilva dasilva; fernando: fernandes fernandez; souza: sousa dsouza desouza; dias: diaz; gomes: gomez; lopes:
lopez; rodrigues: rodriguez; gonsalves: gonzalez goncalves gonzales; alvares: alvarez; martins: martinez; chen: chan
tan tran chin zhen tang chinn; huang: wong hwang vong ng ooi wee oei hoang huynh bong; wang: wong ong vuong heng; li:
lee ly lei rhee yi lie; zhang: chang cheung teo chong cheong truong tjong jang teoh; liu: lau low lew luu lao ryu yoo
liew; wu: ng goh ngo woo oh eng go; lin: lam lim lum im rim; zhou: chow chiu chau chou chew jo joo; zheng: cheng tay
chung trinh jung jeong chiang tee; xu: hui tsui hsu choi heo hoy koh khoo; zhu: chu choo chue gee ju; xie: tse hsieh
cheah chia ta; ye: yip yap ip yeh diep; yang: yeung yeo young duong ieong; zhao: chao chiu teo trieu jo cho; guo: kwok
kuo koay quach quek kwak; he: ho hoh ha hor; gao: ko kao go; luo: law lo loh la; liang: leung leong neo luong yang;
song: sung soong tong; deng: tang teng; feng: fung fong; cai: choi tsai chua chye choy tsoi thai; pan: poon phua phan;
yu: yue yee u du yoo; jiang: kiang keong kong gang kang chiang tsiang; lu: lo luk loke liok loo; su: so soo to; shen:
sum shum sim sam; zeng: tsang chan tjan tang tsan jeung; xiao: siu hsiao siew tieu; cheng: ching; du: to tu doh; ding:
ting; wei: ngai nguy goei; fang: fong hong png; shi: shek sek; hou: hau; tang: tong; kong: hung; zhong: chung; nguyen:
nguyan nuyen; pham: fam phan; vu: vo wu; le: lee; dang: tang; bui: boey; do: du dou; ho: hu; ngo: wu; kim: gim jin;
park: pak bak piao; choi: choe cui; jung: jeong chung; kang: gang; cho: jo; yoon: yun; lim: im; shin: sin; kwon:
gweon; adebayo: bayo; okafor: okoro okeke; eze: ezeh; nwosu: nwosa; mensah: mensa; owusu: owuso; boateng: boaten;
osei: ossei; acheampong: acheampon; asante: ashanti; appiah: apia; yeboah: yeboa; diallo: jallow jalloh; kamara:
camara; conteh: konteh; sesay: sesey; koroma: kuruma; bah: ba barrie; cham: tcham; ceesay: sissay sisay cisse; touray:
toure; jobe: diop; njie: ndiaye njai; sow: so; toure: touray; ndiaye: njie; novak: nowak novakova; petrov: petroff;
popov: popoff popa; kovac: kovacs kowal kovacevic; horvath: horvat; nagy: naj; szabo: sabo; toth: tot; varga: vargas;
ionescu: jonescu; popescu: popesco; yilmaz: yelmaz; ozturk: oztork; oksuz: oksus; celik: chelik; sahin: shahin;
yildiz: yeldiz; cetin: chetin; aydin: aiden; ozdemir: osdemir; simsek: shimshek; muller: mueller miller moeller;
schneider: snyder taylor; schulz: schultz shultz; schafer: schaefer shaffer; hoffmann: hoffman; meyer: meier maier
mayer myer myers meyers; becker: bekker; bauer: bower
`;
