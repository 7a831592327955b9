/**
 * Sentences written after the list, in three lots. At first reading 66 of 80 control-room entries came out right, 47 of
 * 60 as callers speak, and, after classes of fault had been mended, 33 of 40 mixed. Every fault but one (an old date
 * taken for now) was something missed. What was found since is mended too, so these guard and no longer measure.
 * Each has a line of what is wanted (danger, no danger, either) and the kinds that must be told, and a line of words.
 */
export const entries = `
either: heard-second-voice
Operator states open line, female can be heard pleading with a male, then sound of a slap and line terminated
either: heard-argument
Silent call, tapped handset when asked if she needs police, male shouting in the background
either: heard-second-voice
Called back, male answered and said she's fine, she's asleep
either: 
Caller ordering a pizza, answers yes when asked if he can hear her
either: heard-crying
Caller asked for a taxi and gave yes and no answers, crying
either: heard-whispering
Says it was a mistake, someone whispering to her while she answered
danger: suspect-returning
She left him six weeks ago and he has sent sixty messages today saying he'll find her
either: 
He told her if he can't have her nobody will
danger: past-violence-warning, suspect-present
He breached his bail and is parked outside her work
either: domestic-named
Respondent turned up at the address in breach of the non-mol
danger: self-harm
He threatened to kill himself if she leaves
danger: child-at-risk
He killed the family dog in front of the children last week
danger: hurt
She is eight months pregnant and he kicked her in the stomach
danger: strangling, family-as-source
Partner put a belt round her neck on Sunday
danger: 
He held her head under the bath water
danger: held-or-followed
IP reports stalking by former colleague, car seen outside three nights running
either: 
Daughter says her father will send her abroad to be married
danger: suspect-returning, threat-to-life
Caller says her uncles are looking for her and will kill her for the family's honour
either: 
Male out of custody an hour ago and already ringing her phone
danger: weapon
He has a firearms licence and shotguns in the house and said he will use them
danger: weapon
Group of males with bats and a machete going to number 14
danger: forced-entry, fear
Caller reports someone trying to force her front door, has locked herself in the bathroom
danger: forced-entry, family-as-source
Unknown male pressing her buzzer and banging, thinks it could be her ex
danger: assault-in-progress, family-as-source
Her ex-husband has kicked the door in and is beating her
danger: screaming
Neighbours say there is shouting and a woman crying for help from number 9
either: heard-argument
Third call from the street, same couple arguing, now heard a loud bang and she has gone quiet
danger: weapon
He poured boiling water over her arm
danger: weapon
Officer requests urgent arrest, suspect has made threats to stab victim
either: claim-no-unit
Arrest enquiry deferred, no units
no danger: claim-checks-done
Intel checks completed on name address and number
no danger: claim-checks-done, claim-no-trace
Checks run, no DV history, nothing on PNC
no danger: claim-spoken-to, claim-seen-safe
Spoke with female who confirmed all in order, no police required
no danger: claim-unit-assigned, claim-unit-en-route
Double crewed unit allocated and en route, ETA 8 minutes
no danger: claim-no-unit
All response officers committed to an immediate
no danger: claim-supervisor-told
Duty inspector made aware
no danger: claim-reopened
Log re-opened following further call
no danger: claim-order-lapsed
The restraining order ran out in April
no danger: claim-arrested
Male nicked for breach of the peace
no danger: claim-address-checked
Address attended, no reply, in darkness
no danger: marker-believed
She believes her number is flagged for a priority response
no danger: marker-believed
Caller says police told her there is a TAU marker on the house
no danger: marker-believed
I'm down as high risk, someone should be here by now
no danger: sent-elsewhere
Advised to seek advice from a solicitor about an order
no danger: must-call-herself
Told caller that the victim herself needs to ring
no danger: told-to-come-in
Caller advised to attend the front counter to make a statement
either: told-to-ring-back
Advised to call 999 if he returns
danger: not-seen-as-usual
14 year old girl missing from care home since last night, believed with older males
danger: self-harm
He walked out of A and E before being seen, said he wants to end things
danger: 
Mental health patient absent from ward without leave, has a rope with him
danger: not-seen-as-usual
Mother has dementia and went out in her nightdress, no sign of her for three hours
danger: not-seen-as-usual
Concern for an elderly lady, lights on all night and she doesn't answer the door
danger: collapsed
Carer cannot get a reply, key safe empty, she can be seen on the floor through the window
danger: threat-to-life
Man sat on the wrong side of the barrier on the motorway bridge
danger: overdose
She has necked a load of pills with wine and won't say which
danger: vital-medicine
Type one diabetic, left home without his insulin pens
danger: collapsed
Husband not responding, lips going blue
danger: hurt
There's blood coming from under the door
danger: collapsed
Caller states he's done something bad and his wife isn't breathing
danger: weapon
I've got a hammer and I'm going round there to sort them out
danger: screaming, fear
I can't cope with the baby screaming, I'm scared I'll shake him
danger: child-at-risk
Two small children in the house on their own, eldest about six
either: 
Dad drunk and driving with the kids in the back
danger: 
Teacher reports a pupil disclosed her stepdad touches her at night
danger: weapon
His marker says violent and carries knives
no danger: 
No injuries disclosed, no weapons mentioned, suspect left before call
no danger: claim-no-trace
Denies being threatened, no previous incidents
either: 
He was violent in their relationship ten years ago
no danger: 
He used to follow her home when they were students
no danger: 
Historic report, raped in 1998 by a family friend
danger: past-violence-warning
He broke her jaw in 2019 and has just been released from prison
no danger: 
Pocket dial, walking and traffic heard, no speech
either: 
Child playing with phone, mother spoke to operator and apologised
no danger: 
Smartwatch crash alert, caller says he dropped his watch
no danger: 
Landlord dispute over deposit, no threats
no danger: 
Noise complaint, bass from number six all weekend
no danger: 
Abandoned vehicle on the verge, no insurance, keys in it
no danger: 
Lost dog, black labrador, answers to Bess
no danger: 
Theft of pedal cycle from outside the gym overnight
no danger: 
Youths throwing eggs at windows then running off
no danger: 
Broken down lorry in lane one, driver out of vehicle and safe behind barrier
`;

export const speech = `
danger: family-as-source
please can you send someone my boyfriends going mental and hes smashed my phone
danger: hurt
he just grabbed my hair and slammed my head off the wall
danger: weapon, self-harm
shes got hold of the kitchen knife and shes cutting her arm
danger: 
i think theres someone in my loft i can hear them moving
danger: 
my neighbours are going at it again and this time i heard her beg him to stop
danger: child-at-risk
Hes took the kids and says ill never see them again
danger: collapsed
my mum wont wake up and shes a funny colour
danger: weapon
theres a bloke with no top on waving an axe about outside the bookies
danger: threat-to-life
he said if I phone you lot he will burn the house down with us in it
danger: strangling
he has hit me loads of times but tonight he had his hands round my throat and i saw stars
either: family-as-source
my dad is drunk and he is shouting at my mum, I am ten
danger: overdose
I took some tablets and now I feel really sleepy
danger: 
I just want it all to stop, I have written letters to my kids
danger: collapsed
they've jumped my mate and he's out cold on the floor
danger: 
this man keeps walking behind me and when I cross he crosses
danger: family-as-source, forced-entry
my ex has just put my front window through
danger: suspect-returning
he's told me he's on his way and he's going to finish what he started
danger: 
my sister sent me a text saying help then her phone went off
danger: 
He's locked the door and hidden the keys and I need to go to work
either: 
can hear next doors baby crying and nobody has answered for hours
danger: fear, family-as-source
my grandson has threatened me for money again and I'm frightened of him
danger: collapsed
an old man has been sat on the bench since this morning in the snow and he is not moving
danger: 
there's a woman stood on the edge of the multi storey
danger: hurt
He's bitten her ear off
either: 
my carer has stolen my money and she shouts at me
danger: weapon
I've been stabbed
danger: 
car's driven into a crowd, loads of people down
danger: not-seen-as-usual
I haven't heard from my daughter since she went to meet a man off the internet
danger: forced-entry
hes at the back door now hes trying the handle
danger: weapon
two lads on a moped just tried to rob me with a hammer
danger: self-harm
she said she doesnt want to be here no more and shes turned her phone off
danger: hurt, family-as-source
IP STATES PARTNER HAS ASSAULTED HER AND LEFT THE LOCATION
danger: hurt
SUSP MAKING OFF ON FOOT TOWARDS PARK, VICT BLEEDING
danger: fear
MALE THREATENING STAFF IN A&E, SECURITY HOLDING HIM
either: domestic-named
POSS DV, NEIGHBOUR HEARS BANGING AND FEMALE SHOUTING NO
danger: fear
CALLER HYSTERICAL, UNABLE TO GET ADDRESS, LINE CUT
either: 
LINE OPEN, FEMALE HEARD SAYING PLEASE DON'T
either: heard-crying
NO SPEECH, CHILD HEARD CRYING, LINE CLEARED
no danger: 
UNIT STOOD DOWN, IP NO LONGER WISHES TO PROCEED
no danger: 
VOICEMAIL LEFT, NO REPLY ON CALL BACK X3
no danger: 
FLAT SECURE, NEIGHBOUR STATES OCCUPANT AWAY ON HOLIDAY
no danger: claim-spoken-to
BOTH PARTIES SPOKEN TO, WORDS OF ADVICE GIVEN
no danger: 
Cannabis smell from flat 3 all day
no danger: 
My neighbour's CCTV points at my garden
no danger: 
Man urinating in the alley by the church
no danger: 
Someone has keyed my car overnight, no witnesses
no danger: 
I've found a little boy's coat in the park, is it yours
no danger: 
Two geese in the middle of the roundabout
no danger: 
Someone's dumped a fridge outside my house
no danger: 
My phone screen is dead so I'm using my wife's
no danger: 
I need to speak to my OIC about a court date
no danger: 
Fed up of the kids knocking on my door and running away
no danger: 
Our shop had a man in trying to use a fake twenty pound note
no danger: 
I got a nasty email from a customer but no threats
no danger: 
Burglar alarm at the school, keyholder attending
no danger: 
Drunk man asleep on the bus, driver wants him off, he's not causing trouble
no danger: 
She has hit the gatepost reversing and wants a reference
either: 
I hurt my back at work can you tell me who to ring
no danger: 
it was stolen while I was in the shower, no forced entry
either: 
Two sisters arguing over their late mother's ring, both calm now
`;

export const mixed = `
danger: suspect-present
He's outside my window with a torch and I'm on my own with the baby
danger: held-or-followed
my boyfriend has locked me in the flat and gone out with my phone
danger: self-harm
She's messaged me saying goodbye and that she loves me
danger: assault-in-progress
there's two men fighting with bottles outside the kebab shop
danger: threat-to-life
my brother's off his meds and he's talking about killing our mum
danger: hurt
An old lady has fallen and can't get up, there's blood on her head
danger: suspect-returning
he gets out tomorrow and he's already told his mates he's coming for me
danger: strangling
he tried to smother me with a cushion
danger: held-or-followed, family-as-source
my daughter's ex keeps turning up at her work and following her home
danger: threat-to-life
a woman is hanging out of the window shouting that he'll kill her
danger: 
someone has been thrown off the bridge into the canal
danger: weapon
they came at us with machetes and my cousin's hand is hanging off
danger: not-seen-as-usual
my nan isn't answering and her door is wide open
danger: 
she keeps saying she'll drive into a wall with the kids
danger: child-at-risk
he's got my little girl in the car and he's been drinking
danger: weapon
RADIO: contact reports male armed with iron bar, threatening to smash windows
danger: hurt, family-as-source
INF STATES HER SON HAS PUSHED HER OVER AND TAKEN HER PENSION
either: domestic-named
SUSP IS VICTS EX PTNR, HX OF DV, ON TAG
either: heard-whispering
IP WHISPERING, GIVING YES NO ANSWERS ONLY
either: 
MALE TOOK PHONE FROM CALLER AND SAID NOTHING WRONG HERE
no danger: claim-checks-done
CHECKS RUN BY PREVIOUS OPERATOR NT
no danger: claim-no-unit
NO UNITS TO DEPLOY, SUPS MADE AWARE
danger: feared-dead
Ambulance on scene, crew state male deceased
danger: not-seen-as-usual
Adult male missing from home address, left note, took car
no danger: told-to-come-in
Told by operator to go to her local station in the morning
no danger: marker-believed
She was told there'd be a marker on the house after last time
no danger: 
The injunction is only civil so we can't arrest
either: 
Caller can't say where she is, door slams, male says who's that
no danger: 
Neighbour playing drum and bass since midday
no danger: 
My ring doorbell was nicked
no danger: 
Two drunk men singing outside the church
no danger: 
Lad on an e-scooter nearly hit my pram
no danger: 
Shoplifter detained by security, compliant
no danger: 
A car has been on bricks for a month in our street
no danger: 
Somebody left a suitcase by the cash machine
no danger: 
He swore at me in the queue and I didn't like it
no danger: 
The gate at the park is hanging off its hinge
`;
