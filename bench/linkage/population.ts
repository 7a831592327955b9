import { dateOf, dayNumber } from './dates.ts';
import { Draws, spread, Weighted } from './draws.ts';
import { blockPeople, districtBlocks, homeAt, peopleMax } from './homes.ts';
import type { Home } from './homes.ts';
import { southAsianLeading } from './lists.ts';
import type { NameBook, Sex } from './names.ts';
import { countedOn, households, originShares } from './rates.ts';
import type { Origin } from './rates.ts';

/** An invented person as they are: what is written of them is a record. */
export interface Person {
  readonly index: number;
  /** Those of one number live together. */
  readonly household: number;
  readonly origin: Origin;
  readonly sex: Sex;
  readonly given: string;
  readonly middle: string;
  readonly surname: string;
  /** The surname before a marriage, '' for most. */
  readonly formerSurname: string;
  /** YYYY-MM-DD. */
  readonly born: string;
  readonly home: Home;
  readonly formerHome: Home | null;
  /** '' for children. */
  readonly phone: string;
  readonly formerPhone: string;
  readonly email: string;
}

/** What the streams of draws are for; no two uses share a number. */
const purposes = { block: 1 };

/** Read once: an import that is read for every person costs a tenth of the time. */
const { givenOfOrigin, middleName, movedTogether, movedAlone, movedNearby, flat, sharedPhone, formerPhone } =
  households;
const { leadingName, phoneFromAge, email: emailShare } = households;

type HouseholdKind = keyof typeof households.kinds;

const weighted = <T extends string>(shares: Readonly<Record<T, number>>): Weighted<T> =>
  new Weighted(Object.keys(shares) as T[], Object.values<number>(shares));
const byShare = (shares: readonly number[]): Weighted<number> => new Weighted([...shares.keys()], shares);

const kinds = weighted<HouseholdKind>(households.kinds);
const origins = weighted<Origin>(originShares);
const ages = byShare(households.agesFrom20);
const childCounts = byShare(households.children);

/** Somebody of a household before their home and numbers are known. */
interface Member {
  readonly origin: Origin;
  readonly sex: Sex;
  given: string;
  surname: string;
  formerSurname: string;
  /** Days from an epoch. */
  readonly born: number;
}

/**
 * A numbered, seeded population that is never held: whoever is asked for is made with the 255 people who live around
 * them. The same seed and size give the same people in any order of asking.
 */
export class Population {
  readonly people: number;
  private readonly seed: number;
  readonly names: NameBook;
  private readonly draws = new Draws();
  private readonly today = dayNumber(countedOn);
  private readonly blocks: number;
  private readonly firstNumber: number;
  private readonly addressed = new Map<string, string>();
  private kept: { readonly block: number; readonly people: readonly Person[] } = { block: -1, people: [] };

  constructor(people: number, seed: number, names: NameBook) {
    if (people > peopleMax) throw new RangeError(`expected at most ${peopleMax} people`);
    this.people = people;
    this.seed = seed;
    this.names = names;
    this.blocks = Math.ceil(people / blockPeople);
    this.firstNumber = spread(seed) % 100_000_000;
  }

  /** One person by number. */
  person(index: number): Person {
    const block = Math.floor(index / blockPeople);
    if (this.kept.block !== block) this.kept = { block, people: this.block(block) };
    const person = this.kept.people[index % blockPeople];
    if (person === undefined || index >= this.people) throw new RangeError(`nobody has number ${index}`);
    return person;
  }

  /** Everybody in order of number, a block of 256 at a time in memory; or one part of so many, shared out by blocks. */
  *everybody(part = 0, parts = 1): Generator<Person> {
    for (let block = part; block < this.blocks; block += parts) {
      const left = this.people - block * blockPeople;
      const people = this.block(block);
      yield* left < blockPeople ? people.slice(0, left) : people;
    }
  }

  private block(block: number): readonly Person[] {
    this.draws.start(this.seed, purposes.block, block);
    const people: Person[] = [];
    for (let home = 0; people.length < blockPeople; home += 1) {
      const members = this.household();
      this.settle(members.slice(0, blockPeople - people.length), { block, home, people });
    }
    return people;
  }

  private household(): readonly Member[] {
    const kind = kinds.draw(this.draws);
    const origin = origins.draw(this.draws);
    switch (kind) {
      case 'single':
        return [this.adult(origin, this.adultAge())];
      case 'couple':
        return this.couple(origin, this.adultAge());
      case 'family':
        return this.withChildren(this.couple(origin, 24 + this.draws.below(32)), 0, 18);
      case 'loneParent':
        return this.withChildren([this.adult(origin, 22 + this.draws.below(32), 0.85)], 0, 18);
      case 'grownChildren':
        return this.withChildren(this.couple(origin, 46 + this.draws.below(30)), 18, 36);
      case 'houseShare':
        return Array.from({ length: 3 + this.draws.below(4) }, () =>
          this.adult(origins.draw(this.draws), 18 + this.draws.below(18)),
        );
    }
  }

  private adultAge(): number {
    return 20 + ages.draw(this.draws) * 10 + this.draws.below(10);
  }

  private givenFor(origin: Origin, sex: Sex): string {
    const own = this.draws.happens(origin === 'british' ? givenOfOrigin.british : givenOfOrigin.others);
    const from = own ? origin : origin === 'british' ? origins.draw(this.draws) : 'british';
    return this.names.origins[from].given[sex].draw(this.draws);
  }

  private surnameFor(origin: Origin, sex: Sex): string {
    const surname = this.names.origins[origin].surname.draw(this.draws);
    return ofSex(surname, origin, sex);
  }

  private adult(origin: Origin, age: number, femaleShare = 0.5): Member {
    const sex = this.draws.happens(femaleShare) ? 'f' : 'm';
    return this.somebody({ origin, sex, age });
  }

  private somebody({ origin, sex, age }: { origin: Origin; sex: Sex; age: number }): Member {
    const born = this.today - Math.floor(age * 365.25 + this.draws.below(365)) - 1;
    return {
      origin,
      sex,
      given: this.givenFor(origin, sex),
      surname: this.surnameFor(origin, sex),
      formerSurname: '',
      born,
    };
  }

  private couple(origin: Origin, age: number): readonly [Member, Member] {
    const first = this.adult(origin, age);
    const other = this.draws.happens(households.sameOriginCouple) ? origin : origins.draw(this.draws);
    const sex = this.draws.happens(households.sameSex) === (first.sex === 'f') ? 'f' : 'm';
    const second = this.somebody({ origin: other, sex, age: Math.max(18, age - 6 + this.draws.below(13)) });
    const [giver, taker] = first.sex === 'm' ? [first, second] : [second, first];
    const drawn = this.draws.next();
    if (drawn < households.doubleBarrelled) {
      taker.formerSurname = taker.surname;
      giver.formerSurname = giver.surname;
      taker.surname = giver.surname = `${taker.surname}-${giver.surname}`;
    } else if (drawn < households.sharedSurname) {
      taker.formerSurname = taker.surname;
      taker.surname = ofSex(giver.surname, giver.origin, taker.sex);
    }
    return [first, second];
  }

  /** Parents and those of their children who are between two ages and live with them. */
  private withChildren(parents: readonly Member[], youngest: number, oldest: number): readonly Member[] {
    const members = [...parents];
    const mother = parents.find(({ sex }) => sex === 'f') ?? parents[0];
    const namer = parents.find(({ sex }) => sex === 'm') ?? parents[0];
    if (mother === undefined || namer === undefined) return members;
    const motherAge = Math.floor((this.today - mother.born) / 365.25);
    const from = Math.max(youngest, motherAge - 42);
    const below = Math.min(oldest, motherAge - 17);
    if (below <= from) return members;
    const wanted = 1 + childCounts.draw(this.draws);
    for (let count = 0; count < wanted; count += 1) {
      const child = this.child(namer, from + this.draws.below(below - from), parents);
      members.push(child);
      if (this.draws.happens(households.twins)) members.push({ ...this.child(namer, 0, []), born: child.born });
    }
    return members;
  }

  private child(namer: Member, age: number, parents: readonly Member[]): Member {
    const child = this.somebody({ origin: namer.origin, sex: this.draws.happens(0.5) ? 'f' : 'm', age });
    const parent = parents.find(({ sex }) => sex === child.sex);
    if (parent !== undefined && this.draws.happens(households.namedAfterParent)) child.given = parent.given;
    child.surname = ofSex(namer.surname, namer.origin, child.sex);
    return child;
  }

  /** Gives a household its home, former homes and numbers, and its members theirs. */
  private settle(members: readonly Member[], at: { block: number; home: number; people: Person[] }): void {
    const { block, home, people } = at;
    const first = block * blockPeople + people.length;
    const now = homeAt(block, home, flat);
    const before = this.draws.happens(movedTogether) ? this.elsewhere(block) : null;
    for (const member of members) {
      const index = block * blockPeople + people.length;
      const age = (this.today - member.born) / 365.25;
      const hasPhone = age >= phoneFromAge;
      const isSharing = index !== first && this.draws.happens(sharedPhone);
      const middleShare = member.origin === 'british' ? middleName.british : middleName.others;
      const hasMiddle = this.draws.happens(middleShare);
      const isLed = member.origin === 'southAsian' && member.sex === 'm' && this.draws.happens(leadingName);
      const alone = this.draws.happens(movedAlone) ? this.elsewhere(block) : null;
      people.push({
        index,
        household: first,
        origin: member.origin,
        sex: member.sex,
        given: isLed ? this.draws.of(southAsianLeading) : member.given,
        middle: isLed ? member.given : hasMiddle ? this.givenFor(member.origin, member.sex) : '',
        surname: member.surname,
        formerSurname: member.formerSurname,
        born: dateOf(member.born),
        home: now,
        formerHome: alone ?? before,
        phone: hasPhone ? this.phone('071', isSharing ? first : index) : '',
        formerPhone: hasPhone && this.draws.happens(formerPhone) ? this.phone('072', index) : '',
        email: age >= 12 && this.draws.happens(emailShare) ? this.email(member) : '',
      });
    }
  }

  private elsewhere(block: number): Home {
    const district = block - (block % districtBlocks);
    const near = district + this.draws.below(Math.min(districtBlocks, this.blocks - district));
    const there = this.draws.happens(movedNearby) ? near : this.draws.below(this.blocks);
    return homeAt(there, this.draws.below(100), flat);
  }

  /** 071 and 072 are of the mobile plan and, as far as we know, in nobody's hands; one number for each index. */
  private phone(range: string, index: number): string {
    const digits = (index * 61_803_399 + this.firstNumber) % 100_000_000;
    return range + String(100_000_000 + digits).slice(1);
  }

  /** A name as it stands in an address; kept by name, of which there are no more however many people. */
  private inAddress(name: string): string {
    const known = this.addressed.get(name);
    if (known !== undefined) return known;
    const letters = name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z]/g, '');
    if (!name.includes('-')) this.addressed.set(name, letters);
    return letters;
  }

  private email({ given, surname }: Member): string {
    const number = String(this.draws.below(1000));
    const name = `${this.inAddress(given)}.${this.inAddress(surname)}`;
    return `${name}${number}${this.draws.happens(0.5) ? '@post.example' : '@letters.example'}`;
  }
}

/** Polish surnames in -ski, -cki and -dzki have a form for women. */
function ofSex(surname: string, origin: Origin, sex: Sex): string {
  if (origin !== 'polish' || !/[scz]k[ia]$/.test(surname)) return surname;
  return surname.slice(0, -1) + (sex === 'f' ? 'a' : 'i');
}
