import { describe, expect, test } from 'vitest';
import { standings, toldKinds } from '../../test/phrase-list.ts';

/** What playing the cases has shown: each class of fault by its kind, with sentences of both polarities. */
interface Class {
  readonly kind: string;
  readonly told: readonly string[];
  readonly quiet: readonly string[];
}

const classes: Readonly<Record<string, Class>> = {
  'a door or telephone that somebody has not answered is somebody not seen as usual': {
    kind: 'not-seen-as-usual',
    told: [
      'I visit a man of 81 and he has not answered the door for two days',
      'he is still not answering',
      'she has not answered in three days',
      "he isn't answering the door",
    ],
    quiet: [
      'the shop is not answering my email about the refund',
      'nobody has answered my letter about the hedge',
      'he answered the door and was rude to me',
    ],
  },
  'somebody who is there is a danger only where nothing benign stands beside': {
    kind: 'suspect-present',
    told: [
      "he's here",
      'he is here with his mates',
      'he is here and I am scared',
      'he is here having a go at me',
      "he's here, okay, please come quick",
      'she is fine, he is outside',
      'they are here with bats',
      'he is still here',
    ],
    quiet: [
      'he is all right, he is here at the table with me having his egg',
      'his wife is here with the car',
      'she is here with me having a cup of tea',
      'we have found her, she is in the garden',
      'he is in his room',
      'they are here now, thank you',
      'my mum is outside with the car',
    ],
  },
  'somebody at a front door may be anybody; who will not go, or stands at a window, is not': {
    kind: 'suspect-present',
    told: [
      'my ex is at the door',
      "a man is at my door and he won't go away",
      'somebody is at my back door',
      'someone is at my bedroom window',
    ],
    quiet: [
      'somebody is at my door',
      'someone is at the door with a parcel',
      'there is somebody at my front door selling dusters',
      'somebody is at the door about the gas meter',
    ],
  },
  'back in their own chair, bed or room they are found, not a suspect': {
    kind: 'suspect-present',
    told: [
      "he's back",
      "he's come back",
      'she is back and kicking off',
      'he is back in my room',
      'he has found me again',
    ],
    quiet: [
      'He was missing for ten minutes but he is back in his chair now',
      'she is back in her bed now',
      'he is back on the ward',
      'they are back in their room',
      'he is back from the hospital',
    ],
  },
  'a bell alone places a known culprit there': {
    kind: 'suspect-present',
    told: [
      'my ex keeps pressing my buzzer',
      'he is leaning on the bell and will not go',
      'suspect ringing the doorbell now',
      'she is buzzing the intercom again and again, she is outside',
    ],
    quiet: [
      'somebody keeps pressing my buzzer',
      'somebody rang the bell and ran off',
      'they are ringing my doorbell and running away',
      'the doorbell keeps ringing, it is faulty',
    ],
  },
  'a bell alone is nobody forcing a way in': {
    kind: 'forced-entry',
    told: [
      'banging on my door and pressing my buzzer',
      'unknown male pressing her buzzer and banging',
      'kicking the door and ringing the bell',
      'hammering on the door and buzzing the flat',
    ],
    quiet: [
      'somebody is pressing my buzzer',
      'somebody keeps ringing my doorbell',
      'leaning on the bell',
      'a boy is buzzing my flat',
    ],
  },
  'a garage, shed or car found broken into has nobody at the door': {
    kind: 'forced-entry',
    told: [
      'my front door is being forced',
      'somebody is forcing the garage door',
      'someone is kicking the shed door',
      'my front door has just been kicked in',
      'somebody is trying to get into the garage',
    ],
    quiet: [
      'We have just come home from a week away and our garage door has been forced. The bicycles are gone',
      'the shed door was kicked in and the tools are gone',
      'my car window was smashed',
      'the van door has been jemmied',
    ],
  },
  'who fetches somebody is no suspect coming': {
    kind: 'suspect-returning',
    told: [
      'they have come for me',
      'he is coming for her',
      'my brother is coming for me with a hammer',
      'he said that he would come for them',
    ],
    quiet: [
      'His wife has come for him in the car. That is him away, thank you',
      'the taxi has come for her',
      'a carer is coming for him at six',
      'his mum has come for him',
    ],
  },
  'who speaks of their own way home tells of no suspect': {
    kind: 'suspect-returning',
    told: [
      'he is on his way home',
      'I think he is coming back',
      'I know he is on his way here',
      'tell police he is on his way',
      'my ex is on his way',
      'he is driving over here now',
    ],
    quiet: [
      'I am on the bus on my way home',
      'I passed a crash at the top roundabout on my way home',
      'I was driving home when a van clipped me',
      'we were heading home when a deer ran out',
      'my wife is on her way home from work',
      'officers are on their way to you',
    ],
  },
  'panic alarms are things': {
    kind: 'fear',
    told: [
      'she is panicking',
      'the panic button was pressed and the cashier is terrified',
      'help me',
      'I am frightened',
    ],
    quiet: [
      'monthly test of the panic button',
      'the panic strip is being tested',
      'the panic alarm was set off by mistake',
      'panic buttons wanted for the reception',
    ],
  },
  'whispering is heard, not feared': {
    kind: 'fear',
    told: ['she is whispering that she is scared', 'whispering, says she is not safe', 'a woman whispers please help'],
    quiet: [
      'somebody is whispering on the line',
      'a man whispering in the background',
      'caller whispers and then the line is cut',
      'he is whispering',
    ],
  },
  'a death that is told as a time is none of now': {
    kind: 'feared-dead',
    told: [
      'I think my mother has died',
      'my mum has just died in front of me',
      'my husband has passed away in his chair',
      'he has killed my mother',
    ],
    quiet: [
      'I have had it since my mother died',
      'ever since my dad has passed away I sleep badly',
      'my husband has passed away in March, it is about his car',
      'since my wife had died he has helped me',
    ],
  },
  'a son or daughter may be grown up': {
    kind: 'child-at-risk',
    told: [
      'my 6 year old daughter is frightened',
      'my little girl has been hit',
      'my young son is hurt',
      'he has taken my daughter',
      'my daughter is missing',
    ],
    quiet: [
      'My daughter is frightened to go out',
      'my son has been hit by his girlfriend',
      'my daughter is terrified of her boss',
      'an 82 year old is injured',
      'my 34 year old daughter is frightened',
    ],
  },
  'walking behind somebody, step for step, is following': {
    kind: 'held-or-followed',
    told: [
      'There is a bloke in a grey hood walking right behind a young woman, she keeps crossing over and so does he',
      'he keeps walking behind her',
      'when she crosses he crosses',
      'he stops when I stop',
    ],
    quiet: [
      'there is a man walking along the hard shoulder, I did not want to stop',
      'I was walking behind a man when he fell',
      'he stopped when the lights changed',
      'walking behind a tractor, held up on the lane',
    ],
  },
  'somebody who is not where they belong': {
    kind: 'not-seen-as-usual',
    told: [
      'Mrs Amory is not in her room and the garden fire door was standing open',
      "we can't find her anywhere",
      'grandad is not in his bed and the door is open',
      'we have looked everywhere for him',
      'I cannot find her',
    ],
    quiet: [
      "we can't find her keys anywhere",
      'I cannot find the lid of my biscuit tin',
      'we have looked everywhere for the remote',
      'she is not in the office until Monday',
    ],
  },
  'lying long, or under a wreck': {
    kind: 'hurt',
    told: [
      'I have been on the floor since this morning and my hip hurts',
      'she has been on the floor for two days',
      'he has fallen and cannot get up',
      'a second car has gone down the bank into the trees and nobody has got to it',
      'there is a van on its roof in the field',
      'the driver is trapped in the car',
    ],
    quiet: [
      'the parcel was on the floor since this morning',
      'the car went past the bank',
      'cat trapped in car engine',
      'beat officer to ring about it',
    ],
  },
  'medicine that another keeps': {
    kind: 'vital-medicine',
    told: [
      'He has taken my tablets and says I will not have them back',
      'my ex has taken my medication',
      'she has hidden his tablets',
      'he took my inhaler and will not give it back',
      'he will not give me my tablets',
    ],
    quiet: [
      'I have taken my tablets',
      'he has taken his tablets',
      'she took her tablets',
      'we took our tablets at eight',
    ],
  },
  'tablets saved up to be taken': {
    kind: 'threat-to-life',
    told: [
      'I have saved all my tablets up and I am going to take the lot tonight',
      'I have the pills here and I am going to take them all',
      'she is going to take all her tablets',
    ],
    quiet: [
      'he has saved up for a car',
      'I am going to take them all to the vet',
      'I am going to take the lot to the tip',
      'I am going to take my tablets at nine',
    ],
  },
};

describe.each(Object.entries(classes))('%s', (_name, { kind, told, quiet }) => {
  test.each(told)('is told: %s', (sentence) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
  test.each(quiet)('is not told: %s', (sentence) => {
    expect(toldKinds(sentence)).not.toContain(kind);
  });
});

test.each([
  ['Ex-partner at the address last night', 'suspect-present'],
  ['he was here last night', 'suspect-present'],
  ['My ex-partner was here last night shouting at the window. I am frightened of him', 'suspect-present'],
  ['yesterday a man was in my garden', 'suspect-present'],
  ['he was at the door this morning', 'suspect-present'],
  ['My window was smashed last night', 'forced-entry'],
  ['our front door was kicked in while we were on holiday', 'forced-entry'],
  ['the front door has been forced overnight', 'forced-entry'],
  ['last night somebody was trying to get in', 'forced-entry'],
  ['my father died last year and my mother has died in March', 'feared-dead'],
])('is of the past, and no warning for now: %s', (sentence, kind) => {
  expect(standings(sentence, kind)).toEqual(['past']);
  expect(toldKinds(sentence)).not.toContain('past-violence-warning');
});

test.each([
  ['he is outside, he hit me last night', 'suspect-present'],
  ['he is outside last night he hit me', 'suspect-present'],
  ['last night he hit me, he is outside', 'suspect-present'],
  ['last night he hit me and now he is here', 'suspect-present'],
  ["he's been outside since last night", 'suspect-present'],
  ['he was outside earlier and is still here', 'suspect-present'],
  ['he has been banging on my door since last night', 'forced-entry'],
])('a time of yesterday makes nothing past that is of now: %s', (sentence, kind) => {
  expect(toldKinds(sentence)).toContain(kind);
});

test.each([
  ['He was missing for ten minutes but he is back in his chair now', 'not-seen-as-usual'],
  ['she was missing from the lounge, found her again', 'not-seen-as-usual'],
  ['he had gone missing but is back on the ward', 'not-seen-as-usual'],
  ['went missing at noon, now back in his room', 'not-seen-as-usual'],
])('is over: %s', (sentence, kind) => {
  expect(standings(sentence, kind)).toEqual(['resolved']);
});

test.each([
  ['she is missing, her chair is empty', 'not-seen-as-usual'],
  ['he went missing and is not back in his room', 'not-seen-as-usual'],
  ['missing since noon, her bed has not been slept in', 'not-seen-as-usual'],
])('is not over: %s', (sentence, kind) => {
  expect(toldKinds(sentence)).toContain(kind);
});
