/**
 * Sentences of classes that a demonstration found wrongly read, written before the list was mended and not from it. Of
 * the first lot (ten of each class) 21 of 40 harmless ones were quiet and 27 of 70 dangers told before; of a second lot
 * (five of each), written after the mending and read once, 16 of 20 and 33 of 35. What that found is mended too.
 */
export const harmless = `
# wind, traffic and children at shutters
The wind keeps rattling the shutters and I cannot sleep
Kids went along rattling the railings and ran off laughing
The lorries rattle our windows all night
The storm is banging the shed door all night
There is a loose gutter banging in the wind
The bin lids are rattling about in the street
Somebody was banging on pans for the football
The builders are hammering next door from seven
The scaffold is knocking against the wall when it blows
Trains rattle past and the wind is rattling the windows
A gale is banging next door's gate
The boys were rattling the shutters of the chip shop
A shutter has come loose and the wind is banging it
The traffic rattles the front door
# found, and in good spirits
she was not seen since breakfast but she has just rung and is happy as anything having a cup of tea with a friend
He turned up at his aunt's and is right as rain
He has come home on his own and is eating his tea
She is back now and in good spirits
Found him in the garden, happy as Larry
We found her asleep in the spare room
She walked in ten minutes ago as if nothing had happened
He was at the neighbour's all along, watching the match
She has turned up safe and well at her sister's
He is home now and fine, sorry to have troubled you
We had not seen him since noon, he has just rung and is right as rain
Mum turned up at my sister's, in good spirits
She is safe and well and sitting in the garden
He came home on his own, happy as Larry
No longer missing, she is back now and fine
# asked to ring if they come back
Ring at once if they come back
I told them to call us straight away if he comes back
Please ring again if the lads come back
Call nine nine nine if they return
Advised to ring if it happens again
She knows to phone us should they come back
If they come back let us know
Advised to call back if anything changes
Told to ring us if they turn up again
We will ring you if the kids come back
Ring us straight away if they come back
Told them to call nine nine nine if he returns
Please phone if the boys come back
If he comes back call us
Ring if they turn up again
# a parked car in the way
There is a car parked across my drive and I cannot get out
A van has blocked me in and I can't get out to work
Somebody has parked over my driveway and I can't get my car out
I am blocked in by a skip and cannot get out
A delivery lorry is across the entrance and we can't get out
My neighbour's car is blocking the garage and I can't get out
Parked so close that I cannot get out of my space
The bins are in front of the gate and I can't get the car out
They have double parked and I can't get out of my bay
There is a coach across the lane and nobody can get out
A white van is parked over my drive and I can't get out
Somebody has parked across my gate and I cannot get my car out
I'm blocked in by a removal lorry and can't get out
Can't get out of my driveway for parked cars
A car is blocking our garage and we cannot get out
`;

export const dangerous = `
# a vehicle not on its wheels
There is a car on its roof and somebody is trapped inside
A van has rolled over and the driver is stuck in it
The car has flipped onto its roof with a woman in it
There's a car upside down in the ditch and he can't get out
A lorry has tipped over onto a car, there are people in it
Car overturned on the bend, there is a person still inside
He's trapped in the car, the door won't open and it's smoking
A car has gone through the wall and the lady is stuck behind the wheel
Two cars head on, one on its side, kids inside
The car is upside down with people inside
A van has overturned on the slip road
The driver is stuck behind the wheel and cannot move his legs
A car has rolled onto its side and there is a child in it
Somebody is trapped under the car
# small children alone
There are small children alone in there since last night
The kids next door have been on their own since yesterday
Their mum went out last night and the little ones are by themselves
Two toddlers have been left alone in the flat
A little boy says there has been no grown up since yesterday
The baby is crying and nobody has been home all night
Three young children and no adult in the house
My sister has gone off and left her kids on their own
There's a four year old wandering about in pyjamas with nobody with him
The children say they have not seen mummy since yesterday
There is no adult in the house, just three little kids
The little ones have been on their own all night
A girl of six says nobody has been home since yesterday
My neighbour has left her children alone and gone to the pub
Two small boys with nobody with them
# a child gone limp
The baby in the car has gone floppy
My little one has gone limp and won't wake up
The baby is floppy and grey
She's not responding, she's only six weeks old
There's a baby locked in a hot car and it has stopped crying
My toddler is blue round the lips
He's gone all floppy and his eyes are rolling
The baby won't wake
The child in the back seat looks lifeless
She has gone limp in my arms
My baby has gone limp
He went floppy and his lips are blue
The little girl in the car is floppy
My daughter's eyes are rolling back
She's gone floppy, she's only two
# never got to school, or home
My fourteen year old never got to school today
My 14-year-old never arrived at school and her phone is off
He is thirteen and did not come home from school
She left for school this morning and never got there
My son went out at eight and school says he is not there
My daughter is twelve and should have been home three hours ago
The school rang, he never turned up for registration
Our lad is fifteen and has not come home from football
She never came out of school and nobody knows where she is
My girl got off the bus and never came home, she's eleven
My 12 year old didn't get to school this morning
She should have been home by now, she is ten
He left for school and never got there
Nobody knows where she is, she's thirteen
The school says she is not there, I dropped her off
# a note left behind
My brother has left a note and gone
He has left a note on the table saying sorry for everything
I found a letter from my husband saying goodbye
She has left a note and her phone and taken the car
There is a note, he says we are better off without him
My flatmate left a note saying do not look for me
He's posted goodbye and turned his phone off
I have come home to a note from my dad saying he can't go on
She left a message saying she loves us all and to look after the dog
He has left his wallet and ring and a note
My dad has left a note and his phone on the side
My brother left a note, I can't find him
He says don't look for me
My sister left me a note saying sorry for everything
She has posted goodbye on the internet
# messages and flowers from a former partner
My ex has sent thirty messages today and left flowers on the step
He keeps sending me flowers though I have told him to stop
Forty missed calls from my ex since this morning
My ex keeps turning up at my work
He has been messaging me all night from new numbers
She has rung me fifty times since we broke up
My ex-boyfriend has left presents on my car again
He keeps driving past my house, my ex
I have blocked him and he makes new accounts to write to me
My ex husband has been sitting outside in his car for hours
My ex has rung me sixty times today
My ex keeps leaving me presents
He keeps turning up at my work with flowers
My ex-wife sent forty messages overnight
He made new accounts after I blocked him
# somebody at the handle
Somebody is trying my door handle
There is a man trying the handles of the cars and now of my front door
Someone just tried my back door handle
I can hear somebody at my back door trying to get in
The handle is going up and down and I am on my own
A bloke keeps trying the door
There's someone fiddling with my lock
Somebody is pushing at my window
I can see the door handle moving
Two lads are trying all the doors along our landing
Someone tried my front door handle just now
A man is trying all the doors in our block
The handle is moving, somebody is out there
He is tampering with my lock
There's a bloke pushing at my window
`;
