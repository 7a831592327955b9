/*
 * Given names that came to Britain from elsewhere: short forms, pet forms, spellings in which one name is written.
 * A family is a head, a colon and its members, families parted by semicolons; a name may belong to several, also to
 * British ones.
 */
export const worldFamilies = `
agnieszka: aga agusia agnes; aleksandra: ola olka alexandra sandra; aleksander: alek olek alex; andrzej: andrew jedrek
andrej; anna: ania anka hania anula; bartosz: bartek bart bartlomiej; beata: beatka; boguslaw: bogdan bogus; bogdan:
bohdan bogdi; bozena: bozenka; czeslaw: czesiek; dagmara: daga; danuta: danka danusia; dariusz: darek; dorota: dorotka
dorothy; edyta: edith edytka; elzbieta: ela elka elizabeth; ewa: ewka ewelina; ewelina: ewa evelina; grzegorz:
grzesiek grzes gregory; halina: halinka; hanna: hania; ireneusz: irek; izabela: iza isabel; jadwiga: jadzia hedwig;
jakub: kuba james jacob; jan: janek jas john; jaroslaw: jarek yaroslav; jerzy: jurek george; joanna: asia joasia;
jozef: jozek joseph; julia: julka; justyna: justine; kacper: casper kacperek; kamil: camil; karolina: karola caroline;
katarzyna: kasia kaska kate catherine; kazimierz: kazik; krystyna: krysia christine; krzysztof: krzysiek krzys chris
kris christopher; leszek: lech; lukasz: luke lukaszek; maciej: maciek matthew; magdalena: magda madzia maggie;
malgorzata: gosia malgosia margaret; marcin: martin marcinek; mariusz: mario marius; mateusz: matthew mati; michal:
michael misiek; mieczyslaw: mietek; miroslaw: mirek; monika: monica; natalia: nat; patrycja: patricia; pawel: paul
pawelek; piotr: peter piotrek; przemyslaw: przemek; radoslaw: radek; rafal: raphael; ryszard: rysiek richard;
slawomir: slawek; stanislaw: staszek stan stas stanley stanislav; tadeusz: tadek; tomasz: tomek thomas tom; urszula:
ula ursula; waldemar: waldek; wiktor: victor; wieslaw: wiesiek; wladyslaw: wladek vladislav vladyslav; wojciech:
wojtek adalbert; zbigniew: zbyszek zbig; zdzislaw: zdzisiek; zofia: zosia sophia; zygmunt: zygi; szymon: simon;
adrian: adi adrianus; alexandru: alex sandu; andreea: andrea andra; catalin: cata; catalina: cata; constantin: costel
costica dinu; cristian: cristi christian; cristina: cristi; daniela: dana; dumitru: mitica dima demetrius; elena: lena
ileana helen alyona yelena olena; florin: florian; gabriela: gabi; gheorghe: gigi george ghita; ioan: ion ionut ionel
john nelu; ionut: ion ioan; iulian: julian; iuliana: juliana; laurentiu: laurence; liviu: livius; lucian: luci;
marius: mario; mihaela: michaela ela miha; mihai: michael misu; nicolae: nicu nelu nicholas; oana: ioana joanna;
petru: peter petrica; roxana: roxy; simona: simone; stefan: stephen fane; stefania: stephanie; tiberiu: tibi;
valentin: vali; vasile: basil vasilica; algirdas: algis; andrius: andrew; antanas: anthony; arturas: arthur; darius:
dariush; edvardas: edward; gintaras: gintas; jonas: john; juozas: joseph; jurgis: george; kestutis: kestas;
kazimieras: kazys; paulius: paul; petras: peter; povilas: paul; rimantas: rimas; tomas: thomas; vytautas: vytas;
zigmas: sigmund; agne: agnes; jurgita: georgina; kristina: christina; ruta: ruth; janis: john; andris: andrew; ilze:
elizabeth; inese: agnes; juris: george; karlis: charles; peteris: peter; mohammed: mo muhammad mohammad mohamed
muhammed mohamad muhammet mehmet mehmed mahomed mohamud md mohd mamadou moe mohammod muhamad mohamet mohammmed mamadu
momodou maxamed mahamed; ahmed: ahmad ahmet ahmedou ahmat amadou axmed achmed ahamed; mahmood: mahmoud mehmood mahmud
mahamoud mahmut maxamuud; hamid: hameed hamidur; hamza: hamzah hamze xamse; ali: aly alee cali; hassan: hasan hasson
xasan hasaan; hussain: hussein husain hossain hosain hussien husayn huseyin husein hossein xuseen hussen; umar: omar
omer umer cumar oumar; usman: uthman osman othman usmaan ousmane cismaan; abubakr: abubakar abu bakr boubacar
aboubakar; abdullah: abdallah abdulla abdulah abdoulaye abdellah abdul cabdullahi abdullahi; abdulrahman: abdurrahman
abdelrahman abdirahman abdur abdul rahman cabdiraxmaan abdurahman abderrahmane abdourahmane; abdulaziz: abdelaziz
abdul aziz abdiaziz; abdulkarim: abdelkarim abdul karim abdikarim; abdulkadir: abdelkader abdulqadir abdul qadir
abdikadir abdulkader; abdulrahim: abdul rahim abdirahim abdelrahim; abdulmalik: abdelmalek abdul malik; khalid: khaled
khalide; khalil: khaleel halil xaliil; waleed: walid oualid; saeed: said saed sayeed sayed saiid siciid; yusuf: yousuf
yousef yusef youssef yousif yusof joseph yuusuf usuf yousaf yusaf; younis: yunus younus yunis jonah younes; ibrahim:
ebrahim ibraheem abraham ibrahima ibraahim brahim ibo; ismail: ismael ishmael esmail ismaeel ismaaciil; ishaq: isaac
ishak; yaqoob: yaqub yakub jacob yacoub yakoub; musa: moussa mousa moses muuse; isa: eesa issa essa jesus ciise;
dawood: dawud daud david dawoud daoud; sulaiman: suleiman sulayman solomon suleman soliman saleban saleebaan suleyman;
haroon: harun aaron haroun haaruun; zakariya: zakaria zak zachary zacharia; yahya: yehia john yahia; adam: adem aden
aadan; ayub: ayoub job ayoob eyup; tariq: tarek tarik tareq; tahir: taher; talha: talhah; bilal: belal bilaal; ammar:
amar; yasir: yasser yaser; mustafa: mostafa moustafa mustapha mustafe; reza: raza rida riza ridha; jafar: jaffar
jaafar jaffer; haider: haidar hyder haydar hayder; abbas: abas cabbaas; saleh: salih salah saalax; faisal: faysal
feisal feysal; sami: samy; samir: sameer sameir; karim: kareem kerim; rahim: raheem; rashid: rasheed rachid raashid;
majid: majeed maged; nabil: nabeel; nasir: naser nasser nassir; masood: masud massoud; qasim: kasim qassim kassim;
amir: ameer aamir emir amer; anwar: anver enver anouar; akram: akrem; ashraf: achraf; iqbal: ikbal eqbal; arshad:
irshad; bashir: basheer bachir; jamal: gamal jamaal djamel cemal; jamil: jameel gamil cemil djamil; habib: habeeb
habibur; shahid: shaheed; shafiq: shafique shafeeq; zia: ziya ziaur; asim: aasim; imran: emran imraan; ghulam: gulam;
farooq: faruk farouk faruq; kamal: kemal kamaal; malik: malek maalik; mukhtar: mokhtar; nadeem: nadim; naeem: naim;
waseem: wasim wassim; rafiq: rafique rafeeq; shakil: shakeel; shabir: shabbir; tanveer: tanvir; zubair: zubayr zoubir;
riaz: riyaz riyad; sajid: saajid; sohail: suhail sohel suhel; junaid: junayd jounaid; khurram: khuram; liaqat:
liaquat; mansoor: mansur mansour; moin: moeen muin; mubashir: mubasher; pervez: parvez parviz perwaiz; qaiser: kaiser;
rizwan: ridwan rezwan; saif: seif saifur; shoaib: shuaib; usama: osama; wahid: waheed; yasin: yaseen yassin yassine;
fatima: fatema fatimah fatma fathima faduma faadumo fatou fatoumata fatime; aisha: ayesha aysha aicha ayisha aishah
aishat asha caasha eisha ayse; khadija: khadijah hadija khadeeja kadija khadiija hatice kadijatu khadijat; zainab:
zaynab zeinab zeynep zaineb seynab zenab; maryam: mariam maryan miriam mary meryem maryama mariama; amina: aminah
aminata aamina emine ameena; sarah: sara saara sarra sarai; layla: laila leila leyla lela; noor: nur nour noora nura;
salma: selma salmah; samira: sameera samirah; sumaya: sumayya sumaiya soumaya; nadia: nadiya nadya naadiya; ruqayya:
ruqaya rukia ruqaiya rukaya roqaya; halima: halimah haleema xaliimo haliimo; jamila: jameela jamilah; latifa: latifah
lateefa; yasmin: yasmeen jasmine yasemin yasmina yasmine; shaima: shaimaa shayma; iman: eman imaan; asma: asmaa esma;
bushra: boushra bouchra busra; hanan: hanaan; zahra: zara zahrah zehra zahara; safiya: safia safiyya sofia safiyyah;
tahira: tahirah; farida: fareeda; nasreen: nasrin nesrin; parveen: parvin perveen; rashida: rasheeda; razia: raziya;
rehana: rihana reyhan; rubina: rubeena; sadia: sadiya saadia; saima: saimah; sakina: sakinah; shabana: shabanah;
shahida: shaheeda; shamim: shameem; shazia: shaziya; tasneem: tasnim; zubaida: zubeida; naseem: nasim nesim; kulsum:
kulsoom kalsoom kalthum ummkulthum; robina: rubina; bibi: bebe; nazia: naziya; nazma: nasma; hafsa: hafsah hafsat;
habiba: habibah habibat; mariam: mariama; khalida: khaleda; nusrat: nusret; rabia: rabiya rabeya; rashed: rashid;
mizanur: mizan; abdur: abdul; shofiqul: shafiqul; rafiqul: rofiqul; nazrul: nozrul; aminul: amin; kamrul: qamrul;
tofayel: tufail; sirajul: siraj; shah: sha; jahangir: jahangeer; monir: munir moneer; mostofa: mustafa; faruque:
farooq; habibur: habib; anisur: anis; azizur: aziz; mujibur: mujib; ruhul: rohul; salim: saleem selim; sheikh: shaikh;
taslima: tasleema; nasima: naseema; rokeya: ruqayya; shirin: shireen sherin; hasina: haseena; momtaz: mumtaz; ferdous:
firdaus ferdaus; jesmin: jasmine; sabina: sabeena; monowara: munawara; khaleda: khalida; amarjit: amar amarjeet;
amandeep: aman amandip mandeep; amrit: amrita amritpal; baljit: baljeet bal; baljinder: balginder; balwinder:
balvinder bal; bhupinder: bhupi bhupendra; daljit: daljeet; davinder: devinder davy dave; gurdeep: gurdip; gurpreet:
gurprit gopi preet; gurmeet: gurmit; gurjit: gurjeet; gurvinder: gurwinder; harbans: harbhans; hardeep: hardip harry;
harjit: harjeet harj; harjinder: harj; harminder: harmindar; harpreet: harprit harry; harvinder: harwinder; inderjit:
inderjeet indy; jagdeep: jagdip jag; jagjit: jagjeet; jaspal: jas; jaspreet: jas jasprit jassi; jaswinder: jas
jasvinder jassi; jatinder: jatindar; kamaljit: kamaljeet kam; karamjit: karamjeet; kuldeep: kuldip; kulwinder:
kulvinder; lakhvir: lakhbir; lakhwinder: lakhvinder; mandeep: mandip; manjit: manjeet manj; maninder: mani; manpreet:
manprit; navdeep: navdip nav; navjot: nav; paramjit: paramjeet param pam; parminder: parmindar; prabhjot: prabh;
rajinder: rajendra raj; rajvinder: raj; ranjit: ranjeet; ravinder: ravindra ravi; sandeep: sandip sunny; satinder:
satindar; simran: simranjit simi; sukhdeep: sukhdip sukh; sukhjit: sukhjeet sukh; sukhvinder: sukhwinder sukh;
surinder: surendra; surjit: surjeet; tajinder: tejinder taj; talwinder: talvinder; varinder: virender virendra;
joginder: jogindar; mohinder: mahinder; narinder: narendra; ajay: ajai; akshay: akshai; amit: ameet; anjali: anju;
anita: aneeta; arjun: arjan; arvind: arvinder; ashok: asok; bharat: bharath; chandra: chander; deepak: dipak; deepika:
dipika; dilip: dileep; geeta: gita geetha; girish: gireesh; harish: hareesh; hitesh: hit; jyoti: jyothi joti; kamala:
kamla; kishore: kishor; krishna: krish krishnan; lakshmi: laxmi lakshmy; lalita: lalitha; manish: maneesh; meena:
mina; neeta: nita; nilesh: neelesh; pradeep: pradip; prashant: prasanth; pravin: praveen; preeti: priti preethi;
rajesh: raj; rajiv: rajeev raj; sangeeta: sangita; sanjay: sanj sunjay; satish: sateesh; savita: savitha; seema: sima;
shanti: shanthi; shobha: shoba; sita: seeta; sunil: suneel; sunita: suneeta; sushila: susheela; swati: swathi; vijay:
vijai; vikram: vik vikki; subramaniam: subramanian subramanyam mani; venkatesh: venkat; murugan: murukan; karthik:
kartik; siva: shiva; kumaran: kumar; abdi: cabdi abdirahman abdullahi; abdirizak: abdirizaq abdirisaq abdul razak
abdulrazak; farah: faarax farax; warsame: warsama; hirsi: xirsi; jama: jaamac jamac; nur: nuur noor; omar: cumar;
hodan: hodon; ifrah: ifra; sahra: zahra saxra; fadumo: fatima faduma; asha: aisha; habibo: habiba; hawa: xaawo hawo;
ayaan: ayan; deqa: deka; ubah: ubax; sagal: saagal; muna: mona; guled: guuleed; liban: libaan; mahad: mahat; yasmiin:
yasmin; zakariye: zakariya; hibo: hiba; sucdi: suad; nimco: nimo; bile: bilal; adebayo: bayo ade debayo; adekunle:
kunle ade; adewale: wale ade; adeola: ade ola; adeyemi: yemi ade; ademola: demola ade; aderonke: ronke; adesola: sola
shola; ayodele: ayo dele; ayodeji: ayo deji; babajide: jide baba; babatunde: tunde baba; bolanle: bola; bukola: bukky
bukonla; damilola: dami lola; ebunoluwa: ebun; femi: olufemi; folake: folakemi; folasade: sade shade; funmilayo:
funmi; gbenga: olugbenga; ibironke: ronke; ifeoluwa: ife; kehinde: kenny; kolawole: kola; modupe: dupe; morenike:
nike; olabisi: bisi; oladipo: dipo ladipo; olamide: lamide; olanrewaju: lanre; olawale: wale; olayinka: yinka;
oluwaseun: seun; oluwatobi: tobi; oluwatoyin: toyin; oluwafemi: femi olufemi; oluwakemi: kemi; oluwadamilola: damilola
dami; oluwaseyi: seyi; olusegun: segun; olusola: sola shola; olumide: mide; olajide: jide; olatunji: tunji; omolara:
lara; omotola: tola; oluwatosin: tosin; oyinkansola: oyinkan; sade: folasade; taiwo: taiye; temitope: temi tope;
temitayo: tayo; titilayo: titi; titilola: titi; tolulope: tolu; yetunde: yewande; omolade: lade; opeyemi: ope yemi;
oluremi: remi; aderemi: remi; oluwabunmi: bunmi; olubunmi: bunmi; adaeze: ada; amaka: chiamaka nwamaka; chiamaka:
amaka; chibuike: chibu; chibuzo: chibuzor; chidi: chidiebere; chidiebere: chidi ebere; chidinma: chidi dinma;
chigozie: gozie; chijioke: jioke; chinedu: nedu edu; chinonso: nonso; chinwe: chinwendu; chizoba: zoba; chukwudi:
chudi; chukwuemeka: emeka; chukwuma: chuma; emeka: chukwuemeka nnaemeka; ifeanyi: ify; ifeoma: ify; ikechukwu: ike
iyke; ikenna: ike; kelechi: kele kelz; kenechukwu: kene; nkechi: nkechinyere; nkiruka: kiki; nnamdi: namdi; obinna:
obi; okechukwu: okey; onyeka: onyekachi; onyinye: onyinyechi; somtochukwu: somto; tochukwu: tochi; tobechukwu: tobe;
uche: uchenna; ugochukwu: ugo; uzoma: uzo; abena: abenaa; adjoa: adwoa ajua; afia: efua; akosua: esi; akua: akuba;
ama: amma; ekow: yaw; kofi: coffie; kojo: cudjoe jojo kwadwo; kwabena: kobina ebo kobena; kwadwo: kojo; kwaku: kweku;
kwame: kwamena; kwasi: kwesi quasi; yaa: yaaba; yaw: ekow yao; emmanuel: manu; esi: akosua; araba: abena; aba: yaa;
ahmet: ahmed; ayse: aisha; cem: djem; cemal: jamal; emine: amina; fatma: fatima; halil: khalil; hasan: hassan; hatice:
khadija; huseyin: hussain; kemal: kamal; mehmet: mohammed memo; murat: murad; omer: umar; osman: usman; recep: rajab;
suleyman: sulaiman; zeynep: zainab; tugba: tuba; azad: azadi; dilan: dylan; hemin: hemn; karwan: karvan; rebin:
rebeen; sherko: shirko; shwan: shivan; kawa: kaveh; joao: john juan; jose: joseph zeca; antonio: anthony tonio toninho
toni; manuel: manny emmanuel manolo; maria: mary maroula; ana: anna; paulo: paul; pedro: peter; luis: louis; carlos:
charles; jorge: george; francisco: francis chico paco; joaquim: joaquin quim; miguel: michael; rui: roy; tiago: james
santiago thiago; duarte: edward; diogo: diego james; goncalo: gonzalo; ines: agnes; beatriz: beatrice; filipe: philip;
rafaela: raphaela; susana: susan; teresa: theresa; conceicao: concepcion; fernando: nando ferdinand; rodrigo:
roderick; guilherme: william; juan: john; javier: xavier javi; alejandro: alex alexander; ignacio: nacho; enrique:
quique henry; guillermo: william memo; jesus: chucho; concepcion: concha conchita; dolores: lola; rosario: charo;
pilar: pili; mercedes: merche; consuelo: chelo; guadalupe: lupe; isabel: isa; esperanza: hope; rafael: rafa; roberto:
berto; alberto: berto; ramon: raymond; eduardo: lalo; soledad: sole; giuseppe: joseph beppe peppe pino; giovanni: john
gianni nino; luigi: louis gigi; francesco: francis franco ciccio; salvatore: toto turi sal; vincenzo: enzo vincent;
lorenzo: enzo renzo; alessandro: sandro alex; domenico: mimmo; gaetano: tano; giacomo: james; pietro: peter; matteo:
matthew; marco: mark; andrea: andrew; nicola: nicholas; michele: michael; raffaele: lele; stefano: stephen; caterina:
catherine rina; giuseppina: pina josephine; antonella: nella; francesca: franca; lucia: lucy; chiara: clare; giulia:
julia; elisabetta: betta elisa; carmela: carmelina; concetta: tina; aleksei: alexei alexey alyosha lyosha aleksey
oleksiy oleksii alexis; anatoly: anatoliy tolya anatolii; anastasia: nastya anastasiya stacy asya anastasiia tasia;
andrei: andrey andrew andriy andrii; anton: anthony tosha; arkady: arkadiy; boris: borya borys; daria: darya dasha
dariia; denis: dennis; dmitri: dmitry dimitri dima mitya dmytro dmitriy dimitrios demetrius; ekaterina: katya
yekaterina kateryna catherine kate; evgenia: zhenya yevgenia eugenia; evgeny: zhenya yevgeny eugene yevhen; fyodor:
fedor fedya theodore; galina: galya halyna; gennady: gena hennadiy; georgy: george gosha zhora georgiy; grigory:
grisha gregory hryhoriy grigoriy; igor: ihor; ilya: ilia illia elijah; irina: ira iryna irene irisha; ivan: vanya
john; kirill: kyrylo cyril kiril; konstantin: kostya constantine kostiantyn; ksenia: xenia oksana kseniya; larisa:
lara larysa; leonid: lyonya leonard; lev: leo; lidia: lydia lida; lyubov: lyuba liubov; lyudmila: ludmila lyuda
liudmyla mila; maksim: maxim max maksym; margarita: rita margaret; marina: maryna; mikhail: misha michael mykhailo;
nadezhda: nadia nadya nadiia hope; natalya: natalia natasha nataliya natalie nataliia; nikita: mykyta; nikolai:
nikolay kolya nicholas mykola; oksana: ksenia oxana; oleg: oleh; olga: olya olha; pavel: pasha paul pavlo; pyotr:
petya peter petro; polina: pauline; roman: roma; sergei: sergey serhiy serge seryozha serhii sergiy; sofia: sonya
sophia; stanislav: stas; stepan: stephen; svetlana: sveta svitlana lana; tatiana: tanya tatyana tetiana tania; vadim:
vadym; valentina: valya tina valentyna; valery: valera valeriy; varvara: varya barbara; vasily: vasya vasyl basil;
vera: vira; victor: vitya viktor; viktoria: vika victoria viktoriia; vitaly: vitalik vitaliy vitalii; vladimir: vova
volodya volodymyr vlad wladimir; vladislav: vlad vladyslav; vyacheslav: slava viacheslav; yaroslav: slava yaroslava;
yekaterina: ekaterina; yulia: yuliya julia yuliia; yuri: yuriy george yurii iurii; zinaida: zina; bohdan: bogdan;
danylo: daniel danil; halyna: galina; ivanna: joanna; lesya: oleksandra olesya; mariya: mary maria mariia; oleksandr:
sasha alexander olexandr; jovan: john jovo; slobodan: boban; zoran: zoki; arben: ben; jiri: george; vaclav: wenceslas
vasek; katerina: katka; jozsef: joseph; laszlo: leslie laci; sandor: alexander; zoltan: zoli; gabor: gabriel; ferenc:
francis feri; istvan: stephen pisti; katalin: kati; miklos: nicholas; tibor: tibi; erzsebet: elizabeth erzsi; dimitar:
dmitri mitko; georgi: george; ivaylo: ivo; krasimir: krasi; todor: theodore; vasil: basil; ioannis: yannis giannis
john yiannis; dimitrios: dimitris jim mitsos demetrios dmitri; konstantinos: kostas costas dinos; georgios: giorgos
george yiorgos; nikolaos: nikos nick; panagiotis: panos takis panayiotis; vasilios: vasilis bill; athanasios: thanasis
nasos; christos: chris; eleni: helen elena; aikaterini: katerina; andreas: andrew; savvas: sav; stavros: steve;
sotiris: sotirios; spyridon: spyros; xiaoming: hsiaoming; wei: way; jie: chieh; jun: chun; qiang: chiang; jing: ching;
xin: hsin; xiu: hsiu siu; zhen: chen jen; zhi: chih; hui: hwei; mei: may; ming: min; yong: yung; hong: hung; cheng:
cheung; guo: kuo kwok; jian: chien kin; ying: yin; hao: ho; zhong: chung; rong: jung wing yung; xue: hsueh; yan: yen;
yi: yee; ling: lin; fang: fong; hua: wah; ping: pin; wen: man mun; qing: ching; feng: fung; long: lung; dung: dzung;
duc: duk; quang: kwang; thanh: tan; avraham: abraham avi; yaakov: jacob kobi; yitzhak: isaac itzik; moshe: moses
moishe moe; shlomo: solomon shloime shloimy; shmuel: samuel shmuly; yehuda: judah yudi; yosef: joseph yossi yossel;
dovid: david dudi; chaim: hyman hyam haim; mordechai: mordecai motty motti; menachem: mendel mendy; yisroel: israel
srulik yisrael; eliyahu: elijah eli; pinchas: phineas pinny pinchos; yechezkel: ezekiel chezky; zvi: tzvi hirsch
hershel; dov: ber berel; aryeh: leib arye; zeev: wolf; baruch: boruch benedict; naftali: naphtali tuli; rivka: rebecca
rivky; leah: leia laya; rochel: rachel ruchy; chana: hannah chani; devorah: deborah devoiry; esther: esty; miriam:
miri mirel; sara: sarah suri; shoshana: shosh rose susan; yocheved: yochi; chava: eve; malka: malky; bracha: bruchy;
gittel: gitty; tzipporah: zipporah tzippy; avigail: abigail; yehudit: judith; hadassah: dassy; dawit: david; selam:
selamawit; solomon: sol shlomo suleiman; tesfaye: tesfa; tewodros: theodore teddy; yohannes: john; yonas: jonah;
michael: mikael; juma: jumah; wanjiku: ciku; tinashe: tina; nokuthula: thula; khadijatu: khadija; fatmata: fatima;
aminata: amina; mamadou: mohammed; ousmane: usman; ibrahima: ibrahim; moustapha: mustafa; cheikh: sheikh; seydou:
said; farhad: ferhad; kourosh: cyrus; mehdi: mahdi; mohsen: muhsin mohsin; omid: omed; soraya: suraya; zohreh: zahra;
najib: najeeb; gul: gull; najibullah: najib; rahimullah: rahim; zabihullah: zabi; ahmadullah: ahmad; sayed: syed
sayyid said; hamidullah: hamid; amanullah: aman; habibullah: habib; esmatullah: esmat; noorullah: noor; naqibullah:
naqib
`;
