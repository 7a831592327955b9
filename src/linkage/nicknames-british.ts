/*
 * Given names of England, Scotland, Ireland and Wales with the short forms, pet forms and spellings that people use.
 * A family is a head, a colon and its members, families parted by semicolons; a name may belong to several.
 */
export const britishFamilies = `
abigail: abi abbie abby abbey abigale abbigail gail; abraham: abe bram abram abrahams; adelaide: addie ada della adele
heidi; adrian: ade aidy adi adrien adriaan; adrienne: adriana adrianna addie; agatha: aggie; agnes: senga aggie nessie
nessa agness; aidan: aiden ayden aydan aodhan eadan edan; aileen: eileen ilene; aimee: amy ami amie aimie; alan: al
allan allen alun ailin; alastair: al ally alasdair alistair alister alisdair alistaire; albert: al bert bertie albie
alby; alec: alick alex; alexander: al alec alex alix alick sandy xander zander sasha sacha lex alexandre aleksander
aleksandr alessandro alejandro iskander alexandru alasdair alastair oleksandr aleksandar aleks sanya shura iskandar;
alexandra: alex alix ali sandra sandy sasha sacha lexie lexi alexa alexia aleksandra alessandra alejandra oleksandra
alexandria aleksa ola; alfred: alf alfie fred freddie freddy al alfredo; alice: ali allie ally alys alyce alis lissa;
alison: ali allie ally allison alyson allyson; aloysius: al lou; althea: thea; amanda: mandy manda mandi mandie
amandine; amelia: amy millie milly mel amalia emilia melia emelia; amy: aimee ami amie; andrea: andie andi andy dreya;
andrew: andy andi drew dandy andreas andre andres andrei andrey andrzej andriy andris anders andras aindreas; angela:
angie ange angelina angelika angel; angus: gus aonghus aengus innes; anita: nita anna ann; ann: anne annie nan nancy
nanny anna ana hannah anya ania; anna: ann anne annie anya ania ana hannah nan anka anca anusha hanna anouk; annabel:
bel bella belle anna annabelle anabel ann; anthony: tony ant anton antony antonio antoine antoni toni antonin anto
antanas; antonia: toni tonia antonina antonella nia; archibald: archie arch baldie; arnold: arnie; arthur: art artie
arturo artur; ashley: ash ashleigh ashlee; audrey: aud audie audra; augustus: gus augie august augustine austin
agustin; ava: eva; barbara: babs barb barbie bab barbra bobbie babette basia varvara; barnaby: barney barn barnabas;
barry: baz bazza barrie bas; bartholomew: bart bartlomiej bartek tolly; basil: baz bas vasily vasile vasil; beatrice:
bea bee trixie tris beatrix beattie beatriz trix; belinda: bel bella linda lindy; benedict: ben benny bennett benedikt
benito; benjamin: ben benny benji benjy bennie benyamin binyamin; bernadette: bernie bernadine detta; bernard: bernie
barney barnard bernardo; bertram: bert bertie; bethany: beth bethan bethanie; beverley: bev beverly; brandon: bran;
brenda: bren; brendan: bren breandan; brian: bri bryan bryn brion; bridget: bridie brid biddy breda brigid brigit
brigitte bridgette birgit bride; bronwen: bron bronwyn; caitlin: cait kate katie kaitlin kaitlyn katelyn caitlyn
catelyn kaitlynn kathleen catherine; calum: callum cal colm malcolm; cameron: cam; camilla: cam cammy milla millie
camille kamila; carl: karl charles carlo; carol: carole caz carrie carolyn caryl karol carroll; caroline: carrie caro
caz carol carolyn carolina karolina lina carolyne; casper: caspar jasper kasper; cassandra: cass cassie sandra;
catherine: cath cathy kate katie kath kathy kit kitty kay katy cat catharine catriona katherine kathryn katharine
kathrine cathryn catrin katrina katarzyna catalina caterina ekaterina yekaterina kateryna kasia katya kat katja karen
trina rina cathie kathie katheryn catarina katarina cait katrin; cecil: cec; cecilia: cec cissy celia cecily cissie
cecile sheila sisi cicely; chantelle: chantal shantelle shantel chan; charles: charlie charley chas chaz chuck carl
karl carlos carlo chip karol tearlach siarl; charlotte: charlie lottie lotte char charley chaz carlotta lotty
sharlotte; chelsea: chels chelsey chelsie; cheryl: chez cherie sheryl cher cherylle; chloe: chlo khloe cloe;
christian: chris christy kit cristian kristian krystian; christina: chris chrissie chrissy tina christine kirsty
kristina kirsten cristina christa krystyna xina krissy kris stina; christine: chris chrissie chrissy tina christina
kristine krystyna teenie; christopher: chris kit christy topher cris kris christoph cristobal krzysztof christophe
kristopher kester criostoir christos; clara: clare claire; claire: clare clair klara clara; clarence: clarrie;
claudia: claud; clifford: cliff; colin: col cole; conor: connor con conner konnor conchobhar; constance: connie con;
constantine: con costa kostas konstantin dinos costas constantin konstantinos; cordelia: delia cordy; cornelius: con
neil corny nelly; courtney: court kourtney; crispin: cris; cuthbert: bert; cynthia: cindy cyn cyndi sindy; cyril: cy
kirill; daisy: margaret; damian: damien damo demian; daniel: dan danny dannie danil daniil daniele daniyal danial
deniel deiniol; danielle: dani danni danny dannie daniela daniella ella; darren: daz dazza daren darran; david: dave
davy davey dai dafydd taffy davie dawid davide davit daud dawud dewi daithi daf; dean: deano; deborah: deb debs debbie
debby debra debora devora devorah; deirdre: dee didi dierdre; delia: dee; delilah: lila; delroy: roy del; denise: den
dee denice denyse; dennis: den denny denis denys dionisio denise; derek: del derrick deric dirk derick deryck; dermot:
diarmuid diarmaid dermott jeremiah; desmond: des dez; diana: di diane dianne dee dyan deanna; dilys: dil; dominic: dom
nic nick dominik domenico domingo dominick; dominique: dom nikki; donald: don donny donnie domhnall; donovan: don van;
doreen: dor reen; doris: dot; dorothy: dot dottie dolly dora dorothea dodie dory doll thea dorota; dougal: doug
dougie; douglas: doug dougie duggie; duncan: dunc dun; dylan: dyl dillon dilan; eamon: eamonn edmund eammon; ebenezer:
eb ben; edgar: ed eddie edgard; edith: edie ede dita; edmund: ed eddie ned ted eddy edmond eamon; edna: eddie; edward:
ed eddie eddy ned ted teddy edwards eduardo edouard eduard edvard edek ward iorwerth; edwin: ed eddie eddy ned win;
edwina: eddie winnie; eileen: aileen eily eibhlin evelyn elaine; eilidh: ailidh ellie helen eiley; elaine: laine
lainey elayne helen elena; eleanor: ellie nell nellie ella nora norah elinor eleanora elle lenore elenor leonora
eleonora ellen nelly; elijah: eli lige ilya elias elia ilyas; elizabeth: liz lizzie lizzy beth betty bess bessie eliza
elsie libby libbie lisa lise lily lilibet liza betsy bet bettie elsa elise elspeth elisabeth elisabet elisa ellie elle
isabel ela elzbieta lisbeth lizbeth lilly bethan ilse erzsebet elisaveta elizaveta yelizaveta lizabeth beta bettina
babette elisheva; ella: ellie el ellen; ellen: nell nellie ellie helen len elen nelly; elliott: eliot elliot ell;
elsie: elizabeth else; elvira: elvie; emily: em emmy millie milly emilie emilia emmie emeli; emma: em emmy ema emmie;
emmanuel: manny manuel emanuel manolo immanuel emanuele; eric: rick ricky erik rikki eryk; erin: eirinn; ernest: ernie
ern ernesto earnest; esme: may esmee; esmeralda: esme; esther: essie hester ester hetty esty; ethan: eitan; ethel:
eth; eugene: gene owen eoghan yevgeny evgeny eugenio eugen yevhen evgenii evgeni; eunice: younis; euan: ewan ewen euen
iain eoghan owen; eva: eve evie ewa evita eeva aoife; evan: ifan ieuan iefan jevan; evangeline: eve evie eva lina;
evelyn: eve evie ev lyn eveline evelina; ewa: eva eve; faith: fay faye; felicity: fliss flick lis fliccy; ferdinand:
ferdie fernando ferdy; fergus: fergie fearghas gus ferghus; finlay: fin finn finley findlay; fiona: fi fee fifi ffion;
florence: flo flossie florrie flora flor floss; frances: fran frannie fanny francie frankie cissie francesca franny
france francis; francesca: fran frankie cesca chessie frannie franca chesca franciszka; francis: frank fran frankie
franz francisco francesco frans franciszek paco pancho france franco proinsias; franklin: frank frankie; frederick:
fred freddie freddy rick fritz frederic fredrick frederik federico fryderyk friedrich; freda: freida frieda freddie
winifred; gabriel: gabe gab gabi gavriel jibril; gabrielle: gabby gabi gaby elle gabriella gabriela gabriele brielle;
gareth: gaz gary garth gar garet; garry: gary gaz gazza garri; gavin: gav gavan; gemma: gem jem jemma gems; genevieve:
gen jenny eve ginny viv; geoffrey: geoff jeff jeffrey jeffery jefferey geoffry jeffry godfrey; george: georgie geordie
jorge giorgio georg georges jerzy georgi giorgos georgios gheorghe yuri yuriy yorgos jiri sior seoirse jurgen juraj
gyorgy jorgen georgiy girgis jerjis; georgina: georgie gina georgia ina georgiana george gigi; gerald: ger gerry jerry
gerard garald geralt; geraldine: ger gerry deena dina; gerard: ger gerry jerry gerrard gerhard gerardo gearoid
garrett; germaine: jermaine; gertrude: gert gertie trudy trudi; gilbert: gil bert gib gilberto; giles: gil; gillian:
gill gilly jill jilly jillian gilian; gladys: glad gwladys; glenn: glen glyn; glenys: glen glenis glennis; gloria:
glo; gordon: gord gordy gordie; grace: gracie grazia gracia gracey graca; graham: gray grahame graeme gra; grainne:
grania granya; gregory: greg gregg gregor grigor gregorio grzegorz grigori grisha griogair hryhoriy; griffith: griff
gruff gruffydd griffin guto; gwendolyn: gwen wendy gwenda gwendoline gwendolen; gwyneth: gwyn gwen gwynneth; hannah:
hanna nan anna hana ann channah chana; harold: harry hal harald haroldo; harriet: hattie harrie hatty harriett harry
henrietta; harrison: harry; harry: harold henry harri; harvey: harve hervey herve; hayley: hailey haylee haley hailee;
heather: heth hev; hector: heck eachann; heidi: adelaide; helen: nell nellie nelly ellen helena elena ella lena leni
elaine eileen olena yelena halina jelena helene helga ilona eleni ellie; henrietta: hettie etta harriet henny hetty;
henry: harry hal hank enrique enrico henri heinrich henryk hendrik heinz harri hendrick hendry; herbert: bert bertie
herb heribert; hilary: hil hillary hilarie; hilda: hildy; holly: hollie; honor: nora norah honora honoria; horace:
horatio; howard: howie; hubert: bert hugh hubie; hugh: hughie huw hugo shug aodh huey hew ugo; hugo: hugh huey;
humphrey: hum wumphrey; ian: iain eoin john iwan ean; imogen: immy immie imo; ingrid: inga; iola: iolo; irene: renie
rene irena irina reenie iryna eirene; isaac: ike zac zak izzy ishaq isac izaak itzhak yitzhak ishak isak; isabel: bel
bella belle izzy issy isabella isabelle isobel iseabail ishbel sibyl isla elizabeth ysabel isabela izabella izabela
ysabelle tibby; isadora: dora izzy; isidore: izzy; isla: isabel; ivor: ifor; jacob: jake jack jakob jakub jay cobus
yakov yaakov yaqub jacobo giacomo iago jaco james jacques koby; jacqueline: jackie jacky jacqui jaqui jackey jacquie
lyn jaclyn jacquelyn jaqueline; jade: jada; james: jim jimmy jamie jem jimi jimmie jay seamus hamish jaime jacques
diego jago giacomo santiago iago seumas shamus jaimes; jamie: james jaimie jayme; jane: janie jan jayne jenny jean
janet sian sine shona jaine; janet: jan janey netta jessie nettie jennet janette jeanette jane shona seonaid sinead;
janice: jan janis jannice; jasmine: jas jaz jazz yasmin jazmin jasmin yasmine jazzy; jason: jay jase jayson jasun;
jasper: caspar jas; jay: jason jacob james; jean: jeannie jeanie jeanne jane sheena joan sine; jeanette: jean jan
nettie janette jeannette jenette; jeffrey: jeff geoff geoffrey jeffery; jemima: jem mima jemma; jennifer: jen jenny
jenni jennie jenna jenn jeni jenifer; jeremiah: jerry jem jeremy yirmiyahu; jeremy: jerry jez jem jezza gerry jerome
jeremi; jermaine: germaine jay; jerome: jerry hieronymus hieronim geronimo; jessica: jess jessie jessi jesse jesica;
jessie: jessica jess janet; jill: gill gillian jilly jillian; joan: jo joanie joanna siobhan siwan joni juana jeanne
jone joann; joanna: jo joanne anna joana joann jojo johanna joan asia giovanna ioana yoanna ivana; joanne: jo joanna
jojo joann; jocelyn: joss jos joyce jocelin; joel: yoel; john: jack johnny jon jonny johnnie jock jackie johny ian
iain sean shaun shane eoin evan ieuan iwan ifan juan jean giovanni gianni johann johannes hans ivan jan janos joao
ioan ion ioannis yannis yiannis yahya hanna janusz jaan jonas janek johan jens vanya jonathon yohannes sion sioni ivo
nino gian; jonathan: jon jonny jonnie john nathan jonathon johnathan jonatan jonty yonatan; jordan: jord jordy jordie
jordyn; joseph: joe joey jo jos giuseppe jose josef jozef pepe youssef yusuf yosef osip jody beppe seosamh pino iosif
ioseb josip yousef yousif; josephine: jo josie fifi jojo posy josepha josefina josefa fina; joshua: josh yehoshua
yeshua joss iosua; joyce: joy; jude: judas judah; judith: judy jude judi judie judit yehudit; julia: jules julie jill
julianne yulia giulia yuliya juliette; julian: jules jule julien jolyon giuliano julio; juliana: julie jules liana;
julie: jules julia juls juley; juliet: jules julie ju juliette; june: junie; justin: jus; justine: jus jussie; karen:
kaz kazza caren karin karyn karan karina; katharine: catherine kate katie kath kathy kay kit kitty; kathleen: kath
kathy kate katie kay kathlyn cathleen cath caitlin; katherine: catherine kate katie katy kath kathy kit kitty kat kay
katharine; kathryn: catherine kath kathy kate katie katy kat; kayleigh: kay kayley kaylee kailey keeley kaylie;
keeley: keely kealey; keith: kei; kelly: kel kell kelley kellie; kenneth: ken kenny kennie kenney cinaed coinneach;
kerry: kez kerri kerrie ceri keri; kevin: kev kevyn caoimhin kevan; kieran: kier ciaran kieron keiran kyran keiron;
kimberley: kim kimmy kimberly kym kimberlee; kirsten: kirsty kirstie kirstin christine kiersten; kirsty: kirstie
kirsten christina christine kirstin chirsty; kyle: kye; kylie: kyley kylee; lachlan: lachie lochie lauchlan; lance:
lancelot; laura: laurie lori laurel loz lora lauren; lauren: loz laura laurie loren lauryn; laurence: larry laurie loz
lawrence lorcan laurent lorenzo lars lawrie lorenz wawrzyniec lauri; lavinia: vinnie; leah: lia lea leia; leanne: lee
leeann leigh lianne leann; lee: leigh; leila: layla laila leyla; leo: leon leopold leonard lev leonardo; leonard: len
lenny leo lennie leonardo leonhard lennard; leonie: leo leona; leopold: leo poldi; leroy: roy lee elroy; leslie: les
lez lesley; lesley: les lez leslie; lester: les; lettice: letty; letitia: letty tish titia; lewis: lew louis louie
lewie luis ludwig; liam: william; lilian: lil lily lilly lillian lillie; lily: lil lilly lillie lilian elizabeth;
linda: lin lindy lyn lynda belinda; lindsay: linds lindsey lyndsay lyndsey lynsey linsey lin; lisa: liz elizabeth
leesa liza; llewelyn: lew llew lyn lee llywelyn; lloyd: floyd llwyd; lois: lo; lorna: lorn; lorraine: lori lorrie
raine rainy loraine laraine; louis: lou louie lewis luis ludovic ludwig luigi lajos; louise: lou lulu louisa lois
luisa louie luise; lucas: luke luca luc lukas lukasz luka; lucinda: lucy cindy luce cindi; lucy: luce lu lucie lucia
lucille luci lulu lucja; luke: lucas luca luc luka lukas lukasz louka; lydia: lyds liddy lidia; lynn: lyn lynne lin
linda lynette; lynette: lyn lynn linnet lynnette; mabel: may mab mabs amabel; madeline: maddie maddy mads lena
madeleine magdalena madelaine madelyn madge; magdalene: maggie magda lena maddie magdalena madeleine; maisie: maisy
margaret mae; malcolm: mal malc malky calum colm; mandy: amanda; marcus: marc mark marco marek markus marcos;
margaret: maggie meg mags madge marge margie peggy peg daisy greta rita maisie margot marjorie margery maggy meggie
peggie mairead margarita margherita margarethe gretchen mared megan malgorzata marguerite gosia mairi marged maighread
mysie gretel margareta margaretta marga; maria: mary marie mia ria mariya mariam miriam marja marya masha; marian:
mary marianne marion mari ann marianna mariana; marilyn: lyn mary marylin marilynn maralyn; marion: marian mary;
marjorie: marge margie margery jorie margaret; mark: marc marcus marco marek markos marko markus mac; marlene: marl
lena marlena; marmaduke: duke; martha: marty mattie patty marta marthe; martin: mart marty martyn marten marcin
martins martinus martijn mairtin; martina: tina marty martine; mary: may molly polly mamie maire mair mari moll
maureen marie maria mal minnie miriam mariam maryam moira marya mae masha myra mally; matilda: tilly tilda mattie maud
mathilda tillie mathilde; matthew: matt matty mat mathew matthias mateusz matteo mateo matei matthieu matthaus matvey
matas math matyas matias; maud: maude matilda; maureen: mo maur reenie moreen mary; maurice: mo maury morris moritz
mauricio maurizio moss morrie; mavis: mave; maximilian: max maxim maxi maximillian maximus maxwell maks; maxine: max
maxie; maxwell: max; may: mae mary mabel margaret; megan: meg meggie meghan megs meagan margaret; melanie: mel melly
lanie melany; melissa: mel missy lissa lisa; melvin: mel melvyn; mercy: mercedes merry; meredith: merry meredydd;
michael: mick mickey mike mikey micky mich michal mikhail miguel michel michele mihai mihail misha mikael miklos
mykola mykhailo mischa mikel mitch meical mikolaj mikhael micheal micah mihal; michelle: shell shelley mich chelle
michele mishelle shelly micky; mildred: millie milly; millicent: millie milly lissa; millie: milly mildred emily
camilla; miles: myles milo; miranda: mandy randy mira mirry; miriam: mim mirry mary maryam mimi mariam myriam;
mitchell: mitch; moira: maire moyra mary; molly: mollie mary moll; monica: mon monique moni monika mona; morag: mo;
morgan: morgs morgana; mortimer: mort morty; moses: mo moshe mose moises musa; muriel: mu meriel; myfanwy: myf fanny;
myrtle: myrt; nadine: nad nadia; nancy: nan nance ann agnes anne; naomi: nomi noemi nay noami naomie; natalie: nat
nattie talia natalia nathalie natalya tally natasha nata; natasha: tash tasha nat natalia tascha; nathan: nat nate
nath natan nathaniel; nathaniel: nat nate nathan nath nathanael; neil: neal niall niel neill nigel neale nial nyle;
neville: nev; niamh: neve nieve neev; nicholas: nick nicky nico nic nicolas niklas nikolai nikola nicola mikolaj
mykola nicolae nicko nikos nikolaos klaus claus colin nikolas nickolas mikalai nikita cole; nicola: nicky nikki nic
nicki nikky nichola nicole nicolette colette; nicole: nicky nikki nic nicki nicola nicolette colette; nigel: nige nij;
noel: nowell; noelle: noel noeleen; nora: norah honora eleanor noreen; noreen: nora noirin; norman: norm normie;
octavia: tavy tavia; olive: ollie olivia livvy; oliver: ollie olly noll oli olivier; olivia: liv livvy ollie libby
olive livia; orla: orlaith orlagh; oscar: osk ossie oskar; oswald: ozzy oz ossie; owen: ewan eoghan euan owain ewen
eoin; pamela: pam pammy; patricia: pat patty patsy trish tricia trisha paddy pattie patti padraigin patrizia patrycja;
patrick: pat paddy paddie rick patsy padraig patricio podge pauric padraic patryk paudie patrik; paul: paulie pol
pablo paolo pavel pawel pauli paulo paulus paulius pavlo pal; paula: pauline polly paulina; pauline: paul polly paula
paulina; pearl: peggy; penelope: pen penny nell poppy; percival: percy perce; perpetua: pet; peter: pete petie piers
pedro pierre pietro piotr petr petro peadar pyotr pieter petar petros petru per pat pedr perry boutros butrus; petra:
petronella pet; philip: phil pip flip phillip felipe philippe filip phillips filippo fulup; philippa: pip pippa phil
filippa phillipa philipa pippy; phoebe: phebe feebs; phyllis: phyl phil phylis; piers: pierce peter pearce; polly:
mary paula pauline molly; poppy: pop; priscilla: cilla pris prissy; prudence: pru prue; quentin: quin quint; rachel:
rach rae ray shelley rachael rachelle raquel rahel raechel racheal; ralph: rafe ralf raoul; ramona: mona; randolph:
randy dolph rudolph; raphael: raf rafe rafael raffaele rafal; raymond: ray ramon reamonn raimundo; rebecca: becky bec
becca becs reba bex beccy rebekah rivka rebeca beckie becki; reginald: reg reggie rex reynold; rhiannon: rhi non;
rhys: reece rees reese; richard: rick ricky dick dickie rich richie dicky rickie ricardo riccardo ritchie rico ryszard
risteard richy hick; robert: rob bob bobby robbie robin bert rab rabbie roberto robb robby bobbie roby roibeard
robertas; roberta: bobbie robbie bertie bobby robin; robin: rob robyn robert robbie; roderick: rod roddy rory rick
rodrigo ruaridh; rodney: rod rodders; roger: rog rodge rodger ruggero hodge rogelio; roland: rolly rowland rollo
orlando rolando; ronald: ron ronnie ronny rhonald ranald; rory: ruairi ruaridh ruari roderick ruaidhri rhory;
rosalind: ros roz rosalyn rosalynd rosaline linda; rosamund: ros roz rosamond; rose: rosie rosa rosy roisin rosalie
rosheen; rosemary: rosie rose romy ros roz rosemarie mary; rowena: ro weena; roxanne: roxy roxana; roy: leroy; ruby:
rubie; rudolph: rudy rolf dolph rudolf; rufus: rufe; rupert: rupe; russell: russ rusty russel; ruth: ruthie; ryan: ry
rian; sabrina: brina sab; sally: sal sarah sallie; samantha: sam sammy sammie sami mantha; samuel: sam sammy samuele
sammie shmuel samuil; samson: sam; sandra: sandy san sandie alexandra sandi cassandra; sarah: sal sally sara sadie
zara sarrah sorcha sarai sairah sarina; scarlett: scarlet lettie; scott: scotty; sean: shaun shawn shane john jon sion
shaughan; sebastian: seb bas bastian sebby sebastien baz; selina: lena celina selena; shannon: shan; sharon: shaz
shazza shari sharron sharryn sharan; sheila: shelia sheelagh shelagh sile cecilia sheelah; shelley: shell michelle
rachel shirley; shirley: shirl shelley; sian: jane shan; sidney: sid syd sydney; simon: si sime simeon shimon simone
semyon symon szymon; simone: sim simona; sinead: janet shinead; siobhan: joan shivaun shevaun chevonne shiv siobhain;
sophia: sophie soph sofia zofia sofie sonia sofya sonya; sophie: soph sophia sofia sofie; spencer: spence; stacey:
stace stacy anastasia eustacia staci stacie; stanley: stan; stella: estelle stel; stephanie: steph stef steff
stephenie stefania stevie stefanie fanny stephany; stephen: steve stevie ste steven stefan esteban stephan etienne
stefano steffan szczepan stepan istvan estevan stiofan steph stephane stevan stefanos; stuart: stu stewart stew;
susan: sue susie suzie suzy susannah susanna suze siouxsie suzanne su zuzanna shoshana sukie; susannah: sue susie
suzie susan susanna suzanna zuzanna anna hannah; suzanne: sue suzie suzy zanne susan susanne; sybil: sib syb sibyl;
sylvester: sly silvester vester; sylvia: syl silvia sylvie; tabitha: tabby tab; tamara: tam tammy mara tamar toma;
tamsin: tam tammy thomasina tamsyn tamzin; tanya: tan tania tatiana; tegan: teg; terence: terry tel tez terrance
terrence terance; teresa: terri tess tessa tracy theresa terry tessie trish therese tereza resi teresia; thaddeus: tad
thad teddy tadeusz tadhg; theodora: dora thea theo; theodore: theo ted teddy fyodor teodor theodoros fedor todor
tudor; thomas: tom tommy tomos tomas tam tammy thom tomasz tommie toma tommaso tamas tamhas twm foma; tiffany: tiff
tiffy; timothy: tim timmy timofey timo timmie tymoteusz; tina: christina christine martina valentina teena; tobias:
toby tobi; toby: tobias tobie; tracy: trace tracey traci tracie theresa; trevor: trev trefor; tristan: tris tristram
trystan tristam; tyler: ty tylor; tyrone: ty; una: oona oonagh unity; ursula: ursie urszula orsola; valentine: val
valentin; valerie: val valeria valery; vanessa: ness nessa van nessie; vaughan: vaughn von; vera: veronica; vernon:
vern verne; veronica: ron ronnie vera nica roni veronika weronika; victor: vic vick viktor vittorio vik wiktor;
victoria: vicky tori vic vicki vickie vikki toria viktoria viki wiktoria torie viktoriya tory; vincent: vin vince
vinny vinnie vincenzo vicente wincenty; viola: vi; violet: vi violetta letty; virginia: ginny ginger gina ginnie;
vivian: viv vivien vivienne viviane vyvyan; wallace: wally wal; walter: wal wally walt wat gualtiero; wendy: wend
gwendolyn; wilfred: wilf fred freddie wilfrid; wilhelmina: billie mina minnie willa wilma; william: will bill billy
willie willy liam wills gwilym guillermo wilhelm bil guillaume guglielmo wil wim uilleam billie vilmos gwil guy;
winifred: win winnie freda fred gwenfrewi; winston: win; xavier: javier zav xav; yvette: eve evie vettie ivette;
yvonne: von vonnie eve ivonne evonne; zachary: zac zach zak zack zachariah zakariya zachery zakaria zechariah; zara:
sara zahra; zoe: zo zoey zoi
`;
