/**
 * Every rate by which the people of the linkage benches are invented and what is written of them goes wrong, in one
 * place. None is measured on records of a force: no such records are open. They are assumptions, each with its reason;
 * a result of the bench holds for these rates and says so.
 */

/** The day on which ages are counted. */
export const countedOn = { year: 2026, month: 1, day: 1 };

/**
 * Where names come from, as shares of households. Rounded by us in the neighbourhood of what the census of England and
 * Wales tells of origins; small origins are kept large enough that each is thousands among 100,000 people and
 * errors can be told by origin.
 */
export const originShares = {
  british: 0.735,
  irish: 0.03,
  southAsian: 0.06,
  indian: 0.035,
  arabic: 0.02,
  turkish: 0.015,
  polish: 0.025,
  romanian: 0.02,
  westAfrican: 0.03,
  chinese: 0.015,
  southEuropean: 0.015,
} as const;

export type Origin = keyof typeof originShares;

/**
 * How much commoner the first surname of an origin is than those behind it: the weight of rank r is
 * 1 / (r + shift) ** exponent. British: the first name has then a little over 1 % of people, about what Smith has.
 * Short lists of other origins get a small shift: Khan, Patel, Kaur and Wang are commoner among their own.
 */
export const surnameZipf = {
  british: { exponent: 1, shift: 12 },
  others: { exponent: 0.8, shift: 4 },
};

/** Given names where no counts are known. Flatter than surnames: fashion spreads them. */
export const givenZipf = { exponent: 0.9, shift: 6 };

export const households = {
  /** Shares of households by kind; near what is told of British homes: about three in ten people living alone. */
  kinds: { single: 0.3, couple: 0.25, family: 0.24, loneParent: 0.09, grownChildren: 0.08, houseShare: 0.04 },
  /** The ages of whoever lives alone or with a partner only, as shares by ten years from 20: an age pyramid. */
  agesFrom20: [0.14, 0.17, 0.16, 0.18, 0.16, 0.12, 0.06, 0.01],
  /** Shares of 1, 2, 3 and 4 children in a family. */
  children: [0.42, 0.4, 0.13, 0.05],
  /** A birth that is one of twins: about 1.5 % of British births. */
  twins: 0.015,
  /** Couples who bear one surname. */
  sharedSurname: 0.75,
  /** Couples whose joined surname has both names: they and their children bear it. */
  doubleBarrelled: 0.04,
  /** Couples of one sex. */
  sameSex: 0.02,
  /** The second of a couple has the same origin as the first. */
  sameOriginCouple: 0.85,
  /** A child named as the parent of the same sex: the hardest namesakes, told apart by date of birth alone. */
  namedAfterParent: 0.03,
  /** A given name of the same origin as the surname; the others have a British one, Britons one of any origin. */
  givenOfOrigin: { british: 0.985, others: 0.88 },
  /** Somebody who has a middle name. */
  middleName: { british: 0.7, others: 0.3 },
  /** South Asian men whose own name stands behind one that half of them bear: Mohammed Imran, called Imran. */
  leadingName: 0.25,
  /** A whole household that lived elsewhere in the years of the records, and one member alone who did. */
  movedTogether: 0.2,
  movedAlone: 0.1,
  /** A move within the same postcode district; the others go anywhere. */
  movedNearby: 0.6,
  /** Homes that are flats behind one street number. */
  flat: 0.2,
  /** Somebody over eleven who gives the phone of the first of the household, not their own. */
  sharedPhone: 0.12,
  phoneFromAge: 11,
  /** Somebody who had another number in the years of the records. */
  formerPhone: 0.35,
  /** Somebody over twelve with an e-mail address. */
  email: 0.7,
};

/**
 * What goes wrong in one written record: the chance of each fault where it can occur (a nickname where the name has
 * one, the former home of those who moved). Faults of one group exclude each other. Keys, phones and a caller in fear:
 * one name in six and one date in eight is written otherwise, more than in hospitals, whose papers are read.
 */
export const faultRates = {
  given: {
    /** A letter left out, put in, replaced or exchanged with its neighbour. */
    givenTypo: 0.035,
    /** Kate for Katherine: how callers speak of people. */
    givenNickname: 0.1,
    /** Only the first letter, as in K Dunmore. */
    givenInitial: 0.03,
    /** Written as it sounds: Kathrin, Jeffrey for Geoffrey. */
    givenPhonetic: 0.03,
    /** Another spelling of a name from another script, where it has any: most such names have several in use. */
    givenVariant: 0.25,
    givenMissing: 0.01,
  },
  surname: {
    surnameTypo: 0.04,
    surnamePhonetic: 0.03,
    surnameVariant: 0.15,
    /** One half of a double surname. */
    surnameHalf: 0.35,
    /** The surname before a marriage. */
    surnameFormer: 0.12,
    surnameMissing: 0.005,
  },
  /** Given name and surname in each other's place: most likely where a clerk cannot tell which is which. */
  order: { namesSwapped: 0.015 },
  /** Ł, ș, ü as a keyboard has them: what most systems keep is plain letters. */
  accents: { accentsDropped: 0.85 },
  middle: { middleMissing: 0.55, middleInitial: 0.2 },
  born: {
    bornMissing: 0.08,
    /** Day and month exchanged, where both orders are dates. */
    bornSwapped: 0.015,
    bornDigit: 0.025,
    /** 1 January where only the year was known. */
    bornFirstJanuary: 0.015,
  },
  /** At the former home: a record made before the move, or an address that nobody brought up to date. */
  home: { homeFormer: 0.4, homeMissing: 0.06 },
  street: { streetTypo: 0.03 },
  premises: { premisesWrong: 0.02, premisesMissing: 0.03 },
  postcode: { postcodeMissing: 0.12, postcodeTypo: 0.02 },
  phone: {
    phoneMissing: 0.25,
    phoneFormer: 0.4,
    phoneDigit: 0.01,
    /** A ward's, a hostel's, a solicitor's: a number that many people are reached by. */
    phoneOfInstitution: 0.004,
  },
  email: { emailMissing: 0.5 },
} as const;

/** Institutions with one number each; every million people has this many. */
export const institutionsPerMillion = 40;

/** How often somebody on record is on record again, and how many further times (1, 2, 3, 4). */
export const furtherRecords = { share: 0.3, times: [0.5, 0.27, 0.14, 0.09] };

/**
 * How much rarer a former home or number is in a question than in a record: what is told on the phone today is mostly
 * how it is today. Where only the name and that one thing is told, such a question can be answered by the name alone.
 */
export const formerInQuestions = 0.25;

/** Faults put upon a badly corrupted query, over and above the ordinary ones, each in another group. */
export const badFaults = { all: 3, partial: 2 };
