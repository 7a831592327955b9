import type { Sentences } from './sentences.ts';

/** Kinds of danger that somebody is asked about, which are told in many small ways. */
export const dangersToldSlantwise: Readonly<Record<string, Sentences>> = {
  hazard: {
    told: [
      'Our kitchen is on fire and my nan is in bed',
      'There is smoke coming from the flat below and nobody answers',
      "I can smell gas and he says he'll light it",
      'A car is in the river with the lights still on',
      'Two lads have gone through the ice',
      'The lift is stuck and smoking',
      'MALE IN CANAL, NOT A SWIMMER',
      'They are cut off by the tide with a toddler',
      'A car is going the wrong way on the motorway',
    ],
    quiet: [
      'The gate at the park is hanging off its hinge',
      'A bonfire night is planned at the cricket club',
      'The river is high for the time of year',
      'The smoke alarm battery needs changing',
    ],
  },
  controlled: {
    told: [
      'He makes me ask for every penny',
      'He checks my phone when he gets in',
      'She has taken his pension book and bank card',
      "My uncle says I'm forced to sleep in the van",
      'They have taken over my flat and cook their drugs in it',
      'Her parents want to marry her off this summer',
      'He put her out on the step in the rain',
      'She is being forced to hand over her wages',
      'Says he is from the council and wants to see her savings',
    ],
    quiet: [
      'He made me a cup of tea',
      'My boss checks the rota on Fridays',
      'I lost my bank card at the market',
      'We married last summer and moved to Otterby',
    ],
  },
  'order-broken': {
    told: [
      'He is not supposed to come near us',
      "He's not allowed in the house and he has a key",
      'She is not meant to contact my son',
      'He has cut his tag off',
      'He is in breach of his bail again',
      "The judge said he can't come here",
      'My dad is barred from seeing us and he is here',
      'He is on bail not to go near her',
      'There is a restraining order against him',
    ],
    quiet: [
      "I'd like to order some leaflets",
      'The order of service is on the table',
      'Nobody is supposed to park there',
      'My bail was in the paper in error',
    ],
  },
};
